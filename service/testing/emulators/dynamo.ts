/**
 * DynamoDB for tests: dynoxide where its platform has it (transactions, the item of a failed condition, capacity of index
 * writes), else dynalite. In memory, on loopback, with the table of serverless.yml.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Server } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Table } from '../../aws/table.ts';
import { ATTENTION, KEYS, PROJECTED, TIMELINE } from '../../aws/table.ts';

const require = createRequire(import.meta.url);
const READY_WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 20;

export const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };
export const REGION = 'eu-central-1';

export interface DynamoEmulator {
  readonly endpoint: string;
  /** Which of the two it is: they differ in what they can. */
  readonly name: 'dynoxide' | 'dynalite';
  /** What it held is gone. */
  stop(): Promise<void>;
}

/** On the given port, or a free one. */
export async function startDynamo(port = 0): Promise<DynamoEmulator> {
  const program = dynoxide();
  return program === undefined ? startDynalite(port) : startDynoxide(program, port === 0 ? await freePort() : port);
}

function dynoxide(): string | undefined {
  try {
    const program = require.resolve(`@dynoxide/${process.platform}-${process.arch}/dynoxide`);
    return existsSync(program) ? program : undefined;
  } catch {
    return undefined; // it is no package of this platform
  }
}

async function startDynoxide(program: string, port: number): Promise<DynamoEmulator> {
  const child = spawn(program, ['--host', '127.0.0.1', '--port', String(port)], { stdio: 'ignore' });
  const endWithUs = (): boolean => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  const endpoint = `http://127.0.0.1:${port}`;
  await answering(endpoint);
  return {
    endpoint,
    name: 'dynoxide',
    stop: async () => {
      process.off('exit', endWithUs);
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** The one that runs everywhere. */
export async function startDynalite(port = 0): Promise<DynamoEmulator> {
  const dynalite = require('dynalite') as (options: object) => Server;
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const { port: taken } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${taken}`,
    name: 'dynalite',
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function answering(endpoint: string): Promise<void> {
  const untilMs = performance.now() + READY_WITHIN_MS;
  for (;;) {
    const isUp = await fetch(endpoint).then(
      () => true,
      () => false,
    );
    if (isUp) return;
    if (performance.now() > untilMs) throw new Error(`The emulator does not answer on ${endpoint}.`);
    await sleep(LOOK_EVERY_MS);
  }
}

export const dynamoClient = (endpoint: string): DynamoDBClient =>
  new DynamoDBClient({ endpoint, region: REGION, credentials: CREDENTIALS });

/** A new, empty table with the indexes of serverless.yml. */
export async function newTable({ endpoint }: Pick<DynamoEmulator, 'endpoint'>, name: string): Promise<Table> {
  const client = dynamoClient(endpoint);
  const attributes = { PK: 'S', SK: 'S', AP: 'S', AS: 'S', TP: 'S', TS: 'S' } as const;
  const keys = (partition: string, sort: string) => [
    { AttributeName: partition, KeyType: 'HASH' as const },
    { AttributeName: sort, KeyType: 'RANGE' as const },
  ];
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: Object.entries(attributes).map(([AttributeName, AttributeType]) => ({
        AttributeName,
        AttributeType,
      })),
      KeySchema: keys(KEYS.partition, KEYS.sort),
      GlobalSecondaryIndexes: [
        {
          IndexName: ATTENTION.index,
          KeySchema: keys(ATTENTION.partition, ATTENTION.sort),
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: [...PROJECTED] },
        },
        {
          IndexName: TIMELINE.index,
          KeySchema: keys(TIMELINE.partition, TIMELINE.sort),
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    }),
  );
  await usable(client, name);
  return { client: DynamoDBDocumentClient.from(client), name };
}

/** Its creation is answered before it can be used. */
async function usable(client: DynamoDBClient, TableName: string): Promise<void> {
  for (;;) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    if (Table?.TableStatus === 'ACTIVE') return;
    await sleep(1);
  }
}
