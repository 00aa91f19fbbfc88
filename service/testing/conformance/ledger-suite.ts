/** What every ledger must do, whatever it is made of. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { claim, die, fail, succeed, release } from '../../core/attempt-moves.ts';
import type { ApplyResult, ListQuery } from '../../core/ports.ts';
import { discard, redrive } from '../../core/operator-moves.ts';
import { announced, pushOn } from '../../core/sweep-moves.ts';
import { MOST_EXAMINED } from '../../core/search.ts';
import type { LedgerTask } from '../../core/task.ts';
import type { EngineUnderTest, OpenEngine } from './engine-under-test.ts';
import { CLAIMER, newTask, RULES } from './engine-under-test.ts';

let engine: EngineUnderTest;

const at = () => ({ nowMs: engine.nowMs(), rules: RULES });
const KEY = { tenant: 'alpha', taskId: 'one' };
const FAILED = {
  failure: { class: 'SYSTEM', code: 'E', message: 'no', atMs: 1 },
  detail: { fence: 1, message: 'no', log: [{ atMs: 1, level: 'info', text: 'tried' }], logTruncated: false },
} as const;
const ENTRY = { atMs: 1, subject: 'me', move: 'redrive', moveId: 'm1' } as const;

const submit = async (fields: Partial<LedgerTask> = {}) =>
  (await engine.ledger.submit([newTask(engine.nowMs(), fields)]))[0]!;
const claimAs = (owner: string, key = KEY) => claim(key, { ...CLAIMER, owner }, { ...at(), pullDue: false });
const get = async (key = KEY) => (await engine.ledger.get([key]))[0] as LedgerTask | undefined;

function applied(results: readonly ApplyResult[]): LedgerTask {
  const [result] = results;
  if (result?.kind !== 'applied') throw new Error(`not applied: ${JSON.stringify(result)}`);
  return result.task;
}

async function claimed(owner = 'o1'): Promise<LedgerTask> {
  return applied(await engine.ledger.apply([claimAs(owner)]));
}

/** A dead task in the inbox. */
async function buried(key = KEY): Promise<LedgerTask> {
  await submit(key);
  const task = applied(await engine.ledger.apply([claimAs('o1', key)]));
  const dead = applied(await engine.ledger.apply([die(task, FAILED, at())]));
  return applied(await engine.ledger.apply([announced(dead, at())]));
}

async function listed(query: Partial<ListQuery> = {}): Promise<string[][]> {
  const pages: string[][] = [];
  let after: string | undefined;
  do {
    const asked = { tenant: 'alpha', list: 'all' as const, limit: 2, ...query, ...(after !== undefined && { after }) };
    const page = await engine.ledger.list(asked);
    pages.push(page.tasks.map(({ taskId }) => taskId));
    after = page.next;
  } while (after !== undefined && pages.length < 20);
  return pages;
}

