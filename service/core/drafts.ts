/** What every move constructor shares: the clock it is made by, the rule of `due`, the list of ended attempts. */
import type { Clause, Move, MoveName } from './move.ts';
import type { DueFields, Rules } from './rules.ts';
import { dueAfter, KEPT_ATTEMPTS, neededDueMs } from './rules.ts';
import type { AttemptDetail, AttemptOutcome, EndedAttempt, Field, LedgerTask, TaskKey } from './task.ts';
import { attemptNumber } from './task.ts';

/** By whose clock and rules a move is made. */
export interface At {
  readonly nowMs: number;
  readonly rules: Rules;
}

export interface Change {
  readonly when: readonly Clause[];
  readonly set: Partial<LedgerTask>;
  readonly remove?: readonly Field[];
  readonly add?: Move['add'];
  readonly detail?: AttemptDetail;
}

/** A move that says itself what becomes of `due`. */
export function draft(name: MoveName, { tenant, taskId }: TaskKey, change: Change): Move {
  const { when, set, remove = [], add = [], detail } = change;
  return { name, tenant, taskId, when, set, remove, add, ...(detail && { detail }) };
}

/** What decides on `due`, as it will be. Not a copy of the whole item: this runs for every attempt. */
const dueFieldsOf = (task: LedgerTask, set: Partial<LedgerTask>): DueFields => ({
  status: set.status ?? task.status,
  type: task.type,
  notBeforeMs: set.notBeforeMs ?? task.notBeforeMs,
  leaseUntilMs: set.leaseUntilMs ?? task.leaseUntilMs,
  announcement: set.announcement ?? task.announcement,
});

/** A move after which `due` follows from the item's new state: kept while it is a bound, else set or removed. */
export function draftWithDue(name: MoveName, task: LedgerTask, change: Change & { at: At }): Move {
  const { at, set, remove = [] } = change;
  const dueMs = dueAfter(task.dueMs, dueFieldsOf(task, set), at);
  const stamped = { ...set, updatedAtMs: at.nowMs };
  if (dueMs === undefined) return draft(name, task, { ...change, set: stamped, remove: [...remove, 'dueMs'] });
  return draft(name, task, { ...change, set: dueMs === task.dueMs ? stamped : { ...stamped, dueMs } });
}

/** A sweeper's move: `due` is what the new state needs, never what it was. */
export function draftSwept(name: MoveName, task: LedgerTask, change: Change & { at: At }): Move {
  const { at, set } = change;
  const dueMs = neededDueMs(dueFieldsOf(task, set), at.nowMs, at.rules);
  if (dueMs === undefined) return draftWithDue(name, task, change);
  return draft(name, task, { ...change, set: { ...set, updatedAtMs: at.nowMs, dueMs } });
}

/** How the running attempt ended. */
export interface Ending extends Pick<EndedAttempt, 'class' | 'code' | 'delayMs'> {
  readonly outcome: AttemptOutcome;
}

/** The last ended attempts with the running one added. */
export function endedAttempts(task: LedgerTask, { outcome, ...rest }: Ending, nowMs: number): EndedAttempt[] {
  const ended: EndedAttempt = {
    fence: task.fence,
    attempt: attemptNumber(task),
    startedAtMs: task.startedAtMs ?? nowMs,
    endedAtMs: nowMs,
    outcome,
    ...rest,
  };
  return [...task.attempts, ended].slice(-KEPT_ATTEMPTS);
}

/** The fields of a state that nobody has to look at any more. */
export const finalAt = ({ nowMs, rules }: At) => ({
  finishedAtMs: nowMs,
  purgeAtMs: nowMs + rules.constants.retentionMs,
});
