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
import { DYING, endOf, FINAL, NO_LEASE, NOBODY_LOOKS, STAMPED } from '../testing/given-changes.ts';
import { cancelled, checkpoint, claim, die, fail, heartbeat, release, succeed } from './attempt-moves.ts';
import type { Move } from './move.ts';
import { changed } from './move.ts';
import { cancel, discard, redrive } from './operator-moves.ts';
import { announceAgain, announced, defer, expire, pushOn, recheck, ringAgain, unreached, wake } from './sweep-moves.ts';
import type { LedgerTask } from './task.ts';
import { DAY, DEFAULT_POLICY, MINUTE } from './rules.ts';

/** What is no longer as it was; undefined is gone. */
type Changes = Partial<Record<keyof LedgerTask, unknown>>;

const MINE = { ...CLAIMER, owner: 'mine' };
const BROKEN = { class: 'SYSTEM', code: 'E', message: 'no', atMs: LATER_MS } as const;
const SLOW = { ...BROKEN, class: 'TIMEOUT' } as const;
const DETAIL = { fence: 3, message: 'no', log: [], logTruncated: false };
const OLD = { ...RUNNING_ITEM, attempts: Array.from({ length: 10 }, (_, i) => ({ ...endOf('failed'), fence: i })) };
const FAR_MS = LATER_MS + 20 * MINUTE;
const FAR_ITEM = { ...READY_ITEM, notBeforeMs: FAR_MS };

const FINAL_ATTEMPT = { ...FINAL, ...NO_LEASE, checkpoint: undefined };
const CLAIMED = {
  ...{ status: 'running', fence: 4, attemptsTotal: 4, owner: 'mine', startedAtMs: LATER_MS, rings: 0, ...STAMPED },
  ...{ leaseUntilMs: LATER_MS + 70_000, waiting: undefined, progress: undefined },
};
const OPERATED = { ...STAMPED, history: [...READY_ITEM.history, ENTRY] };

const OF_ATTEMPTS: readonly (readonly [string, Move, LedgerTask, Changes])[] = [
  ['claim', claim(READY_ITEM, MINE, { ...LATER, pullDue: false }), READY_ITEM, CLAIMED],
  [
    'claim that pulls due',
    claim(READY_ITEM, MINE, { ...LATER, pullDue: true }),
    READY_ITEM,
    { ...CLAIMED, dueMs: LATER_MS + 73_000 },
  ],
  [
    'heartbeat',
    heartbeat(RUNNING_ITEM, { progress: undefined, pullDue: false }, LATER),
    RUNNING_ITEM,
    { ...STAMPED, leaseUntilMs: LATER_MS + 70_000 },
  ],
  [
    'heartbeat with progress that pulls due',
    heartbeat(RUNNING_ITEM, { progress: { percent: 50 }, pullDue: true }, LATER),
    RUNNING_ITEM,
    { ...STAMPED, leaseUntilMs: LATER_MS + 70_000, dueMs: LATER_MS + 73_000, progress: { percent: 50 } },
  ],
  [
    'succeed, which wins over a cancel request,',
    succeed(CANCELLING_ITEM, '1', LATER),
    CANCELLING_ITEM,
    {
      ...FINAL_ATTEMPT,
      ...{ status: 'succeeded', result: '1', cancelRequested: undefined, attempts: [endOf('succeeded')] },
    },
  ],
  [
    'fail',
    fail(RUNNING_ITEM, { failure: BROKEN, detail: DETAIL }, { ...LATER, delayMs: 5_000 }),
    RUNNING_ITEM,
    {
      ...{ ...STAMPED, ...NO_LEASE, status: 'retrying', failures: 3, lostInRow: 0, notBeforeMs: LATER_MS + 5_000 },
      ...{ waiting: { reason: 'backoff', untilMs: LATER_MS + 5_000 }, lastFailure: BROKEN, dueMs: LATER_MS + 35_000 },
      attempts: [endOf('failed', { class: 'SYSTEM', code: 'E', delayMs: 5_000 })],
    },
  ],
  [
    'die of a time-out',
    die(RUNNING_ITEM, { failure: SLOW, detail: DETAIL }, LATER),
    RUNNING_ITEM,
    {
      ...{ ...DYING, ...NO_LEASE, failures: 3, lostInRow: 0, lastFailure: SLOW },
      attempts: [endOf('timed-out', { class: 'TIMEOUT', code: 'E' })],
    },
  ],
  [
    'release, which keeps the last ten attempts,',
    release(OLD, LATER),
    OLD,
    {
      ...{ ...STAMPED, ...NO_LEASE, status: 'queued', notBeforeMs: LATER_MS, dueMs: LATER_MS + 30_000 },
      ...{ progress: undefined, attempts: [...OLD.attempts.slice(1), endOf('released')] },
    },
  ],
  [
    'checkpoint',
    checkpoint(RUNNING_ITEM, '2', { ...LATER, delayMs: 500 }),
    RUNNING_ITEM,
    {
      ...{ ...STAMPED, ...NO_LEASE, status: 'queued', notBeforeMs: LATER_MS + 500, dueMs: LATER_MS + 30_500 },
      ...{ lostInRow: 0, checkpoint: '2', attempts: [endOf('checkpointed')] },
    },
  ],
  [
    'cancelled',
    cancelled(CANCELLING_ITEM, LATER),
    { ...CANCELLING_ITEM, waiting: READY_ITEM.waiting! },
    { ...FINAL_ATTEMPT, status: 'cancelled', waiting: undefined, attempts: [endOf('cancelled')] },
  ],
];

