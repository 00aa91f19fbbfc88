/**
 * The moves of one attempt, from its claim to its end. All but the claim need the item as the claim left it, and all
 * but the claim ask for the same fence and owner [S4]: whoever lost the lease can change nothing any more.
 */
import * as clauses from './clauses.ts';
import type { At } from './drafts.ts';
import { draft, draftWithDue, endedAttempts, finalAt } from './drafts.ts';
import type { Move } from './move.ts';
import { leaseMsOf } from './rules.ts';
import type { AttemptDetail, Failure, LedgerTask, Progress, TaskKey } from './task.ts';

const ourAttempt = (task: LedgerTask) => [clauses.stillRunning, ...clauses.sameAttempt(task)];
const ourUncancelledAttempt = (task: LedgerTask) => [...ourAttempt(task), clauses.noCancelRequest];

export interface Claimer {
  readonly owner: string;
  readonly type: string;
  readonly payloadVersions: readonly number[];
  /** Whether the attempt would be alone in its process. */
  readonly isolated: boolean;
}

/** Takes a ready task without having read it. `pullDue` is for the second try, when only the clause on `due` failed. */
export function claim(key: TaskKey, by: Claimer, { nowMs, rules, pullDue }: At & { pullDue: boolean }): Move {
  const leaseUntilMs = nowMs + leaseMsOf(by.type, rules);
  const dueMs = leaseUntilMs + rules.constants.marginMs;
  return draft('claim', key, {
    when: [
      clauses.stillReady,
      clauses.notTooEarly(nowMs),
      clauses.notExpired(nowMs),
      clauses.noCancelRequest,
      clauses.notOwnedBefore(by.owner),
      clauses.typeIs(by.type),
      clauses.payloadVersionIn(by.payloadVersions),
      ...(by.isolated ? [] : [clauses.notSuspect]),
      ...(pullDue ? [] : [clauses.dueBy(dueMs)]),
    ],
    set: {
      status: 'running',
      owner: by.owner,
      leaseUntilMs,
      startedAtMs: nowMs,
      updatedAtMs: nowMs,
      rings: 0,
      ...(pullDue && { dueMs }),
    },
    remove: ['waiting', 'progress'],
    add: ['fence', 'attemptsTotal'],
  });
}

export interface Beat {
  readonly progress: Progress | undefined;
  /** As for a claim: a clock that went back can leave `due` behind the new end of the lease. */
  readonly pullDue: boolean;
}

export function heartbeat(task: LedgerTask, { progress, pullDue }: Beat, { nowMs, rules }: At): Move {
  const leaseUntilMs = nowMs + leaseMsOf(task.type, rules);
  const dueMs = leaseUntilMs + rules.constants.marginMs;
  return draft('heartbeat', task, {
    when: [...ourAttempt(task), ...(pullDue ? [] : [clauses.dueBy(dueMs)])],
    set: { leaseUntilMs, updatedAtMs: nowMs, ...(progress && { progress }), ...(pullDue && { dueMs }) },
  });
}

/** Wins over a cancel request: the work is done. */
export function succeed(task: LedgerTask, result: string | undefined, at: At): Move {
  return draftWithDue('succeed', task, {
    at,
    when: ourAttempt(task),
    set: {
      status: 'succeeded',
      attempts: endedAttempts(task, { outcome: 'succeeded' }, at.nowMs),
      ...(result !== undefined && { result }),
      ...finalAt(at),
    },
    remove: ['leaseUntilMs', 'cancelRequested', 'checkpoint'],
  });
}

export interface FailedAttempt {
  readonly failure: Failure;
  readonly detail: AttemptDetail;
}

const endingOf = ({ class: failureClass, code }: Failure) => ({
  outcome: failureClass === 'TIMEOUT' ? ('timed-out' as const) : ('failed' as const),
  class: failureClass,
  code,
});

/** Says again until when the task may wait: an engine keeps what lies beside an item by that, and does not read it first. */
const stillUntil = ({ expiresAtMs }: LedgerTask) => ({ expiresAtMs });

/** The attempt failed and another follows after `delayMs`. */
export function fail(
  task: LedgerTask,
  { failure, detail }: FailedAttempt,
  { delayMs, ...at }: At & { delayMs: number },
) {
  const untilMs = at.nowMs + delayMs;
  return draftWithDue('fail', task, {
    at,
    when: ourUncancelledAttempt(task),
    set: {
      status: 'retrying',
      ...stillUntil(task),
      failures: task.failures + 1,
      lostInRow: 0,
      notBeforeMs: untilMs,
      waiting: { reason: 'backoff', untilMs },
      lastFailure: failure,
      attempts: endedAttempts(task, { ...endingOf(failure), delayMs }, at.nowMs),
    },
    remove: ['leaseUntilMs'],
    detail,
  });
}

/** The attempt failed for good: a permanent failure, or the last of the budget. [S6] */
export function die(task: LedgerTask, { failure, detail }: FailedAttempt, at: At): Move {
  return draftWithDue('die', task, {
    at,
    when: ourUncancelledAttempt(task),
    set: {
      status: 'dead',
      announcement: 'pending',
      ...stillUntil(task),
      failures: task.failures + 1,
      lostInRow: 0,
      finishedAtMs: at.nowMs,
      lastFailure: failure,
      attempts: endedAttempts(task, endingOf(failure), at.nowMs),
    },
    remove: ['leaseUntilMs'],
    detail,
  });
}

/** The attempt was stopped by us, not by the handler: nobody is charged. */
export function release(task: LedgerTask, at: At): Move {
  return draftWithDue('release', task, {
    at,
    when: ourUncancelledAttempt(task),
    set: {
      status: 'queued',
      notBeforeMs: at.nowMs,
      attempts: endedAttempts(task, { outcome: 'released' }, at.nowMs),
    },
    remove: ['leaseUntilMs', 'progress'],
  });
}

/** A slice of long work ended and left `state` for the next one. */
export function checkpoint(task: LedgerTask, state: string, { delayMs, ...at }: At & { delayMs: number }): Move {
  return draftWithDue('checkpoint', task, {
    at,
    when: ourUncancelledAttempt(task),
    set: {
      status: 'queued',
      notBeforeMs: at.nowMs + delayMs,
      lostInRow: 0,
      checkpoint: state,
      attempts: endedAttempts(task, { outcome: 'checkpointed' }, at.nowMs),
    },
    remove: ['leaseUntilMs'],
  });
}

/** What fail, release and checkpoint become once a cancel is requested. [S10] */
export function cancelled(task: LedgerTask, at: At): Move {
  return draftWithDue('cancelled', task, {
    at,
    when: [...ourAttempt(task), clauses.cancelIsRequested],
    set: {
      status: 'cancelled',
      attempts: endedAttempts(task, { outcome: 'cancelled' }, at.nowMs),
      ...finalAt(at),
    },
    remove: ['leaseUntilMs', 'waiting', 'checkpoint'],
  });
}
