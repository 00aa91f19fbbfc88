import { expect, it } from 'vitest';
import { attemptLines } from './attempt-lines.ts';
import type { TaskEvent } from './core/ports.ts';
import type { EndedAttempt, LedgerTask } from './core/task.ts';
import type { LogLevel } from './log.ts';
import { createLog } from './log.ts';

const TRACE = 'a'.repeat(32);
const ENDED: EndedAttempt = { fence: 2, attempt: 1, startedAtMs: 1_000, endedAtMs: 1_250, outcome: 'succeeded' };

function linesOf(level: LogLevel, events: readonly TaskEvent[]): Record<string, unknown>[] {
  const lines: Record<string, unknown>[] = [];
  const write = (line: string) => lines.push(JSON.parse(line) as Record<string, unknown>) > 0;
  attemptLines(createLog({ level, isTerminal: false, write }))(events);
  return lines;
}

function event(move: TaskEvent['move'], ended?: Partial<EndedAttempt>): TaskEvent {
  const attempts = ended ? [{ ...ENDED, ...ended }] : [];
  const lastFailure = { class: 'SYSTEM', code: 'E', message: 'never shown', atMs: 1 };
  const traceparent = `00-${TRACE}-${'b'.repeat(16)}-01`;
  const task = { tenant: 'local', taskId: 'one', type: 'mail', payload: '"never shown"' };
  return { move, task: { ...task, traceparent, lastFailure, attempts } as unknown as LedgerTask };
}

it('a failed attempt is one line at info, with its trace and without a word of the handler', () => {
  const [line, ...others] = linesOf('info', [
    event('fail', { outcome: 'failed', class: 'SYSTEM', code: 'E', delayMs: 90 }),
  ]);
  expect(others).toEqual([]);
  expect(line).toEqual({
    ...{ at: expect.any(String) as string, level: 'info', event: 'attempt-ended' },
    ...{ tenant: 'local', taskId: 'one', type: 'mail', traceId: TRACE, fence: 2, attempt: 1 },
    ...{ outcome: 'failed', class: 'SYSTEM', code: 'E', durationMs: 250, delayMs: 90 },
  });
});

it('what went well is a line at debug alone', () => {
  const events = [
    event('succeed', {}),
    event('release', { outcome: 'released' }),
    event('checkpoint', { outcome: 'checkpointed' }),
    event('cancelled', { outcome: 'cancelled' }),
  ];
  expect(linesOf('info', events)).toEqual([]);
  expect(linesOf('debug', events).map(({ outcome }) => outcome)).toEqual([
    ...['succeeded', 'released', 'checkpointed', 'cancelled'],
  ]);
});

it('an attempt that a clock set back has ended before it began took no time', () => {
  expect(linesOf('debug', [event('succeed', { endedAtMs: 900 })])).toMatchObject([{ durationMs: 0 }]);
});

it('what ends no attempt has no line', () => {
  expect(linesOf('debug', [event('submit'), event('claim', {}), event('redrive', {}), event('reap')])).toEqual([]);
});
