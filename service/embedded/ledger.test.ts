import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { claim, die, fail } from '../core/attempt-moves.ts';
import { installationKey } from '../core/entry-keys.ts';
import { LedgerUnavailable } from '../core/ports.ts';
import { announced, pushOn } from '../core/sweep-moves.ts';
import type { LedgerTask } from '../core/task.ts';
import { CLAIMER, newTask, RULES } from '../testing/conformance/engine-under-test.ts';
import type { StorageUnderTest } from '../testing/given-storage.ts';
import { storageUnderTest } from '../testing/given-storage.ts';

let storage: StorageUnderTest;
beforeEach(() => {
  storage = storageUnderTest();
});
afterEach(() => {
  storage.close();
});

const at = () => ({ nowMs: storage.nowMs(), rules: RULES });
const keyOf = (taskId: string) => ({ tenant: 'alpha', taskId });
const submit = (...tasks: Partial<LedgerTask>[]) =>
  storage.ledger.submit(tasks.map((task) => newTask(storage.nowMs(), task)));
const get = async (taskId: string) => (await storage.ledger.get([keyOf(taskId)]))[0];
const failed = (fence: number) => ({
  failure: { class: 'SYSTEM', code: 'E', message: 'no', atMs: 1 } as const,
  detail: { fence, message: 'no', log: [], logTruncated: false },
});

async function claimed(taskId: string, owner = 'boot-1.token'): Promise<LedgerTask> {
  const [result] = await storage.ledger.apply([
    claim(keyOf(taskId), { ...CLAIMER, owner }, { ...at(), pullDue: true }),
  ]);
  if (result?.kind !== 'applied') throw new Error('not claimed');
  return result.task;
}

describe('an item that is damaged', () => {
  const damage = (taskId: string) =>
    storage.onDisk("UPDATE task SET waiting = '{broken' WHERE task_id = ? RETURNING id", taskId);

  test('is named with its due, is lost to every move, and keeps its id', async () => {
    await submit({ taskId: 'bad' });
    damage('bad');
    const { dueMs } = newTask(storage.nowMs());
    expect(await get('bad')).toEqual({ ...keyOf('bad'), unreadable: 'It is damaged.', dueMs });
    const move = claim(keyOf('bad'), { ...CLAIMER, owner: 'o' }, { ...at(), pullDue: false });
    expect(await storage.ledger.apply([move])).toEqual([{ kind: 'lost', task: undefined }]);
    expect(await submit({ taskId: 'bad' })).toEqual([{ kind: 'failed', retryable: false }]);
  });

  test('is pushed on with a new version, nothing else of it written, and starves nobody [S5]', async () => {
    await submit({ taskId: 'bad', dueMs: storage.nowMs() - 9 }, { taskId: 'good', dueMs: storage.nowMs() - 5 });
    damage('bad');
    await storage.ledger.apply([pushOn(keyOf('bad'), at())]);
    expect(await storage.ledger.overdue(storage.nowMs(), 1)).toEqual([keyOf('good')]);
    expect(storage.onDisk("SELECT version, waiting, due_ms FROM task WHERE task_id = 'bad'")).toMatchObject([
      { version: 2, waiting: '{broken', due_ms: storage.nowMs() + 600_000 },
    ]);
  });

  test('leaves no hole in the pages of a list', async () => {
    await submit(...['a', 'bad', 'c', 'd'].map((taskId, i) => ({ taskId, createdAtMs: i + 1 })));
    damage('bad');
    const first = await storage.ledger.list({ tenant: 'alpha', list: 'all', limit: 3 });
    const second = await storage.ledger.list({ tenant: 'alpha', list: 'all', limit: 3, after: first.next! });
    expect([first, second].map(({ tasks }) => tasks.map(({ taskId }) => taskId))).toEqual([['d', 'c'], ['a']]);
    expect(second.next).toBeUndefined();
  });
});

test('the items of a list come without payload, result and checkpoint', async () => {
  await submit({ result: '1', checkpoint: '{}', tags: ['t'] });
  const { tasks } = await storage.ledger.list({ tenant: 'alpha', list: 'all', limit: 3 });
  const whole = (await get('one')) as LedgerTask;
  expect(tasks).toEqual([{ ...whole, payload: '', result: undefined, checkpoint: undefined }]);
  expect(whole).toMatchObject({ payload: '{"data":1}', result: '1', checkpoint: '{}' });
});