function submitting(): void {
  test('a created task reads back as it was written, every field [S1]', async () => {
    const full = newTask(engine.nowMs(), {
      ...{ owner: 'o', suspect: true, leaseUntilMs: 5, startedAtMs: 4, announcement: 'pending', groupId: 'g' },
      ...{ orderingKey: 'k', seq: 7, limitKey: 'l', planId: 'p', tags: ['a:b', 'c'], traceparent: '00-aa-bb-01' },
      ...{
        runAtMs: 3,
        finishedAtMs: 9,
        progress: { percent: 5, message: 'ü' },
        cancelRequested: true,
        discarded: true,
      },
      ...{ payloadEdited: true, waiting: { reason: 'backoff', untilMs: 8 }, lastFailure: FAILED.failure },
      ...{ attempts: [{ fence: 1, attempt: 1, startedAtMs: 1, endedAtMs: 2, outcome: 'failed', class: 'SYSTEM' }] },
      ...{ history: [ENTRY], payload: '{"näme":"😀\\u0000"}', result: '[1.5]', checkpoint: '{}' },
      purgeAtMs: engine.nowMs() + 1_000,
    });
    expect(await engine.ledger.submit([full])).toEqual([{ kind: 'created', task: full }]);
    expect(await get()).toEqual(full);
  });

  test('an id that is taken answers with the item as it is, and changes nothing [S16]', async () => {
    await submit();
    const running = await claimed();
    expect(await submit({ requestHash: 'other' })).toEqual({ kind: 'exists', task: running });
    expect(await get()).toEqual(running);
  });

  test('equal ids in one batch act in order [S16]', async () => {
    const first = newTask(engine.nowMs(), { requestHash: 'first' });
    const results = await engine.ledger.submit([first, { ...first, requestHash: 'second' }]);
    expect(results.map(({ kind }) => kind)).toEqual(['created', 'exists']);
    expect((await get())?.requestHash).toBe('first');
  });

  test('the same id of another tenant is another task [S14]', async () => {
    await submit();
    await submit({ tenant: 'beta', payload: '{}' });
    expect((await get())?.payload).toBe('{"data":1}');
    expect((await get({ tenant: 'beta', taskId: 'one' }))?.payload).toBe('{}');
    expect(await get({ tenant: 'gamma', taskId: 'one' })).toBeUndefined();
  });

  test('a payload of 256 KB comes back whole', async () => {
    const payload = JSON.stringify({ data: 'ä'.repeat(128 * 1024 - 20) });
    await submit({ payload });
    expect((await get())?.payload).toBe(payload);
  });

  test('past its purge time an item is absent, and its id begins a new life without its details', async () => {
    await buried();
    await engine.pass(RULES.constants.retentionMs + 1);
    expect(await get()).toBeUndefined();
    expect(await listed()).toEqual([[]]);
    expect(await engine.ledger.apply([claimAs('o2')])).toEqual([{ kind: 'lost', task: undefined }]);
    expect((await submit()).kind).toBe('created');
    expect(await engine.ledger.attemptDetail(KEY, 1)).toBeUndefined();
    expect((await get())?.version).toBe(1);
  });
}

