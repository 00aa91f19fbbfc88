/** Facts about how large and how many, and about transactions. */
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { NumberValue } from '@aws-sdk/lib-dynamodb';
import { tenantKey } from '../../core/entry-keys.ts';
import { BESIDE_X, isInvalid, refusal } from './dynamo-subject.ts';
import type { Fact } from './fact.ts';
import { apiOf, GUIDE } from './fact.ts';

const KEY = tenantKey('alpha', 'facts', 'one');
const MOST_ITEM_BYTES = 400 * 1024;

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

export const LIMIT_FACTS: readonly Fact[] = [...LIMITS, ...TRANSACTIONS];
