/** What people and applications ask of an existing task. Each leaves an entry in the item's history. */
import * as clauses from './clauses.ts';
import type { At } from './drafts.ts';
import { draft, draftWithDue, finalAt } from './drafts.ts';
import type { Move } from './move.ts';
import { KEPT_HISTORY } from './rules.ts';
import type { HistoryEntry, LedgerTask } from './task.ts';
import { isReady } from './task.ts';

const withHistory = (task: LedgerTask, entry: HistoryEntry) => ({
  history: [...task.history, entry].slice(-KEPT_HISTORY),
});

/** A ready task is cancelled at once; of a running one the cancel is requested, and its attempt may still succeed. */
export function cancel(task: LedgerTask, entry: HistoryEntry, at: At): Move {
  const when = [clauses.sameVersion(task.version)];
  if (!isReady(task)) {
    return draft('cancel', task, {
      when: [...when, clauses.stillRunning],
      set: { cancelRequested: true, updatedAtMs: at.nowMs, ...withHistory(task, entry) },
    });
  }
  return draftWithDue('cancel', task, {
    at,
    when: [...when, clauses.stillReady],
    set: { status: 'cancelled', ...finalAt(at), ...withHistory(task, entry) },
    remove: ['waiting', 'checkpoint'],
  });
}

const inInbox = (task: LedgerTask, nowMs: number) => [
  clauses.stillDead,
  clauses.announcementSent,
  clauses.notPurged(nowMs),
  clauses.sameVersion(task.version),
];

/** What a redrive may replace. */
export type Edit = Pick<LedgerTask, 'payload' | 'payloadVersion'>;

export interface RedriveAt extends At {
  readonly edit?: Edit;
}

/** A new budget for the same task under the same fence line, perhaps with another payload. [S2][S3] */
export function redrive(task: LedgerTask, entry: HistoryEntry, at: RedriveAt): Move {
  const { rules, nowMs, edit } = at;
  const maxAgeMs = rules.policyOf(task.type).maxAgeMs ?? rules.constants.maxAgeMs;
  return draftWithDue('redrive', task, {
    at,
    when: inInbox(task, nowMs),
    set: {
      status: 'queued',
      budgetBase: task.failures,
      crashes: 0,
      lostInRow: 0,
      rings: 0,
      notBeforeMs: nowMs,
      expiresAtMs: nowMs + maxAgeMs,
      ...(edit && { ...edit, payloadEdited: true }),
      ...withHistory(task, entry),
    },
    remove: [
      'purgeAtMs',
      'finishedAtMs',
      'suspect',
      'cancelRequested',
      'discarded',
      'announcement',
      'waiting',
      'result',
      'progress',
      'checkpoint',
    ],
  });
}

/** Takes a dead task out of the inbox; it stays readable until its retention ends. */
export function discard(task: LedgerTask, entry: HistoryEntry, { nowMs }: At): Move {
  return draft('discard', task, {
    when: inInbox(task, nowMs),
    set: { discarded: true, updatedAtMs: nowMs, ...withHistory(task, entry) },
  });
}
