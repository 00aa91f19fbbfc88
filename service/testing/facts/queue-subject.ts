/**
 * A queue that a fact about SQS is tried on: by the SDK on an emulator, or the simulated one, of which only a part is
 * modelled. What is asked for and not modelled throws NotModelled.
 */
import type { BatchResultErrorEntry, Message, QueueAttributeName, SQSClient } from '@aws-sdk/client-sqs';
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import type { Message as SimulatedMessage } from '../simulated-queue.ts';
import { SimulatedQueue } from '../simulated-queue.ts';
import { VirtualTime } from '../virtual-time.ts';
import type { SqsEntry } from './sqs-limits.ts';

export class NotModelled extends Error {
  override readonly name = 'NotModelled';
}

export interface Receiving {
  readonly most?: number;
  readonly visibilitySeconds?: number;
  readonly waitSeconds?: number;
}

export type Attributes = Partial<Record<QueueAttributeName, string>>;

export interface QueueSubject {
  send(body: string, more?: { readonly delaySeconds?: number; readonly group?: string }): Promise<void>;
  sendBatch(entries: readonly SqsEntry[]): Promise<readonly BatchResultErrorEntry[]>;
  receive(how?: Receiving): Promise<Message[]>;
  delete(receipt: string | undefined): Promise<void>;
  hideFor(receipt: string | undefined, seconds: number): Promise<void>;
  attribute(name: QueueAttributeName): Promise<string | undefined>;
  purge(): Promise<void>;
  remove(): Promise<void>;
  /** A queue beside this one, or this one again when it has its name. */
  other(name: string, attributes?: Attributes): Promise<QueueSubject>;
  pass(ms: number): Promise<void>;
  readonly name: string;
}

/** How long a message is hidden by whoever receives it, in all subjects. */
export const VISIBILITY_SECONDS = 90;

export interface Site {
  readonly sqs: SQSClient;
  readonly pass: (ms: number) => Promise<void>;
}

export async function queueOf(site: Site, name: string, attributes: Attributes = {}): Promise<QueueSubject> {
  const { sqs } = site;
  const Attributes = { VisibilityTimeout: String(VISIBILITY_SECONDS), ...attributes };
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes }));
  return {
    name,
    pass: site.pass,
    other: (another, its) => queueOf(site, another, its),
    send: async (MessageBody, { delaySeconds, group } = {}) => {
      const more = { DelaySeconds: delaySeconds, MessageGroupId: group };
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more }));
    },
    sendBatch: async (entries) => {
      const Entries = entries.map((entry, i) => ({ Id: String(i), MessageBody: 'm', ...entry }));
      return (await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }))).Failed ?? [];
    },
    receive: async ({ most = 1, visibilitySeconds, waitSeconds } = {}) => {
      const how = { MaxNumberOfMessages: most, VisibilityTimeout: visibilitySeconds, WaitTimeSeconds: waitSeconds };
      const asked = { MessageSystemAttributeNames: ['All' as const] };
      return (await sqs.send(new ReceiveMessageCommand({ QueueUrl, ...how, ...asked }))).Messages ?? [];
    },
    delete: async (ReceiptHandle) => {
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    },
    hideFor: async (ReceiptHandle, VisibilityTimeout) => {
      await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }));
    },
    attribute: async (attribute) => {
      const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [attribute] });
      return (await sqs.send(asked)).Attributes?.[attribute];
    },
    purge: async () => {
      await sqs.send(new PurgeQueueCommand({ QueueUrl }));
    },
    remove: async () => {
      await sqs.send(new DeleteQueueCommand({ QueueUrl }));
    },
  };
}

/** It carries bells, and no other bodies. */
const TASK_ID = /^[\w-]{1,64}$/;
const unmodelled = (): Promise<never> => Promise.reject(new NotModelled());

export function simulatedQueue(name: string): QueueSubject {
  const time = new VirtualTime();
  const after = (ms: number, run: () => void) => void time.after(ms, run);
  const queue = new SimulatedQueue({ after, pick: () => 0, visibilityMs: VISIBILITY_SECONDS * 1_000 });
  const pass = (ms: number) => time.play(() => false, time.nowMs + ms);
  const taken = new Map<string, SimulatedMessage>();
  return {
    ...{ name, pass, sendBatch: unmodelled, hideFor: unmodelled, purge: unmodelled, remove: unmodelled },
    other: unmodelled,
    send: async (taskId, { delaySeconds = 0, group } = {}) => {
      if (group !== undefined || delaySeconds > 900 || !TASK_ID.test(taskId)) throw new NotModelled();
      queue.send({ tenant: 'alpha', taskId, type: 't', lane: 'fresh', notBeforeMs: 0 }, delaySeconds * 1_000);
      await pass(0);
    },
    receive: ({ most = 1, visibilitySeconds, waitSeconds } = {}) => {
      if (most !== 1 || (visibilitySeconds ?? waitSeconds) !== undefined) return unmodelled();
      const message = queue.take('fresh');
      if (message === undefined) return Promise.resolve([]);
      const ReceiptHandle = String(taken.size);
      taken.set(ReceiptHandle, message);
      return Promise.resolve([{ Body: message.bell.taskId, ReceiptHandle }]);
    },
    delete: (receipt = '') => {
      const message = taken.get(receipt);
      if (message) queue.acknowledge(message);
      return Promise.resolve();
    },
    attribute: (attribute) =>
      attribute === 'ApproximateNumberOfMessages'
        ? Promise.resolve(String(queue.depth('fresh', 'alpha')))
        : unmodelled(),
  };
}
