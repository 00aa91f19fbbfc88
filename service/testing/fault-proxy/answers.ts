/** What a struck request is answered with, in the shapes that the SDK reads: errors, lies of a queue, and batches done in part. */
import { createHash, randomUUID } from 'node:crypto';
import type { Call, ErrorKind, Service } from './rules.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

const JSON_TYPE = { 'content-type': 'application/x-amz-json-1.0' };
export const ok = (body: unknown): Answer => ({ status: 200, headers: JSON_TYPE, text: JSON.stringify(body) });

interface AwsError {
  readonly status: number;
  readonly type: string;
  /** For clients of SQS that know its older protocol. */
  readonly query?: string;
}

/**
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html and
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
 */
const ERRORS: Readonly<Record<Service, Readonly<Record<ErrorKind, AwsError>>>> = {
  sqs: {
    throttling: { status: 400, type: 'com.amazonaws.sqs#RequestThrottled', query: 'RequestThrottled;Sender' },
    internal: { status: 500, type: 'com.amazonaws.sqs#InternalFailure', query: 'InternalFailure;Receiver' },
    unavailable: { status: 503, type: 'com.amazonaws.sqs#ServiceUnavailable', query: 'ServiceUnavailable;Receiver' },
  },
  dynamodb: {
    throttling: { status: 400, type: 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException' },
    internal: { status: 500, type: 'com.amazonaws.dynamodb.v20120810#InternalServerError' },
    unavailable: { status: 503, type: 'com.amazonaws.dynamodb.v20120810#ServiceUnavailable' },
  },
};

export function errorAnswer(service: Service, kind: ErrorKind): Answer {
  const { status, type, query } = ERRORS[service][kind];
  const headers = { ...JSON_TYPE, 'x-amzn-requestid': randomUUID(), ...(query && { 'x-amzn-query-error': query }) };
  return { status, headers, text: JSON.stringify({ __type: type, message: 'Injected.' }) };
}

/** The request without its victims, and how the answer to it becomes the answer to the whole. */
export interface Divided {
  readonly victims: number;
  /** The request of the victims alone. */
  readonly struck: Call['body'];
  /** Undefined when nobody is left. */
  readonly rest: Call['body'] | undefined;
  readonly answerOf: (answer: Answer | undefined) => Answer;
}

interface Entry {
  readonly Id: string;
  readonly MessageBody?: string;
}

type Pick = () => boolean;

const sentOf = ({ MessageBody = '' }: Partial<Entry>) => ({
  MessageId: randomUUID(),
  MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex'),
});

const isSend = ({ action }: Call): boolean => action === 'SendMessage' || action === 'SendMessageBatch';
const isDelete = ({ action }: Call): boolean => action === 'DeleteMessage' || action === 'DeleteMessageBatch';

/** Lost by the queue; undefined for a request of which nothing can be lost in silence. */
export function lost(call: Call, pick: Pick): Divided | undefined {
  if (call.service !== 'sqs' || !(isSend(call) || isDelete(call))) return undefined;
  const lieOf = (entry: Partial<Entry>) => (isSend(call) ? sentOf(entry) : {});
  if (call.body.Entries === undefined) {
    const isVictim = pick();
    return {
      victims: isVictim ? 1 : 0,
      struck: call.body,
      rest: isVictim ? undefined : call.body,
      answerOf: (answer) => answer ?? ok(lieOf(call.body)),
    };
  }
  return divided(call, pick, (victims) => ({ Successful: victims.map((each) => ({ Id: each.Id, ...lieOf(each) })) }));
}

/** Refused by the service; undefined for a request that is done as a whole or not at all. */
export function refused(call: Call, pick: Pick): Divided | undefined {
  if (call.service === 'dynamodb') return unprocessed(call, pick);
  if (call.body.Entries === undefined) return undefined;
  const failure = { SenderFault: false, Code: 'InternalError', Message: 'Injected.' };
  return divided(call, pick, (victims) => ({ Failed: victims.map(({ Id }) => ({ Id, ...failure })) }));
}

type Parts = Readonly<Record<'Successful' | 'Failed', readonly object[]>>;

function divided(call: Call, pick: Pick, partsOf: (victims: readonly Entry[]) => Partial<Parts>): Divided {
  const [rest, victims] = split(call.body.Entries as readonly Entry[], pick);
  const more = partsOf(victims);
  return {
    victims: victims.length,
    struck: { ...call.body, Entries: victims },
    rest: rest.length === 0 ? undefined : { ...call.body, Entries: rest },
    answerOf: (answer) => {
      if (answer !== undefined && answer.status !== 200) return answer;
      const own = JSON.parse(answer?.text ?? '{}') as Partial<Parts>;
      const both = (name: keyof Parts) => [...(own[name] ?? []), ...(more[name] ?? [])];
      return ok({ Successful: both('Successful'), Failed: both('Failed') });
    },
  };
}

function split<T>(entries: readonly T[], pick: Pick): [rest: T[], victims: T[]] {
  const [rest, victims]: [T[], T[]] = [[], []];
  for (const entry of entries) (pick() ? victims : rest).push(entry);
  return [rest, victims];
}

type Requests = Readonly<Record<string, readonly unknown[] | { readonly Keys: readonly unknown[] }>>;

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html: none at all is an error. */
function unprocessed(call: Call, pick: Pick): Divided | undefined {
  const field = { BatchGetItem: 'UnprocessedKeys', BatchWriteItem: 'UnprocessedItems' }[call.action];
  if (field === undefined) return undefined;
  const [rest, victims]: [Record<string, unknown>, Record<string, unknown>] = [{}, {}];
  let count = 0;
  for (const [table, asked] of Object.entries(call.body.RequestItems as Requests)) {
    const all = Array.isArray(asked) ? (asked as unknown[]) : (asked as { Keys: unknown[] }).Keys;
    const [kept, struck] = split(all, pick);
    const as = (some: unknown[]): unknown => (Array.isArray(asked) ? some : { ...(asked as object), Keys: some });
    if (kept.length > 0) rest[table] = as(kept);
    if (struck.length > 0) victims[table] = as(struck);
    count += struck.length;
  }
  return {
    victims: count,
    struck: { ...call.body, RequestItems: victims },
    rest: Object.keys(rest).length === 0 ? undefined : { ...call.body, RequestItems: rest },
    answerOf: (answer) => {
      if (answer === undefined) return errorAnswer('dynamodb', 'throttling');
      if (answer.status !== 200) return answer;
      return ok({ ...(JSON.parse(answer.text) as object), [field]: victims });
    },
  };
}
