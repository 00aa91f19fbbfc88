/**
 * The moves of whoever looks at overdue items, and of the announcer. All set `due` anew but `announced`, after which nobody
 * has to look, and `unreached`. [S8][S18]
 */
import * as clauses from './clauses.ts';
import type { At } from './drafts.ts';
import { draft, draftSwept, draftWithDue } from './drafts.ts';
import type { Move } from './move.ts';
import { HORIZON_MS, ringGapMs } from './rules.ts';
import type { LedgerTask, TaskKey, WaitingReason } from './task.ts';

/** Looked too early: nothing is wrong, look again when it is time. */
export function recheck(task: LedgerTask, at: At): Move {
  return draftSwept('recheck', task, { at, when: [clauses.sameVersion(task.version)], set: {} });
}

/** The start has come within reach of a bell. */
export function wake(task: LedgerTask, at: At): Move {
  return draftSwept('wake', task, { at, when: [clauses.stillReady, clauses.sameVersion(task.version)], set: {} });
}

/** Looked after now, and looked at again after a gap that grows with every look in vain. */
const pushed = ({ rings }: LedgerTask, { nowMs, rules }: At) => ({
  rings: rings + 1,
  dueMs: nowMs + ringGapMs(rings, rules.constants),
  updatedAtMs: nowMs,
});

/** Nobody answered the last bell: ring in the recovery lane, and wait longer before the next. [S9] */
export function ringAgain(task: LedgerTask, at: At): Move {
  return draft('ringAgain', task, {
    when: [clauses.stillReady, clauses.sameVersion(task.version)],
    set: pushed(task, at),
  });
}

export function announceAgain(task: LedgerTask, at: At): Move {
  return draft('announceAgain', task, {
    when: [clauses.stillDead, clauses.announcementPending, clauses.sameVersion(task.version)],
    set: pushed(task, at),
  });
}

/**
 * The queue took no bell, or the dead-letter channel no announcement: a look that reached nobody lets no gap grow. [S18]
 * Of the item as `ringAgain` or `announceAgain` left it. Its `due` stays: only the gaps behind that would have grown.
 */
export function unreached(task: LedgerTask, { nowMs }: At): Move {
  return draft('unreached', task, {
    when: [clauses.sameVersion(task.version)],
    set: { rings: task.rings - 1, updatedAtMs: nowMs },
  });
}

/**
 * Somebody was told: the task enters the inbox, and only now its retention begins. [S6] The time of death is said again,
 * because an engine that does not read before it writes puts the task in its place in the inbox by it.
 */
export function announced(task: LedgerTask, { nowMs, rules }: At): Move {
  const { finishedAtMs = nowMs } = task;
  return draft('announced', task, {
    when: [clauses.stillDead, clauses.announcementPending, clauses.sameFence(task.fence)],
    set: {
      announcement: 'sent',
      finishedAtMs,
      purgeAtMs: nowMs + rules.constants.retentionMs,
      rings: 0,
      updatedAtMs: nowMs,
    },
    remove: ['dueMs'],
  });
}

export function expire(task: LedgerTask, at: At): Move {
  const message = 'The task did not reach a final state within its greatest age.';
  return draftSwept('expire', task, {
    at,
    when: [clauses.stillReady, clauses.expired(at.nowMs)],
    set: {
      status: 'dead',
      announcement: 'pending',
      finishedAtMs: at.nowMs,
      rings: 0,
      lastFailure: { class: 'EXPIRED', code: 'max-age', message, atMs: at.nowMs },
    },
    remove: ['waiting'],
  });
}

/** An item that this code cannot read is left to newer code; it must not be looked at again and again. */
export function pushOn(key: TaskKey, { nowMs }: At): Move {
  return draft('pushOn', key, { when: [], set: { dueMs: nowMs + HORIZON_MS } });
}

/** Not now, and nobody's fault: budgets stay. [S12] */
export function defer(
  task: LedgerTask,
  { reason, untilMs, ...at }: At & { reason: WaitingReason; untilMs: number },
): Move {
  return draftWithDue('defer', task, {
    at,
    when: [clauses.stillReady, clauses.sameVersion(task.version)],
    set: { notBeforeMs: untilMs, waiting: { reason, untilMs } },
  });
}