function applying(): void {
  test('an applied move answers the item it left: fence and version one higher [S3][S5]', async () => {
    await submit({ waiting: { reason: 'rate', untilMs: 1 } });
    const task = await claimed();
    expect(task).toMatchObject({ status: 'running', owner: 'o1', fence: 1, version: 2, attemptsTotal: 1 });
    expect(task.waiting).toBeUndefined();
    expect(await get()).toEqual(task);
  });

  test('a move whose clause does not hold answers the item as it is and changes nothing [S4]', async () => {
    await submit();
    const first = await claimed('o1');
    const [lost] = await engine.ledger.apply([claimAs('o2')]);
    expect(lost).toEqual({ kind: 'lost', task: first });
    const stale = { ...first, owner: 'o2' };
    expect(await engine.ledger.apply([succeed(stale, '1', at())])).toEqual([{ kind: 'lost', task: first }]);
    expect(await get()).toEqual(first);
  });

  test('a claim that comes again after its attempt has ended takes nothing [S3]', async () => {
    await submit();
    applied(await engine.ledger.apply([release(await claimed('o1'), at())]));
    const late = await engine.ledger.apply([claimAs('o1')]);
    expect(late).toMatchObject([{ kind: 'lost', task: { status: 'queued', fence: 1 } }]);
  });

  test('of many claims at once exactly one wins [S3]', async () => {
    await submit();
    const owners = Array.from({ length: 20 }, (_, i) => `o${i}`);
    const results = await Promise.all(owners.map((owner) => engine.ledger.apply([claimAs(owner)])));
    const winners = results.flat().filter(({ kind }) => kind === 'applied');
    expect(winners).toHaveLength(1);
    expect((await get())?.fence).toBe(1);
  });

  test('moves of one batch are judged one by one', async () => {
    await submit();
    const absent = { tenant: 'alpha', taskId: 'nobody' };
    const results = await engine.ledger.apply([claimAs('o1'), claimAs('o2', absent), claimAs('o3')]);
    expect(results.map(({ kind }) => kind).sort()).toEqual(['applied', 'lost', 'lost']);
    expect(results[1]).toEqual({ kind: 'lost', task: undefined });
    expect((await get())?.fence).toBe(1);
  });

  test('the detail of each failed attempt lies under its fence', async () => {
    const again = { ...FAILED, detail: { ...FAILED.detail, fence: 2, message: 'no again' } };
    await submit();
    await engine.ledger.apply([fail(await claimed(), FAILED, { ...at(), delayMs: 10 })]);
    expect(await engine.ledger.attemptDetail(KEY, 2)).toBeUndefined();
    await engine.ledger.apply([fail(await claimed('o2'), again, { ...at(), delayMs: 10 })]);
    expect(await engine.ledger.attemptDetail(KEY, 1)).toEqual(FAILED.detail);
    expect(await engine.ledger.attemptDetail(KEY, 2)).toEqual(again.detail);
    expect(await engine.ledger.attemptDetail({ tenant: 'beta', taskId: 'one' }, 1)).toBeUndefined();
  });

  test('a lost move leaves no detail behind', async () => {
    await submit();
    const stale = { ...(await claimed()), fence: 5 };
    const detail = { ...FAILED.detail, fence: 5 };
    await engine.ledger.apply([fail(stale, { ...FAILED, detail }, { ...at(), delayMs: 10 })]);
    expect(await engine.ledger.attemptDetail(KEY, 1)).toBeUndefined();
  });

  test('a task lives, dies, is announced and redriven, field by field', async () => {
    const dead = await buried();
    expect(dead).toMatchObject({ status: 'dead', announcement: 'sent', failures: 1, version: 4 });
    expect(dead.dueMs).toBeUndefined();
    const again = applied(await engine.ledger.apply([redrive(dead, ENTRY, at())]));
    expect(again).toMatchObject({ status: 'queued', budgetBase: 1, fence: 1, history: [ENTRY], version: 5 });
    expect([again.announcement, again.purgeAtMs, again.finishedAtMs]).toEqual([undefined, undefined, undefined]);
    expect(await get()).toEqual(again);
    const running = await claimed('o2');
    const done = applied(await engine.ledger.apply([succeed(running, '{"ok":true}', at())]));
    expect(done).toMatchObject({ status: 'succeeded', fence: 2, result: '{"ok":true}', version: 7 });
    expect(await get()).toEqual(done);
  });
}

function editing(): void {
  test('a redrive may replace the payload, which is said on the item for good', async () => {
    const edit = { payload: '{"data":"ä"}', payloadVersion: 3 };
    const dead = await buried();
    const again = applied(await engine.ledger.apply([redrive(dead, ENTRY, { ...at(), edit })]));
    expect(again).toMatchObject({ ...edit, payloadEdited: true, requestHash: dead.requestHash });
    expect(await get()).toEqual(again);
  });
}

