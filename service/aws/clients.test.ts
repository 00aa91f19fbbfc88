import { once } from 'node:events';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openGatewayClient, openSqs, openTable } from './clients.ts';

/** Answers each request after that, or never. */
let answersAfterMs: number | undefined;
let asked: string[] = [];
let server: Server;
beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    asked.push(String(request.headers['x-amz-target'] ?? request.url));
    request.resume();
    if (answersAfterMs !== undefined) setTimeout(() => response.end('{}'), answersAfterMs);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', url).stubEnv('AWS_ENDPOINT_URL_SQS', url);
  vi.stubEnv('AWS_REGION', 'eu-central-1').stubEnv('AWS_ACCESS_KEY_ID', 'a').stubEnv('AWS_SECRET_ACCESS_KEY', 'b');
});
afterEach(() => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
});

const TIMES = { connectionTimeout: 1_000, requestTimeout: 300 };
const read = () => openTable('t', TIMES).client.send(new GetCommand({ TableName: 't', Key: { PK: 'a', SK: 'b' } }));

it('a service that is slow is waited for', async () => {
  answersAfterMs = 50;
  await read();
  expect(asked).toEqual(['DynamoDB_20120810.GetItem']);
});

it('one that does not answer is asked three times in all, and given up', async () => {
  answersAfterMs = undefined;
  await expect(read()).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(asked).toHaveLength(3);
});

it('a queue is asked at the endpoint that is set, wherever its url points', async () => {
  answersAfterMs = 0;
  const QueueUrl = 'https://sqs.eu-central-1.amazonaws.com/1/fresh';
  await openSqs(TIMES).send(new GetQueueAttributesCommand({ QueueUrl }));
  expect(asked).toEqual(['AmazonSQS.GetQueueAttributes']);
});

it('connections are posted to at the url of the live channel', async () => {
  answersAfterMs = 0;
  const url = `${process.env['AWS_ENDPOINT_URL_SQS']!}/dev`;
  const { config } = openGatewayClient(url, TIMES);
  expect(await config.endpoint?.()).toMatchObject({ hostname: '127.0.0.1', path: '/dev' });
});
