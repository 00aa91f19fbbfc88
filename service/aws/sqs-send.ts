/**
 * Messages in, requests of SQS out: batches within its limits, and for each message whether the queue has it. A request
 * that fails costs exactly its own messages, and `failed` means that they may or may not have arrived. Never rejects.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
 */
import type { SendMessageBatchRequestEntry, SQSClient } from '@aws-sdk/client-sqs';
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html */
export const MOST_ENTRIES = 10;
/** Of all bodies of a request, and of one alone: the limit since 2025 is four times that, and costs no less. */
export const MOST_BYTES = 262_144;
export const MOST_DELAY_SECONDS = 900;
/**
 * Of a call with all its tries. Nobody who waits for an answer of ours is to wait for a queue that gives none: a bell that was not
 * rung, like a death that was not told, is the sweeper's.
 */
const GIVEN_UP_AFTER_MS = 4_000;
export const inTime = (withinMs = GIVEN_UP_AFTER_MS) => ({ abortSignal: AbortSignal.timeout(withinMs) });

export interface Message {
  /** Its messages wait behind each other, not behind those of others. */
  readonly tenant: string;
  /** Of `bodyOf`: a character is a byte. */
  readonly body: string;
  readonly delaySeconds?: number;
}

export interface Queue {
  readonly sqs: SQSClient;
  readonly url: string;
  /** Told once of each request that failed, or failed in part. */
  readonly onFault?: (error: unknown, messages: number) => void;
  readonly withinMs?: number | undefined;
}

/** Plain ASCII: SQS refuses U+FFFE and U+FFFF, and emulators more; and what it bills can be counted before it is sent. */
export const bodyOf = (value: unknown): string =>
  JSON.stringify(value).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

export type Sent = 'sent' | 'failed';

export async function send(queue: Queue, messages: readonly Message[]): Promise<Sent[]> {
  const answers = await Promise.all(batchesOf(messages).map((batch) => sendBatch(queue, batch)));
  return answers.flat();
}

/** In order, so that the answers are. A body too large for any request is a batch of its own, and fails alone. */
function batchesOf(messages: readonly Message[]): Message[][] {
  const batches: Message[][] = [];
  let bytes = Infinity;
  for (const message of messages) {
    bytes += message.body.length;
    if (bytes > MOST_BYTES || batches.at(-1)!.length === MOST_ENTRIES) {
      batches.push([]);
      bytes = message.body.length;
    }
    batches.at(-1)!.push(message);
  }
  return batches;
}

async function sendBatch(queue: Queue, batch: readonly Message[]): Promise<Sent[]> {
  const { sqs, url, onFault, withinMs } = queue;
  const failed = batch.map(() => 'failed' as const);
  if (batch[0]!.body.length > MOST_BYTES) {
    onFault?.(new RangeError('A message is larger than its queue takes.'), batch.length);
    return failed;
  }
  try {
    const command = new SendMessageBatchCommand({ QueueUrl: url, Entries: batch.map(entryOf) });
    const answer = await sqs.send(command, inTime(withinMs));
    const [refused] = answer.Failed ?? [];
    if (refused) onFault?.(Object.assign(new Error(), { name: refused.Code }), answer.Failed!.length);
    const sent = new Set(answer.Successful?.map(({ Id }) => Id));
    return batch.map((_, i) => (sent.has(String(i)) ? 'sent' : 'failed'));
  } catch (error) {
    onFault?.(error, batch.length);
    return failed;
  }
}

const entryOf = ({ tenant, body, delaySeconds = 0 }: Message, at: number): SendMessageBatchRequestEntry => ({
  Id: String(at),
  MessageBody: body,
  MessageGroupId: tenant,
  ...(delaySeconds > 0 && { DelaySeconds: Math.min(MOST_DELAY_SECONDS, delaySeconds) }),
});