function looking(): void {
  test('overdue names what is due, oldest first, and nothing else [S8]', async () => {
    const dueMs = engine.nowMs() + 1_000;
    await submit({ taskId: 'second', dueMs: dueMs + 5 });
    await submit({ taskId: 'first', dueMs });
    await submit({ taskId: 'third', tenant: 'beta', dueMs: dueMs + 9 });
    await submit({ taskId: 'later', dueMs: dueMs + 60_000 });
    await engine.pass(2_000);
    const names = (limit: number) => engine.ledger.overdue(engine.nowMs(), limit);
    expect((await names(10)).map(({ taskId }) => taskId)).toEqual(['first', 'second', 'third']);
    expect((await names(2)).map(({ taskId }) => taskId)).toEqual(['first', 'second']);
  });

  test('an item of a newer schema is named, not read, can be pushed on and starves nobody', async () => {
    const dueMs = engine.nowMs() + 10;
    await submit({ taskId: 'newer', schema: 99, dueMs });
    await submit({ dueMs: dueMs + 1 });
    await engine.pass(1_000);
    const newer = { tenant: 'alpha', taskId: 'newer' };
    expect((await engine.ledger.get([newer]))[0]).toMatchObject({
      ...newer,
      dueMs,
      unreadable: expect.any(String) as string,
    });
    expect(await engine.ledger.apply([claimAs('o1', newer)])).toEqual([{ kind: 'lost', task: undefined }]);
    await engine.ledger.apply([pushOn(newer, at())]);
    await engine.pass(1_000);
    expect((await engine.ledger.overdue(engine.nowMs(), 1))[0]?.taskId).toBe('one');
    expect((await engine.ledger.get([newer, KEY]))[1]).toMatchObject({ taskId: 'one' });
  });

  test('get answers in the order of the keys, absent ones included', async () => {
    await submit({ taskId: 'a' });
    await submit({ taskId: 'b' });
    const keys = ['b', 'x', 'a'].map((taskId) => ({ tenant: 'alpha', taskId }));
    const items = (await engine.ledger.get(keys)) as (LedgerTask | undefined)[];
    expect(items.map((item) => item?.taskId)).toEqual(['b', undefined, 'a']);
  });
}

function listing(): void {
  test('all tasks of a tenant, newest first, no gap and no repeat, ties included [S14]', async () => {
    for (const taskId of ['a', 'b']) await submit({ taskId });
    await engine.pass(10);
    for (const taskId of ['c', 'd', 'e']) await submit({ taskId });
    await submit({ taskId: 'foreign', tenant: 'beta' });
    const pages = await listed();
    const all = pages.flat();
    expect(new Set(all.slice(0, 3))).toEqual(new Set(['c', 'd', 'e']));
    expect(new Set(all.slice(3))).toEqual(new Set(['a', 'b']));
    expect(pages.every((page) => page.length <= 2)).toBe(true);
  });

  test('a page goes on where it stopped, whatever is submitted in between', async () => {
    for (const taskId of ['a', 'b', 'c']) {
      await submit({ taskId });
      await engine.pass(10);
    }
    const first = await engine.ledger.list({ tenant: 'alpha', list: 'all', limit: 2 });
    await submit({ taskId: 'd' });
    const second = await engine.ledger.list({ tenant: 'alpha', list: 'all', limit: 2, after: first.next! });
    expect(first.tasks.map(({ taskId }) => taskId)).toEqual(['c', 'b']);
    expect(second.tasks.map(({ taskId }) => taskId)).toEqual(['a']);
  });

  test('the inbox holds the announced dead, newest death first, until redriven or discarded [S6]', async () => {
    for (const taskId of ['a', 'b', 'c', 'd']) {
      await buried({ tenant: 'alpha', taskId });
      await engine.pass(10);
    }
    await submit({ taskId: 'alive' });
    expect((await listed({ list: 'dead' })).flat()).toEqual(['d', 'c', 'b', 'a']);
    const items = (await engine.ledger.get(['a', 'c'].map((taskId) => ({ ...KEY, taskId })))) as LedgerTask[];
    await engine.ledger.apply([
      redrive(items[0]!, ENTRY, at()),
      discard(items[1]!, { ...ENTRY, move: 'discard' }, at()),
    ]);
    expect((await listed({ list: 'dead' })).flat()).toEqual(['d', 'b']);
  });

  test('list items carry neither payload nor result', async () => {
    await submit();
    await engine.ledger.apply([succeed(await claimed(), '{"ok":true}', at())]);
    const [task] = (await engine.ledger.list({ tenant: 'alpha', list: 'all', limit: 5 })).tasks;
    expect(task).toMatchObject({ taskId: 'one', status: 'succeeded', payload: '' });
    expect(task?.result).toBeUndefined();
  });

  test('an unannounced death is not in the inbox yet [S6]', async () => {
    await submit();
    await engine.ledger.apply([die(await claimed(), FAILED, at())]);
    expect((await listed({ list: 'dead' })).flat()).toEqual([]);
    expect((await listed()).flat()).toEqual(['one']);
  });
}

