/**
 * Which calls each function of serverless.yml makes, by what it makes them on: commands of the SDK as they are named, without
 * `Command`. Roles are held against it, and so are the calls that are recorded while functions run.
 */

/** By the logical id of the resource in the stage. */
export type Calls = Readonly<Record<string, readonly string[]>>;

/** What Lambda itself does in the name of a function that reads a queue. */
const POLLED = ['DeleteMessage', 'GetQueueAttributes', 'ReceiveMessage'];
const INDEXES = { 'Table/index/attention': ['Query'], 'Table/index/timeline': ['Query'] };
const SENT = ['SendMessageBatch'];
const SENT_BY_ATTEMPTS = { DeadQueue: SENT, EventsQueue: SENT };
/** Moves, what stands beside an item, counters, which begin anew when they are over, and which faults are on. */
const ATTEMPTED = { Table: ['BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'UpdateItem'] };
/** Entries of the key-value, but for counters. */
const STORED = ['DeleteItem', 'GetItem', 'PutItem', 'Query'];

export const CALLS: Readonly<Record<string, Calls>> = {
  http: { Table: ['BatchGetItem', 'UpdateItem', ...STORED], ...INDEXES, FreshQueue: SENT, EventsQueue: SENT },
  work: {
    ...ATTEMPTED,
    ...SENT_BY_ATTEMPTS,
    FreshQueue: [...POLLED, ...SENT],
    RecoveryQueue: [...POLLED, ...SENT],
    IsolatedQueue: SENT,
  },
  isolated: {
    ...ATTEMPTED,
    ...SENT_BY_ATTEMPTS,
    FreshQueue: SENT,
    RecoveryQueue: SENT,
    IsolatedQueue: [...POLLED, ...SENT],
  },
  sweep: {
    Table: ['BatchGetItem', 'UpdateItem', ...STORED],
    'Table/index/attention': ['Query'],
    ...SENT_BY_ATTEMPTS,
    // Whatever it rings for a second time is in another lane: of this one it needs no depth.
    FreshQueue: SENT,
    RecoveryQueue: ['GetQueueAttributes', ...SENT],
    IsolatedQueue: ['GetQueueAttributes', ...SENT],
    Connections: ['DeleteConnection', 'PostToConnection'],
  },
  monitor: { DeadQueue: POLLED },
  incident: { IncidentQueue: POLLED },
  push: { Table: STORED, EventsQueue: POLLED, Connections: ['PostToConnection'] },
  connect: { Table: STORED },
  disconnect: { Table: ['DeleteItem', 'GetItem'] },
  message: { Table: ['BatchGetItem', ...STORED], Connections: ['DeleteConnection', 'PostToConnection'] },
};

const SERVICES: readonly (readonly [RegExp, string])[] = [
  [/Queue$/, 'sqs'],
  [/^Table/, 'dynamodb'],
];

/**
 * The permission a call needs; a batch needs that of the single call.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html, …/list_amazonapigatewaymanagementv2.html
 */
export function actionFor(resource: string, command: string): string {
  const service = SERVICES.find(([pattern]) => pattern.test(resource))?.[1];
  return service === undefined
    ? 'execute-api:ManageConnections'
    : `${service}:${command.replace(/MessageBatch$/, 'Message')}`;
}
