/** SQS for tests: fauxqs in memory, on loopback only. Stopped and started again on its port it has forgotten everything. */
import type { AddressInfo } from 'node:net';
import { SQSClient } from '@aws-sdk/client-sqs';
import { buildApp } from 'fauxqs';
import { CREDENTIALS, REGION } from './dynamo.ts';

export interface SqsEmulator {
  readonly endpoint: string;
  readonly port: number;
  /** What it held is gone. */
  stop(): Promise<void>;
}

/** On the given port, or a free one. Its queues are those that are created by CreateQueue. */
export async function startSqs(port = 0): Promise<SqsEmulator> {
  const app = buildApp({ logger: false, defaultRegion: REGION });
  await app.listen({ port, host: '127.0.0.1' });
  const { port: taken } = app.server.address() as AddressInfo;
  return { endpoint: `http://127.0.0.1:${taken}`, port: taken, stop: () => app.close() };
}

export const sqsClient = (endpoint: string, { maxAttempts = 3 } = {}): SQSClient =>
  new SQSClient({ endpoint, region: REGION, credentials: CREDENTIALS, useQueueUrlAsEndpoint: false, maxAttempts });
