/** What the table holds of a task, beside it and in its indexes, that the ports do not show. */
import { GetCommand, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { release } from '../core/attempt-moves.ts';
import { cancel, discard, redrive } from '../core/operator-moves.ts';
import type { Move } from '../core/move.ts';
import { unmet } from '../core/move.ts';
import type { Ledger } from '../core/ports.ts';
import { reap } from '../core/reap-move.ts';
import { DAY } from '../core/rules.ts';
import { pushOn } from '../core/sweep-moves.ts';
import type { LedgerTask, TaskKey } from '../core/task.ts';
import { isFinal } from '../core/task.ts';
import { newTask, RULES } from '../testing/conformance/engine-under-test.ts';
import { MAKERS } from '../testing/conformance/model-suite.ts';
import type { GivenDynamo } from '../testing/given-dynamo.ts';
import { givenLedger } from '../testing/given-ledger.ts';
import type { Life } from '../testing/given-tasks.ts';
import { payloadOf } from '../testing/given-tasks.ts';
import { openLedger } from './dynamo-ledger.ts';
import type { Item } from './item-size.ts';
import { itemKey, openKeys } from './task-item.ts';

const newGiven = givenLedger();
const LONG = payloadOf(5_000);
const KEY = { tenant: 'alpha', taskId: 'one' };

let given: GivenDynamo;
let ledger: Ledger;
let life: Life;

beforeEach(async () => {
  ({ given, ledger, life } = await newGiven());
});

const pass = (ms: number) => given.time.play(() => false, given.time.nowMs + ms);
const entry = (move: 'cancel' | 'redrive' | 'discard') => ({ atMs: 1, subject: 'me', move, moveId: 'm' });
const redriven = (task: LedgerTask) => life.moved(redrive(task, entry('redrive'), life.at()));

async function itemOf(key: TaskKey): Promise<Item> {
  const { table } = given;
  return (await table.client.send(new GetCommand({ TableName: table.name, Key: itemKey(key) }))).Item as Item;
}

/** What lies under the partition key of the task, but for the item. */
async function beside(key: TaskKey): Promise<Item[]> {
  const { Items } = await given.table.client.send(new ScanCommand({ TableName: given.table.name }));
  return (Items as Item[]).filter(({ PK, SK }) => PK === itemKey(key).PK && SK !== 'L');
}

const damage = (key: TaskKey, attribute: string, value: unknown) =>
  given.table.client.send(
    new UpdateCommand({
      TableName: given.table.name,
      Key: itemKey(key),
      UpdateExpression: 'SET #damaged = :value',
      ExpressionAttributeNames: { '#damaged': attribute },
      ExpressionAttributeValues: { ':value': value },
    }),
  );

describe('a long payload', () => {
  const submitted = () => life.submitted({ ...KEY, payload: LONG });

  test('lies beside the item and comes with every answer', async () => {
    const task = await submitted();
    expect(task.payload).toBe(LONG);
    expect((await itemOf(KEY))['p']).toBeUndefined();
    const running = await life.claimed(task);
    expect(running.payload).toBe(LONG);
    expect((await life.succeeded(running)).payload).toBe(LONG);
    expect(await openLedger(given).get([KEY])).toMatchObject([{ payload: LONG }]);
  });

  test('of another request for the same id leaves the one that was accepted as it is [S16]', async () => {
    await submitted();
    const [again] = await ledger.submit([newTask(given.time.nowMs, { payload: payloadOf(6_000), requestHash: 'x' })]);
    expect(again).toMatchObject({ kind: 'exists', task: { payload: LONG } });
    expect(await openLedger(given).get([KEY])).toMatchObject([{ payload: LONG }]);
  });

  test('of a task that starts in 30 days is kept as long, though another request has the same one', async () => {
    const { expiresAtMs } = await life.submitted({ ...KEY, payload: LONG, expiresAtMs: given.time.nowMs + 31 * DAY });
    await ledger.submit([newTask(given.time.nowMs, { payload: LONG, requestHash: 'x' })]);
    const [kept] = await beside(KEY);
    expect(Number(kept!['ttl']) * 1_000).toBeGreaterThan(expiresAtMs + RULES.constants.retentionMs);
  });

  test('is kept for longer when its task is redriven', async () => {
    const dead = await life.buried(await life.claimed(await submitted()));
    const [before] = (await beside(KEY)).filter(({ x }) => x === LONG);
    await pass(10 * DAY);
    const again = await redriven(dead);
    const [after] = (await beside(KEY)).filter(({ x }) => x === LONG);
    expect(Number(after!['ttl']) - Number(before!['ttl'])).toBe((10 * DAY) / 1_000);
    expect(Number(after!['ttl']) * 1_000).toBeGreaterThan(again.expiresAtMs + RULES.constants.retentionMs);
    expect(await openLedger(given).get([KEY])).toEqual([again]);
  });

  test('that is gone makes its item unreadable, and starves nobody', async () => {
    await submitted();
    await damage(KEY, 'pa', 'P#nowhere');
    expect(await openLedger(given).get([KEY])).toMatchObject([{ unreadable: expect.any(String) as string }]);
  });
});

describe('a zombie', () => {
  test('that ends a lost attempt with a long result, before or after the winner, touches nothing of it', async () => {
    const zombie = await life.claimed(await life.submitted(KEY));
    const loss = { cause: 'lost', owner: 'reaper', random: 0, known: true } as const;
    const ready = await life.moved(reap(zombie, loss, life.at()));
    await pass(ready.notBeforeMs - given.time.nowMs);
    const alone = { ...life.claimMove(ready, 'winner') };
    const when = alone.when.filter(({ name }) => name !== 'not-suspect');
    const winner = await life.moved({ ...alone, when });
    await expect(life.succeeded(zombie, payloadOf(3_000))).rejects.toThrow('"kind":"lost"');
    const done = await life.succeeded(winner, payloadOf(4_000));
    await pass(5_000); // what lies beside is replaced only by what is to be kept for longer
    await expect(life.succeeded(zombie, payloadOf(3_500))).rejects.toThrow('"kind":"lost"');
    await expect(life.failed({ ...zombie, fence: 2, owner: zombie.owner! })).rejects.toThrow('"kind":"lost"');
    expect(await openLedger(given).get([KEY])).toEqual([done]);
  });

  test('leaves no detail under an attempt that was recorded as lost, nor one under a running attempt', async () => {
    const zombie = await life.claimed(await life.submitted(KEY));
    const loss = { cause: 'lost', owner: 'reaper', random: 0, known: true } as const;
    await expect(life.failed({ ...zombie, owner: 'nobody' })).rejects.toThrow('"kind":"lost"');
    expect(await ledger.attemptDetail(KEY, 1)).toBeUndefined();
    await life.moved(reap(zombie, loss, life.at()));
    await expect(life.failed(zombie)).rejects.toThrow('"kind":"lost"');
    expect(await ledger.attemptDetail(KEY, 1)).toBeUndefined();
  });
});

test('a new life shows no detail that an old one left, not even under the same fence', async () => {
  await life.buried(await life.claimed(await life.submitted(KEY)));
  expect(await ledger.attemptDetail(KEY, 1)).toMatchObject({ fence: 1 });
  await pass(RULES.constants.retentionMs + 1);
  const running = await life.claimed(await life.submitted(KEY));
  await life.moved(release(running, life.at()));
  expect(await ledger.attemptDetail(KEY, 1)).toBeUndefined();
});

test('the detail of an attempt is kept as long as a task that may grow old', async () => {
  const task = await life.submitted({ ...KEY, expiresAtMs: given.time.nowMs + 90 * DAY });
  await life.failed(await life.claimed(task));
  const [detail] = await beside(KEY);
  expect(Number(detail!['ttl']) * 1_000).toBeGreaterThan(task.expiresAtMs + RULES.constants.retentionMs);
});

test('only what nobody needs any more has a time to be deleted, in seconds, not before its own', async () => {
  const task = await life.claimed(await life.submitted(KEY));
  expect((await itemOf(KEY))['ttl']).toBeUndefined();
  const dead = await life.buried(task);
  expect((await itemOf(KEY))['ttl']).toBe(Math.ceil(dead.purgeAtMs! / 1_000));
  await redriven(dead);
  expect((await itemOf(KEY))['ttl']).toBeUndefined();
  expect((await beside(KEY)).every(({ ttl }) => Number(ttl) * 1_000 > dead.purgeAtMs!)).toBe(true);
});

describe('the place in the index of what needs attention', () => {
  /** By the state alone, not by the moves that led to it. */
  function placeOf({ status, announcement, discarded, dueMs, finishedAtMs, taskId }: LedgerTask): [RegExp?, string?] {
    if (status === 'dead' && announcement === 'sent')
      return discarded ? [] : [/^T#alpha#DEAD#[0-7]$/, `${finishedAtMs}#${taskId}`];
    return dueMs === undefined ? [] : [/^OPEN#(\d|1[0-5])$/, String(dueMs)];
  }

  async function expectPlace(task: LedgerTask): Promise<void> {
    const { AP, AS } = await itemOf(task);
    const [partition, sort] = placeOf(task);
    if (partition) expect(AP).toMatch(partition);
    expect([AP === undefined, AS]).toEqual([partition === undefined, sort]);
    const isOpen = !isFinal(task) || task.announcement === 'pending';
    expect([task.status, isOpen]).toEqual([task.status, task.dueMs !== undefined]);
  }

  /** One of the moves that the task allows: what loses changes nothing, and what is not due is never looked at again. */
  function nextOf(task: LedgerTask, { choice, passMs }: { choice: number; passMs: number }): Move {
    const nowMs = given.time.nowMs + passMs;
    const notNow = task.dueMs === undefined ? ['pushOn', 'recheck'] : ['pushOn'];
    const moves = Object.entries(MAKERS).flatMap(([name, make]) => (notNow.includes(name) ? [] : [make(task, nowMs)]));
    const allowed = moves.filter((move) => unmet(move, task).length === 0);
    return allowed[choice % allowed.length] ?? pushOn(task, { nowMs, rules: RULES });
  }

  test('follows from the state of the item, whatever moves led to it, and a sweeper finds what is due [S6][S8]', async () => {
    const step = fc.record({ choice: fc.nat(1_000), passMs: fc.nat(2_000) });
    const property = fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 20 }), async (plan) => {
      let task = await life.submitted({ taskId: `t${(run += 1)}` });
      for (const each of plan) {
        const move = nextOf(task, each);
        if (move.name === 'pushOn') break; // it is final
        task = await life.moved(move);
        reached.add(move.name);
        await expectPlace(task);
      }
      const isFound = async (nowMs: number) =>
        (await ledger.overdue(nowMs, 1_000)).some(({ taskId }) => taskId === task.taskId);
      const { dueMs = 0 } = task;
      expect([await isFound(dueMs), await isFound(dueMs - 1)]).toEqual([dueMs > 0, false]);
    });
    let run = 0;
    const reached = new Set<string>();
    await fc.assert(property, { numRuns: 60, seed: 14 });
    expect([...reached]).toEqual(expect.arrayContaining(['reap', 'cancelled', 'announced', 'redrive', 'discard']));
  });

  test('is touched neither by a claim nor by a failure that is tried again in time', async () => {
    const placeOfItem = async () => {
      const { AP, AS } = await itemOf(KEY);
      return [AP, AS];
    };
    let task = await life.submitted(KEY);
    const place = await placeOfItem();
    task = await life.claimed(task);
    expect(await placeOfItem()).toEqual(place);
    await life.failed(task);
    expect(await placeOfItem()).toEqual(place);
  });

  test('is left for good by a success, a cancel and a discard', async () => {
    await life.succeeded(await life.claimed(await life.submitted({ taskId: 'a' })));
    const ready = await life.submitted({ taskId: 'b' });
    await life.moved(cancel(ready, entry('cancel'), life.at()));
    const dead = await life.buried(await life.claimed(await life.submitted({ taskId: 'c' })));
    await life.moved(discard(dead, entry('discard'), life.at()));
    const items = await Promise.all(['a', 'b', 'c'].map((taskId) => itemOf({ ...KEY, taskId })));
    expect(items.flatMap(({ AP, AS }) => [AP, AS])).toEqual(Array.from({ length: 6 }));
  });
});

