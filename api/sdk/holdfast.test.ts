import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { VirtualTime } from '../../service/testing/virtual-time.ts';
import { jsonResponse, problemOf, taskOf } from './fake-service.ts';
import { createHoldfast, createTaskReader, holdfastOver, isProblem, TaskFailed, Unreachable } from './index.ts';

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: unknown;
}

/** A client whose requests are answered one after the other by `answers`; the last one answers the rest. */
function given(...answers: (() => Response)[]) {
  const time = new VirtualTime();
  const timing = {
    nowMs: () => time.nowMs,
    after: (ms: number, run: () => void) => time.after(ms, run),
    random: () => 0.5,
  };
  const asked: Asked[] = [];
  const fetch = (url: string, { method = 'GET', headers, body }: RequestInit): Promise<Response> => {
    const { pathname, search } = new URL(url);
    const sent = typeof body === 'string' ? (JSON.parse(body) as unknown) : undefined;
    asked.push({ method, path: pathname + search, headers: new Headers(headers), body: sent });
    return new Promise((resolve) => resolve((answers.length > 1 ? answers.shift()! : answers[0]!)()));
  };
  const holdfast = createHoldfast({
    baseUrl: 'http://h.test/base/',
    fetch,
    timing,
    headers: { Authorization: 'Bearer k' },
  });
  /** Plays virtual time until it has settled. */
  const settled = async <T>(promise: Promise<T>): Promise<T> => {
    let isOver = false;
    const over = promise.finally(() => (isOver = true));
    over.catch(() => undefined);
    await time.play(() => isOver, time.nowMs + 600_000);
    return over;
  };
  return { holdfast, asked, settled, time };
}

const lost = (): Response => {
  throw new TypeError('fetch failed');
};
const detail = (fields: object) => () =>
  jsonResponse(200, { ...taskOf('a'), payload: {}, result: null, attempts: [], history: [], ...fields });
const refusal =
  (code: Parameters<typeof problemOf>[0], status: number, retryable = false) =>
  () =>
    jsonResponse(status, problemOf(code, status, retryable));

test('a read is repeated until it is answered, and says what it asked for', async () => {
  const { holdfast, asked, settled } = given(lost, refusal('ledger-unavailable', 503, true), detail({}));
  await expect(settled(holdfast.get('a', { waitSeconds: 5 }))).resolves.toMatchObject({ taskId: 'a' });
  expect(asked.map(({ path }) => path)).toEqual(Array.from({ length: 3 }, () => '/base/tasks/a?wait=5'));
  expect(asked[0]!.headers.get('authorization')).toBe('Bearer k');
});

test('a refusal is a problem with its code, and is not repeated', async () => {
  const { holdfast, asked, settled } = given(refusal('not-found', 404));
  const error: unknown = await settled(holdfast.get('a')).catch((thrown: unknown) => thrown);
  expect([isProblem(error), isProblem(error, 'not-found'), isProblem(error, 'conflict')]).toEqual([true, true, false]);
  expect(error).toMatchObject({ status: 404, requestId: 'request-1', detail: 'It is not-found.' });
  expect(asked.length).toBe(1);
});

test.each(['..', '.', ''])('the id %j leads to no other path', async (taskId) => {
  const { holdfast, asked, settled } = given(refusal('not-found', 404));
  await expect(settled(holdfast.get(taskId))).rejects.toMatchObject({ code: 'not-found' });
  expect(asked.map(({ path }) => path)).toEqual([`/base/tasks/~${taskId}`]);
});

test('cancel and discard are repeated after a lost answer, a redrive only with the version it is meant for', async () => {
  for (const move of ['cancel', 'discard'] as const) {
    const { holdfast, asked, settled } = given(lost, detail({}));
    await settled(holdfast[move]('a', { reason: 'why' }));
    expect(asked.map(({ body }) => body)).toEqual([{ reason: 'why' }, { reason: 'why' }]);
  }
  const bare = given(lost, detail({}));
  await expect(bare.settled(bare.holdfast.redrive('a'))).rejects.toThrow(Unreachable);
  const versioned = given(lost, detail({}));
  await versioned.settled(versioned.holdfast.redrive('a', { ifVersion: 7 }));
  expect(versioned.asked.map(({ headers }) => headers.get('if-match'))).toEqual(['"7"', '"7"']);
});

test('a cancel whose answer was lost finds the task cancelled, and only then takes the refusal for its answer', async () => {
  const final = refusal('task-final', 409);
  const fulfilled = given(lost, final, detail({ status: 'cancelled' }));
  await expect(fulfilled.settled(fulfilled.holdfast.cancel('a'))).resolves.toMatchObject({ status: 'cancelled' });
  const tooLate = given(lost, final, detail({ status: 'succeeded' }));
  await expect(tooLate.settled(tooLate.holdfast.cancel('a'))).rejects.toMatchObject({ code: 'task-final' });
  const refused = given(final, detail({ status: 'cancelled' }));
  await expect(refused.settled(refused.holdfast.cancel('a'))).rejects.toMatchObject({ code: 'task-final' });
});

test('a redrive whose task is being announced is asked for again', async () => {
  const { holdfast, settled, asked } = given(refusal('not-announced-yet', 409, true), detail({ status: 'queued' }));
  await expect(settled(holdfast.redrive('a', { payload: {} }))).resolves.toMatchObject({ status: 'queued' });
  expect(asked.map(({ body }) => body)).toEqual([{ payload: {} }, { payload: {} }]);
});