test('past its purge time an item is absent before its row is gone, and a new life takes its place [S1]', async () => {
  await submit({ purgeAtMs: storage.nowMs() + 10, fence: 3, tags: ['old'] });
  await storage.pass(9);
  expect(await get('one')).toMatchObject({ fence: 3 });
  await storage.pass(1);
  expect(storage.onDisk('SELECT fence FROM task')).toMatchObject([{ fence: 3 }]);
  expect(await get('one')).toBeUndefined();
  expect(await storage.ledger.list({ tenant: 'alpha', list: 'all', limit: 1 })).toEqual({ tasks: [] });
  expect(await storage.ledger.apply([pushOn(keyOf('one'), at())])).toEqual([{ kind: 'lost', task: undefined }]);
  expect(await submit({})).toMatchObject([{ kind: 'created' }]);
  expect(storage.onDisk('SELECT fence, tags FROM task')).toMatchObject([{ fence: 0, tags: null }]);
});

test('the purger removes tasks with their details, and entries, a hundred at a time', async () => {
  const soon = { ...at(), rules: { ...RULES, constants: { ...RULES.constants, retentionMs: 1_000 } } };
  const names = Array.from({ length: 250 }, (_, i) => `t${i}`);
  await submit(...names.map((taskId) => ({ taskId })), { taskId: 'alive' });
  await storage.ledger.apply([fail(await claimed('alive'), failed(1), { ...soon, delayMs: 10 })]);
  for (const taskId of names) {
    await storage.ledger.apply([die(await claimed(taskId), failed(1), soon)]);
    await storage.ledger.apply([announced((await get(taskId)) as LedgerTask, soon)]);
  }
  await storage.keyValue.add(installationKey('short'), { a: 1 }, soon.nowMs + 1_000);
  const counts = async (afterMs: number) => {
    await storage.pass(afterMs);
    return ['task', 'attempt_detail', 'key_value'].map((table) => storage.onDisk(`SELECT 1 FROM ${table}`).length);
  };
  expect(await counts(59_999)).toEqual([251, 251, 1]);
  expect(await counts(1)).toEqual([151, 151, 0]);
  expect(await counts(5)).toEqual([51, 51, 0]);
  expect(await counts(5)).toEqual([1, 1, 0]);
});

describe('one machine', () => {
  test('finds what ran under another boot, and nothing of its own', async () => {
    await submit({ taskId: 'mine' }, { taskId: 'theirs' }, { taskId: 'waits' });
    await claimed('mine', 'boot-2.x');
    await claimed('theirs', 'boot-1.y');
    const found = await storage.ledger.runningOfOtherBoots('boot-2.', 10);
    expect(found.map(({ taskId }) => taskId)).toEqual(['theirs']);
    expect(await storage.ledger.runningOfOtherBoots('boot-2.', 0)).toEqual([]);
  });

  test('pages over the bells of the ready, oldest due first, in their lanes, and writes nothing [S9]', async () => {
    const nowMs = storage.nowMs();
    await submit(
      { taskId: 'second', dueMs: nowMs + 2, rings: 1 },
      { taskId: 'third', dueMs: nowMs + 2, suspect: true },
      { taskId: 'first', dueMs: nowMs + 1, notBeforeMs: nowMs + 600_000 },
      { taskId: 'far', notBeforeMs: nowMs + 600_001 },
      { taskId: 'runs' },
    );
    await claimed('runs');
    const one = await storage.ledger.ready({ tenant: 'alpha', limit: 2 });
    const two = await storage.ledger.ready({ tenant: 'alpha', limit: 2, after: one.next! });
    const bells = [...one.bells, ...two.bells];
    expect(bells.map(({ taskId, lane }) => [taskId, lane])).toEqual([
      ['first', 'fresh'],
      ['second', 'recovery'],
      ['third', 'isolated'],
    ]);
    expect(bells[0]).toEqual({ ...keyOf('first'), type: 'simulate', lane: 'fresh', notBeforeMs: nowMs + 600_000 });
    expect(two.next).toBeUndefined();
    expect((await get('second')) as LedgerTask).toMatchObject({ version: 1 });
  });
});

test('once closed, reads are unavailable and writes fail for now', async () => {
  const closed = storageUnderTest();
  closed.close();
  await expect(closed.ledger.get([keyOf('one')])).rejects.toThrow(LedgerUnavailable);
  const failedForNow = { kind: 'failed', retryable: true };
  expect(await closed.ledger.submit([newTask(1)])).toEqual([failedForNow]);
  expect(await closed.keyValue.swap(installationKey('k'), 0, { value: 1 })).toEqual(failedForNow);
  expect(await closed.keyValue.add(installationKey('k'), { a: 1 })).toBe('failed');
});
