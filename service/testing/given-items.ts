/** One item in each of the states that moves begin at, with everything on it that a state can have. */
import type { At } from '../core/drafts.ts';
import type { HistoryEntry, LedgerTask } from '../core/task.ts';
import { newTask, RULES } from './conformance/engine-under-test.ts';

export const NOW_MS = 1_700_000_000_000;
/** A moment at which the item, made at NOW_MS, is moved. */
export const LATER_MS = NOW_MS + 20_000;
export const LATER: At = { nowMs: LATER_MS, rules: RULES };
export const ENTRY: HistoryEntry = { atMs: LATER_MS, subject: 'me', move: 'redrive', moveId: 'm1' };

/** Twice tried before, once lost. */
const TRIED: Partial<LedgerTask> = {
  ...{ version: 7, fence: 3, owner: 'theirs', failures: 2, crashes: 1, lostInRow: 1, budgetBase: 1, attemptsTotal: 3 },
  ...{
    startedAtMs: NOW_MS - 5_000,
    progress: { percent: 5 },
    checkpoint: '{"slice":1}',
    history: [{ ...ENTRY, moveId: 'm0' }],
  },
};

export const READY_ITEM: LedgerTask = newTask(NOW_MS, {
  ...TRIED,
  ...{ status: 'retrying', rings: 2, waiting: { reason: 'backoff', untilMs: NOW_MS } },
});

/** Its lease is over, and so is the margin behind it. */
export const RUNNING_ITEM: LedgerTask = newTask(NOW_MS, {
  ...TRIED,
  ...{ status: 'running', startedAtMs: NOW_MS, leaseUntilMs: NOW_MS + 10_000, dueMs: NOW_MS + 13_000 },
});

export const CANCELLING_ITEM: LedgerTask = { ...RUNNING_ITEM, cancelRequested: true };

export const DYING_ITEM: LedgerTask = newTask(NOW_MS, {
  ...TRIED,
  ...{ status: 'dead', announcement: 'pending', finishedAtMs: NOW_MS, rings: 1, suspect: true },
});

const { dueMs: _, ...noDue } = DYING_ITEM;
export const INBOX_ITEM: LedgerTask = {
  ...noDue,
  ...{ announcement: 'sent', rings: 2, purgeAtMs: NOW_MS + 86_400_000, cancelRequested: true, result: '1' },
  waiting: { reason: 'crash-backoff', untilMs: NOW_MS },
};
