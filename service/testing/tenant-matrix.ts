/**
 * For every operation of the contract: what a tenant may ask with what belongs to another one. A new operation without a
 * row does not compile, and a test says so, too. Whoever asks must learn nothing: each answer has to be that of a house
 * where the other tenant is not. [S14]
 */
import type { OperationId } from '@holdfast/api/operation';

/** Stands in everything that the other tenant sends. */
export const MARK = 'mark-of-b';

export interface Foreign {
  /** Of tasks that are dead, succeeded, running and scheduled. */
  readonly taskIds: readonly string[];
  /** One that the other tenant has only an Idempotency-Key for. */
  readonly idempotencyKey: string;
  readonly cursor: string;
  readonly keyId: string;
}

export interface Asked {
  readonly line: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

type Row = (foreign: Foreign) => readonly Asked[];

const VERSIONS = [{}, { 'if-match': '"3"' }, { 'if-match': '*' }];

const moves =
  (name: string, bodies: readonly unknown[]): Row =>
  ({ taskIds }) =>
    taskIds.flatMap((taskId) =>
      VERSIONS.flatMap((headers) => bodies.map((body) => ({ line: `POST /tasks/${taskId}/${name}`, body, headers }))),
    );

const once =
  (line: string, body?: unknown): Row =>
  () => [{ line, body }];

export const MATRIX: Readonly<Record<OperationId, Row>> = {
  submitTask: ({ taskIds, idempotencyKey }) => [
    ...taskIds.map((taskId) => ({ line: 'POST /tasks', body: { taskId, payload: { data: 1 } } })),
    { line: 'POST /tasks', body: { payload: {} }, headers: { 'idempotency-key': idempotencyKey } },
    { line: 'POST /tasks', body: { payload: { data: 1 } }, headers: { 'idempotency-key': idempotencyKey } },
  ],
  submitTasks: ({ taskIds }) => [
    { line: 'POST /tasks/batch', body: { tasks: taskIds.map((taskId) => ({ taskId, payload: {} })) } },
    { line: 'POST /tasks/batch', body: { tasks: taskIds.map((taskId) => ({ taskId, payload: { data: 1 } })) } },
    { line: 'POST /tasks/batch', body: { tasks: taskIds.map((taskId) => ({ taskId, type: 'unknown', payload: {} })) } },
  ],
  listTasks: ({ cursor }) =>
    ['', 'status=dead', 'status=running', `tag=${MARK}`, 'type=simulate', 'class=VALIDATION', 'limit=1'].flatMap(
      (filter) => [{ line: `GET /tasks?${filter}` }, { line: `GET /tasks?${filter}&cursor=${cursor}` }],
    ),
  getTask: ({ taskIds }) =>
    taskIds.flatMap((taskId) => [{ line: `GET /tasks/${taskId}` }, { line: `GET /tasks/${taskId}?wait=20` }]),
  getAttempt: ({ taskIds }) => taskIds.map((taskId) => ({ line: `GET /tasks/${taskId}/attempts/1` })),
  cancelTask: moves('cancel', [undefined, { reason: 'mine' }]),
  redriveTask: moves('redrive', [undefined, { payload: { data: 1 } }, { payload: { failureRate: 7 } }]),
  discardTask: moves('discard', [undefined, { reason: 'mine' }]),
  getHealth: once('GET /health'),
  getReadiness: once('GET /ready'),
  listTypes: once('GET /types'),
  getStats: () => ['15m', '1h', '6h', '24h', '7d', '14d'].map((window) => ({ line: `GET /stats?window=${window}` })),
  getFaults: once('GET /faults'),
  putFaults: once('PUT /faults', { doorbell: { loseRate: 0.5 } }),
  createTicket: once('POST /live-tickets'),
  getIdentity: once('GET /identity'),
  listKeys: once('GET /keys'),
  createKey: once('POST /keys', { name: 'mine', scopes: ['tasks:read'] }),
  rotateKey: ({ keyId }) => [{ line: `POST /keys/${keyId}/rotate` }, { line: `POST /keys/${keyId}/rotate`, body: {} }],
  revokeKey: ({ keyId }) => [{ line: `POST /keys/${keyId}/revoke` }],
};

/** Made at random, for nobody to guess: everywhere else two answers have to be the same. */
const SECRETS = ['ticket', 'protocols', 'nextCursor', 'key', 'keyId', 'prefix'];

/** What of an answer may depend on nothing but its own tenant. */
export function masked(answer: { status: number; headers: Headers; body: unknown }): unknown {
  const hide = (name: string, value: unknown): unknown => (SECRETS.includes(name) && value !== null ? 'secret' : value);
  const text = JSON.stringify(answer.body, hide).replaceAll(/made-\d+k/g, 'made');
  const headers = [...answer.headers].map(([name, value]) =>
    `${name}: ${value}`.replace(/cursor=[\w-]+/, 'cursor=secret').replaceAll(/made-\d+k/g, 'made'),
  );
  return { status: answer.status, headers: headers.sort(), text };
}
