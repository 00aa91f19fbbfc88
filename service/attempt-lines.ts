/** One line per attempt that ended: at info when it failed, else at debug. Of what a handler said only class and code. */
import type { MoveName } from './core/move.ts';
import type { Log, TaskEvent } from './core/ports.ts';
import type { AttemptOutcome, LedgerTask } from './core/task.ts';
import { traceIdOf } from './core/task.ts';

const ENDS_AN_ATTEMPT: ReadonlySet<MoveName | 'submit'> = new Set([
  ...(['succeed', 'fail', 'die', 'reap', 'release', 'checkpoint', 'cancelled'] as const),
]);
const FAILED: ReadonlySet<AttemptOutcome> = new Set(['failed', 'timed-out', 'lost']);

export const attemptLines =
  (log: Log) =>
  (events: readonly TaskEvent[]): void => {
    for (const { move, task } of events) if (ENDS_AN_ATTEMPT.has(move)) note(log, task);
  };

function note(log: Log, task: LedgerTask): void {
  const ended = task.attempts.at(-1);
  if (ended === undefined) return;
  const { tenant, taskId, type } = task;
  const { fence, attempt, outcome, class: failureClass, code, delayMs, startedAtMs, endedAtMs } = ended;
  const durationMs = Math.max(0, endedAtMs - startedAtMs);
  const write = FAILED.has(outcome) ? log.info : log.debug;
  const traceId = traceIdOf(task);
  write('attempt-ended', {
    ...{ tenant, taskId, type, traceId, fence, attempt, outcome, class: failureClass, code, durationMs, delayMs },
  });
}
