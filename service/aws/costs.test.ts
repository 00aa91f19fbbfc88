/**
 * What a task costs, in exact units as DynamoDB charges them (the emulator counts them by the documented rules). A number
 * here may fall; a rise is to be explained where the cost is promised.
 */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Ledger, ListQuery } from '../core/ports.ts';
import { redrive } from '../core/operator-moves.ts';
import type { LedgerTask } from '../core/task.ts';
import type { Units } from '../testing/counted-units.ts';
import { CHARGES_INDEXES, countUnits } from '../testing/counted-units.ts';
import type { GivenDynamo } from '../testing/given-dynamo.ts';
import { givenLedger } from '../testing/given-ledger.ts';
import { Life, payloadOf, usualTask } from '../testing/given-tasks.ts';
import { openLedger } from './dynamo-ledger.ts';
import { itemBytes, UNIT_BYTES } from './item-size.ts';
import { itemOf } from './task-item.ts';

const newGiven = givenLedger();

let given: GivenDynamo;
let units: Units;
let ledger: Ledger;
let life: Life;

beforeEach(async () => {
  ({ given, ledger, life } = await newGiven());
  await life.submitted({ taskId: 'the-first-of-its-day' });
  units = countUnits(given.table);
});

const pass = (ms: number) => given.time.play(() => false, given.time.nowMs + ms);

/** What `act` costs, and what it answers. */
async function cost<T>(act: Promise<T>): Promise<{ written: number; read: number; answer: T }> {
  const { written, read } = units;
  const answer = await act;
  return { written: units.written - written, read: units.read - read, answer };
}

describe.runIf(CHARGES_INDEXES)('write units', () => {
  test('a happy task of 300 bytes costs 3 + 1 + 2, reads nothing, and stays within 1 KB all its life', async () => {
    const submitted = await cost(life.submitted());
    await pass(2_000);
    const claimed = await cost(life.claimed(submitted.answer));
    await pass(300);
    const done = await cost(life.succeeded(claimed.answer));
    expect([submitted, claimed, done].map(({ written }) => written)).toEqual([3, 1, 2]);
    expect(units.read).toBe(0);
    const sizes = [submitted, claimed, done].map(({ answer }) => itemBytes(itemOf(answer)));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(UNIT_BYTES);
  });

  test('the first task of a tenant and day costs one more, in each process', async () => {
    expect((await cost(life.submitted({ tenant: 'beta' }))).written).toBe(4);
    expect((await cost(life.submitted({ tenant: 'beta', taskId: 'second' }))).written).toBe(3);
    const other = new Life({ ledger: openLedger(given), clock: given.clock });
    expect((await cost(other.submitted({ tenant: 'beta', taskId: 'third' }))).written).toBe(4);
  });

  test('a batch writes the day of its tasks once', async () => {
    const batch = ['a', 'b', 'c'].map((taskId) => usualTask(given.time.nowMs, { tenant: 'beta', taskId }));
    expect((await cost(ledger.submit(batch))).written).toBe(3 * 3 + 1);
  });

  test.each([0, 1, 2])('%i failed attempts cost 2 each, and one for each started KB of detail', async (n) => {
    let task = await life.submitted();
    for (let i = 0; i < n; i += 1) task = await life.failed(await life.claimed(task));
    await life.succeeded(await life.claimed(task));
    expect(units.written).toBe(6 + 2 * n + n);
  });

  test('an error text costs one for each started KB', async () => {
    const task = await life.claimed(await life.submitted());
    expect((await cost(life.failed(task, 'x'.repeat(1_500)))).written).toBe(1 + 2);
  });

  test.each([
    [440, 0],
    [600, 1],
    [2_900, 3],
    [256 * 1024, 257],
  ])('a payload of %i bytes costs %i more, once', async (bytes, more) => {
    const submitted = await cost(life.submitted({ payload: payloadOf(bytes) }));
    const done = await cost(life.claimed(submitted.answer).then((task) => life.succeeded(task)));
    expect([submitted.written, done.written]).toEqual([3 + more, 3]);
  });

  test('a short payload stays in an item that is large without it', async () => {
    const tags = Array.from({ length: 10 }, (_, i) => `${i}`.padStart(64, 'tag'));
    expect((await cost(life.submitted({ tags, payload: payloadOf(50) }))).written).toBe(3);
    expect(units.calls['PutItem']).toBe(1);
  });

  test.each([
    [100, 0],
    [1_000, 1],
    [5_000, 5],
  ])('a result of %i bytes costs %i more', async (bytes, more) => {
    const task = await life.claimed(await life.submitted());
    expect((await cost(life.succeeded(task, payloadOf(bytes)))).written).toBe(2 + more);
  });

  test('a claim that loses costs one, and reads nothing: the item comes along', async () => {
    const task = await life.submitted();
    await life.claimed(task);
    const lost = await cost(ledger.apply([life.claimMove(task, 'other')]));
    expect(lost).toMatchObject({ written: 1, read: 0, answer: [{ kind: 'lost', task: { status: 'running' } }] });
  });

  test('death, its announcement and a redrive move the task in the index: 1 + detail, 3, and 3', async () => {
    const running = await life.claimed(await life.submitted());
    const buried = await cost(life.buried(running));
    const entry = { atMs: 1, subject: 'me', move: 'redrive', moveId: 'm' } as const;
    const redriven = await cost(life.moved(redrive(buried.answer, entry, life.at())));
    expect([buried.written, redriven.written]).toEqual([1 + 1 + 1 + 2, 1 + 2]);
  });
});

