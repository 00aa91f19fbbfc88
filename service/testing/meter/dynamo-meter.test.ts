/** The meter beside an emulator that bills by itself, command by command, and in its place. */
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Table } from '../../aws/table.ts';
import type { DynamoEmulator } from '../emulators/dynamo.ts';
import { dynamoClient, newTable, startDynamo } from '../emulators/dynamo.ts';
import { meterDynamo } from './dynamo-meter.ts';
import { UsageBook } from './usage.ts';

let emulator: DynamoEmulator;
let tables = 0;
beforeAll(async () => (emulator = await startDynamo()));
afterAll(() => emulator.stop());

const clock = { nowMs: () => 0 };

async function metered(): Promise<{ table: Table; book: UsageBook }> {
  const table = await newTable(emulator, `metered-${(tables += 1)}`);
  const book = new UsageBook(clock);
  meterDynamo(table.client, { book, answers: 'service' });
  return { table, book };
}

/** A client that the model answers: no port is ever opened. */
function standIn(): { client: DynamoDBDocumentClient; book: UsageBook } {
  const client = DynamoDBDocumentClient.from(dynamoClient('http://127.0.0.1:9'));
  const book = new UsageBook(clock);
  meterDynamo(client, { book, answers: 'model' });
  return { client, book };
}

const written = ({ usage }: UsageBook): number => usage.ownWriteUnits + usage.sharedWriteUnits;

interface Answer {
  ConsumedCapacity?: { CapacityUnits?: number } | { CapacityUnits?: number }[];
  [field: string]: unknown;
}

const unitsIn = ({ ConsumedCapacity }: Answer): number =>
  [ConsumedCapacity ?? []].flat().reduce((sum, each) => sum + (each.CapacityUnits ?? 0), 0);

const FIELDS = [
  'message',
  'name',
  'Item',
  'Items',
  'Attributes',
  'Count',
  'ScannedCount',
  'LastEvaluatedKey',
  'Responses',
];

/** What both must answer alike; an empty answer is left out by one and told by the other. */
const told = (answer: Answer): object => Object.fromEntries(FIELDS.map((field) => [field, answer[field]]));

const sent = (client: DynamoDBDocumentClient, command: object): Promise<Answer> =>
  client.send(command as PutCommand).then(
    (answer) => answer as unknown as Answer,
    (error: unknown) => error as Answer,
  );

type Act = (TableName: string) => object;
const word = fc.constantFrom('1', '2', 'x'.repeat(600), 'y'.repeat(1500));
const maybe = fc.option(word, { nil: undefined });
const key = fc.record({ PK: fc.constantFrom('a', 'b'), SK: fc.constantFrom('s', 't') });
const rest = fc.record({ AP: maybe, AS: maybe, TP: maybe, TS: maybe, ty: maybe, g: maybe, extra: maybe });
const attribute = fc.constantFrom('AP', 'AS', 'TP', 'TS', 'ty', 'g', 'extra');
const condition = fc.constantFrom(
  undefined,
  'attribute_not_exists(PK)',
  'attribute_exists(ty) AND NOT extra = :x',
  '(size(PK) > :n OR begins_with(ty, :x)) AND ty IN (:x, :y)',
);
const guarded = (ConditionExpression: string | undefined) => ({
  ReturnConsumedCapacity: 'INDEXES' as const,
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  ...(ConditionExpression !== undefined && { ConditionExpression }),
});
const VALUES: Record<string, Record<string, string | number>> = {
  'attribute_exists(ty) AND NOT extra = :x': { ':x': '1' },
  '(size(PK) > :n OR begins_with(ty, :x)) AND ty IN (:x, :y)': { ':x': '1', ':y': '2', ':n': 1 },
};
const valuesOf = (guard: string | undefined) => ({ ...VALUES[guard ?? ''] });
const given = (values: object) =>
  Object.keys(values).length > 0 ? { ExpressionAttributeValues: values as Record<string, string> } : {};
const compact = (item: object): Record<string, string> => JSON.parse(JSON.stringify(item)) as Record<string, string>;

const put = fc.tuple(key, rest, condition).map(
  ([Key, more, guard]): Act =>
    (TableName) =>
      new PutCommand({
        TableName,
        Item: compact({ ...Key, ...more }),
        ReturnValues: 'ALL_OLD',
        ...guarded(guard),
        ...given(valuesOf(guard)),
      }),
);
const update = fc.tuple(key, fc.uniqueArray(attribute, { minLength: 2, maxLength: 2 }), word, condition).map(
  ([Key, [set, gone], value, guard]): Act =>
    (TableName) =>
      new UpdateCommand({
        TableName,
        Key,
        UpdateExpression: 'SET #s = :v, m = if_not_exists(m, :zero) + :one REMOVE #r ADD h :one',
        ExpressionAttributeNames: { '#s': set!, '#r': gone! },
        ExpressionAttributeValues: { ':v': value, ':one': 1, ':zero': 0, ...valuesOf(guard) },
        ReturnValues: 'ALL_NEW',
        ...guarded(guard),
      }),
);
const remove = fc.tuple(key, condition).map(
  ([Key, guard]): Act =>
    (TableName) =>
      new DeleteCommand({ TableName, Key, ...guarded(guard), ...given(valuesOf(guard)) }),
);
const read = fc.tuple(key, fc.boolean()).map(
  ([Key, ConsistentRead]): Act =>
    (TableName) =>
      new GetCommand({ TableName, Key, ConsistentRead, ReturnConsumedCapacity: 'INDEXES' }),
);
const query = fc.tuple(fc.boolean(), word, fc.boolean(), fc.integer({ min: 1, max: 3 })).map(
  ([isAttention, partition, ScanIndexForward, Limit]): Act =>
    (TableName) =>
      new QueryCommand({
        TableName,
        IndexName: isAttention ? 'attention' : 'timeline',
        KeyConditionExpression: '#p = :p AND #s >= :low',
        ExpressionAttributeNames: isAttention ? { '#p': 'AP', '#s': 'AS' } : { '#p': 'TP', '#s': 'TS' },
        ExpressionAttributeValues: { ':p': partition, ':low': '1' },
        ScanIndexForward,
        Limit,
        ReturnConsumedCapacity: 'INDEXES',
      }),
);
const acts = fc.array(fc.oneof(put, put, update, update, remove, read, query), { minLength: 1, maxLength: 25 });

