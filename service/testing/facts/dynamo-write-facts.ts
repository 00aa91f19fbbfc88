/** Facts about writes: conditions, updates, limits of size and number, transactions. */
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { NumberValue } from '@aws-sdk/lib-dynamodb';
import { tenantKey } from '../../core/entry-keys.ts';
import type { SwapResult } from '../../core/ports.ts';
import { isConditional, isInvalid, refusal } from './dynamo-subject.ts';
import type { Fact } from './fact.ts';
import { apiOf, GUIDE } from './fact.ts';

const KEY = tenantKey('alpha', 'facts', 'one');
const TIMES = [1, 2, 3, 4, 5];
const MOST_ITEM_BYTES = 400 * 1024;
/** Names and values of the keys, and the name `x`. */
const BESIDE_X = 'PK'.length + 'o'.length + 'SK'.length + 'a'.length + 'x'.length;

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

const LIMITS: readonly Fact[] = [
  {
    name: 'an item has at most 400 KB, names included',
    source: GUIDE.constraints,
    differs: { simulated: 'takes any size' },
    check: async (db) => {
      const put = (bytes: number) => db.put({ PK: 'o', x: 'x'.repeat(bytes - BESIDE_X) });
      return !(await refusal(put(MOST_ITEM_BYTES))) && (await isInvalid(put(MOST_ITEM_BYTES + 1)));
    },
    model: async ({ keyValue }) => {
      const result = await keyValue.swap(KEY, 0, { value: 'x'.repeat(MOST_ITEM_BYTES) });
      return result.kind === 'failed' && !result.retryable;
    },
  },
  {
    name: 'an update lets no item grow beyond that',
    source: GUIDE.constraints,
    check: async (db) => {
      await db.put({ PK: 'o', x: 'x'.repeat(MOST_ITEM_BYTES - BESIDE_X) });
      return isInvalid(db.update('o', 'SET y = :a', { a: 'y' }));
    },
  },
  {
    name: 'a partition key has at most 2 048 bytes, a sort key 1 024',
    source: GUIDE.constraints,
    check: async (db) => {
      const put = (partition: number, sort: number) => db.put({ PK: 'p'.repeat(partition), SK: 's'.repeat(sort) });
      return (
        !(await refusal(put(2_048, 1_024))) && (await isInvalid(put(2_049, 1))) && (await isInvalid(put(1, 1_025)))
      );
    },
  },
  {
    name: 'a key is not empty, other texts may be',
    source: GUIDE.types,
    check: async (db) =>
      (await isInvalid(db.put({ PK: 'o', SK: '' }))) &&
      (await isInvalid(db.put({ PK: '' }))) &&
      !(await refusal(db.put({ PK: 'o', x: '' }))),
  },
  {
    name: 'a key of an index is not empty',
    source: GUIDE.types,
    differs: { dynalite: 'takes it' },
    check: (db) => isInvalid(db.put({ PK: 'o', AP: '', AS: '1' })),
  },
  {
    name: 'a key of an index has the type it was declared with',
    source: GUIDE.indexes,
    check: (db) => isInvalid(db.put({ PK: 'o', AP: 'OPEN', AS: 1 })),
  },
  {
    name: 'a number has at most 38 digits, and keeps them',
    source: GUIDE.types,
    check: async (db) => {
      const digits = '1234567890'.repeat(4);
      const put = (length: number) => db.put({ PK: 'o', n: NumberValue.from(digits.slice(0, length)) });
      if (await refusal(put(38))) return false;
      return String((await db.item('o'))?.['n']) === digits.slice(0, 38) && (await isInvalid(put(39)));
    },
  },
  {
    name: 'an expression has at most 4 KB',
    source: GUIDE.constraints,
    differs: { dynalite: 'takes any' },
    check: async (db) => {
      const expression = (bytes: number) => 'SET n = :a'.padEnd(bytes, ' ');
      const isTaken = !(await refusal(db.update('o', expression(4_096), { a: 1 })));
      return isTaken && isInvalid(db.update('o', expression(4_097), { a: 1 }));
    },
  },
  {
    name: 'a batch writes at most 25 items, none of them twice',
    source: apiOf('BatchWriteItem'),
    check: async (db) => {
      const names = Array.from({ length: 26 }, (_, i) => `n${i}`);
      const isTaken = !(await refusal(db.batchPut(names.slice(1))));
      return isTaken && (await isInvalid(db.batchPut(names))) && isInvalid(db.batchPut(['a', 'a']));
    },
  },
];

const NO_TRANSACTIONS = 'has no transactions';

const TRANSACTIONS: readonly Fact[] = [
  {
    name: 'a transaction happens whole or not at all',
    source: GUIDE.transactions,
    differs: { dynalite: NO_TRANSACTIONS },
    check: async (db) => {
      await db.put({ PK: 'there' });
      const name = await refusal(db.transact([db.creating('new'), db.creating('there')]));
      return name === 'TransactionCanceledException' && (await db.item('new')) === undefined;
    },
  },
  {
    name: 'a cancelled transaction says for each of its items why, in order',
    source: apiOf('TransactWriteItems'),
    differs: { dynalite: NO_TRANSACTIONS },
    check: async (db) => {
      await db.put({ PK: 'there' });
      const writes = [db.creating('new'), db.creating('there'), db.adding('more')];
      const error: unknown = await db.transact(writes).catch((refused: unknown) => refused);
      if (!(error instanceof TransactionCanceledException)) return false;
      return error.CancellationReasons?.map(({ Code }) => Code).join() === 'None,ConditionalCheckFailed,None';
    },
  },
  {
    name: 'a transaction touches an item once',
    source: apiOf('TransactWriteItems'),
    differs: { dynalite: NO_TRANSACTIONS },
    check: (db) => isInvalid(db.transact([db.adding('o'), db.adding('o')])),
  },
  {
    name: 'a transaction has at most 100 items',
    source: GUIDE.constraints,
    differs: { dynalite: NO_TRANSACTIONS },
    check: async (db) => {
      const items = Array.from({ length: 101 }, (_, i) => db.adding(`n${i}`));
      return !(await refusal(db.transact(items.slice(1)))) && isInvalid(db.transact(items));
    },
  },
  {
    name: 'a transaction repeated with its token happens once',
    source: GUIDE.transactions,
    differs: { dynalite: NO_TRANSACTIONS },
    check: async (db) => {
      for (let i = 0; i < 2; i += 1) await db.transact([db.adding('o')], { ClientRequestToken: 'token' });
      return (await db.item('o'))?.['n'] === 1;
    },
  },
];

export const WRITE_FACTS: readonly Fact[] = [...CONDITIONS, ...UPDATES, ...LIMITS, ...TRANSACTIONS];
