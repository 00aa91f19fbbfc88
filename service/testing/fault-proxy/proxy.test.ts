import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SendMessageBatchCommandOutput } from '@aws-sdk/client-sqs';
import { DeleteMessageBatchCommand, SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DynamoEmulator } from '../emulators/dynamo.ts';
import { CREDENTIALS, newTable, REGION, startDynamo } from '../emulators/dynamo.ts';
import { GivenSqs } from '../given-sqs.ts';
import type { FaultProxyOptions } from './proxy.ts';
import { FaultProxy } from './proxy.ts';
import type { Call, Fault, Rule } from './rules.ts';

let proxy: FaultProxy;
const settings = (maxAttempts: number) => ({
  ...{ endpoint: proxy.endpoint, region: REGION, credentials: CREDENTIALS, maxAttempts },
});
const rule = (fault: Fault, more: Partial<Rule> = {}): Rule => ({ name: fault.kind, fault, ...more });
const errorOf = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(() => undefined).catch((e: unknown) => e);
const isRetryable = (error: unknown): boolean => {
  const { $retryable, $metadata, code } = error as {
    $retryable?: object;
    $metadata?: { httpStatusCode?: number };
    code?: string;
  };
  return $retryable !== undefined || code === 'ECONNRESET' || [500, 503].includes($metadata?.httpStatusCode ?? 0);
};

