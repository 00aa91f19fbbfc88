/** Facts about reads: order, pages, limits of batches, and what an index shows. */
import { tenantKey, tenantPrefix } from '../../core/entry-keys.ts';
import { newTask } from '../conformance/engine-under-test.ts';
import { isInvalid, keyOf } from './dynamo-subject.ts';
import type { Fact, Modelled } from './fact.ts';
import { apiOf, GUIDE } from './fact.ts';

const LARGE = 'x'.repeat(390 * 1024);
const OPEN = { AP: 'OPEN', AS: '1' };
/** As bytes of UTF-8; as UTF-16 the last two change places. */
const IN_ORDER = ['A', 'Z', 'a', 'a#', 'é', '\uFFFD', '\u{1F600}'];
const [FACTS, DUE_MS] = [tenantPrefix('alpha', 'facts'), 1_000];

const sorts = (items: readonly Readonly<Record<string, unknown>>[]): string => items.map(({ SK }) => SK).join();
const keys = (count: number) => Array.from({ length: count }, (_, i) => tenantKey('alpha', 'facts', `n${i}`));

const overdue = async ({ ledger, clock }: Modelled): Promise<string> =>
  (await ledger.overdue(clock.nowMs() + DUE_MS, 10)).map(({ taskId }) => taskId).join();

const QUERIES: readonly Fact[] = [
  {
    name: 'a query answers in the order of the bytes of the sort key, or backwards',
    source: GUIDE.keys,
    check: async (db) => {
      for (const SK of IN_ORDER.toReversed()) await db.put({ PK: 'o', SK });
      const backwards = await db.partition('o', { ScanIndexForward: false });
      return sorts(await db.partition('o')) === IN_ORDER.join() && sorts(backwards) === IN_ORDER.toReversed().join();
    },
    model: async ({ keyValue }) => {
      for (const key of keys(5).toReversed()) await keyValue.swap(key, 0, { value: 1 });
      return (await keyValue.list(FACTS, 9)).map(({ key }) => key).join() === keys(5).join();
    },
  },
  {
    name: 'begins_with and BETWEEN choose by the sort key, both ends included',
    source: GUIDE.keys,
    check: async (db) => {
      for (const SK of ['a', 'b', 'b1', 'b2', 'c']) await db.put({ PK: 'o', SK });
      const begun = await db.query('PK = :a AND begins_with(SK, :b)', ['o', 'b']);
      const between = await db.query('PK = :a AND SK BETWEEN :b AND :c', ['o', 'b'], {
        ExpressionAttributeValues: { ':a': 'o', ':b': 'b', ':c': 'b2' },
      });
      return sorts(begun.Items ?? []) === 'b,b1,b2' && sorts(between.Items ?? []) === 'b,b1,b2';
    },
  },
  {
    name: 'a page ends at its limit and says where the next begins',
    source: GUIDE.pages,
    check: async (db) => {
      for (const SK of ['a', 'b', 'c']) await db.put({ PK: 'o', SK });
      const first = await db.query('PK = :a', ['o'], { Limit: 2 });
      const second = await db.query('PK = :a', ['o'], { Limit: 2, ExclusiveStartKey: first.LastEvaluatedKey });
      const isWhole = sorts([...(first.Items ?? []), ...(second.Items ?? [])]) === 'a,b,c';
      return isWhole && first.LastEvaluatedKey?.['SK'] === 'b' && second.LastEvaluatedKey === undefined;
    },
    model: async ({ keyValue }) => {
      for (const key of keys(3)) await keyValue.swap(key, 0, { value: 1 });
      const first = await keyValue.list(FACTS, 2);
      const second = await keyValue.list(FACTS, 2, first.at(-1)!.key);
      return [...first, ...second].map(({ key }) => key).join() === keys(3).join();
    },
  },
  {
    name: 'a page ends at 1 MB',
    source: GUIDE.pages,
    check: async (db) => {
      for (const SK of ['a', 'b', 'c', 'd', 'e']) await db.put({ PK: 'o', SK, x: LARGE });
      const { Items = [], LastEvaluatedKey } = await db.query('PK = :a', ['o']);
      return [2, 3].includes(Items.length) && LastEvaluatedKey !== undefined; // whether that fits in which passes it is not said
    },
    model: async ({ keyValue }) => {
      for (const key of keys(4)) await keyValue.swap(key, 0, { value: LARGE });
      return (await keyValue.list(FACTS, 9)).length === 4; // whoever asks has all of it
    },
  },
  {
    name: 'a limit counts what is read, before the filter',
    source: GUIDE.filters,
    check: async (db) => {
      for (const SK of ['a', 'b', 'c']) await db.put({ PK: 'o', SK, n: SK });
      const filter = { FilterExpression: 'n = :b', Limit: 2 };
      const { Items, ScannedCount } = await db.query('PK = :a', ['o', 'c'], filter);
      return Items?.length === 0 && ScannedCount === 2;
    },
  },
  {
    name: 'a batch reads at most 100 items, none of them twice',
    source: apiOf('BatchGetItem'),
    check: async (db) => {
      const names = Array.from({ length: 101 }, (_, i) => `n${i}`);
      const { found, left } = await db.batchGet(names.slice(1));
      return found + left === 0 && (await isInvalid(db.batchGet(names))) && isInvalid(db.batchGet(['a', 'a']));
    },
  },
  {
    name: 'a batch brings at most 16 MB, and names the keys it has left',
    source: apiOf('BatchGetItem'),
    differs: { dynalite: 'ends at 1 MB' },
    check: async (db) => {
      const names = Array.from({ length: 45 }, (_, i) => `n${i}`);
      for (const PK of names) await db.put({ PK, x: LARGE });
      const { found, left } = await db.batchGet(names);
      return found >= 40 && left > 0 && found + left === names.length;
    },
  },
  {
    name: 'what is past its time to live is there until it is deleted',
    source: GUIDE.ttl,
    differs: { dynalite: 'has no time to live' },
    check: async (db) => {
      await db.deletePast();
      await db.put({ PK: 'o', ttl: 1 });
      return (await db.item('o')) !== undefined;
    },
  },
];

