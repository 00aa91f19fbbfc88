/**
 * Meters an SQS client as middleware, and can stand in for the service: queues in memory, by their urls, on the given clock.
 * "Every Amazon SQS action counts as a request", of up to 10 messages, and each 64 KB of payload as one of its own; a receive
 * that finds nothing is a request like any other: https://aws.amazon.com/sqs/pricing/
 */
import type {
  Message,
  ReceiveMessageCommandInput,
  ReceiveMessageCommandOutput,
  SendMessageBatchCommandInput,
  SendMessageCommandInput,
  ServiceInputTypes,
  ServiceOutputTypes,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Clock } from '../../core/ports.ts';
import type { UsageBook } from './usage.ts';

const CHUNK_BYTES = 64 * 1024;

interface Queued {
  readonly id: string;
  readonly body: string;
  readonly group: string | undefined;
  readonly visibleAtMs: number;
}

export interface SqsMeterOptions {
  readonly book: UsageBook;
  /** `model`: nothing is sent, the queues are kept here. */
  readonly answers: 'service' | 'model';
  readonly clock: Pick<Clock, 'nowMs'>;
  /** That of another client, for one that asks the same queues. */
  readonly model?: SqsModel;
  /** Whose client it is. */
  readonly caller?: string;
  /** An answer of the model waits for it. */
  readonly answered?: (() => Promise<void>) | undefined;
}

/** Messages that were taken are not kept: whoever takes them here gives none back. */
export class SqsModel {
  private readonly queues = new Map<string, Queued[]>();
  private readonly listeners = new Map<string, (visibleAtMs: number) => void>();
  private readonly options: SqsMeterOptions;
  private sent = 0;

  constructor(options: SqsMeterOptions) {
    this.options = options;
  }

  send(url: string, message: { body: string; group?: string | undefined; delaySeconds?: number | undefined }): string {
    const id = String((this.sent += 1));
    const visibleAtMs = this.options.clock.nowMs() + (message.delaySeconds ?? 0) * 1000;
    this.queue(url).push({ id, body: message.body, group: message.group, visibleAtMs });
    this.listeners.get(url)?.(visibleAtMs);
    return id;
  }

  /** Told of each message that comes, and of when it may be seen. */
  onMessage(url: string, listener: (visibleAtMs: number) => void): void {
    this.listeners.set(url, listener);
  }

  visible(url: string): Queued[] {
    const nowMs = this.options.clock.nowMs();
    return this.queue(url).filter((message) => message.visibleAtMs <= nowMs);
  }

  /**
   * What a poller of Lambda gets for one invocation: billed as it asks, up to 10 messages a request, each request for what it
   * brought, and later a delete for up to 10.
   */
  poll(url: string, most: number): Queued[] {
    const taken = this.visible(url).slice(0, most);
    const gone = new Set(taken);
    this.queues.set(
      url,
      this.queue(url).filter((message) => !gone.has(message)),
    );
    for (let from = 0; from < taken.length; from += 10) {
      const messages = taken.slice(from, from + 10);
      billSqs(this.options.book, messages);
      billSqs(this.options.book, messages.map(withoutBody));
    }
    return taken;
  }

  get isEmpty(): boolean {
    return [...this.queues.values()].every((queue) => queue.length === 0);
  }

  private queue(url: string): Queued[] {
    let queue = this.queues.get(url);
    if (!queue) this.queues.set(url, (queue = []));
    return queue;
  }
}

interface Carried {
  readonly body: string;
  readonly group: string | undefined;
}

const withoutBody = ({ group }: Carried): Carried => ({ body: '', group });

/**
 * A request with what it carries. Of a group (fair queues), it costs a surcharge: which requests of such a message do is not
 * said more precisely, so all do here, its receive and delete included.
 */
export function billSqs(book: UsageBook, messages: readonly Carried[]): void {
  const bytes = messages.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0);
  const requests = Math.max(1, Math.ceil(bytes / CHUNK_BYTES));
  book.add('sqsRequests', requests);
  if (messages.some(({ group }) => group !== undefined)) book.add('fairRequests', requests);
}

export function meterSqs(client: SQSClient, options: SqsMeterOptions): SqsModel {
  const { model = new SqsModel(options), caller = 'nobody' } = options;
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const { QueueUrl = '' } = args.input as { QueueUrl?: string };
        const resource = QueueUrl.slice(QueueUrl.lastIndexOf('/') + 1);
        options.book.call({ caller, resource, command: commandName.replace(/Command$/, '') });
        if (commandName !== 'ReceiveMessageCommand') billSqs(options.book, carriedBy(commandName, args.input));
        const answer = options.answers === 'service' ? await next(args) : await modelled(commandName, args.input);
        if (commandName === 'ReceiveMessageCommand') {
          const { Messages = [] } = answer.output as ReceiveMessageCommandOutput;
          billSqs(options.book, Messages.map(carried));
        }
        return answer;
      },
    { step: 'initialize', name: 'meter', override: true },
  );
  const modelled = async (name: string, input: ServiceInputTypes) => {
    const output = { $metadata: {}, ...answerOf(model, name, input) } as ServiceOutputTypes;
    await options.answered?.();
    return { response: {}, output };
  };
  return model;
}

const carried = ({ Body = '', Attributes }: Message): Carried => ({ body: Body, group: Attributes?.MessageGroupId });

function carriedBy(name: string, input: ServiceInputTypes): Carried[] {
  if (name === 'SendMessageCommand') return [sentAs(input as SendMessageCommandInput)];
  if (name === 'SendMessageBatchCommand') return (input as SendMessageBatchCommandInput).Entries?.map(sentAs) ?? [];
  return [];
}

const sentAs = ({ MessageBody = '', MessageGroupId }: Partial<SendMessageCommandInput>): Carried => ({
  body: MessageBody,
  group: MessageGroupId,
});

function answerOf(model: SqsModel, name: string, input: ServiceInputTypes): object {
  const { QueueUrl: url = '' } = input as { QueueUrl?: string };
  const send = (message: Partial<SendMessageCommandInput>): string =>
    model.send(url, { ...sentAs(message), delaySeconds: message.DelaySeconds });
  if (name === 'SendMessageCommand') return { MessageId: send(input as SendMessageCommandInput) };
  if (name === 'SendMessageBatchCommand') {
    const { Entries = [] } = input as SendMessageBatchCommandInput;
    return { Successful: Entries.map((entry) => ({ Id: entry.Id, MessageId: send(entry) })), Failed: [] };
  }
  if (name === 'GetQueueAttributesCommand')
    return { Attributes: { ApproximateNumberOfMessages: String(model.visible(url).length) } };
  if (name === 'ReceiveMessageCommand') {
    const { MaxNumberOfMessages = 1 } = input as ReceiveMessageCommandInput;
    return {
      Messages: model
        .visible(url)
        .slice(0, MaxNumberOfMessages)
        .map(({ id, body }) => ({ MessageId: id, Body: body })),
    };
  }
  throw new Error(`The stand-in for SQS does not know ${name}.`);
}