test('bills every command as an emulator does that bills by itself, and answers as it does', async () => {
  await fc.assert(
    fc.asyncProperty(acts, async (all) => {
      const { table, book } = await metered();
      const model = standIn();
      for (const act of all) {
        const before = written(book) + book.usage.readUnits;
        const answer = await sent(table.client, act(table.name));
        if (answer['name'] === undefined && emulator.name === 'dynoxide')
          expect(written(book) + book.usage.readUnits - before).toBe(unitsIn(answer));
        expect(told(await sent(model.client, act(table.name)))).toEqual(told(answer));
      }
      expect(model.book.usage).toEqual(book.usage);
    }),
    { numRuns: 60 },
  );
});

const Key = { PK: 'T#a#TASK#1', SK: 'L' };

test('a failed condition costs what the write would have cost, and writes no index', async () => {
  const { client, book } = standIn();
  const Item = { ...Key, AP: 'OPEN#1', AS: '1', extra: 'x'.repeat(1500) };
  await client.send(new PutCommand({ TableName: 'any', Item }));
  book.reset();
  const again = new PutCommand({
    TableName: 'any',
    Item: { ...Item, AS: '2', extra: 'x'.repeat(2500) },
    ConditionExpression: 'attribute_not_exists(PK)',
  });
  await expect(client.send(again)).rejects.toThrow('conditional request failed');
  expect(book.usage.ownWriteUnits).toBe(3);
});

test('a transaction costs twice, and is refused as a whole', async () => {
  const { client, book } = standIn();
  const Put = { TableName: 'any', Item: Key };
  const ConditionCheck = { TableName: 'any', Key: { PK: 'a', SK: 'b' }, ConditionExpression: 'attribute_exists(PK)' };
  await client.send(new TransactWriteCommand({ TransactItems: [{ Put }] }));
  expect(book.usage.ownWriteUnits).toBe(2);
  await expect(client.send(new TransactWriteCommand({ TransactItems: [{ Put }, { ConditionCheck }] }))).rejects.toThrow(
    'cancelled',
  );
  expect([book.usage.ownWriteUnits, book.usage.sharedWriteUnits]).toEqual([4, 2]);
});

test('a batch rounds each of its items by itself', async () => {
  const { client, book } = standIn();
  const items = [500, 3500].map((bytes, place) => ({ PK: 'K#a', SK: String(place), extra: 'x'.repeat(bytes) }));
  await client.send(new BatchWriteCommand({ RequestItems: { any: items.map((Item) => ({ PutRequest: { Item } })) } }));
  expect(book.usage.sharedWriteUnits).toBe(1 + 4);
  const Keys = [...items, { PK: 'K#a', SK: 'absent' }].map(({ PK, SK }) => ({ PK, SK }));
  const { Responses } = await client.send(
    new BatchGetCommand({ RequestItems: { any: { Keys, ConsistentRead: true } } }),
  );
  expect([Responses?.['any'], book.usage.readUnits]).toEqual([items, 3]);
});

test('a scan costs what it looks at, not what it returns, and goes on where it stopped', async () => {
  const { client, book } = standIn();
  for (let place = 0; place < 6; place += 1)
    await client.send(
      new PutCommand({ TableName: 'any', Item: { PK: `K#${place}`, SK: '1', extra: 'x'.repeat(3000) } }),
    );
  const scan = { TableName: 'any', Limit: 4, FilterExpression: 'PK = :p', ExpressionAttributeValues: { ':p': 'K#5' } };
  const first = await client.send(new ScanCommand(scan));
  expect([first.Items, book.usage.readUnits]).toEqual([[], 1.5]);
  const second = await client.send(new ScanCommand({ ...scan, ExclusiveStartKey: first.LastEvaluatedKey }));
  expect([second.Count, second.LastEvaluatedKey]).toEqual([1, undefined]);
});

test('what a task keeps on its own is told from what many share', async () => {
  const { client, book } = standIn();
  for (const PK of ['T#a#TASK#1', 'K#tenant/a/stats', 'T#a#DAYS'])
    await client.send(new PutCommand({ TableName: 'any', Item: { PK, SK: 'L' } }));
  expect([book.usage.ownWriteUnits, book.usage.sharedWriteUnits]).toEqual([1, 2]);
});

test('the hottest second of each key is remembered, base table and indexes apart', async () => {
  let nowMs = 0;
  const client = DynamoDBDocumentClient.from(dynamoClient('http://127.0.0.1:9'));
  const book = new UsageBook({ nowMs: () => nowMs });
  meterDynamo(client, { book, answers: 'model' });
  for (nowMs of [0, 999, 1000, 2000])
    await client.send(new PutCommand({ TableName: 'any', Item: { ...Key, AP: 'OPEN#1', AS: String(nowMs) } }));
  expect(book.hottest(2)).toEqual([
    { key: 'attention OPEN#1', writes: 3, reads: 0 },
    { key: 'T#a#TASK#1', writes: 2, reads: 0 },
  ]);
});