describe('before SQS', () => {
  let given: GivenSqs;
  beforeEach(async () => {
    given = await GivenSqs.start();
    proxy = await FaultProxy.start({ upstream: given.endpoint, seed: 7 });
  });
  afterEach(async () => {
    await proxy.stop();
    await given.stop();
  });
  const client = (maxAttempts = 1) => new SQSClient({ ...settings(maxAttempts), useQueueUrlAsEndpoint: false });
  const send = (body: string, maxAttempts = 1) =>
    client(maxAttempts).send(new SendMessageCommand({ QueueUrl: given.urls.fresh, MessageBody: body }));
  const sendMany = (count: number): Promise<SendMessageBatchCommandOutput> => {
    const Entries = Array.from({ length: count }, (_, i) => ({ Id: `e${i}`, MessageBody: `m${i}` }));
    return client().send(new SendMessageBatchCommand({ QueueUrl: given.urls.fresh, Entries }));
  };

  test('without rules everything passes', async () => {
    await send('a');
    expect((await sendMany(3)).Successful).toHaveLength(3);
    expect((await given.takeAll('fresh')).sort()).toEqual(['a', 'm0', 'm1', 'm2']);
    expect(proxy.counts).toEqual({});
  });

  test('a dropped request is not applied, a dropped reply was; the SDK tries again after both', async () => {
    proxy.set([rule({ kind: 'drop' }, { most: 1 })]);
    expect(isRetryable(await errorOf(send('lost')))).toBe(true);
    proxy.set([rule({ kind: 'drop-reply' }, { most: 1 })]);
    await send('twice', 2);
    expect(await given.takeAll('fresh')).toEqual(['twice', 'twice']);
    expect(proxy.counts).toMatchObject({ drop: { struck: 1 }, 'drop-reply': { struck: 1 } });
  });

  test.each([
    ['throttling', 'RequestThrottled', 400],
    ['internal', 'InternalFailure', 500],
    ['unavailable', 'ServiceUnavailable', 503],
  ] as const)('the SDK knows the error of %s by its name, and tries again', async (error, name, status) => {
    proxy.set([rule({ kind: 'error', error })]);
    expect(await errorOf(send('a'))).toMatchObject({ name, $metadata: { httpStatusCode: status } });
    proxy.set([rule({ kind: 'error', error }, { name: 'once', most: 1 })]);
    await send('b', 2);
    expect([proxy.count('once').struck, await given.takeAll('fresh')]).toEqual([1, ['b']]);
  });

  test('what the service did is told, whatever the client hears of it', async () => {
    const applied: string[] = [];
    await proxy.stop();
    const onApplied: FaultProxyOptions['onApplied'] = ({ text }, { status }) => applied.push(`${status} ${text}`);
    proxy = await FaultProxy.start({ upstream: given.endpoint, onApplied });
    for (const kind of ['drop', 'drop-reply'] as const) {
      proxy.set([rule({ kind })]);
      await errorOf(send(kind));
    }
    expect(applied).toEqual([expect.stringMatching(/^200 .*"MessageBody":"drop-reply"/)]);
  });

  test('lost messages are answered with success, entry by entry, and counted', async () => {
    proxy.set([rule({ kind: 'lose' }, { share: 0.5 })]);
    for (let i = 0; i < 10; i += 1) expect((await sendMany(10)).Successful).toHaveLength(10);
    for (let i = 0; i < 20; i += 1) await send('single');
    const { met, struck } = proxy.count('lose');
    expect([met, (await given.takeAll('fresh')).length]).toEqual([120, 120 - struck]);
    expect(Math.abs(struck - 60)).toBeLessThan(20);
  });

  test('what was lost is told apart from what was taken', async () => {
    const [lost, taken]: [string[], string[]] = [[], []];
    await proxy.stop();
    const noteIn =
      (list: string[]) =>
      ({ body }: Call): void => {
        list.push(...(body['Entries'] as { MessageBody: string }[]).map(({ MessageBody }) => MessageBody));
      };
    proxy = await FaultProxy.start({ upstream: given.endpoint, onApplied: noteIn(taken), onLost: noteIn(lost) });
    proxy.set([rule({ kind: 'lose' }, { share: 0.5 })]);
    await sendMany(10);
    expect([lost.length, lost.length > 0, taken.length > 0]).toEqual([proxy.count('lose').struck, true, true]);
    expect([...lost, ...taken].sort()).toEqual(Array.from({ length: 10 }, (_, i) => `m${i}`));
  });

  test('whom it strikes is decided anew after each set, and alike', async () => {
    const struck = async () => {
      proxy.set([rule({ kind: 'refuse-entries' }, { share: 0.5 })]);
      return (await sendMany(10)).Failed?.map(({ Id }) => Id);
    };
    expect(await struck()).toEqual(await struck());
  });

  test('a batch that is lost as a whole is answered with success, and so is one whose deletion is', async () => {
    proxy.set([rule({ kind: 'lose' })]);
    expect((await sendMany(3)).Successful?.map(({ Id }) => Id)).toEqual(['e0', 'e1', 'e2']);
    proxy.heal();
    await send('kept');
    const [message] = await given.receive('fresh');
    const Entries = [{ Id: 'a', ReceiptHandle: message?.ReceiptHandle }];
    proxy.set([rule({ kind: 'lose' })]);
    const answer = await client().send(new DeleteMessageBatchCommand({ QueueUrl: given.urls.fresh, Entries }));
    expect([message?.Body, answer.Successful]).toEqual(['kept', [{ Id: 'a' }]]);
    expect(await given.hidden('fresh')).toBe(1);
  });

  test('refused entries stand in the answer, and the others arrive', async () => {
    proxy.set([rule({ kind: 'refuse-entries' }, { share: 0.3 })]);
    const { Successful = [], Failed = [] } = await sendMany(10);
    expect([Failed.length, Successful.length]).toEqual([proxy.count('refuse-entries').struck, 10 - Failed.length]);
    expect(await given.takeAll('fresh')).toHaveLength(Successful.length);
    expect(Failed[0]).toMatchObject({ SenderFault: false, Code: 'InternalError' });
  });

  test('a duplicate is applied once more, after its answer', async () => {
    proxy.set([rule({ kind: 'duplicate', withinMs: 5 })]);
    await send('a');
    await proxy.settled();
    expect(await given.takeAll('fresh')).toEqual(['a', 'a']);
  });

  test('a rule is for what it names, and no longer than it says', async () => {
    const down = { actions: ['SendMessage'], resource: '/fresh', holds: 'poor' };
    proxy.set([rule({ kind: 'drop' }, down), rule({ kind: 'drop' }, { name: 'over', forMs: 0 })]);
    await send('lucky');
    await sendMany(1);
    expect(await errorOf(send('poor'))).toBeInstanceOf(Error);
    expect(proxy.counts).toEqual({ drop: { met: 1, struck: 1 } });
    proxy.heal();
    await send('poor');
    expect(await given.takeAll('fresh')).toHaveLength(3);
  });

  test('another process sets rules and reads counts over HTTP', async () => {
    const control = `${proxy.endpoint}/_faults`;
    await fetch(control, { method: 'PUT', body: JSON.stringify([rule({ kind: 'error', error: 'internal' })]) });
    expect(await errorOf(send('a'))).toMatchObject({ name: 'InternalFailure' });
    expect(await (await fetch(control)).json()).toEqual({ error: { met: 1, struck: 1 } });
  });
});

