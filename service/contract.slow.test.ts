// Every status that the contract lists is provoked on a running server, and every example request is sent to it. What only a
// fault of the server can provoke is in http/faults.test.ts.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OperationId } from '@holdfast/api/operation';
import { responses } from '@holdfast/api/response-validators';
import type { NewApiKey, Problem, TaskDetail } from '@holdfast/api/types';
import type { Validator } from '@holdfast/api/validator';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Entry, Request } from './testing/contract-examples.ts';
import {
  bodiesOf,
  entries,
  headersOf,
  parametersOf,
  pathFor,
  statusesOf,
  UNKNOWN_KEY,
} from './testing/contract-examples.ts';
import { keyIn } from './testing/given-keys.ts';
import type { HttpAnswer } from './testing/http-request.ts';
import { ask } from './testing/http-request.ts';
import type { RealServer } from './testing/real-server.ts';
import { freePort, startServer } from './testing/real-server.ts';

let server: RealServer;
let dataDir = '';
/** With all scopes. */
let key = '';
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'holdfast-contract-'));
  key = keyIn(dataDir, 'acme');
  // What the proxy says is whose failures are counted: each request may have an address of its own.
  const env = { IDENTITY: 'required', TRUSTED_PROXIES: '127.0.0.1', FAULTS_ALLOWED: '1' };
  server = await startServer({ dataDir, port: await freePort(), env });
});
afterAll(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** What an example has broken is no row of another's. */
afterEach(() => asked('PUT', '/faults', {}));

const JSON_TYPE = { 'content-type': 'application/json' };

/** As whoever has the key, and waiting for nothing. */
const asked = (method: string, path: string, body?: unknown): Promise<HttpAnswer> => {
  const headers = { authorization: `Bearer ${key}`, ...(body !== undefined && JSON_TYPE) };
  return ask({ method, url: server.url + path, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
};

/** Sends it, and holds the answer against the contract. */
async function answerTo(entry: Entry, { path, headers = {}, body }: Request): Promise<HttpAnswer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const all = { authorization: `Bearer ${key}`, ...(text !== undefined && JSON_TYPE), ...headers };
  const answer = await ask({ method: entry.method, url: server.url + path, headers: all, ...(text && { body: text }) });
  const byStatus: Readonly<Record<string, Validator<unknown>>> = responses[entry.operationId];
  const validate = byStatus[String(answer.status)];
  if (!validate)
    throw new Error(`${entry.operationId} may not answer ${answer.status}: ${JSON.stringify(answer.body)}`);
  expect({ valid: validate(answer.body), errors: validate.errors ?? null, answer }).toMatchObject({ valid: true });
  const promised = ['x-request-id', ...headersOf(entry, answer.status)];
  expect(promised.filter((name) => answer.headers[name] === undefined)).toEqual([]);
  return answer;
}

/** What a task has to be for an answer. */
type State = 'scheduled' | 'running' | 'dead' | 'unknown';

const PAYLOADS: Readonly<Record<Exclude<State, 'unknown'>, object>> = {
  scheduled: { payload: {}, delaySeconds: 3_600 },
  running: { payload: { failureRate: 0, durationMs: 60_000 } },
  dead: { payload: { failureRate: 1, failureClass: 'VALIDATION' } },
};

let tasks = 0;

async function taskIn(state: State): Promise<string> {
  const taskId = `task-${(tasks += 1)}`;
  if (state === 'unknown') return taskId;
  await asked('POST', '/tasks', { taskId, ...PAYLOADS[state] });
  const path = `/tasks/${taskId}?wait=${state === 'dead' ? 20 : 0}`;
  let task: TaskDetail;
  do task = (await asked('GET', path)).body as TaskDetail;
  while (task.status !== state);
  return taskId;
}

/** What a key has to be for an answer: one that is to conflict has ended. */
async function keyFor({ path }: Entry, status: number): Promise<string> {
  if (!path.includes('{keyId}') || status === 404) return UNKNOWN_KEY;
  const { keyId } = (await asked('POST', '/keys', { name: 'one', scopes: ['tasks:read'] })).body as NewApiKey;
  if (status === 409) await asked('POST', `/keys/${keyId}/revoke`);
  return keyId;
}

/** Whom nobody knows, at an address where nobody has failed before. */
let strangers = 0;
const stranger = (): Record<string, string> => ({
  authorization: 'Bearer nope',
  'x-forwarded-for': `192.0.2.${(strangers += 1)}`,
});

/** Until the limiter has had enough of them. */
async function worn(headers: Record<string, string>): Promise<Record<string, string>> {
  while ((await ask({ method: 'GET', url: `${server.url}/identity`, headers })).status !== 429);
  return headers;
}

/** Wrong for every operation that lists the status. A known task that is scheduled stands behind each. */
type Wrong = Partial<Request> & { readonly state?: State };
const WRONG: Readonly<Record<number, (entry: Entry) => Wrong | Promise<Wrong>>> = {
  400: ({ path }) => ({ path: `${path}?colour=red` }),
  401: () => ({ headers: stranger() }),
  403: () => ({ headers: { origin: 'https://foreign.example' } }),
  404: () => ({ state: 'unknown' }),
  412: () => ({ headers: { 'if-match': '"999999"' } }),
  413: ({ body }) => ({ body: ' '.repeat(body!.maxBytes + 1) }),
  415: () => ({ headers: { 'content-type': 'text/plain' }, body: '{}' }),
  421: () => ({ headers: { host: 'foreign.example' } }),
  422: () => ({ body: [] }),
  429: async () => ({ headers: await worn(stranger()) }),
};

/** Answers that depend on the state of the task. */
const STATES: Partial<Record<OperationId, Readonly<Record<number, State>>>> = {
  getTask: { 200: 'dead' },
  getAttempt: { 200: 'dead' },
  cancelTask: { 200: 'scheduled', 202: 'running', 409: 'dead' },
  redriveTask: { 202: 'dead', 409: 'scheduled', 412: 'dead' },
  discardTask: { 200: 'dead', 409: 'scheduled', 412: 'dead' },
};

/** Statuses that only a fault of the server, or its stop, can provoke: http/faults.test.ts. */
const FAULTS = [500, 503];

/** Their own tests below: they are about several requests. */
const APART: Partial<Record<OperationId, readonly number[]>> = { submitTask: [200, 202, 409], createKey: [409] };

const isApart = ({ operationId }: Entry, status: number): boolean => APART[operationId]?.includes(status) ?? false;

const rows = entries.flatMap((entry) =>
  statusesOf(entry)
    .filter((status) => !FAULTS.includes(status) && !isApart(entry, status))
    .map((status) => ({ entry, id: entry.operationId, status })),
);

describe('on a running server', () => {
  test.each(rows)('$id answers $status to a request that deserves it', async ({ entry, status }) => {
    const wrong = await WRONG[status]?.(entry);
    const state = wrong?.state ?? STATES[entry.operationId]?.[status] ?? 'scheduled';
    for (const body of wrong?.body === undefined ? bodiesOf(entry) : [wrong.body]) {
      const path = pathFor(wrong?.path ?? entry.path, await taskIn(state), await keyFor(entry, status));
      expect((await answerTo(entry, { body, ...wrong, path })).status).toBe(status);
    }
  });

  test('submitTask answers 202, 200 to the same request again, and 409 to another under its id', async () => {
    const entry = entries.find(({ operationId }) => operationId === 'submitTask')!;
    for (const [n, example] of bodiesOf(entry).entries()) {
      const body = { ...(example as object), taskId: `example-${n}` };
      expect((await answerTo(entry, { path: entry.path, body })).status).toBe(202);
      expect((await answerTo(entry, { path: entry.path, body })).status).toBe(200);
      const other = await answerTo(entry, { path: entry.path, body: { ...body, tags: ['other'] } });
      expect({ status: other.status, code: (other.body as Problem).code }).toEqual({ status: 409, code: 'conflict' });
    }
  });

  test('createKey answers 409 when the tenant has as many keys as it may', async () => {
    const entry = entries.find(({ operationId }) => operationId === 'createKey')!;
    const [body] = bodiesOf(entry);
    const made: string[] = [];
    let answer: HttpAnswer;
    while ((answer = await answerTo(entry, { path: entry.path, body })).status === 201) {
      made.push((answer.body as NewApiKey).keyId);
    }
    expect([answer.status, (answer.body as Problem).code]).toEqual([409, 'too-many-keys']);
    for (const keyId of made) await asked('POST', `/keys/${keyId}/revoke`);
  });

  test('who is not known, and who lacks a scope, is told how to say who he is', async () => {
    const entry = entries.find(({ operationId }) => operationId === 'createTicket')!;
    const unknown = await answerTo(entry, { path: entry.path, headers: stranger() });
    expect(unknown.headers['www-authenticate']).toBe('Bearer realm="holdfast"');
    const made = (await asked('POST', '/keys', { name: 'one', scopes: ['tasks:submit'] })).body as NewApiKey;
    const headers = { authorization: `Bearer ${made.key}` };
    const lacking = await answerTo(entry, { path: entry.path, headers });
    expect({ status: lacking.status, how: lacking.headers['www-authenticate'] }).toEqual({
      status: 403,
      how: `Bearer realm="holdfast", error="insufficient_scope", scope="${entry.scope}"`,
    });
  });

  test.each(entries)('$operationId answers example parameters as the contract lists', async (entry) => {
    for (const { path, headers = {} } of parametersOf(entry)) {
      const taskId = await taskIn('dead');
      const [body] = bodiesOf(entry);
      const { status } = await answerTo(entry, { path: pathFor(path, taskId), headers, body });
      expect(status < 300 || (status === 412 && 'If-Match' in headers), `${path} ${status}`).toBe(true);
    }
  });
});
