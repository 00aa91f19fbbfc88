import type { OperationId } from '@holdfast/api/operation';
import type { NewApiKey, Problem, TaskDetail } from '@holdfast/api/types';
import { beforeEach, describe, expect, it, test } from 'vitest';
import { tenantPrefix } from '../core/entry-keys.ts';
import { LedgerUnavailable } from '../core/ports.ts';
import { SECOND } from '../core/rules.ts';
import type { LedgerTask } from '../core/task.ts';
import type { Answered } from '../http/door-under-test.ts';
import type { Entry } from '../testing/contract-examples.ts';
import { bodiesOf, entries, headersOf, pathFor, statusesOf, UNKNOWN_KEY } from '../testing/contract-examples.ts';
import type { Asked, GivenGateway } from '../testing/given-gateway.ts';
import { givenGateway } from '../testing/given-gateway.ts';
import { answerOf } from './http-event.ts';
import { noteSwept } from './swept.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

let given: GivenGateway;
let key = '';
beforeEach(async () => {
  given = givenGateway({ FAULTS_ALLOWED: '1' });
  key = await given.key();
});

/** As whoever has the key. */
const ask = <Body = Record<string, unknown>>(line: string, body?: unknown, more: Partial<Asked> = {}) => {
  const [method = '', target = ''] = line.split(' ');
  const text = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
  const headers = { authorization: `Bearer ${key}`, ...(body !== undefined && JSON_TYPE), ...more.headers };
  return given.ask<Body>({ method, target, ...text, ...more, headers });
};

const turns = async (most: number): Promise<void> => {
  for (let i = 0; i < most; i += 1) await Promise.resolve();
};

const codeOf = ({ status, body }: Answered): unknown[] => [status, (body as Partial<Problem>).code];

type State = 'scheduled' | 'running' | 'dead' | 'unknown';

const FAILURE = { class: 'SYSTEM', code: 'E1', message: 'no', atMs: 0 } as const;
const ENDED = {
  fence: 1,
  attempt: 1,
  startedAtMs: 0,
  endedAtMs: 1,
  outcome: 'failed',
  class: 'SYSTEM',
  code: 'E1',
} as const;
const FIELDS: Readonly<Record<State, Partial<LedgerTask>>> = {
  scheduled: {},
  running: { status: 'running', fence: 1, owner: 'o', startedAtMs: 0, leaseUntilMs: 9e12 },
  dead: {
    status: 'dead',
    fence: 1,
    announcement: 'sent',
    finishedAtMs: 1,
    purgeAtMs: 9e12,
    lastFailure: FAILURE,
    attempts: [ENDED],
  },
  unknown: {},
};

async function taskIn(state: State): Promise<string> {
  if (state === 'unknown') return 'unknown';
  await ask('POST /tasks', { taskId: 'one', payload: {}, delaySeconds: 3_600 });
  const stored = given.store.items.get('acme/one')!;
  given.store.items.set('acme/one', { ...stored, ...FIELDS[state], version: 2 });
  return 'one';
}

async function keyFor({ path }: Entry, status: number): Promise<string> {
  if (!path.includes('{keyId}') || status === 404) return UNKNOWN_KEY;
  const { body } = await ask<NewApiKey>('POST /keys', { name: 'one', scopes: ['tasks:read'] });
  if (status === 409) await ask(`POST /keys/${body.keyId}/revoke`);
  return body.keyId;
}

const STRANGER = { headers: { authorization: 'Bearer nope' } };

async function worn(): Promise<Partial<Asked>> {
  while ((await given.ask({ target: '/identity', ...STRANGER })).status !== 429);
  return STRANGER;
}

