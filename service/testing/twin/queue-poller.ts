/**
 * Lambda's event source mapping of one queue: messages are taken in batches, what was worked off is deleted, and what was not comes again
 * after its visibility. A failed invocation deletes nothing. https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Message, SQSClient } from '@aws-sdk/client-sqs';
import { DeleteMessageBatchCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { REGION } from '../emulators/dynamo.ts';
import type { Outcome } from './container.ts';
import type { QueueSource } from './stage.ts';

/** So many at once. */
const POLLERS = 4;
const RECEIVED_AT_ONCE = 10;
const WAIT_SECONDS = 5;
const LOOK_EVERY_MS = 50;
/** The queue does not answer. */
const ASK_AGAIN_MS = 200;

export interface PollerOptions {
  readonly source: QueueSource;
  readonly arn: string;
  readonly queueUrl: string;
  readonly sqs: SQSClient;
  /** From 0 to 1: a standard queue keeps no order. Undefined: as received. */
  readonly shuffle: (() => number) | undefined;
  invoke(event: unknown): Promise<Outcome>;
}

export class QueuePoller {
  readonly #options: PollerOptions;
  readonly #stopping = new AbortController();
  readonly #loops: Promise<void>[];

  constructor(options: PollerOptions) {
    this.#options = options;
    const count = Math.min(POLLERS, options.source.maximumConcurrency ?? POLLERS);
    this.#loops = Array.from({ length: count }, () => this.#loop());
  }

  /** Takes no more; resolves when what it took has been answered. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#loops);
  }

  get #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  async #loop(): Promise<void> {
    while (!this.#isStopping) {
      const batch = await this.#gather();
      if (batch.length === 0) continue;
      const outcome = await this.#options.invoke({ Records: batch.map((each) => this.#record(each)) });
      await this.#deleteDone(batch, outcome);
    }
  }

  /** Up to a batch, or whatever has come when the window is over. */
  async #gather(): Promise<Message[]> {
    const { batchSize, windowMs } = this.#options.source;
    const batch = await this.#receive(Math.min(RECEIVED_AT_ONCE, batchSize), WAIT_SECONDS);
    const untilMs = performance.now() + (batch.length === 0 ? 0 : windowMs);
    while (batch.length < batchSize && performance.now() < untilMs && !this.#isStopping) {
      const more = await this.#receive(Math.min(RECEIVED_AT_ONCE, batchSize - batch.length), 0);
      batch.push(...more);
      if (more.length === 0) await sleep(LOOK_EVERY_MS);
    }
    const { shuffle } = this.#options;
    return shuffle === undefined ? batch : shuffled(batch, shuffle);
  }

  async #receive(most: number, waitSeconds: number): Promise<Message[]> {
    const { sqs, queueUrl } = this.#options;
    const command = new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: most,
      WaitTimeSeconds: waitSeconds,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    try {
      return (await sqs.send(command, { abortSignal: this.#stopping.signal })).Messages ?? [];
    } catch {
      // The queue is down, or this poller stops: Lambda polls on, too.
      if (!this.#isStopping) await sleep(ASK_AGAIN_MS);
      return [];
    }
  }

  #record(message: Message): SQSRecord {
    return {
      messageId: message.MessageId!,
      receiptHandle: message.ReceiptHandle!,
      body: message.Body!,
      attributes: message.Attributes as unknown as SQSRecord['attributes'],
      messageAttributes: {},
      md5OfBody: message.MD5OfBody!,
      eventSource: 'aws:sqs',
      eventSourceARN: this.#options.arn,
      awsRegion: REGION,
    };
  }

  async #deleteDone(batch: readonly Message[], outcome: Outcome): Promise<void> {
    const { sqs, queueUrl, source } = this.#options;
    const done = doneOf(batch, outcome, source.reportsItemFailures);
    for (let i = 0; i < done.length; i += RECEIVED_AT_ONCE) {
      const Entries = done
        .slice(i, i + RECEIVED_AT_ONCE)
        .map(({ ReceiptHandle }, at) => ({ Id: String(at), ReceiptHandle }));
      // One that is not deleted comes again: at least once.
      await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries })).catch(() => undefined);
    }
  }
}

/** An answer that names no message of the batch is a failure of all: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting */
function doneOf(batch: readonly Message[], outcome: Outcome, reportsItemFailures: boolean): readonly Message[] {
  if (outcome.kind !== 'answered') return [];
  if (!reportsItemFailures) return batch;
  const { batchItemFailures } = (outcome.payload ?? {}) as { batchItemFailures?: { itemIdentifier?: string }[] | null };
  const failed = new Set((batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier));
  const ids = new Set(batch.map(({ MessageId }) => MessageId));
  if (![...failed].every((id) => ids.has(id))) return [];
  return batch.filter(({ MessageId }) => !failed.has(MessageId));
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const drawn = items.map((item) => ({ item, at: random() }));
  return drawn.sort((a, b) => a.at - b.at).map(({ item }) => item);
}