describe('read units', () => {
  const page = (query: Partial<ListQuery> = {}) =>
    cost(ledger.list({ tenant: 'beta', list: 'all', limit: 8, ...query }));
  const tasks = (count: number, fields: Partial<LedgerTask>): LedgerTask[] =>
    Array.from({ length: count }, (_, i) =>
      usualTask(given.time.nowMs, { tenant: 'beta', taskId: `task-${String(i).padStart(8, '0')}`, ...fields }),
    );
  const submitAll = async (all: readonly LedgerTask[]) => {
    for (let i = 0; i < all.length; i += 100) await ledger.submit(all.slice(i, i + 100));
  };
  const inInbox = { status: 'dead', announcement: 'sent', finishedAtMs: 1_763_755_200_000 } as const;

  test('a page of a list costs the same at 10 and at 2 000 tasks', async () => {
    const pages = async () => [await page({ list: 'all' }), await page({ list: 'dead' })];
    const all = tasks(2_000, inInbox);
    await submitAll(all.slice(0, 10));
    const few = await pages();
    await submitAll(all.slice(10));
    const many = await pages();
    expect(many.map(({ answer }) => answer.tasks.length)).toEqual([8, 8]);
    expect([few, many].map((each) => each.map(({ read }) => read))).toEqual([
      [8.5, 8],
      [8.5, 8],
    ]);
  });

  test('the payloads of a page cost nothing', async () => {
    await ledger.submit(tasks(20, { payload: payloadOf(100) }));
    const small = await page();
    await ledger.submit(
      tasks(20, { payload: payloadOf(50_000), createdAtMs: given.time.nowMs + 1 }).map((task) => ({
        ...task,
        taskId: `large-${task.taskId}`,
      })),
    );
    const large = await page();
    expect(large.answer.tasks.every(({ taskId }) => taskId.startsWith('large'))).toBe(true);
    expect(large.read).toBe(small.read);
  });

  test('a sweeper that finds nothing reads half a unit of each shard', async () => {
    expect(await cost(ledger.overdue(given.time.nowMs, 100))).toMatchObject({ read: 8, written: 0, answer: [] });
  });

  test('a task is read for one unit, and its long payload for its size', async () => {
    const small = await life.submitted();
    const large = await life.submitted({ taskId: 'large', payload: payloadOf(16_000) });
    expect((await cost(ledger.get([small]))).read).toBe(1);
    expect((await cost(ledger.get([large]))).read).toBe(1 + 4);
    expect((await cost(ledger.get([large]))).read).toBe(1); // a text never changes
  });

  test('whoever leaves texts reads none, moves tasks all the same, and a redrive keeps them', async () => {
    const leaving = openLedger({ ...given, texts: 'left' });
    const payload = payloadOf(250_000);
    const task = await life.submitted({ taskId: 'large', payload });
    const other = new Life({ ledger: leaving, clock: given.clock });
    expect(await cost(leaving.get([task]))).toMatchObject({ read: 1, answer: [{ status: 'queued', payload: '' }] });
    const claimed = await cost(other.claimed(task));
    expect(claimed.read).toBe(0);
    const buried = await other.buried(claimed.answer);
    const entry = { atMs: 1, subject: 'me', move: 'redrive', moveId: 'm' } as const;
    await other.moved(redrive(buried, entry, life.at()));
    expect(await openLedger(given).get([task])).toMatchObject([{ status: 'queued', payload }]);
  });

  test('the texts that were read last are remembered, up to 8 MB of them', async () => {
    const large = tasks(40, { payload: payloadOf(250_000) });
    await submitAll(large);
    for (const task of large) await ledger.get([task]);
    expect((await cost(ledger.get([large.at(-1)!]))).read).toBe(1);
    expect((await cost(ledger.get([large[0]!]))).read).toBeGreaterThan(60);
  });
});
