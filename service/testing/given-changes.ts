/** What moves at LATER have changed of the items in given-items.ts, where several change the same. */
import { DAY } from '../core/rules.ts';
import { LATER_MS, RUNNING_ITEM } from './given-items.ts';

export const STAMPED = { updatedAtMs: LATER_MS };
export const NO_LEASE = { leaseUntilMs: undefined };
export const NOBODY_LOOKS = { dueMs: undefined };
export const FINAL = { ...STAMPED, ...NOBODY_LOOKS, finishedAtMs: LATER_MS, purgeAtMs: LATER_MS + 14 * DAY };
export const DYING = {
  status: 'dead',
  announcement: 'pending',
  finishedAtMs: LATER_MS,
  dueMs: LATER_MS + 30_000,
  ...STAMPED,
};

/** The attempt that RUNNING_ITEM is at, ended. */
export function endOf(outcome: string, more: object = {}) {
  const at = { startedAtMs: RUNNING_ITEM.startedAtMs!, endedAtMs: LATER_MS };
  return { fence: 3, attempt: 2, ...at, outcome: outcome as 'failed', ...more };
}