test('waiting for a task outlasts an outage', async () => {
  const { holdfast, settled } = given(
    detail({}),
    ...Array.from({ length: 20 }, () => lost),
    detail({ status: 'dead' }),
  );
  await expect(settled(holdfast.finished('a'))).resolves.toMatchObject({ status: 'dead' });
});

test('a result is what the handler returned, and a death is thrown with its task', async () => {
  const good = given(detail({ status: 'succeeded', result: 7 }));
  await expect(good.settled(good.holdfast.result('a'))).resolves.toBe(7);
  const bad = given(detail({ status: 'dead', lastFailure: { class: 'SYSTEM', message: 'boom' } }));
  const error: unknown = await bad.settled(bad.holdfast.result('a')).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(TaskFailed);
  expect(error).toMatchObject({ message: 'Task a is dead: SYSTEM boom', task: { taskId: 'a' } });
});

test('a list is read page by page, also over pages that are empty', async () => {
  const page = (items: string[], nextCursor: string | null) => () =>
    jsonResponse(200, { items: items.map((id) => taskOf(id)), nextCursor, searchedTo: null, indexed: false });
  const { holdfast, asked } = given(page(['a', 'b'], 'c1'), page([], 'c2'), page(['c'], null));
  const ids: string[] = [];
  for await (const { taskId } of holdfast.list({ status: 'dead' })) ids.push(taskId);
  expect(ids).toEqual(['a', 'b', 'c']);
  expect(asked.map(({ path }) => path.split('?')[1])).toEqual([
    'limit=100&status=dead',
    'limit=100&status=dead&cursor=c1',
    'limit=100&status=dead&cursor=c2',
  ]);
});

test('not being ready is an answer', async () => {
  const { holdfast } = given(() => jsonResponse(503, { status: 'unready', checks: [] }));
  await expect(holdfast.ready()).resolves.toEqual({ status: 'unready', checks: [] });
});

test('an abort ends the wait between two tries with its own reason', async () => {
  const { holdfast, time } = given(lost);
  const { signal, abort } = ((controller) => ({
    signal: controller.signal,
    abort: () => controller.abort(new Error('enough')),
  }))(new AbortController());
  const call = holdfast.get('a', { signal });
  time.after(1, abort);
  const outcome = expect(call).rejects.toThrow('enough');
  await time.play(() => false, time.nowMs + 10);
  await outcome;
});

test('faults are set in one request that may be repeated, and where they are not allowed that is the answer', async () => {
  const lab = () => jsonResponse(200, { faults: {}, endsAt: null, injected: {}, recovered: {} });
  const { holdfast, asked, settled } = given(lost, lab, lab, refusal('faults-not-allowed', 403));
  await expect(settled(holdfast.setFaults({ doorbell: { loseRate: 0.2 } }))).resolves.toMatchObject({ endsAt: null });
  await settled(holdfast.setFaults({}));
  await expect(settled(holdfast.faults())).rejects.toSatisfy((error) => isProblem(error, 'faults-not-allowed'));
  expect(asked.map(({ method, path, body }) => [method, path, body])).toEqual([
    ['PUT', '/base/faults', { doorbell: { loseRate: 0.2 } }],
    ['PUT', '/base/faults', { doorbell: { loseRate: 0.2 } }],
    ['PUT', '/base/faults', {}],
    ['GET', '/base/faults', undefined],
  ]);
});

test('the part that reads tasks becomes the whole, with what it was given', async () => {
  const asked: string[] = [];
  const fetch = (url: string, { headers }: RequestInit): Promise<Response> => {
    asked.push(`${new URL(url).pathname} ${new Headers(headers).get('Authorization')}`);
    return Promise.resolve(jsonResponse(200, { ...taskOf('a'), items: [], nextCursor: null, searchedTo: null }));
  };
  const reader = createTaskReader({ baseUrl: 'http://h.test/base/', fetch, token: 'k' });
  await reader.page();
  const whole = holdfastOver(reader);
  await whole.get('a');
  await whole.page();
  expect(asked).toEqual(['/base/tasks', '/base/tasks/a', '/base/tasks'].map((path) => `${path} Bearer k`));
});

let close: () => void = () => undefined;
afterEach(() => close());

async function serving(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  close = () => {
    server.closeAllConnections();
    server.close();
  };
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('over a real connection: an answer that breaks off, or never comes, is Unreachable', async () => {
  const cut = await serving((_, response) =>
    response.writeHead(200, { 'content-length': 100 }).write('{', () => response.destroy()),
  );
  const once = { retry: { attempts: 1 } };
  await expect(createHoldfast({ baseUrl: cut, ...once }).get('a')).rejects.toThrow(Unreachable);
  close();
  const silent = await serving(() => undefined);
  const never = createHoldfast({ baseUrl: silent, timeoutMs: 20, ...once }).get('a');
  await expect(never).rejects.toThrow(/no answer within 0.02 s/);
});

test('over a real connection: an abort ends the call at once', async () => {
  const url = await serving(() => undefined);
  const holdfast = createHoldfast({ baseUrl: url, retry: { attempts: 1 } });
  await expect(holdfast.get('a', { signal: AbortSignal.timeout(10) })).rejects.toMatchObject({ name: 'TimeoutError' });
});
