/**
 * One-line sabotages of the core. Each must be caught by a named invariant: a simulation that nobody has seen fail
 * proves little. A line that is no longer there fails the suite, so the list cannot rot.
 */
import type { Patch } from './patch.ts';

export interface Sabotage extends Patch {
  /** The invariants any of which may be the first to notice. */
  readonly caughtBy: readonly string[];
}

export const SABOTAGES: readonly Sabotage[] = [
  {
    name: 'no sweeper',
    file: 'core/sweep.ts',
    line: '  if (keys.length === 0) return { looked: 0, moved: 0 };',
    becomes: '  if (keys.length >= 0) return { looked: 0, moved: 0 };',
    caughtBy: ['L1'],
  },
  {
    name: 'fence missing in the commit',
    file: 'core/attempt-moves.ts',
    line: 'const ourAttempt = (task: LedgerTask) => [clauses.stillRunning, ...clauses.sameAttempt(task)];',
    becomes: 'const ourAttempt = (_task: LedgerTask) => [clauses.stillRunning];',
    caughtBy: ['S4'],
  },
  {
    name: 'a claim may take a running task',
    file: 'core/attempt-moves.ts',
    line: '      clauses.stillReady,',
    becomes: '',
    caughtBy: ['S2', 'S4'],
  },
  {
    name: 'due left late at the claim',
    file: 'core/attempt-moves.ts',
    line: '      ...(pullDue ? [] : [clauses.dueBy(dueMs)]),',
    becomes: '',
    caughtBy: ['S18'],
  },
  {
    name: 'a losing delivery rings again',
    file: 'core/claim.ts',
    line: "    if (next === 'done') return 'done';",
    becomes: "    if (next === 'done') return ports.doorbell.ring([bell]).then(() => 'done' as const);",
    caughtBy: ['S9'],
  },
  {
    name: 'dead loses due before it is announced',
    file: 'core/rules.ts',
    line: "  if (task.announcement === 'pending') return nowMs + constants.announceGraceMs;",
    becomes: '',
    caughtBy: ['S6'],
  },
  {
    name: 'fence reset on redrive',
    file: 'core/operator-moves.ts',
    line: '      budgetBase: task.failures,',
    becomes: '      budgetBase: task.failures, fence: 0,',
    caughtBy: ['S3'],
  },
  {
    name: 'due not pushed before ringing',
    file: 'core/sweep-moves.ts',
    line: '  dueMs: nowMs + ringGapMs(rings, rules.constants),',
    becomes: '',
    caughtBy: ['L1', 'L2'],
  },
  {
    name: 'crash in isolation not charged',
    file: 'core/reap-move.ts',
    line: "  const itsOwn = cause === 'overran' || task.suspect === true;",
    becomes: "  const itsOwn = cause === 'overran';",
    caughtBy: ['L1'],
  },
  {
    name: 'a clock that jumps is taken for a death',
    file: 'core/sweep.ts',
    line: '  if (look.isAlive?.(task)) return heartbeat(task, { progress: undefined, pullDue: true }, look);',
    becomes: '',
    caughtBy: ['S13'],
  },
  {
    name: 'a lease is ended before it is over',
    file: 'core/sweep.ts',
    line: '  if (look.nowMs < needed) return recheck(task, look);',
    becomes: '',
    // The clause of the reap holds the line, and the item stays overdue.
    caughtBy: ['L1'],
  },
  {
    name: 'a redrive keeps the suspicion',
    file: 'core/operator-moves.ts',
    line: "      'suspect',",
    becomes: '',
    caughtBy: ['S7'],
  },
  {
    name: 'a checkpoint charges a failure',
    file: 'core/attempt-moves.ts',
    line: '      checkpoint: state,',
    becomes: '      checkpoint: state, failures: task.failures + 1,',
    caughtBy: ['S12', 'S7'],
  },
  {
    name: 'suspects run beside others',
    file: 'core/attempt-moves.ts',
    line: '      ...(by.isolated ? [] : [clauses.notSuspect]),',
    becomes: '',
    caughtBy: ['S13'],
  },
  {
    name: 'a cancel request sends the task to retrying',
    file: 'core/attempt-moves.ts',
    line: 'const ourUncancelledAttempt = (task: LedgerTask) => [...ourAttempt(task), clauses.noCancelRequest];',
    becomes: 'const ourUncancelledAttempt = (task: LedgerTask) => [...ourAttempt(task)];',
    caughtBy: ['S10'],
  },
  {
    name: 'reap leaves the owner',
    file: 'core/reap-move.ts',
    line: '      owner: loss.owner,',
    becomes: '',
    caughtBy: ['S4'],
  },
  {
    name: 'a task is kept under another tenant',
    file: 'core/submit.ts',
    line: '    tenant,',
    becomes: "    tenant: 'alpha',",
    caughtBy: ['S14'],
  },
  {
    name: 'a store that keeps tasks by their ids alone',
    file: 'testing/simulated-store.ts',
    line: 'const nameOf = ({ tenant, taskId }: TaskKey): string => `${tenant}/${taskId}`;',
    becomes: 'const nameOf = ({ taskId }: TaskKey): string => taskId;',
    caughtBy: ['S14', 'S16'],
  },
  {
    name: 'attempts are known by the ids of their tasks alone',
    file: 'core/entry-keys.ts',
    line: 'export const taskName = ({ tenant, taskId }: TaskKey): string => `${tenant}/${taskId}`;',
    becomes: 'export const taskName = ({ taskId }: TaskKey): string => taskId;',
    // The sweeper takes the one for dead because the other ended.
    caughtBy: ['S13'],
  },
];
