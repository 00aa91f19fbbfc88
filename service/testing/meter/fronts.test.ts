/** The cases that the price pages name, beyond the table. */
import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { sqsClient, startSqs } from '../emulators/sqs.ts';
import { createFrontMeter, meteredGateway } from './front-meter.ts';
import { costOf, dollarsOf, PRICES } from './prices.ts';
import { meterSqs } from './sqs-meter.ts';
import { UsageBook } from './usage.ts';

const KB = 1024;
const QueueUrl = 'https://sqs.test/queue';

function given() {
  let nowMs = 0;
  const clock = { nowMs: () => nowMs };
  const book = new UsageBook(clock);
  const sqs = sqsClient('http://127.0.0.1:9');
  const model = meterSqs(sqs, { book, clock, answers: 'model' });
  const wait = (ms: number): void => void (nowMs += ms);
  return { book, sqs, model, wait };
}

const entries = (count: number, bytes: number) =>
  Array.from({ length: count }, (_, place) => ({ Id: String(place), MessageBody: 'x'.repeat(bytes) }));

test.each([
  ['one message of 64 KB', 1, 64 * KB, 1],
  ['one of a byte more', 1, 64 * KB + 1, 2],
  ['one of 256 KB', 1, 256 * KB, 4],
  ['a batch of ten small ones', 10, 100, 1],
  ['a batch of ten that make 65 KB', 10, 6.5 * KB, 2],
])('sending %s', async (_, ...[count, bytes, requests]) => {
  const { book, sqs } = given();
  await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: entries(count, bytes) }));
  expect([book.usage.sqsRequests, book.usage.fairRequests]).toEqual([requests, 0]);
});

test('whatever is asked of SQS is a request', async () => {
  const sqs = await startSqs();
  const book = new UsageBook({ nowMs: () => 0 });
  const client = sqsClient(sqs.endpoint);
  meterSqs(client, { book, clock: { nowMs: () => 0 }, answers: 'service' });
  await expect(
    client.send(new GetQueueAttributesCommand({ QueueUrl: `${sqs.endpoint}/000000000000/none` })),
  ).rejects.toThrow();
  await expect(
    client.send(new DeleteMessageBatchCommand({ QueueUrl: `${sqs.endpoint}/000000000000/none`, Entries: [] })),
  ).rejects.toThrow();
  expect(book.usage.sqsRequests).toBe(2);
  await sqs.stop();
});

test('a poller pays for what it receives and deletes, ten at a time', async () => {
  const { book, sqs, model } = given();
  for (let batch = 0; batch < 3; batch += 1)
    await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: entries(10, 10) }));
  expect(model.poll(QueueUrl, 25)).toHaveLength(25);
  expect(book.usage.sqsRequests).toBe(3 + 3 + 3);
});

test('a message that is delayed is not there before its time', async () => {
  const { sqs, model, wait } = given();
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a', DelaySeconds: 2, MessageGroupId: 'tenant' }));
  wait(1999);
  expect(model.poll(QueueUrl, 10)).toEqual([]);
  wait(1);
  expect(model.poll(QueueUrl, 10).map(({ body }) => body)).toEqual(['a']);
});

test('every request of a message with a group costs the surcharge of fair queues', async () => {
  const { book, sqs, model } = given();
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a', MessageGroupId: 'tenant' }));
  model.poll(QueueUrl, 10);
  expect([book.usage.sqsRequests, book.usage.fairRequests]).toEqual([3, 3]);
});

test.each([
  ['512 KB', 512 * KB, 1],
  ['a byte more', 512 * KB + 1, 2],
  ['nothing', 0, 1],
])('an HTTP request of %s', (_, ...[bytes, requests]) => {
  const { book } = given();
  createFrontMeter(book).http(bytes, 10);
  expect([book.usage.httpRequests, book.usage.egressBytes]).toEqual([requests, 10]);
});

test('a frame to a viewer is a message for each 32 KB, and leaves for the internet', async () => {
  const { book } = given();
  await meteredGateway(createFrontMeter(book)).post('c', Buffer.alloc(32 * KB + 1));
  expect([book.usage.webSocketMessages, book.usage.egressBytes]).toEqual([2, 32 * KB + 1]);
});

test('an invocation costs its begun milliseconds times its memory, a line of the log 26 bytes more than it says', () => {
  const { book } = given();
  createFrontMeter(book).invocation(512, 10.2);
  createFrontMeter(book).opened(512, 100);
  createFrontMeter(book).log('ü');
  expect([book.usage.invocations, book.usage.gbSeconds, book.usage.logBytes]).toEqual([1, 0.0555, 28]);
});

test('the sum of the bill is the sum of its lines, and every line has a source with a date', () => {
  const { book } = given();
  book.add('ownWriteUnits', 2_000_000);
  book.add('httpRequests', 500_000);
  expect([costOf('ownWriteUnits', 2_000_000), dollarsOf(book.usage)]).toEqual([1.25, 1.75]);
  for (const price of Object.values(PRICES)) {
    expect(price.source).toMatch(/^https:\/\/aws\.amazon\.com\//);
    expect(price.asOf).toMatch(/^20\d\d-\d\d$/);
  }
});
