import { describe, expect, it } from 'vitest';
import type { Log } from './core/ports.ts';
import type { LogOptions, ServerLog } from './log.ts';
import { createLog } from './log.ts';

function logged(options: Partial<LogOptions>, use: (log: ServerLog) => void): string[] {
  const lines: string[] = [];
  const write = (line: string) => lines.push(line) > 0;
  use(createLog({ level: 'info', isTerminal: false, write, ...options }));
  return lines;
}

/** What ends a line or steers a terminal somewhere: C0, C1, line separators, reversed text, zero width. */
const FORGERY = '\n\r\u001b[2J\u009b31m\u0085\u2028\u202e\u200b\u007f\ud800';

describe('the log', () => {
  it('writes one line of JSON per event', () => {
    const [line = ''] = logged({}, (log) => log.warn('task-dead', { taskId: 'a', reason: 'one\ntwo' }));
    expect(line.endsWith('\n') && line.trimEnd().includes('\n')).toBe(false);
    expect(JSON.parse(line)).toMatchObject({ level: 'warn', event: 'task-dead', taskId: 'a', reason: 'one\ntwo' });
  });

  it('lets only fields of its list out, and cuts long ones', () => {
    const cast = { payload: 'secret', body: 'secret', toString: 'secret', code: { secret: 1 } } as object;
    const [line = ''] = logged({}, (log) => log.info('any', { taskId: 'a', ...cast, reason: 'x'.repeat(5_000) }));
    expect(line).not.toContain('secret');
    expect(line.length).toBeLessThan(500);
  });

  it('does not even compile with another field, or with one of another type', () => {
    const compiled = (log: Log) => {
      // @ts-expect-error: no field is named payload
      log.info('any', { payload: 'x' });
      // @ts-expect-error: a number is no text
      log.info('any', { fence: 'x' });
      // @ts-expect-error: what a handler prints is for debug alone
      log.info('any', { printed: 'x' });
    };
    expect(logged({}, compiled).join('')).not.toContain('payload');
  });

  it('is plain on a terminal', () => {
    const [line = ''] = logged({ isTerminal: true }, (log) => log.warn('worker-ended', { pid: 7, reason: 'a\nb' }));
    expect(line).toMatch(/ ! worker-ended pid=7 reason="a\\nb"\n$/);
  });

  it.each([true, false])('lets no value end its line or steer a terminal (terminal: %s)', (isTerminal) => {
    const lines = logged({ isTerminal }, (log) => {
      log.error('any', { reason: FORGERY, code: FORGERY });
      log.notice('ready', [FORGERY]);
    });
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(line).toMatch(/^[ -~✗]+\n$/);
  });

  it('gives back in JSON what it was given', () => {
    const [line = ''] = logged({}, (log) => log.error('any', { reason: FORGERY }));
    expect(JSON.parse(line)).toMatchObject({ reason: FORGERY });
  });

  it.each([
    ['debug', ['debug', 'info', 'warn', 'error', 'notice']],
    ['info', ['info', 'warn', 'error', 'notice']],
    ['warn', ['warn', 'error', 'notice']],
    ['error', ['error', 'notice']],
  ] as const)('at level %s has %j', (level, expected) => {
    const lines = logged({ level }, (log) => {
      for (const each of ['debug', 'info', 'warn', 'error'] as const) log[each](each);
      log.notice('notice', ['Holdfast is ready on http://localhost:4000']);
    });
    expect(lines.map((line) => (JSON.parse(line) as { event: string }).event)).toEqual(expected);
  });

  it('says how many lines were lost as soon as somebody reads again', () => {
    const lines: string[] = [];
    let isFull = false;
    const write = (line: string) => !isFull && lines.push(line) > 0;
    const log = createLog({ level: 'info', isTerminal: false, write });
    log.info('first');
    isFull = true;
    log.info('lost');
    log.info('lost');
    isFull = false;
    log.info('last');
    const events = lines.map((line) => JSON.parse(line) as { event: string; dropped?: number });
    expect(events.map(({ event }) => event)).toEqual(['first', 'log-lines-dropped', 'last']);
    expect(events[1]).toMatchObject({ level: 'warn', dropped: 2 });
  });

  it('counts on, and writes nothing between, while the line that says so is lost itself', () => {
    const lines: string[] = [];
    const isRead = [false, false, true, true];
    const write = (line: string) => isRead.shift() === true && lines.push(line) > 0;
    const log = createLog({ level: 'info', isTerminal: false, write });
    for (const event of ['lost', 'also-lost', 'last']) log.info(event);
    const events = lines.map((line) => JSON.parse(line) as { event: string; dropped?: number });
    expect(events).toMatchObject([{ event: 'log-lines-dropped', dropped: 2 }, { event: 'last' }]);
    expect(isRead).toEqual([]);
  });
});
