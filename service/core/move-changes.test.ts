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
import { changed } from './move.ts';
import { cancel, discard, redrive } from './operator-moves.ts';
import { reap } from './reap-move.ts';
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

function endOf(outcome: string, more: object = {}) {
  const at = { startedAtMs: RUNNING_ITEM.startedAtMs!, endedAtMs: LATER_MS };
  return { fence: 3, attempt: 2, ...at, outcome: outcome as 'failed', ...more };
}

const STAMPED = { updatedAtMs: LATER_MS };
const NO_LEASE = { leaseUntilMs: undefined };
const NOBODY_LOOKS = { dueMs: undefined };
const FINAL = { ...STAMPED, ...NOBODY_LOOKS, finishedAtMs: LATER_MS, purgeAtMs: LATER_MS + 14 * DAY };
const FINAL_ATTEMPT = { ...FINAL, ...NO_LEASE, checkpoint: undefined };
const DYING = { status: 'dead', announcement: 'pending', finishedAtMs: LATER_MS, dueMs: LATER_MS + 30_000, ...STAMPED };
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

describe('a reap', () => {
  const reaped = (cause: 'lost' | 'overran' | 'server', item: LedgerTask = RUNNING_ITEM) =>
    changed(reap(item, { cause, owner: 'nobody', random: 0.5, known: true }, LATER), item);
  const of = (code: string, more: object = {}) => ({ class: code === 'overran' ? 'TIMEOUT' : 'CRASH', code, ...more });
  const LOST = of('process-lost', { atMs: LATER_MS, message: expect.stringContaining('lost') as string });
  const ENDED = { ...STAMPED, ...NO_LEASE, version: 8, owner: 'nobody', progress: undefined };

  test('of a task that was lost beside others charges nobody, and runs it alone after a while [S13]', () => {
    const untilMs = LATER_MS + 1_000;
    expect(reaped('lost')).toEqual({
      ...{ ...RUNNING_ITEM, ...ENDED, status: 'retrying', suspect: true, lostInRow: 2, lastFailure: LOST },
      ...{ notBeforeMs: untilMs, dueMs: untilMs + 30_000, waiting: { reason: 'crash-backoff', untilMs } },
      attempts: [endOf('lost', of('process-lost', { delayMs: 1_000 }))],
    });
  });

  type Charged = readonly [string, 'lost' | 'overran' | 'server', Partial<LedgerTask>, readonly unknown[]];

  test.each<Charged>([
    ['lost alone', 'lost', { suspect: true }, [2, true, 'process-lost']],
    ['killed for its overrun', 'overran', {}, [2, true, 'overran']],
    ['lost with the server', 'server', {}, [1, undefined, 'process-lost']],
    ['lost with the server, alone', 'server', { suspect: true }, [1, true, 'process-lost']],
    ['lost with the server for the third time', 'server', { lostInRow: 2 }, [1, true, 'process-lost']],
  ])('of a task that was %s charges as it should [S13]', (...[, cause, fields, charged]) => {
    const { status, crashes, suspect, lastFailure } = reaped(cause, { ...RUNNING_ITEM, ...fields });
    expect([status, crashes, suspect, lastFailure?.code]).toEqual(['retrying', ...charged]);
  });

  test.each([
    ['the third crash', { crashes: 2, suspect: true }, 'ran alone'],
    ['the tenth loss in a row', { lostInRow: 9 }, '10 times in a row'],
  ] as const)('after %s is the end, to be announced [S6][S7]', (_, fields, words) => {
    const dead = reaped('lost', { ...RUNNING_ITEM, ...fields });
    const { status, announcement, finishedAtMs, dueMs } = DYING;
    expect(dead).toMatchObject({ status, announcement, finishedAtMs, dueMs, ...ENDED, attempts: [endOf('lost')] });
    expect(dead.lastFailure).toEqual({ ...LOST, message: expect.stringContaining(words) as string });
  });

  test('of an overrun says so, and of a task whose cancel is requested cancels it [S10]', () => {
    const waiting = { reason: 'backoff', untilMs: 1 } as const;
    const cancelling = { ...CANCELLING_ITEM, waiting };
    const { attempts, ...left } = reaped('overran', cancelling);
    expect(attempts).toEqual([endOf('timed-out', of('overran'))]);
    const status = { status: 'cancelled', crashes: 2, lostInRow: 2, suspect: true };
    const gone = { waiting: undefined, checkpoint: undefined, attempts: undefined };
    expect(left).toEqual({ ...cancelling, ...ENDED, ...FINAL, ...status, ...gone });
    const message = expect.stringContaining('time-out') as string;
    expect(reaped('overran').lastFailure).toEqual({ class: 'TIMEOUT', code: 'overran', message, atMs: LATER_MS });
  });
});