describe('an item that is damaged', () => {
  beforeEach(async () => {
    await ledger.submit(
      ['a', 'bad', 'c', 'd'].map((taskId, i) => newTask(given.time.nowMs, { taskId, createdAtMs: i + 1 })),
    );
    await damage({ ...KEY, taskId: 'bad' }, 'w', '{broken');
  });

  test('leaves no hole in the pages of a list', async () => {
    const first = await ledger.list({ tenant: 'alpha', list: 'all', limit: 3 });
    expect(first.tasks.map(({ taskId }) => taskId)).toEqual(['d', 'c', 'a']);
  });

  test('keeps its id, and is pushed on so that it starves nobody', async () => {
    const bad = { ...KEY, taskId: 'bad' };
    expect(await ledger.submit([newTask(given.time.nowMs, bad)])).toEqual([{ kind: 'failed', retryable: false }]);
    await pass(60_000);
    await ledger.apply([pushOn(bad, life.at())]);
    const due = await ledger.overdue(given.time.nowMs, 10);
    expect(due.map(({ taskId }) => taskId).sort()).toEqual(['a', 'c', 'd']);
  });
});

describe('lists over days', () => {
  const names = async (query: object = {}) => {
    const { tasks } = await ledger.list({ tenant: 'alpha', list: 'all', limit: 10, ...query });
    return tasks.map(({ taskId }) => taskId);
  };

  test('walk from the last day to the first, and only days that hold tasks', async () => {
    const times: number[] = [];
    for (const taskId of ['a', 'b', 'c']) {
      times.push((await life.submitted({ taskId })).createdAtMs);
      await pass(3 * DAY);
    }
    expect(await names()).toEqual(['c', 'b', 'a']);
    expect(await names({ sinceMs: times[1]!, untilMs: times[2]! })).toEqual(['b']);
    const first = await ledger.list({ tenant: 'alpha', list: 'all', limit: 1 });
    expect(await names({ after: first.next! })).toEqual(['b', 'a']);
  });

  test('of a span that ends before it begins, or lies beyond all tasks, are empty', async () => {
    await life.submitted(KEY);
    const nowMs = given.time.nowMs;
    expect(await names({ sinceMs: nowMs + DAY, untilMs: nowMs - DAY })).toEqual([]);
    expect(await names({ list: 'dead', sinceMs: nowMs, untilMs: nowMs })).toEqual([]);
    expect(await names({ sinceMs: Date.UTC(9999, 11, 31), untilMs: Date.UTC(10_000, 1, 1) })).toEqual([]);
    expect(await names({ sinceMs: -1, untilMs: Date.UTC(10_000, 1, 1) })).toEqual(['one']);
  });

  test('find a task for as long as redrives keep it', async () => {
    const book = async () => {
      const Key = { PK: 'T#alpha#DAYS', SK: new Date(given.time.nowMs).toISOString().slice(0, 10).replaceAll('-', '') };
      return Number((await given.table.client.send(new GetCommand({ TableName: given.table.name, Key }))).Item!['ttl']);
    };
    const dead = await life.buried(await life.claimed(await life.submitted(KEY)));
    const untilMs = (await book()) * 1_000;
    expect(untilMs).toBeGreaterThan(dead.purgeAtMs! + DAY);
    const life2 = redrive(dead, entry('redrive'), { ...life.at(), nowMs: given.time.nowMs + 10 * DAY });
    const again = await life.moved(life2);
    expect((await book()) * 1_000).toBeGreaterThan(again.expiresAtMs + RULES.constants.retentionMs + DAY);
  });
});

