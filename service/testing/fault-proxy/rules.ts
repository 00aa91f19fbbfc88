/**
 * What may go wrong between an SDK and its service, as data: which requests a rule is for, which share of them it strikes,
 * and how. Rules are JSON, so that a test in another process can set them. Nothing here lies about a condition: a ledger
 * that answers wrongly is no ledger.
 */
export type Service = 'sqs' | 'dynamodb';
export type ErrorKind = 'throttling' | 'internal' | 'unavailable';

export type Fault =
  /** Not applied, and the connection is reset. */
  | { readonly kind: 'drop' }
  /** Applied, and the connection is reset. */
  | { readonly kind: 'drop-reply' }
  /** Applied later: a random time in between. Goes together with another fault. */
  | { readonly kind: 'delay'; readonly fromMs: number; readonly toMs: number }
  /** Applied, answered, and applied once more after a while. */
  | { readonly kind: 'duplicate'; readonly withinMs?: number }
  /** Not applied, and answered with success. Of a batch, the share of its entries. Only what a queue may do. */
  | { readonly kind: 'lose' }
  /** Of a batch, the share of its entries is not applied, and the answer says so. */
  | { readonly kind: 'refuse-entries' }
  /** Of an index that is queried: each write reaches it after a time of its own, this long at most. */
  | { readonly kind: 'stale'; readonly withinMs: number }
  /** Not applied, and answered with an error of the service. */
  | { readonly kind: 'error'; readonly error: ErrorKind };

export interface Rule {
  /** Counted under it. */
  readonly name: string;
  readonly fault: Fault;
  readonly service?: Service;
  readonly actions?: readonly string[];
  /** How the url of the queue, or the name of the table, ends. */
  readonly resource?: string;
  readonly index?: string;
  /** A text in the body of the request: of a key, say. */
  readonly holds?: string;
  /** From 0 to 1; all of them when absent: with `drop` the service is down. */
  readonly share?: number;
  /** Counted from the moment the rules were set. */
  readonly forMs?: number;
  /** It strikes no more often than that after the rules were set. */
  readonly most?: number;
}

/** A request as the rules see it. */
export interface Call {
  readonly service: Service;
  readonly action: string;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

const SERVICES: Readonly<Record<string, Service>> = { AmazonSQS: 'sqs', DynamoDB_20120810: 'dynamodb' };

/** Undefined for what no SDK sends. */
export function callOf(target: string | undefined, text: string): Call | undefined {
  const [name = '', action = ''] = target?.split('.') ?? [];
  const service = SERVICES[name];
  if (service === undefined || action === '') return undefined;
  try {
    return { service, action, text, body: JSON.parse(text) as Call['body'] };
  } catch {
    return undefined; // the service will say what it thinks of it
  }
}

const endsWith = (value: unknown, end: string): boolean => typeof value === 'string' && value.endsWith(end);

/** A request that names several tables is for each of them. */
function isFor({ body }: Call, resource: string): boolean {
  const names = [body.QueueUrl, body.TableName, ...Object.keys((body.RequestItems as object | undefined) ?? {})];
  return names.some((name) => endsWith(name, resource));
}

/** Whether a rule is for a request, by everything but chance and time. */
export function matches({ service, actions, resource, index, holds }: Rule, call: Call): boolean {
  return (
    (service === undefined || service === call.service) &&
    (actions === undefined || actions.includes(call.action)) &&
    (resource === undefined || isFor(call, resource)) &&
    (index === undefined || call.body.IndexName === index) &&
    (holds === undefined || call.text.includes(holds))
  );
}
