/** Facts about writes: conditions, and what an update does. */
import { tenantKey } from '../../core/entry-keys.ts';
import type { SwapResult } from '../../core/ports.ts';
import { isConditional, isInvalid, refusal } from './dynamo-subject.ts';
import type { Fact } from './fact.ts';
import { apiOf, GUIDE } from './fact.ts';

const KEY = tenantKey('alpha', 'facts', 'one');
const TIMES = [1, 2, 3, 4, 5];

const isOneSwapped = (results: readonly SwapResult[]): boolean =>
  results.filter(({ kind }) => kind === 'swapped').length === 1;

const CONDITIONS: readonly Fact[] = [
  {
    name: 'of writers who want a key absent one wins',
    source: GUIDE.conditions,
    check: async (db) => {
      const lost = await Promise.all(TIMES.map((n) => isConditional(db.create({ PK: 'o', n }))));
      return lost.filter((isLost) => isLost).length === TIMES.length - 1;
    },
    model: async ({ keyValue }) =>
      isOneSwapped(await Promise.all(TIMES.map((value) => keyValue.swap(KEY, 0, { value })))),
  },
  {
    name: 'of writers who know the same version one wins',
    source: GUIDE.conditions,
    check: async (db) => {
      await db.put({ PK: 'o', v: 1 });
      const write = () => db.update('o', 'ADD v :a', { a: 1, ConditionExpression: 'v = :a' });
      const lost = await Promise.all(TIMES.map(() => isConditional(write())));
      return lost.filter((isLost) => isLost).length === TIMES.length - 1 && (await db.item('o'))?.['v'] === 2;
    },
    model: async ({ keyValue }) => {
      await keyValue.swap(KEY, 0, { value: 0 });
      return isOneSwapped(await Promise.all(TIMES.map((value) => keyValue.swap(KEY, 1, { value }))));
    },
  },
  {
    name: 'a failed condition leaves the item as it was',
    source: GUIDE.conditions,
    check: async (db) => {
      await db.put({ PK: 'o', n: 1 });
      return (await isConditional(db.create({ PK: 'o', n: 2 }))) && (await db.item('o'))?.['n'] === 1;
    },
    model: async ({ keyValue }) => {
      await keyValue.swap(KEY, 0, { value: 1 });
      const { kind } = await keyValue.swap(KEY, 0, { value: 2 });
      return kind === 'conflict' && (await keyValue.get(KEY))?.value === 1;
    },
  },
  {
    name: 'a failed condition brings the item, when asked to',
    source: apiOf('PutItem'),
    differs: { dynalite: 'brings no item: the adapter reads it' },
    check: async (db) => {
      await db.put({ PK: 'o', n: 7 });
      const write = db.create({ PK: 'o' }, { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' });
      const error: unknown = await write.catch((refused: unknown) => refused);
      return (error as { Item?: { n?: { N?: string } } }).Item?.n?.N === '7';
    },
  },
  {
    name: 'a condition on an absent attribute is false, and its absence can be asked',
    source: GUIDE.conditions,
    check: async (db) => {
      await db.put({ PK: 'o' });
      const update = (ConditionExpression: string) => db.update('o', 'SET n = :a', { a: 1, ConditionExpression });
      return (await isConditional(update('n <= :a'))) && !(await refusal(update('attribute_not_exists(n) OR n <= :a')));
    },
  },
];

const UPDATES: readonly Fact[] = [
  {
    name: 'a put replaces the whole item',
    source: apiOf('PutItem'),
    check: async (db) => {
      await db.put({ PK: 'o', a: 1 });
      await db.put({ PK: 'o', b: 2 });
      return (await db.item('o'))?.['b'] === 2 && (await db.item('o'))?.['a'] === undefined;
    },
    model: async ({ keyValue }) => {
      await keyValue.swap(KEY, 0, { value: { a: 1 } });
      await keyValue.swap(KEY, 1, { value: { b: 2 } });
      return JSON.stringify((await keyValue.get(KEY))?.value) === '{"b":2}';
    },
  },
  {
    name: 'an update creates what is absent',
    source: apiOf('UpdateItem'),
    check: async (db) => {
      await db.update('o', 'SET n = :a', { a: 1 });
      return (await db.item('o'))?.['n'] === 1;
    },
    model: async ({ keyValue }) => {
      await keyValue.add(KEY, { n: 1 });
      return (await keyValue.get(KEY))?.version === 1;
    },
  },
  {
    name: 'ADD begins at 0, and additions beside each other all count',
    source: GUIDE.items,
    check: async (db) => {
      await Promise.all(TIMES.map((a) => db.update('o', 'ADD n :a', { a })));
      return (await db.item('o'))?.['n'] === 15;
    },
    model: async ({ keyValue }) => {
      await Promise.all(TIMES.map((n) => keyValue.add(KEY, { n })));
      return JSON.stringify((await keyValue.get(KEY))?.value) === '{"n":15}';
    },
  },
  {
    name: 'ADD to a text is refused',
    source: GUIDE.updates,
    check: async (db) => {
      await db.put({ PK: 'o', n: 'text' });
      return isInvalid(db.update('o', 'ADD n :a', { a: 1 }));
    },
  },
  {
    name: 'if_not_exists gives an absent number its beginning',
    source: GUIDE.updates,
    check: async (db) => {
      await db.update('o', 'SET n = if_not_exists(n, :a) + :a', { a: 2 });
      await db.update('o', 'SET n = if_not_exists(n, :a) + :a', { a: 2 });
      return (await db.item('o'))?.['n'] === 6;
    },
  },
  {
    name: 'list_append adds to the end of a list',
    source: GUIDE.updates,
    check: async (db) => {
      await db.put({ PK: 'o', l: [1] });
      await db.update('o', 'SET l = list_append(l, :a)', { a: [2, 3] });
      return JSON.stringify((await db.item('o'))?.['l']) === '[1,2,3]';
    },
  },
  {
    name: 'ALL_NEW brings the whole item as it is afterwards',
    source: apiOf('UpdateItem'),
    check: async (db) => {
      await db.put({ PK: 'o', n: 1, x: 'kept' });
      const { Attributes } = await db.update('o', 'ADD n :a', { a: 1, ReturnValues: 'ALL_NEW' });
      return Attributes?.['n'] === 2 && Attributes['x'] === 'kept';
    },
  },
  {
    name: 'an action of an update stands once in its expression',
    source: GUIDE.updates,
    check: (db) => isInvalid(db.update('o', 'SET n = :a SET m = :a', { a: 1 })),
  },
  {
    name: 'a key cannot be changed',
    source: apiOf('UpdateItem'),
    check: (db) => isInvalid(db.update('o', 'SET SK = :a', { a: 'b' })),
  },
  {
    name: 'what is absent is deleted without complaint',
    source: apiOf('DeleteItem'),
    check: async (db) => (await refusal(db.remove('nowhere'))) === undefined,
  },
  {
    name: 'reserved words need placeholders',
    source: GUIDE.reserved,
    check: async (db) => {
      const words = await Promise.all(
        ['status', 'ttl', 'shard', 'owner', 'type'].map((word) =>
          isInvalid(db.update('o', `SET ${word} = :a`, { a: 1 })),
        ),
      );
      const named = db.update('o', 'SET #t = :a', { a: 1, ExpressionAttributeNames: { '#t': 'ttl' } });
      return words.every((isRefused) => isRefused) && (await refusal(named)) === undefined;
    },
  },
];

export const WRITE_FACTS: readonly Fact[] = [...CONDITIONS, ...UPDATES];