describe('counts', () => {
  test('are of the tenant alone: open tasks and the inbox by the index, what is over by the counters [S14]', async () => {
    const pastCounts = () => Promise.resolve({ succeeded: 7, cancelled: 2, dead: 1 });
    const counting = openLedger({ ...given, pastCounts });
    for (const status of ['queued', 'queued', 'retrying', 'running', 'scheduled'] as const)
      await life.submitted({ taskId: `${status}-${Math.random()}`, status });
    await life.submitted({ tenant: 'beta' });
    await life.buried(await life.claimed(await life.submitted(KEY)));
    expect(await counting.counts('alpha')).toEqual({
      ...{ scheduled: 1, queued: 2, retrying: 1, running: 1 },
      ...{ succeeded: 7, cancelled: 2, dead: 1, inbox: 1 },
    });
    expect(await ledger.counts('beta')).toMatchObject({ queued: 1, succeeded: 0, dead: 0, inbox: 0 });
  });

  test('are exact to a thousand open tasks, and in proportion beyond', async () => {
    const statusOf = (i: number) => ((i >> 2) % 4 === 0 ? 'retrying' : 'queued');
    const tasks = Array.from({ length: 1_500 }, (_, i) =>
      newTask(given.time.nowMs, { taskId: `t${i}`, status: statusOf(i), dueMs: given.time.nowMs + i }),
    );
    for (let i = 0; i < 1_000; i += 100) await ledger.submit(tasks.slice(i, i + 100));
    expect(await ledger.counts('alpha')).toMatchObject({ queued: 748, retrying: 252 });
    for (let i = 1_000; i < 1_500; i += 100) await ledger.submit(tasks.slice(i, i + 100));
    const { queued, retrying } = await ledger.counts('alpha');
    expect([queued + retrying, Math.abs(retrying - 375) < 100]).toEqual([1_500, true]);
  });
});

