import { describe, expect, test } from 'vitest';
import { CLAIMER } from '../testing/conformance/engine-under-test.ts';
import {
  CANCELLING_ITEM,
  DYING_ITEM,
  ENTRY,
  INBOX_ITEM,
  LATER,
  LATER_MS,
  READY_ITEM,
  RUNNING_ITEM,
} from '../testing/given-items.ts';
import { cancelled, checkpoint, claim, die, fail, heartbeat, release, succeed } from './attempt-moves.ts';
import type { Move } from './move.ts';
import { unmet } from './move.ts';
import { cancel, discard, redrive } from './operator-moves.ts';
import { reap } from './reap-move.ts';
import { announceAgain, announced, defer, expire, pushOn, recheck, ringAgain, unreached, wake } from './sweep-moves.ts';
import type { LedgerTask } from './task.ts';

type Fields = Partial<Record<keyof LedgerTask, unknown>>;
/** What an item is like that does not meet one clause, and every other. */
type Spoilers = Readonly<Record<string, Fields>>;

const MINE = { ...CLAIMER, owner: 'mine' };
const FAILED = {
  failure: { class: 'SYSTEM', code: 'E', message: 'no', atMs: LATER_MS },
  detail: { fence: 3, message: 'no', log: [], logTruncated: false },
} as const;
const LOSS = { cause: 'lost', owner: 'nobody', random: 0.5 } as const;
const EXPIRED_ITEM = { ...READY_ITEM, expiresAtMs: LATER_MS };

const READY = { ready: { status: 'running' } };
const VERSION = { 'same-version': { version: 8 } };
const DEAD = { dead: { status: 'queued' } };
const PENDING = { pending: { announcement: 'sent' } };
const OURS = { running: { status: 'queued' }, 'same-fence': { fence: 4 }, 'same-owner': { owner: 'another' } };
const UNCANCELLED = { ...OURS, 'no-cancel': { cancelRequested: true } };
const IN_INBOX = { ...DEAD, announced: { announcement: 'pending' }, kept: { purgeAtMs: LATER_MS }, ...VERSION };
const CLAIMABLE = {
  ...{ ...READY, 'no-cancel': { cancelRequested: true }, 'new-owner': { owner: 'mine' } },
  ...{ 'not-before': { notBeforeMs: LATER_MS + 1_001 }, 'not-expired': { expiresAtMs: LATER_MS } },
  ...{ type: { type: 'other' }, 'payload-version': { payloadVersion: 2 } },
};
const NOT_SUSPECT = { 'not-suspect': { suspect: true } };
const DUE = { due: { dueMs: LATER_MS + 73_001 } };
const LOST = { running: { status: 'queued' }, 'same-fence': { fence: 4 } };
const LEASE_OVER = { 'lease-over': { leaseUntilMs: LATER_MS - 2_999 } };