describe('before DynamoDB', () => {
  let emulator: DynamoEmulator;
  beforeAll(async () => {
    emulator = await startDynamo();
    await newTable(emulator, 'trial');
    proxy = await FaultProxy.start({ upstream: emulator.endpoint, seed: 7 });
  });
  afterAll(async () => {
    await proxy.stop();
    await emulator.stop();
  });
  afterEach(() => {
    vi.useRealTimers();
    proxy.heal();
  });
  const client = (maxAttempts = 1) => DynamoDBDocumentClient.from(new DynamoDBClient(settings(maxAttempts)));
  const Key = { PK: 'a', SK: 'L' };
  const TableName = 'trial';
  const put = (PK: string, maxAttempts = 1) =>
    client(maxAttempts).send(new PutCommand({ TableName, Item: { ...Key, PK } }));
  const raise = (maxAttempts: number) =>
    client(maxAttempts).send(
      new UpdateCommand({ TableName, Key, UpdateExpression: 'ADD n :one', ExpressionAttributeValues: { ':one': 1 } }),
    );
  const count = async () =>
    (await client().send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item?.n as unknown;

  test.each([
    ['throttling', 'ProvisionedThroughputExceededException', 400],
    ['internal', 'InternalServerError', 500],
    ['unavailable', 'ServiceUnavailable', 503],
  ] as const)('the SDK knows the error of %s by its name, and tries again', async (error, name, status) => {
    proxy.set([rule({ kind: 'error', error })]);
    expect(await errorOf(put('b'))).toMatchObject({ name, $metadata: { httpStatusCode: status } });
    proxy.set([rule({ kind: 'error', error }, { name: error, most: 1 })]);
    await put('b', 3);
    expect(proxy.count(error).struck).toBe(1);
  });

  test('a write whose reply was lost was applied, and again by the retry', async () => {
    proxy.set([rule({ kind: 'drop-reply' }, { most: 1, actions: ['UpdateItem'] })]);
    await raise(2);
    expect(await count()).toBe(2);
  });

  test('a ledger never lies: a lost write of a table is none', async () => {
    proxy.set([rule({ kind: 'lose' })]);
    await put('kept');
    const read = await client().send(new GetCommand({ TableName, Key: { ...Key, PK: 'kept' } }));
    expect([read.Item, proxy.counts.lose]).toEqual([{ PK: 'kept', SK: 'L' }, undefined]);
  });

  test('keys of a batch that were not read are named, and none at all is throttling', async () => {
    const Keys = ['u', 'v', 'w', 'x'].map((PK) => ({ PK, SK: 'L' }));
    for (const { PK } of Keys) await put(PK);
    const read = () => client().send(new BatchGetCommand({ RequestItems: { [TableName]: { Keys } } }));
    proxy.set([rule({ kind: 'refuse-entries' }, { most: 2 })]);
    const { Responses, UnprocessedKeys } = await read();
    expect([Responses?.[TableName]?.length, UnprocessedKeys?.[TableName]?.Keys]).toEqual([2, Keys.slice(0, 2)]);
    proxy.set([rule({ kind: 'refuse-entries' }, { name: 'all' })]);
    expect(await errorOf(read())).toMatchObject({ name: 'ProvisionedThroughputExceededException' });
  });

  test('an index may show what was, and the table never does', async () => {
    const write = (AP: string, AS: string) =>
      client().send(new PutCommand({ TableName, Item: { ...Key, PK: 'late', AP, AS } }));
    const shownIn = async (partition: string) => {
      const query = new QueryCommand({
        ...{ TableName, IndexName: 'attention', Limit: 10 },
        KeyConditionExpression: '#partition = :partition AND #sort BETWEEN :from AND :to',
        ExpressionAttributeNames: { '#partition': 'AP', '#sort': 'AS' },
        ExpressionAttributeValues: { ':partition': partition, ':from': '0', ':to': '~' },
      });
      return (await client().send(query)).Items?.map(({ AS }) => AS as string);
    };
    vi.useFakeTimers({ toFake: ['performance'] });
    await write('OPEN#1', '1');
    proxy.set([rule({ kind: 'stale', withinMs: 0 }, { index: 'attention' })]);
    await write('OPEN#2', '2');
    expect([await shownIn('OPEN#1'), await shownIn('OPEN#2'), proxy.count('stale').struck]).toEqual([[], ['2'], 0]);
    vi.advanceTimersByTime(60_000);
    proxy.set([rule({ kind: 'stale', withinMs: 60_000 }, { index: 'attention' })]);
    await write('OPEN#3', '3');
    expect([await shownIn('OPEN#2'), await shownIn('OPEN#3'), proxy.count('stale').struck]).toEqual([['2'], [], 2]);
    const read = await client().send(new GetCommand({ TableName, Key: { ...Key, PK: 'late' } }));
    expect(read.Item?.['AP']).toBe('OPEN#3');
  });

  test('a rule can be for one index, or one partition', async () => {
    proxy.set([
      rule({ kind: 'error', error: 'throttling' }, { name: 'index', index: 'attention' }),
      rule({ kind: 'error', error: 'throttling' }, { name: 'key', holds: 'OPEN#3' }),
    ]);
    await put('OPEN#4');
    expect(await errorOf(put('OPEN#3'))).toMatchObject({ name: 'ProvisionedThroughputExceededException' });
    expect([proxy.count('index').met, proxy.count('key').struck]).toEqual([0, 1]);
  });
});
