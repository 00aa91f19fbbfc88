/** Facts about what requests cost, in write units of 1 KB and read units of 4 KB: the meter and P1 are built on them. */
import { BESIDE_X, indexUnitsIn, unitsIn } from './dynamo-subject.ts';
import type { Fact } from './fact.ts';
import { GUIDE } from './fact.ts';

/** An item of that many bytes. */
const sized = (bytes: number) => ({ PK: 'o', x: 'x'.repeat(bytes - BESIDE_X) });
const OPEN = { AP: 'OPEN', AS: '1' };
const UNCHARGED = { dynalite: 'charges no index' };

const WRITES: readonly Fact[] = [
  {
    name: 'a write costs a unit per started KB of the item, names included',
    source: GUIDE.sizes,
    check: async (db) =>
      unitsIn(await db.put(sized(1_024))) === 1 && unitsIn(await db.put({ ...sized(1_025), PK: 'p' })) === 2,
  },
  {
    name: 'a number takes a byte for two digits, and one more',
    source: GUIDE.sizes,
    check: async (db) => {
      const [name, thirteenDigits] = ['n'.length, Math.ceil(13 / 2) + 1];
      const put = (bytes: number) => db.put({ ...sized(bytes - name - thirteenDigits), n: 1_763_750_000_001 });
      return unitsIn(await put(1_024)) === 1 && unitsIn(await put(1_025)) === 2;
    },
  },
  {
    name: 'a write costs the larger of the item before and after',
    source: GUIDE.costs,
    check: async (db) => {
      await db.put(sized(2_000));
      return unitsIn(await db.put(sized(100))) === 2 && unitsIn(await db.put(sized(100))) === 1;
    },
  },
  {
    name: 'an update of one attribute costs the whole item',
    source: GUIDE.costs,
    check: async (db) => {
      await db.put(sized(2_500));
      return unitsIn(await db.update('o', 'SET n = :a', { a: 1 })) === 3;
    },
  },
  {
    name: 'a deletion costs the item, and one unit when there is none',
    source: GUIDE.costs,
    check: async (db) => {
      await db.put(sized(2_500));
      return unitsIn(await db.remove('o')) === 3 && unitsIn(await db.remove('o')) === 1;
    },
  },
  {
    name: 'an index entry costs a unit when it begins, when it ends, and when what it shows changes',
    source: GUIDE.indexes,
    differs: UNCHARGED,
    check: async (db) => {
      const begun = await db.put({ PK: 'o', ...OPEN });
      const changed = await db.update('o', 'SET ty = :a', { a: 'simulate' });
      const ended = await db.update('o', 'REMOVE AP');
      return [begun, changed, ended].map(indexUnitsIn).join() === '1,1,1';
    },
  },
  {
    name: 'a changed key of an index costs a deletion and a put',
    source: GUIDE.indexes,
    differs: UNCHARGED,
    check: async (db) => {
      await db.put({ PK: 'o', ...OPEN });
      const names = { ExpressionAttributeNames: { '#s': 'AS' } };
      return indexUnitsIn(await db.update('o', 'SET #s = :a', { a: '2', ...names })) === 2;
    },
  },
  {
    name: 'an update costs an index nothing that shows nothing of it',
    source: GUIDE.indexes,
    check: async (db) => {
      await db.put({ PK: 'o', ...OPEN });
      return indexUnitsIn(await db.update('o', 'SET n = :a', { a: 1 })) === 0;
    },
  },
  {
    name: 'a write in a transaction costs twice',
    source: GUIDE.costs,
    differs: { dynalite: 'has no transactions' },
    check: async (db) => {
      const { ConsumedCapacity } = await db.transact([db.creating('o')]);
      return ConsumedCapacity?.[0]?.CapacityUnits === 2;
    },
  },
];

const READS: readonly Fact[] = [
  {
    name: 'a read costs half a unit per started 4 KB, a consistent one twice that',
    source: GUIDE.costs,
    check: async (db) => {
      await db.put(sized(5_000));
      const consistent = await db.get('o', { ConsistentRead: true });
      return unitsIn(await db.get('o')) === 1 && unitsIn(consistent) === 2;
    },
  },
  {
    name: 'a read of what is absent costs as well',
    source: GUIDE.costs,
    check: async (db) => {
      const consistent = await db.get('nowhere', { ConsistentRead: true });
      return unitsIn(await db.get('nowhere')) === 0.5 && unitsIn(consistent) === 1;
    },
  },
  {
    name: 'a read of a few attributes costs the whole item',
    source: GUIDE.projections,
    differs: { dynoxide: 'charges what it sends' },
    check: async (db) => {
      await db.put(sized(9_000));
      return unitsIn(await db.get('o', { ProjectionExpression: 'PK' })) === 1.5;
    },
  },
  {
    name: 'a query adds its items up before it rounds, and a filter saves nothing',
    source: GUIDE.costs,
    check: async (db) => {
      for (const SK of ['a', 'b', 'c', 'd']) await db.put({ ...sized(1_900), SK });
      const filter = { FilterExpression: 'x = :b' };
      const filtered = await db.query('PK = :a', ['o', 'nothing'], filter);
      return unitsIn(await db.query('PK = :a', ['o'])) === 1 && unitsIn(filtered) === 1;
    },
  },
];

export const COST_FACTS: readonly Fact[] = [...WRITES, ...READS];