const INDEXES: readonly Fact[] = [
  {
    name: 'an index holds only items with both of its keys',
    source: GUIDE.sparse,
    check: async (db) => {
      await db.put({ PK: 'both', ...OPEN });
      await db.put({ PK: 'half', AP: 'OPEN' });
      await db.put({ PK: 'none' });
      return (await db.attention('OPEN')).map(({ PK }) => PK).join() === 'both';
    },
    needsLedger: true,
    model: async (engine) => {
      const nowMs = engine.clock.nowMs();
      const { dueMs, ...final } = newTask(nowMs, { taskId: 'final', status: 'succeeded' });
      await engine.ledger.submit([newTask(nowMs, { dueMs: nowMs }), final]);
      await engine.pass(DUE_MS);
      return dueMs !== undefined && (await overdue(engine)) === 'one';
    },
  },
  {
    name: 'an index follows changes of its keys, and deletions',
    source: GUIDE.indexes,
    check: async (db) => {
      for (const PK of ['a', 'b', 'c', 'd']) await db.put({ PK, ...OPEN, AS: PK });
      await db.update('a', 'SET #s = :a', { a: 'z', ExpressionAttributeNames: { '#s': 'AS' } });
      await db.update('b', 'REMOVE AP');
      await db.remove('c');
      return (await db.attention('OPEN')).map(({ PK }) => PK).join() === 'd,a';
    },
  },
  {
    name: 'several items may have the same key in an index',
    source: GUIDE.indexes,
    check: async (db) => {
      for (const PK of ['a', 'b']) await db.put({ PK, ...OPEN });
      return (await db.attention('OPEN')).length === 2;
    },
  },
  {
    name: 'an index shows the keys and what is projected, and nothing else',
    source: GUIDE.indexes,
    check: async (db) => {
      await db.put({ PK: 'o', ...OPEN, ty: 'simulate', x: 'hidden' });
      const [item = {}] = await db.attention('OPEN');
      return Object.keys(item).sort().join() === 'AP,AS,PK,SK,ty';
    },
  },
  {
    name: 'an index cannot be read consistently',
    source: GUIDE.indexes,
    check: (db) => isInvalid(db.query('AP = :a', ['OPEN'], { IndexName: 'attention', ConsistentRead: true })),
  },
  {
    name: 'an index may not show yet what was just written',
    source: GUIDE.indexes,
    differs: { dynoxide: 'shows it at once', dynalite: 'shows it at once' },
    check: async (db) => {
      for (let i = 0; i < 20; i += 1) {
        await db.put({ ...keyOf('o'), AP: `OPEN${i}`, AS: '1' });
        if ((await db.attention(`OPEN${i}`)).length === 0) return true;
      }
      return false;
    },
    needsLedger: true,
    model: async (engine) => {
      const nowMs = engine.clock.nowMs();
      await engine.ledger.submit([newTask(nowMs, { dueMs: nowMs })]);
      return (await overdue(engine)) === '';
    },
  },
];

export const READ_FACTS: readonly Fact[] = [...QUERIES, ...INDEXES];
