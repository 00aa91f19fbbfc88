/**
 * A stage on this machine: table and queues of emulators, and the functions as serverless.yml would have them called, but in
 * this process. Messages are delivered when a test says so.
 */
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { vi } from 'vitest';
import { SECOND } from '../core/rules.ts';
import { KeyStore } from '../http/identity/key-store.ts';
import { SCOPES } from '../http/principal.ts';
import { createHttp } from '../lambda/http.ts';
import type { TaskParts } from '../lambda/open-parts.ts';
import { openTasks } from '../lambda/open-parts.ts';
import { readAwsSettings, TASK_RESOURCES } from '../lambda/settings.ts';
import { createSweep } from '../lambda/sweep.ts';
import type { Work } from '../lambda/work.ts';
import { createWork } from '../lambda/work.ts';
import { CREDENTIALS, newTable, REGION, startDynamo } from './emulators/dynamo.ts';
import type { DynamoEmulator } from './emulators/dynamo.ts';
import { sqsClient, startSqs } from './emulators/sqs.ts';
import type { SqsEmulator } from './emulators/sqs.ts';
import { eventOf } from './given-gateway.ts';

/** The process is not that of the functions alone. */
const nothingIsLeft = () => () => false;

const QUEUES = ['fresh', 'recovery', 'isolated', 'dead', 'events'] as const;
export type QueueName = (typeof QUEUES)[number];
/** Of an invocation: what a test has to wait for is over by then. */
const LEFT_MS = 60 * SECOND;
const TABLE = 'stage';

type Took = (event: SQSEvent) => Promise<SQSBatchResponse>;

export interface StageAnswer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

export class GivenStage {
  readonly parts: TaskParts;
  readonly #dynamo: DynamoEmulator;
  readonly #sqs: SqsEmulator;
  readonly #client: SQSClient;
  readonly #urls: Readonly<Record<QueueName, string>>;
  readonly #http: ReturnType<typeof createHttp>;
  readonly #work: Work;
  readonly #key: string;

  private constructor(made: Made) {
    const { dynamo, sqs, client, urls, parts, key } = made;
    [this.#dynamo, this.#sqs, this.#client, this.#urls, this.parts, this.#key] = [
      dynamo,
      sqs,
      client,
      urls,
      parts,
      key,
    ];
    this.#http = createHttp(parts);
    const exit = () => {
      throw new Error('The process would have ended.');
    };
    this.#work = createWork({ ...parts, queues: urls, exit, watchLeftovers: nothingIsLeft });
  }

  static async start(environment: Readonly<Record<string, string>> = {}): Promise<GivenStage> {
    const [dynamo, sqs] = await Promise.all([startDynamo(), startSqs()]);
    await newTable(dynamo, TABLE);
    const client = sqsClient(sqs.endpoint);
    const made = QUEUES.map(async (QueueName) => {
      const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName }));
      return [QueueName, QueueUrl!] as const;
    });
    const urls = Object.fromEntries(await Promise.all(made)) as Record<QueueName, string>;
    vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', dynamo.endpoint).stubEnv('AWS_ENDPOINT_URL_SQS', sqs.endpoint);
    vi.stubEnv('AWS_REGION', REGION).stubEnv('AWS_ACCESS_KEY_ID', CREDENTIALS.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', CREDENTIALS.secretAccessKey);
    const named = Object.fromEntries(Object.entries(urls).map(([name, url]) => [`QUEUE_${name.toUpperCase()}`, url]));
    const own = {
      STAGE: 'test',
      TABLE,
      LIVE_URL: 'wss://live.test',
      DEFAULT_TYPE: 'simulate',
      TIMING: 'short',
      LOG_LEVEL: 'error',
    };
    const settings = readAwsSettings([...TASK_RESOURCES, 'LIVE_URL'], { ...own, ...named, ...environment });
    const parts = await openTasks(settings);
    const { text: key } = await new KeyStore(parts.ports).create({
      ...{ tenant: 'acme', name: 'test', scopes: [...SCOPES], createdBy: 'test' },
    });
    return new GivenStage({ dynamo, sqs, client, urls, parts, key });
  }

  async stop(): Promise<void> {
    vi.unstubAllEnvs();
    await Promise.all([this.#dynamo.stop(), this.#sqs.stop()]);
  }

  async ask(line: string, body?: unknown): Promise<StageAnswer> {
    const [method = '', target = ''] = line.split(' ');
    const headers = { authorization: `Bearer ${this.#key}`, 'content-type': 'application/json' };
    const text = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await this.#http(eventOf({ method, target, headers, ...text }));
    return { status: answer.statusCode!, body: JSON.parse(answer.body!) as Record<string, unknown> };
  }

  /** One batch of a lane, if it holds one; its messages are deleted as Lambda would. Answers how many there were. */
  workOnce(lane: 'fresh' | 'recovery' | 'isolated'): Promise<number> {
    return this.deliver(lane, (event) => this.#work(event, { getRemainingTimeInMillis: () => LEFT_MS }));
  }

  async deliver(queue: QueueName, take: Took): Promise<number> {
    const QueueUrl = this.#urls[queue];
    const received = await this.#client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    const messages = received.Messages ?? [];
    if (messages.length === 0) return 0;
    const eventSourceARN = `arn:aws:sqs:${REGION}:000000000000:${queue}`;
    const records = messages.map(({ MessageId, Body }) => ({ messageId: MessageId, body: Body, eventSourceARN }));
    const { batchItemFailures } = await take({ Records: records } as SQSEvent);
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    for (const { MessageId, ReceiptHandle } of messages) {
      if (failed.has(MessageId!)) continue;
      await this.#client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
    return messages.length;
  }

  /** Every bell that was rung is lost. */
  async loseBells(): Promise<void> {
    await this.#client.send(new PurgeQueueCommand({ QueueUrl: this.#urls.fresh }));
  }

  /** One round. */
  async sweep(): Promise<void> {
    const sweep = createSweep({ ...this.parts, everyMs: LEFT_MS, care: () => Promise.resolve() });
    await sweep({}, { getRemainingTimeInMillis: () => LEFT_MS });
  }
}

interface Made {
  readonly dynamo: DynamoEmulator;
  readonly sqs: SqsEmulator;
  readonly client: SQSClient;
  readonly urls: Readonly<Record<QueueName, string>>;
  readonly parts: Parameters<typeof createHttp>[0] & TaskParts;
  readonly key: string;
}
