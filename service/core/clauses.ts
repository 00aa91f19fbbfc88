/** The conditions of the moves, each named after what it protects and tagged with the invariant it keeps. */
import type { Clause } from './move.ts';
import { CLOCK_TOLERANCE_MS } from './rules.ts';
import type { LedgerTask } from './task.ts';
import { READY } from './task.ts';

export const stillReady: Clause = { name: 'ready', field: 'status', test: { op: 'oneOf', values: READY } }; // [S2]
export const stillRunning: Clause = { name: 'running', field: 'status', test: { op: 'is', value: 'running' } }; // [S4]
export const stillDead: Clause = { name: 'dead', field: 'status', test: { op: 'is', value: 'dead' } }; // [S2]
export const noCancelRequest: Clause = { name: 'no-cancel', field: 'cancelRequested', test: { op: 'absent' } }; // [S10]
export const cancelIsRequested: Clause = {
  name: 'cancel-requested',
  field: 'cancelRequested',
  test: { op: 'is', value: true },
}; // [S10]
export const notSuspect: Clause = { name: 'not-suspect', field: 'suspect', test: { op: 'absent' } }; // [S13]
export const announcementPending: Clause = {
  name: 'pending',
  field: 'announcement',
  test: { op: 'is', value: 'pending' },
}; // [S6]
export const announcementSent: Clause = {
  name: 'announced',
  field: 'announcement',
  test: { op: 'is', value: 'sent' },
}; // [S6]

const clause = (name: string, field: Clause['field'], test: Clause['test']): Clause => ({ name, field, test });

export const sameVersion = (version: number): Clause => clause('same-version', 'version', { op: 'is', value: version }); // [S5]
export const sameFence = (fence: number): Clause => clause('same-fence', 'fence', { op: 'is', value: fence }); // [S3][S4]
/** The owner as well: a claim that was delivered late and twice would otherwise lend its fence to nobody's attempt. */
export const sameAttempt = ({ fence, owner = '' }: Pick<LedgerTask, 'fence' | 'owner'>): Clause[] => [
  sameFence(fence),
  clause('same-owner', 'owner', { op: 'is', value: owner }),
]; // [S4]
/** A claim that comes a second time, after its own attempt has ended: nobody would run what it took. */
export const notOwnedBefore = (owner: string): Clause => clause('new-owner', 'owner', { op: 'isNot', value: owner }); // [S3]
export const typeIs = (type: string): Clause => clause('type', 'type', { op: 'is', value: type });
export const payloadVersionIn = (versions: readonly number[]): Clause =>
  clause('payload-version', 'payloadVersion', { op: 'oneOf', values: versions });
export const notTooEarly = (nowMs: number): Clause =>
  clause('not-before', 'notBeforeMs', { op: 'atMost', value: nowMs + CLOCK_TOLERANCE_MS }); // [S11]
export const notExpired = (nowMs: number): Clause =>
  clause('not-expired', 'expiresAtMs', { op: 'above', value: nowMs });
export const expired = (nowMs: number): Clause => clause('expired', 'expiresAtMs', { op: 'atMost', value: nowMs });
export const dueBy = (untilMs: number): Clause => clause('due', 'dueMs', { op: 'atMost', value: untilMs }); // [S18]
export const leaseEndedBy = (untilMs: number): Clause =>
  clause('lease-over', 'leaseUntilMs', { op: 'atMost', value: untilMs }); // [S4]
export const notPurged = (nowMs: number): Clause => clause('kept', 'purgeAtMs', { op: 'above', value: nowMs });