type Wrong = Partial<Asked> & { readonly state?: State; readonly query?: string };
const WRONG: Readonly<Record<number, (entry: Entry) => Wrong | Promise<Wrong>>> = {
  400: () => ({ query: '?colour=red' }),
  401: () => STRANGER,
  403: () => ({ headers: { origin: 'https://foreign.example' } }),
  404: () => ({ state: 'unknown' }),
  412: () => ({ headers: { 'if-match': '"999999"' } }),
  413: ({ body }) => ({ body: ' '.repeat(body!.maxBytes + 1) }),
  415: () => ({ headers: { 'content-type': 'text/plain' }, body: '{}' }),
  422: () => ({ body: '[]' }),
  429: worn,
};

const STATES: Partial<Record<OperationId, Readonly<Record<number, State>>>> = {
  getTask: { 200: 'dead' },
  getAttempt: { 200: 'dead' },
  cancelTask: { 200: 'scheduled', 202: 'running', 409: 'dead' },
  redriveTask: { 202: 'dead', 409: 'scheduled', 412: 'dead' },
  discardTask: { 200: 'dead', 409: 'scheduled', 412: 'dead' },
};

/** 421: API Gateway knows its hosts. 500 and 503: tests of their own, as is what takes several requests. */
const NOT_HERE = [421, 500, 503];
const APART: Partial<Record<OperationId, readonly number[]>> = { submitTask: [200, 202, 409], createKey: [409] };

const rows = entries.flatMap((entry) =>
  statusesOf(entry)
    .filter((status) => !NOT_HERE.includes(status) && !(APART[entry.operationId] ?? []).includes(status))
    .map((status) => ({ entry, id: entry.operationId, status })),
);

