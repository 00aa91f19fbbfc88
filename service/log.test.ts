import { describe, expect, it } from 'vitest';
import type { LogOptions } from './log.ts';
import { createLog } from './log.ts';

function logged(options: Partial<LogOptions>, use: (log: ReturnType<typeof createLog>) => void): string[] {
  const lines: string[] = [];
  use(createLog({ level: 'info', isTerminal: false, write: (line) => lines.push(line), ...options }));
  return lines;
}

describe('the log', () => {
  it('writes one line of JSON per event', () => {
    const [line = ''] = logged({}, (log) => log.warn('task-dead', { taskId: 'a', reason: 'one\ntwo' }));
    expect(line.endsWith('\n') && line.trimEnd().includes('\n')).toBe(false);
    expect(JSON.parse(line)).toMatchObject({ level: 'warn', event: 'task-dead', taskId: 'a', reason: 'one\ntwo' });
  });

  it('lets only fields of its list out, and cuts long ones', () => {
    const fields = { taskId: 'a', payload: 'secret', body: 'secret', result: 'secret', reason: 'x'.repeat(5_000) };
    const [line = ''] = logged({}, (log) => log.info('any', fields));
    expect(line).not.toContain('secret');
    expect(line.length).toBeLessThan(500);
  });

  it('is plain on a terminal, and no value breaks its line', () => {
    const [line = ''] = logged({ isTerminal: true }, (log) => log.warn('worker-ended', { pid: 7, reason: 'a\nb' }));
    expect(line).toMatch(/ ! worker-ended pid=7 reason="a\\nb"\n$/);
  });

  it('at level warn keeps quiet about what is well, but for what whoever starts a server wants to know', () => {
    const lines = logged({ level: 'warn' }, (log) => {
      log.info('swept');
      log.notice('ready', 'Holdfast is ready on http://localhost:4000');
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('Holdfast is ready on http://localhost:4000');
  });
});
