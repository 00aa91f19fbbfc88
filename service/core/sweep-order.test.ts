import { describe, expect, test } from 'vitest';
import { Given } from '../testing/given.ts';
import { DYING_ITEM, INBOX_ITEM, LATER, LATER_MS, READY_ITEM, RUNNING_ITEM } from '../testing/given-items.ts';
import type { ApplyResult, Ports, Unreadable } from './ports.ts';
import { MINUTE } from './rules.ts';
import { sweep } from './sweep.ts';
import type { LedgerTask } from './task.ts';

type Item = LedgerTask | Unreadable | undefined;

interface Swept {
  /** Of the write that the page was answered with. */
  readonly moves: string[];
  readonly warned: string[];
  /** The tasks that were rung for. */
  readonly rung: string[];
}

/** One page of items that an index names, at LATER_MS to the millisecond. */
async function swept(items: readonly Item[], isAlive = false, depth: Ports['doorbell']['depth'] = () => ofNone) {
  const { ports } = new Given();
  const [moves, warned, rung]: [string[], string[], string[]] = [[], [], []];
  const seen: Swept = { moves, warned, rung };
  const ledger: Partial<Ports['ledger']> = {
    overdue: () => Promise.resolve(items.map((_, i) => ({ tenant: 'alpha', taskId: `${i}` }))),
    get: () => Promise.resolve([...items]),
    apply: (made) => {
      if (moves.length === 0) moves.push(...made.map(({ name }) => name));
      const results = made.map(({ taskId, set }): ApplyResult => {
        const item = items.find((each) => each?.taskId === taskId) as LedgerTask;
        return { kind: 'applied', task: { ...item, ...set } };
      });
      return Promise.resolve(results);
    },
  };
  const ring: Ports['doorbell']['ring'] = (bells) => {
    rung.push(...bells.map(({ taskId }) => taskId));
    return Promise.resolve(bells.map(() => 'rung'));
  };
  const all = {
    ...{ ...ports, ledger: { ...ports.ledger, ...ledger }, doorbell: { ring, depth } },
    clock: { ...ports.clock, nowMs: () => LATER_MS },
    log: { ...ports.log, warn: (event: string) => void warned.push(event) },
    deadLetters: { announce: () => Promise.resolve(['failed' as const]) },
    statistics: { ...ports.statistics, count: () => Promise.resolve() },
  };
  await sweep(all, LATER.rules, { limit: 10, ...(isAlive && { isAlive: () => true }) });
  return seen;
}

const ofNone = Promise.resolve(0);

/** Whose bell is `lateMs` later than it had to be answered. */
const ready = (lateMs: number, more: Partial<LedgerTask> = {}): LedgerTask => ({
  ...{ ...READY_ITEM, notBeforeMs: LATER_MS - 30_000 - lateMs, dueMs: LATER_MS },
  ...more,
});
/** To start `aheadMs` after the horizon, and to be looked at `dueMs` after it comes within it. */
const far = (aheadMs: number, dueMs: number): LedgerTask => {
  const notBeforeMs = LATER_MS + 10 * MINUTE + aheadMs;
  return { ...READY_ITEM, status: 'scheduled', notBeforeMs, dueMs: notBeforeMs - 10 * MINUTE + dueMs };
};
const running = (leaseUntilMs: number | undefined): LedgerTask =>
  ({ ...RUNNING_ITEM, leaseUntilMs, dueMs: LATER_MS }) as LedgerTask;
const unreadable: Unreadable = { tenant: 'alpha', taskId: 'odd', unreadable: 'damaged', dueMs: LATER_MS };
const noDue = { dueMs: undefined } as unknown as Partial<LedgerTask>;

const DECISIONS: readonly (readonly [move: string, of: string, item: Item])[] = [
  ['nothing', 'is not there', undefined],
  ['nothing', 'nobody has to look at', ready(0, noDue)],
  ['nothing', 'is due a millisecond later', ready(0, { dueMs: LATER_MS + 1 })],
  ['pushOn', 'cannot be read', unreadable],
  ['nothing', 'cannot be read, and is not due', { ...unreadable, dueMs: LATER_MS + 1 }],
  ['pushOn', 'is in the inbox, with a due', { ...INBOX_ITEM, dueMs: LATER_MS }],
  ['announceAgain', 'died and is not announced', { ...DYING_ITEM, dueMs: LATER_MS }],
  ['reap', 'runs, its lease and the margin over', running(LATER_MS - 3_000)],
  ['recheck', 'runs, a millisecond of the margin left', running(LATER_MS - 2_999)],
  ['pushOn', 'runs without a lease', running(undefined)],
  ['ringAgain', 'has a bell that nobody answered', ready(0)],
  ['recheck', 'has a bell that may be answered a millisecond longer', ready(-1)],
  ['expire', 'is as old as it may be', ready(0, { expiresAtMs: LATER_MS })],
  ['ringAgain', 'may be a millisecond older', ready(0, { expiresAtMs: LATER_MS + 1 })],
  ['wake', 'comes within reach', far(0, 0)],
  ['recheck', 'is not within reach for a millisecond', far(1, -1)],
  ['wake', 'was within reach when it was looked at', far(-5_000, 0)],
  ['recheck', 'has been within reach for long', far(-5_000, 1)],
];

describe('the sweeper', () => {
  test.each(DECISIONS)('decides on %s for an item that %s', async (move, _, item) => {
    const { moves, warned } = await swept([item]);
    expect(moves).toEqual(move === 'nothing' ? [] : [move]);
    expect(warned).toEqual(move === 'pushOn' ? ['item-skipped'] : []);
  });

  test('keeps the lease of an attempt that it knows to run, when it is over and no sooner [S13]', async () => {
    expect((await swept([running(LATER_MS - 3_000)], true)).moves).toEqual(['heartbeat']);
    expect((await swept([running(LATER_MS - 2_999)], true)).moves).toEqual(['recheck']);
  });

  const PAGE = [
    ...['a', 'b'].map((taskId) => ready(0, { taskId, rings: 1 })),
    ...[ready(0, { taskId: 'suspect', suspect: true, rings: 0 }), { ...far(0, 0), taskId: 'woken' }],
  ];

  test.each([
    ['one bell less than its overdue tasks', 1, ['a', 'b', 'suspect', 'woken']],
    ['as many bells as its overdue tasks', 2, ['suspect', 'woken']],
  ])('rings in a lane that holds %s, and in others anyway', async (_, held, rung) => {
    const depth: Ports['doorbell']['depth'] = (lane) => Promise.resolve(lane === 'recovery' ? held : 0);
    expect((await swept(PAGE, false, depth)).rung.toSorted()).toEqual(rung);
  });
});
