/**
 * What AWS refuses of a request that sends messages, written down a second time, apart from the adapters: emulators let much
 * of it pass. Body of a request in, the name of the first limit it breaks out.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
 */

export interface SqsEntry {
  readonly Id?: string;
  readonly MessageBody?: string;
  readonly DelaySeconds?: number;
  readonly MessageGroupId?: string;
}

export interface SqsRequest extends SqsEntry {
  readonly QueueUrl?: string;
  readonly Entries?: readonly SqsEntry[];
}

const MOST_BYTES = 1_048_576;
const ENTRY_ID = /^[\w-]{1,80}$/;
const GROUP_ID = /^[!-~]{1,128}$/;
/** XML 1.0, of which a lone surrogate is none. */
const ALLOWED = /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]+$/u;

const bytesOf = ({ MessageBody = '' }: SqsEntry): number => Buffer.byteLength(MessageBody);

function brokenByEntry(entry: SqsEntry): string | undefined {
  const { MessageBody = '', DelaySeconds = 0, MessageGroupId } = entry;
  if (MessageBody === '') return 'MissingParameter';
  if (!ALLOWED.test(MessageBody)) return 'InvalidMessageContents';
  if (bytesOf(entry) > MOST_BYTES) return 'InvalidParameterValue';
  if (!Number.isInteger(DelaySeconds) || DelaySeconds < 0 || DelaySeconds > 900) return 'InvalidParameterValue';
  return MessageGroupId !== undefined && !GROUP_ID.test(MessageGroupId) ? 'InvalidParameterValue' : undefined;
}

function brokenByBatch(entries: readonly SqsEntry[]): string | undefined {
  const ids = entries.map(({ Id = '' }) => Id);
  if (entries.length === 0) return 'EmptyBatchRequest';
  if (entries.length > 10) return 'TooManyEntriesInBatchRequest';
  if (!ids.every((id) => ENTRY_ID.test(id))) return 'InvalidBatchEntryId';
  if (new Set(ids).size < ids.length) return 'BatchEntryIdsNotDistinct';
  const bytes = entries.reduce((sum, entry) => sum + bytesOf(entry), 0);
  if (bytes > MOST_BYTES) return 'BatchRequestTooLong';
  return entries.map(brokenByEntry).find((each) => each !== undefined);
}

/** By the AWS name of the error; undefined for a request that AWS takes. */
export function brokenLimit(action: string, request: SqsRequest): string | undefined {
  if (action === 'SendMessage') return brokenByEntry(request);
  return action === 'SendMessageBatch' ? brokenByBatch(request.Entries ?? []) : undefined;
}
