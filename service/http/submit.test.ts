import type { BatchResult, Problem, Task } from '@holdfast/api/types';
import { describe, expect, it } from 'vitest';
import { LedgerUnavailable } from '../core/ports.ts';
import { openDoor } from './door-under-test.ts';

const TASK = { taskId: 'task123', payload: { data: 'test data' } };
const DEEP_ENOUGH = { payload: { data: JSON.parse('['.repeat(30) + ']'.repeat(30)) as unknown } };

describe('submitTask', () => {
  it('answers 202 with the stored task, its place and its version [S1]', async () => {
    const { ask, store } = openDoor();
    const { status, headers, body } = await ask<Task>('POST /tasks', TASK);
    expect(status).toBe(202);
    expect(headers.get('location')).toBe('/tasks/task123');
    expect(headers.get('etag')).toBe('"1"');
    expect(body).toMatchObject({ taskId: 'task123', type: 'simulate', status: 'queued', attempt: 0, version: 1 });
    expect(store.items.get('local/task123')).toMatchObject({ tenant: 'local', payload: '{"data":"test data"}' });
  });

  it('answers a replay with 200 and the task as it is now, another request with 409 [S16]', async () => {
    const { ask, change } = openDoor();
    await ask('POST /tasks', TASK);
    change('task123', { status: 'running', fence: 1, attemptsTotal: 1, startedAtMs: 0 });
    const replay = await ask<Task>('POST /tasks', '{ "payload": {"data":"test data"}, "taskId":"task123" }');
    expect(replay).toMatchObject({ status: 200, body: { status: 'running', attempt: 1, version: 2 } });
    const other = await ask<Problem>('POST /tasks', { ...TASK, payload: { data: 'other' } });
    expect(other).toMatchObject({ status: 409, body: { code: 'conflict', retryable: false } });
  });

  it('takes the identity from Idempotency-Key when the body names none', async () => {
    const { ask } = openDoor();
    const submit = (key: string, body: unknown) =>
      ask<Task>('POST /tasks', body, { headers: { 'idempotency-key': key } });
    const first = await submit('order-1', { payload: {} });
    expect(await submit('order-1', { payload: {} })).toMatchObject({
      status: 200,
      body: { taskId: first.body.taskId },
    });
    expect(await submit('order-1', { payload: { data: 1 } })).toMatchObject({ status: 409 });
    expect(await submit('order-2', { payload: {} })).toMatchObject({ status: 202 });
  });

  it('refuses an Idempotency-Key beside a taskId, of which one would be ignored', async () => {
    const { ask } = openDoor();
    const refused = await ask('POST /tasks', TASK, { headers: { 'idempotency-key': 'order-1' } });
    expect(refused).toMatchObject({ status: 400, body: { code: 'invalid-idempotency-key' } });
  });

  it('answers a replay also when a new task would be refused by now [S16]', async () => {
    const { ask, house, time } = openDoor();
    const dated = { ...TASK, runAt: new Date(time.nowMs - 299_000).toISOString() };
    const headers = { 'idempotency-key': 'order-1' };
    const keyed = { payload: { data: 1 } };
    expect((await ask('POST /tasks', dated)).status).toBe(202);
    expect((await ask('POST /tasks', keyed, { headers })).status).toBe(202);
    await time.play(() => false, time.nowMs + 60_000);
    expect(await ask('POST /tasks', dated)).toMatchObject({ status: 200, body: { taskId: 'task123' } });
    expect((await ask('POST /tasks', { ...dated, taskId: 'other' })).status).toBe(422);
    const gone = openDoor({ ports: house.desk.ports, house: { catalogue: new Map() } });
    const again = await gone.ask('POST /tasks/batch', { tasks: [dated, { ...dated, payload: {} }, { payload: {} }] });
    expect(again.body).toMatchObject({ results: [{ status: 200 }, { status: 422 }, { status: 422 }] });
    expect((await gone.ask('POST /tasks', keyed, { headers })).status).toBe(200);
  });

  it('takes 32 levels, a byte order mark, parameters of the media type, and a body in chunks', async () => {
    const { ask } = openDoor();
    expect((await ask('POST /tasks', DEEP_ENOUGH)).status).toBe(202);
    expect((await ask('POST /tasks', '\uFEFF{"payload":{}}')).status).toBe(202);
    const headers = { 'content-type': 'Application/JSON; charset=utf-8' };
    expect((await ask('POST /tasks', '{"payload":{}}', { headers })).status).toBe(202);
    const chunked = ReadableStream.from(['{"payload":', '{}}'].map((text) => new TextEncoder().encode(text)));
    expect((await ask('POST /tasks', chunked)).status).toBe(202);
  });

  it('takes a payload of 256 KB to the byte', async () => {
    const submit = (bytes: number) => openDoor().ask('POST /tasks', { payload: { data: 'x'.repeat(bytes - 11) } });
    expect((await submit(262_144)).status).toBe(202);
    expect((await submit(262_145)).status).toBe(413);
  });

  it('schedules by runAt and delaySeconds, and takes what is a little past for now', async () => {
    const { ask } = openDoor();
    const later = await ask<Task>('POST /tasks', { payload: {}, runAt: '2026-01-01T02:00:00+01:00' });
    const until = '2026-01-01T01:00:00.000Z';
    expect(later.body).toMatchObject({ status: 'scheduled', runAt: until, notBefore: until });
    expect(later.body.waiting).toEqual({ reason: 'scheduled', until });
    const past = await ask<Task>('POST /tasks', { payload: {}, runAt: '2025-12-31T23:55:01Z' });
    expect(past.body).toMatchObject({ status: 'queued', waiting: null });
    expect((await ask<Task>('POST /tasks', { payload: {}, delaySeconds: 2_592_000 })).body.status).toBe('scheduled');
  });

  it('carries a traceparent that keeps the standard, and no other', async () => {
    const { ask, store } = openDoor();
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    await ask('POST /tasks', { taskId: 'traced', payload: {} }, { headers: { traceparent } });
    await ask('POST /tasks', { taskId: 'not', payload: {} }, { headers: { traceparent: `${traceparent}, x` } });
    expect(store.items.get('local/traced')?.traceparent).toBe(traceparent);
    expect(store.items.get('local/not')?.traceparent).toBeUndefined();
  });

  it('needs a type where there is no default, and refuses one whose handler cannot be loaded', async () => {
    const strict = openDoor({ house: { defaultType: undefined } });
    expect((await strict.ask<Problem>('POST /tasks', TASK)).body.code).toBe('unknown-task-type');
    const broken = openDoor({ house: { loaded: () => ({ error: 'It has no run.' }) } });
    const { status, headers, body } = await broken.ask<Problem>('POST /tasks', TASK);
    expect({ status, code: body.code, retry: headers.get('retry-after') }).toEqual({
      status: 503,
      code: 'type-unavailable',
      retry: '30',
    });
  });

  it('gives no receipt for what the ledger did not confirm', async () => {
    const failed = () => Promise.resolve([{ kind: 'failed', retryable: true } as const]);
    const { desk } = openDoor().house;
    const { ask } = openDoor({ ports: { ledger: { ...desk.ports.ledger, submit: failed } } });
    const { status, headers, body } = await ask<Problem>('POST /tasks', TASK);
    expect({ status, code: body.code, retryable: body.retryable }).toEqual({
      status: 503,
      code: 'ledger-unavailable',
      retryable: true,
    });
    expect(headers.get('retry-after')).toBe('2');
  });
});