describe('behind API Gateway', () => {
  beforeEach(() => noteSwept(given.ports.keyValue, given.time.nowMs));

  test.each(rows)('$id answers $status to a request that deserves it', async ({ entry, status }) => {
    const wrong = await WRONG[status]?.(entry);
    const state = wrong?.state ?? STATES[entry.operationId]?.[status] ?? 'scheduled';
    const [example] = bodiesOf(entry);
    const path = pathFor(entry.path, await taskIn(state), await keyFor(entry, status)) + (wrong?.query ?? '');
    const answer = await ask(`${entry.method} ${path}`, wrong?.body ?? example, wrong);
    expect(answer.status, JSON.stringify(answer.body)).toBe(status);
    expect(headersOf(entry, status).filter((name) => !answer.headers.has(name))).toEqual([]);
  });

  test('a submit is 202, the same again 200, another under its id 409', async () => {
    const submit = (tags: string[]) => ask('POST /tasks', { taskId: 'one', payload: { data: 'ü\u2028' }, tags });
    const answers = [await submit([]), await submit([]), await submit(['a'])];
    expect(answers.map(({ status }) => status)).toEqual([202, 200, 409]);
    const { body } = await ask<TaskDetail>('GET /tasks/one');
    expect(body.payload).toEqual({ data: 'ü\u2028' });
  });

  test('what was held is sent before the answer leaves, also before a refusal', async () => {
    await ask('POST /tasks', { payload: {} });
    expect(given.flushes.sort()).toEqual(['publisher', 'statistics']);
    await ask('POST /tasks', '{');
    expect(given.flushes).toHaveLength(4);
  });

  test('when a key was used is written before the answer leaves, for nobody may ever ask this container again', async () => {
    const { keyValue } = given.ports;
    const swap = keyValue.swap.bind(keyValue);
    Object.assign(keyValue, { swap: async (...asked: Parameters<typeof swap>) => (await turns(50), swap(...asked)) });
    await ask('GET /tasks?limit=1');
    expect(given.store.listEntries(tenantPrefix('acme', 'api-key-use'), 10)).toHaveLength(1);
  });

  test('a body in base64 is the same body, and one that is no UTF-8 is refused', async () => {
    const bytes = (text: string | readonly number[]) => ({ body: Buffer.from(text as string) });
    expect((await ask('POST /tasks', '', bytes('{"payload":{"data":"ü"}}'))).status).toBe(202);
    expect(codeOf(await ask('POST /tasks', '', bytes([0x22, 0xff, 0x22])))).toEqual([400, 'invalid-encoding']);
  });

  test.each([
    ['1', '{"payload":{}}'],
    ['99999999', '{"payload":{}}'],
    ['x', '{"payload":{}}'],
  ])('a Content-Length of %s is not believed: the body came as a whole', async (length, body) => {
    const headers = { 'content-length': length, 'transfer-encoding': 'gzip' };
    expect((await ask('POST /tasks', body, { headers })).status).toBe(202);
  });

  test('a missing body is {} where it may be, and no JSON where it may not', async () => {
    await taskIn('dead');
    expect((await ask('POST /tasks/one/redrive')).status).toBe(202);
    expect(codeOf(await ask('POST /tasks', undefined, { headers: JSON_TYPE }))).toEqual([400, 'invalid-json']);
  });

  test.each([
    ['/tasks/one', 200],
    ['/tasks/%6Fne', 200],
    ['/tasks/one%3Fwait=9', 404],
    ['/tasks/one%23x', 404],
    ['/tasks/a%20b', 404],
    ['/tasks/%C3%BC', 404],
    ['/tasks/100%25', 404],
    ['/tasks/a%5Cb', 404],
    ['/tasks/..', 404],
    ['/tasks/%2e%2e/health', 404],
    ['//tasks/one', 404],
    ['/tasks/one/', 404],
    ['/%0d%0a', 404],
    ['/', 404],
  ])('the path %s, decoded by the gateway, is %i', async (target, status) => {
    await taskIn('scheduled');
    expect((await ask(`GET ${target}`)).status).toBe(status);
  });

  test.each([
    ['?limit=1', 200],
    ['?limit=1#x', 400],
    ['?tag=a%26limit=1', 400],
    ['?limit=1&limit=2', 400],
    ['?status=%00', 400],
    ['?%', 400],
  ])('the query %s means what it means on one machine', async (query, status) => {
    expect((await ask(`GET /tasks${query}`)).status).toBe(status);
  });

  test.each(['TRACE', 'CONNECT', 'PROPFIND', 'trace'])('the method %s is a problem as any other', async (method) => {
    expect(codeOf(await ask(`${method} /tasks`))).toEqual([405, 'method-not-allowed']);
  });

  test('HEAD is answered without a body', async () => {
    expect(await ask('HEAD /health')).toMatchObject({ status: 200, body: '' });
  });

  test('pages of a listed origin may ask, others may not', async () => {
    given = givenGateway({ CORS_ORIGINS: 'https://app.example' });
    const preflight = { origin: 'https://app.example', 'access-control-request-method': 'POST' };
    const { status, headers } = await given.ask({ method: 'OPTIONS', target: '/tasks', headers: preflight });
    expect([status, headers.get('access-control-allow-origin')]).toEqual([204, 'https://app.example']);
    expect((await ask('GET /tasks', undefined, { headers: { origin: 'https://other.example' } })).status).toBe(403);
  });

  test('failed sign-ins are counted by the address that the gateway saw, whatever the client says it is', async () => {
    const strange = { ...STRANGER.headers, 'x-forwarded-for': '203.0.113.9' };
    let last: Answered;
    do last = await given.ask({ target: '/identity', headers: strange, from: '192.0.2.7' });
    while (last.status === 401);
    expect(last.status).toBe(429);
    expect((await given.ask({ target: '/identity', headers: strange, from: '192.0.2.8' })).status).toBe(401);
  });

  test('nobody is its owner unasked, and a tenant has its rate', async () => {
    expect(codeOf(await given.ask({ target: '/tasks' }))).toEqual([401, 'unauthenticated']);
    expect((await ask('GET /tasks')).headers.get('ratelimit-policy')).toContain('"tenant"');
  });
});