function searching(): void {
  const names = async (query: Partial<ListQuery>) => (await listed(query)).flat();

  test.each<[string, NonNullable<ListQuery['only']>, string[]]>([
    ['status', { status: 'queued' }, ['d', 'a']],
    ['type', { type: 'other' }, ['d', 'c']],
    ['class of the last failure', { class: 'SYSTEM' }, ['b']],
    ['tag', { tag: 'x:1' }, ['c', 'a']],
    ['all of them at once', { status: 'dead', type: 'other', tag: 'x:1' }, ['c']],
    ['what nothing has', { tag: 'x' }, []],
  ])('a search by %s finds exactly what has it, newest first', async (_, only, found) => {
    await submit({ taskId: 'a', tags: ['x:1', 'y'] });
    await engine.pass(10);
    await submit({ taskId: 'b', status: 'retrying', lastFailure: FAILED.failure });
    await engine.pass(10);
    const inInbox = { status: 'dead', announcement: 'sent', finishedAtMs: engine.nowMs() } as const;
    await submit({ taskId: 'c', type: 'other', tags: ['x:1'], ...inInbox });
    await engine.pass(10);
    await submit({ taskId: 'd', type: 'other' });
    await submit({ taskId: 'e', type: 'other', tenant: 'beta', tags: ['x:1'] });
    expect(await names({ only })).toEqual(found);
  });

  test('a span of time begins with its first moment and ends before its last', async () => {
    const times: Record<string, number> = {};
    for (const taskId of ['a', 'b', 'c']) {
      times[taskId] = engine.nowMs();
      await submit({ taskId });
      await engine.pass(10);
    }
    expect(await names({ sinceMs: times['b']! })).toEqual(['c', 'b']);
    expect(await names({ untilMs: times['b']! })).toEqual(['a']);
    expect(await names({ sinceMs: times['a']! + 1, untilMs: times['c']! })).toEqual(['b']);
  });

  test('the inbox is read by type and by the time of death', async () => {
    const fromMs = engine.nowMs();
    for (const [taskId, type] of Object.entries({ a: 'one', b: 'two', c: 'one' })) {
      const finishedAtMs = fromMs + taskId.charCodeAt(0);
      await submit({ taskId, type, status: 'dead', announcement: 'sent', finishedAtMs });
    }
    expect(await names({ list: 'dead', only: { type: 'one' } })).toEqual(['c', 'a']);
    expect(await names({ list: 'dead', only: { type: 'one' }, untilMs: fromMs + 99 })).toEqual(['a']);
    expect(await names({ list: 'dead', only: { type: 'one', class: 'SYSTEM' } })).toEqual([]);
    const [page] = await listed({ list: 'dead', only: { type: 'one' }, limit: 1 });
    expect(page).toEqual(['c']);
  });

  test('a search examines a bounded number, says how far it came, and goes on from there', async () => {
    const fromMs = engine.nowMs();
    const others = Array.from({ length: MOST_EXAMINED + 5 }, (_, i) =>
      newTask(fromMs, { taskId: `t${i}`, createdAtMs: fromMs + 1 + i }),
    );
    await engine.ledger.submit([newTask(fromMs, { taskId: 'needle', tags: ['x'] }), ...others]);
    const query = { tenant: 'alpha', list: 'all', limit: 3, only: { tag: 'x' } } as const;
    const first = await engine.ledger.list(query);
    expect(first).toMatchObject({ tasks: [], searchedToMs: fromMs + 6 });
    const second = await engine.ledger.list({ ...query, after: first.next! });
    expect(second.tasks.map(({ taskId }) => taskId)).toEqual(['needle']);
    expect(second.searchedToMs).toBeUndefined();
  });
}

export function ledgerSuite(name: string, open: OpenEngine): void {
  describe(`${name}: ledger`, () => {
    beforeEach(async () => {
      engine = await open();
    });
    afterEach(() => engine.close());
    submitting();
    applying();
    editing();
    looking();
    listing();
    searching();
  });
}
