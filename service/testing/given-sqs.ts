/**
 * For tests: an emulator with the queues of serverless.yml, and a client that refuses what AWS would. The emulator lives in
 * this process and tells time by Date: a test that sets the date needs not wait.
 */
import type { Message, SQSClient } from '@aws-sdk/client-sqs';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import type { Clock, Log } from '../core/ports.ts';
import type { SqsEmulator } from './emulators/sqs.ts';
import { sqsClient, startSqs } from './emulators/sqs.ts';
import type { SqsRequest } from './facts/sqs-limits.ts';
import { brokenLimit } from './facts/sqs-limits.ts';

export const QUEUES = ['fresh', 'recovery', 'isolated', 'dead', 'events'] as const;
export type QueueName = (typeof QUEUES)[number];
export type Urls = Readonly<Record<QueueName, string>>;

/** By the date, which a test may set. */
export const dateClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => Date.now(),
  timer: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

const nothing = (): void => undefined;
export const SILENT: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };

export interface SqsRequested {
  readonly action: string;
  readonly request: SqsRequest;
}

export class GivenSqs {
  readonly endpoint: string;
  readonly sqs: SQSClient;
  readonly urls: Urls;
  /** All that the client was asked for, in order. */
  readonly requested: SqsRequested[] = [];
  readonly #attributes: Record<string, string>;
  #emulator: SqsEmulator;

  private constructor(emulator: SqsEmulator, urls: Urls, attributes: Record<string, string>) {
    this.#emulator = emulator;
    this.#attributes = attributes;
    this.endpoint = emulator.endpoint;
    this.urls = urls;
    this.sqs = this.client(emulator.endpoint);
  }

  static async start(attributes: Record<string, string> = {}): Promise<GivenSqs> {
    const emulator = await startSqs();
    const urls = await createQueues(sqsClient(emulator.endpoint), attributes);
    return new GivenSqs(emulator, urls, attributes);
  }

  stop(): Promise<void> {
    return this.#emulator.stop();
  }

  /** On the same port, and with empty queues of the same names. */
  async restart(): Promise<void> {
    const { port } = this.#emulator;
    await this.#emulator.stop();
    this.#emulator = await startSqs(port);
    await createQueues(sqsClient(this.endpoint), this.#attributes);
  }

  /** To this emulator, or to what stands before it. */
  client(endpoint: string, settings: { readonly maxAttempts?: number } = {}): SQSClient {
    const client = sqsClient(endpoint, settings);
    client.middlewareStack.add(
      (next, context) => (args) => {
        const action = String(context.commandName).replace(/Command$/, '');
        const request = args.input as SqsRequest;
        this.requested.push({ action, request });
        const broken = brokenLimit(action, request);
        if (broken !== undefined) throw Object.assign(new Error(`AWS refuses this ${action}.`), { name: broken });
        return next(args);
      },
      { step: 'initialize' },
    );
    return client;
  }

  /** Up to ten, hidden from others until they are deleted or the visibility time-out is over. */
  async receive(name: QueueName): Promise<Message[]> {
    const answer = await this.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: this.urls[name], MaxNumberOfMessages: 10 }),
    );
    return answer.Messages ?? [];
  }

  /** Up to ten bodies, and their messages are gone. */
  async take(name: QueueName): Promise<string[]> {
    const messages = await this.receive(name);
    for (const { ReceiptHandle } of messages) {
      await this.sqs.send(new DeleteMessageCommand({ QueueUrl: this.urls[name], ReceiptHandle }));
    }
    return messages.map(({ Body = '' }) => Body);
  }

  /** How many were received and not deleted. */
  async hidden(name: QueueName): Promise<number> {
    const attribute = 'ApproximateNumberOfMessagesNotVisible';
    const asked = new GetQueueAttributesCommand({ QueueUrl: this.urls[name], AttributeNames: [attribute] });
    return Number((await this.sqs.send(asked)).Attributes?.[attribute]);
  }

  async takeAll(name: QueueName): Promise<string[]> {
    const bodies: string[] = [];
    for (let some = await this.take(name); some.length > 0; some = await this.take(name)) bodies.push(...some);
    return bodies;
  }
}

export async function createQueues(sqs: SQSClient, Attributes: Record<string, string> = {}): Promise<Urls> {
  const create = async (QueueName: string) => {
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
    return [QueueName, QueueUrl] as const;
  };
  return Object.fromEntries(await Promise.all(QUEUES.map(create))) as unknown as Urls;
}