const OF_OTHERS: typeof OF_ATTEMPTS = [
  [
    'defer',
    defer(READY_ITEM, { ...LATER, reason: 'pause', untilMs: LATER_MS + 9_000 }),
    READY_ITEM,
    { ...STAMPED, notBeforeMs: LATER_MS + 9_000, waiting: { reason: 'pause', untilMs: LATER_MS + 9_000 } },
  ],
  ['recheck', recheck(FAR_ITEM, LATER), FAR_ITEM, { ...STAMPED, dueMs: FAR_MS - 10 * MINUTE }],
  ['wake', wake(READY_ITEM, LATER), { ...READY_ITEM, dueMs: LATER_MS }, { ...STAMPED, dueMs: READY_ITEM.dueMs }],
  ['ringAgain', ringAgain(READY_ITEM, LATER), READY_ITEM, { ...STAMPED, rings: 3, dueMs: LATER_MS + 120_000 }],
  ['announceAgain', announceAgain(DYING_ITEM, LATER), DYING_ITEM, { ...STAMPED, rings: 2, dueMs: LATER_MS + 60_000 }],
  ['unreached', unreached(READY_ITEM, LATER), READY_ITEM, { ...STAMPED, rings: 1 }],
  [
    'announced',
    announced(DYING_ITEM, LATER),
    DYING_ITEM,
    { ...STAMPED, ...NOBODY_LOOKS, announcement: 'sent', rings: 0, purgeAtMs: LATER_MS + 14 * DAY },
  ],
  [
    'expire',
    expire(READY_ITEM, LATER),
    READY_ITEM,
    {
      ...{ ...DYING, rings: 0, waiting: undefined },
      lastFailure: {
        class: 'EXPIRED',
        code: 'max-age',
        message: expect.stringContaining('greatest age') as string,
        atMs: LATER_MS,
      },
    },
  ],
  ['pushOn', pushOn(READY_ITEM, LATER), READY_ITEM, { dueMs: LATER_MS + 10 * MINUTE }],
  [
    'cancel of a ready task',
    cancel(READY_ITEM, ENTRY, LATER),
    READY_ITEM,
    { ...FINAL, ...OPERATED, status: 'cancelled', waiting: undefined, checkpoint: undefined },
  ],
  [
    'cancel of a running task',
    cancel(RUNNING_ITEM, ENTRY, LATER),
    RUNNING_ITEM,
    { ...OPERATED, cancelRequested: true },
  ],
  [
    'redrive',
    redrive(INBOX_ITEM, ENTRY, LATER),
    { ...INBOX_ITEM, discarded: true },
    {
      ...{ ...OPERATED, status: 'queued', budgetBase: 2, crashes: 0, lostInRow: 0, rings: 0, notBeforeMs: LATER_MS },
      ...{ expiresAtMs: LATER_MS + DAY, dueMs: LATER_MS + 30_000, purgeAtMs: undefined, finishedAtMs: undefined },
      ...{ suspect: undefined, cancelRequested: undefined, discarded: undefined, announcement: undefined },
      ...{ waiting: undefined, result: undefined, progress: undefined, checkpoint: undefined },
    },
  ],
  ['discard', discard(INBOX_ITEM, ENTRY, LATER), INBOX_ITEM, { ...OPERATED, discarded: true }],
];

describe('a move', () => {
  const rows = [...OF_ATTEMPTS, ...OF_OTHERS].map(([name, move, item, changes]) => ({ name, move, item, changes }));

  test.each(rows)('$name changes what it says and nothing else [S5]', ({ move, item, changes }) => {
    expect(changed(move, item)).toEqual({ ...item, version: item.version + 1, ...changes });
  });

  test('that ends an attempt badly keeps its detail under its fence, for as long as its task may wait', () => {
    const failed = { failure: BROKEN, detail: DETAIL };
    const { expiresAtMs } = RUNNING_ITEM;
    for (const move of [fail(RUNNING_ITEM, failed, { ...LATER, delayMs: 1 }), die(RUNNING_ITEM, failed, LATER)]) {
      expect(move).toMatchObject({ detail: DETAIL, set: { expiresAtMs } });
    }
  });

  test('that announces a death says again when it was, for engines that keep the inbox in that order', () => {
    expect(announced(DYING_ITEM, LATER).set).toMatchObject({ finishedAtMs: DYING_ITEM.finishedAtMs });
  });
});

test('the due of a short task lies within its lease, or its claim would lose on it without a fault [S18]', () => {
  const short = { ...DEFAULT_POLICY, timeoutMs: 4_000 };
  const rules = { ...LATER.rules, policyOf: (type: string) => (type === 'simulate' ? short : DEFAULT_POLICY) };
  expect(release(RUNNING_ITEM, { ...LATER, rules }).set.dueMs).toBe(LATER_MS + 16_000);
});