describe('submitTasks', () => {
  const statuses = ({ results }: BatchResult) => results.map(({ status, problem }) => problem?.code ?? status);

  it('judges each task alone, in order, with the others untouched', async () => {
    const { ask, store } = openDoor();
    const tasks = [
      TASK,
      { taskId: 'bad id', payload: {} },
      TASK,
      { ...TASK, payload: {} },
      null,
      { payload: { failureRate: 7 } },
      { type: 'teleport', payload: {} },
      { payload: { data: 'x'.repeat(262_144) } },
      { taskId: 'last', payload: {} },
    ];
    const { status, body } = await ask<BatchResult>('POST /tasks/batch', { tasks });
    expect(status).toBe(200);
    const refusedAlone = ['validation', 'validation', 'unknown-task-type', 'payload-too-large'];
    expect(statuses(body)).toEqual([202, 'validation', 200, 'conflict', ...refusedAlone, 202]);
    expect(body.results.map(({ index }) => index)).toEqual(tasks.map((_, index) => index));
    expect(body.results[0]).toMatchObject({ location: '/tasks/task123', problem: null, task: { taskId: 'task123' } });
    expect(body.results[5]?.problem?.errors).toMatchObject([{ pointer: '/payload/failureRate' }]);
    expect([...store.items.keys()]).toEqual(['local/task123', 'local/last']);
  });

  it('judges alone also what JSON itself holds against a task', async () => {
    const { ask, store } = openDoor();
    const faulty = [
      '1e400',
      '{"payload":{},"payload":{}}',
      '{"payload":{"__proto__":1}}',
      '"\\ud800"',
      '['.repeat(40) + ']'.repeat(40),
    ];
    const { status, body } = await ask<BatchResult>(
      'POST /tasks/batch',
      `{"tasks":[${faulty.join()},${JSON.stringify(TASK)}]}`,
    );
    expect(status).toBe(200);
    const codes = ['number-out-of-range', 'duplicate-key', 'forbidden-key', 'invalid-unicode', 'json-too-deep'];
    expect(statuses(body)).toEqual([...codes, 202]);
    expect([...store.items.keys()]).toEqual(['local/task123']);
  });

  it('asks the ledger once, and not at all when nothing is left to ask', async () => {
    const { ledger } = openDoor().house.desk.ports;
    const asked: number[] = [];
    const submit: typeof ledger.submit = (tasks) => {
      asked.push(tasks.length);
      return Promise.resolve(
        tasks.map((task, i) => (i === 0 ? { kind: 'failed', retryable: true } : { kind: 'created', task })),
      );
    };
    const { ask } = openDoor({ ports: { ledger: { ...ledger, submit } } });
    const { body } = await ask<BatchResult>('POST /tasks/batch', { tasks: [TASK, {}, { payload: {} }] });
    expect(statuses(body)).toEqual(['ledger-unavailable', 'validation', 202]);
    await ask('POST /tasks/batch', { tasks: [{}] });
    expect(asked).toEqual([2]);
  });

  it('is refused as a whole when the ledger cannot be reached', async () => {
    const { ledger } = openDoor().house.desk.ports;
    const submit = () => Promise.reject(new LedgerUnavailable('gone'));
    const { ask } = openDoor({ ports: { ledger: { ...ledger, submit } } });
    expect(await ask('POST /tasks/batch', { tasks: [TASK] })).toMatchObject({ status: 503 });
  });
});