const CONDITIONS: Readonly<Record<string, readonly [Move, LedgerTask, Spoilers]>> = {
  claim: [claim(READY_ITEM, MINE, { ...LATER, pullDue: false }), READY_ITEM, { ...CLAIMABLE, ...NOT_SUSPECT, ...DUE }],
  'claim that pulls due': [
    claim(READY_ITEM, MINE, { ...LATER, pullDue: true }),
    READY_ITEM,
    { ...CLAIMABLE, ...NOT_SUSPECT },
  ],
  'isolated claim': [
    claim(READY_ITEM, { ...MINE, isolated: true }, { ...LATER, pullDue: false }),
    READY_ITEM,
    { ...CLAIMABLE, ...DUE },
  ],
  heartbeat: [
    heartbeat(RUNNING_ITEM, { progress: undefined, pullDue: false }, LATER),
    RUNNING_ITEM,
    { ...OURS, ...DUE },
  ],
  'heartbeat that pulls due': [
    heartbeat(RUNNING_ITEM, { progress: undefined, pullDue: true }, LATER),
    RUNNING_ITEM,
    OURS,
  ],
  succeed: [succeed(RUNNING_ITEM, '1', LATER), RUNNING_ITEM, OURS],
  fail: [fail(RUNNING_ITEM, FAILED, { ...LATER, delayMs: 1 }), RUNNING_ITEM, UNCANCELLED],
  die: [die(RUNNING_ITEM, FAILED, LATER), RUNNING_ITEM, UNCANCELLED],
  release: [release(RUNNING_ITEM, LATER), RUNNING_ITEM, UNCANCELLED],
  checkpoint: [checkpoint(RUNNING_ITEM, '1', { ...LATER, delayMs: 1 }), RUNNING_ITEM, UNCANCELLED],
  cancelled: [
    cancelled(RUNNING_ITEM, LATER),
    CANCELLING_ITEM,
    { ...OURS, 'cancel-requested': { cancelRequested: undefined } },
  ],
  defer: [defer(READY_ITEM, { ...LATER, reason: 'pause', untilMs: LATER_MS }), READY_ITEM, { ...READY, ...VERSION }],
  reap: [
    reap(RUNNING_ITEM, { ...LOSS, known: false }, LATER),
    RUNNING_ITEM,
    { ...LOST, ...LEASE_OVER, 'no-cancel': { cancelRequested: true } },
  ],
  'reap of a process that is gone': [
    reap(RUNNING_ITEM, { ...LOSS, known: true }, LATER),
    RUNNING_ITEM,
    { ...LOST, 'no-cancel': { cancelRequested: true } },
  ],
  'reap that cancels': [
    reap(CANCELLING_ITEM, { ...LOSS, known: false }, LATER),
    CANCELLING_ITEM,
    { ...LOST, ...LEASE_OVER, 'cancel-requested': { cancelRequested: undefined } },
  ],
  recheck: [recheck(READY_ITEM, LATER), READY_ITEM, VERSION],
  wake: [wake(READY_ITEM, LATER), READY_ITEM, { ...READY, ...VERSION }],
  ringAgain: [ringAgain(READY_ITEM, LATER), READY_ITEM, { ...READY, ...VERSION }],
  announceAgain: [announceAgain(DYING_ITEM, LATER), DYING_ITEM, { ...DEAD, ...PENDING, ...VERSION }],
  unreached: [unreached(READY_ITEM, LATER), READY_ITEM, VERSION],
  announced: [announced(DYING_ITEM, LATER), DYING_ITEM, { ...DEAD, ...PENDING, 'same-fence': { fence: 4 } }],
  expire: [expire(EXPIRED_ITEM, LATER), EXPIRED_ITEM, { ...READY, expired: { expiresAtMs: LATER_MS + 1 } }],
  pushOn: [pushOn(READY_ITEM, LATER), READY_ITEM, {}],
  'cancel of a ready task': [cancel(READY_ITEM, ENTRY, LATER), READY_ITEM, { ...READY, ...VERSION }],
  'cancel of a running task': [
    cancel(RUNNING_ITEM, ENTRY, LATER),
    RUNNING_ITEM,
    { running: { status: 'queued' }, ...VERSION },
  ],
  redrive: [redrive(INBOX_ITEM, ENTRY, LATER), INBOX_ITEM, IN_INBOX],
  discard: [discard(INBOX_ITEM, ENTRY, LATER), INBOX_ITEM, IN_INBOX],
};

const ROWS = Object.entries(CONDITIONS).map(([name, [move, item, spoilers]]) => ({ name, move, item, spoilers }));
const LOSSES = ROWS.flatMap(({ spoilers, ...row }) =>
  Object.entries(spoilers).map(([clause, fields]) => ({ ...row, clause, fields })),
);

describe('a move', () => {
  test.each(ROWS)('$name has no condition but those that are tried here', ({ move, item, spoilers }) => {
    expect(unmet(move, item)).toEqual([]);
    expect(move.when.map(({ name }) => name).sort()).toEqual(Object.keys(spoilers).sort());
  });

  test.each(LOSSES)('$name is lost on "$clause"', ({ move, item, clause, fields }) => {
    expect(unmet(move, { ...item, ...fields } as LedgerTask)).toEqual([clause]);
  });
});