describe('an answer on its way to the gateway', () => {
  it('says nothing about the connection, which is not ours, and keeps every cookie', async () => {
    const headers = new Headers({ connection: 'close', 'content-type': 'application/json', 'set-cookie': 'a=1' });
    headers.append('set-cookie', 'b=2');
    expect(await answerOf(new Response('{}', { status: 201, headers }))).toEqual({
      ...{ statusCode: 201, headers: { 'content-type': 'application/json' }, cookies: ['a=1', 'b=2'] },
      ...{ body: '{}', isBase64Encoded: false },
    });
  });

  it.each([
    ['application/problem+json', {}, false],
    ['text/html; charset=utf-8', {}, false],
    ['image/png', {}, true],
    ['text/html', { 'content-encoding': 'br' }, true],
  ])('is text when it is %s %j, and else in base64', async (type, more, isBase64Encoded) => {
    const bytes = Buffer.from([0x7b, 0xc3, 0xbc, 0x7d]);
    const answer = await answerOf(new Response(bytes, { headers: { 'content-type': type, ...more } }));
    expect(answer).toMatchObject({ isBase64Encoded, body: bytes.toString(isBase64Encoded ? 'base64' : 'utf8') });
  });
});

describe('in the twin, on its own machine,', () => {
  const TWIN = { IDENTITY: 'local', AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:8000' };
  beforeEach(() => void (given = givenGateway(TWIN)));
  const asked = (headers: Record<string, string>) => given.ask({ target: '/tasks', headers, from: '127.0.0.1' });

  it.each([
    [{ host: 'localhost:4000' }, 200],
    [{ host: 'rebound.example' }, 421],
    [{ host: 'localhost:4000', 'x-forwarded-for': '203.0.113.7' }, 401],
  ])('asked without a key under %j it answers %i', async (headers, status) => {
    expect((await asked(headers)).status).toBe(status);
  });
});

describe('readiness', () => {
  const checks = async () => {
    const { status, body } = await given.ask<{ checks: { name: string; ok: boolean }[] }>({ target: '/ready' });
    return [status, body.checks.filter(({ ok }) => !ok).map(({ name }) => name)];
  };

  it('is what the sweeper proved within a minute', async () => {
    expect(await checks()).toEqual([503, ['ledger', 'sweep']]);
    await noteSwept(given.ports.keyValue, given.time.nowMs);
    expect(await checks()).toEqual([200, []]);
    await noteSwept(given.ports.keyValue, given.time.nowMs - 61_000);
    expect(await checks()).toEqual([503, ['ledger', 'sweep']]);
  });

  it('is missing when the table cannot be asked, and that is no fault of the door', async () => {
    const { keyValue } = given.ports;
    const get = () => Promise.reject(new LedgerUnavailable('down'));
    given = givenGateway({}, { ports: { keyValue: { ...keyValue, get } } });
    expect(await checks()).toEqual([503, ['ledger', 'sweep']]);
  });
});

describe('when something fails behind the door', () => {
  it.each([
    [new LedgerUnavailable('secret'), 503, 'ledger-unavailable'],
    [new RangeError('secret'), 500, 'internal'],
  ])('%s is a problem that says nothing of it', async (error, status, code) => {
    const { ledger } = given.ports;
    given = givenGateway({}, { ports: { ledger: { ...ledger, get: () => Promise.reject(error) } } });
    key = await given.key();
    const answer = await ask('GET /tasks/one');
    expect(codeOf(answer)).toEqual([status, code]);
    expect(JSON.stringify([answer.body, given.log])).not.toContain('secret');
  });
});

describe('whatever gives no answer', () => {
  const never = () => new Promise<never>(() => undefined);
  const answered = async (line: string): Promise<unknown[]> => {
    let answer: unknown[] | undefined;
    void ask(line).then((came) => (answer = codeOf(came)));
    await given.time.play(() => answer !== undefined, given.time.nowMs + 29 * SECOND);
    return answer ?? ['none'];
  };

  it('is named before Lambda ends the function', async () => {
    Object.assign(given.ports.ledger, { get: never });
    expect(await answered('GET /tasks/one')).toEqual([503, 'ledger-unavailable']);
  });

  it('keeps no answer that stands', async () => {
    Object.assign(given.ports.statistics, { flush: never });
    expect(await answered('GET /tasks?limit=1')).toEqual([200, undefined]);
  });
});