test('a late index shows nothing in the inbox that has left it', async () => {
  await life.buried(await life.claimed(await life.submitted(KEY)));
  await damage(KEY, 'st', 'queued');
  expect(await ledger.list({ tenant: 'alpha', list: 'dead', limit: 5 })).toEqual({ tasks: [] });
});

test('the oldest overdue task is found though its bell was rung again and again, and many are due before', async () => {
  const nowMs = given.time.nowMs;
  const rung = { taskId: 'rung', notBeforeMs: nowMs - 7_000, dueMs: nowMs + 600_000, rings: 5 };
  const shardOf = (taskId: string) => openKeys({ tenant: 'alpha', taskId }, 0)['AP'];
  const others = Array.from({ length: 5_000 }, (_, i) => `t${i}`).filter((id) => shardOf(id) === shardOf('rung'));
  const asLate = { status: 'running', notBeforeMs: nowMs - 9_000 } as const;
  await ledger.submit(others.slice(0, 150).map((taskId) => newTask(nowMs, { taskId, ...asLate })));
  await life.submitted(rung);
  await life.submitted({ taskId: 'younger', notBeforeMs: nowMs - 6_000 });
  await life.submitted({ taskId: 'foreign', tenant: 'beta', notBeforeMs: nowMs - 9_000 });
  const oldest = { taskId: 'rung', type: 'simulate', notBeforeMs: nowMs - 7_000 };
  expect(await ledger.oldestOverdue('alpha', nowMs)).toEqual(oldest);
  expect(await ledger.oldestOverdue('alpha', nowMs - 7_000)).toBeUndefined();
});
