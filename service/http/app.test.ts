import type { Problem } from '@holdfast/api/types';
import { describe, expect, it } from 'vitest';
import type { LogFields } from '../core/ports.ts';
import { openDoor } from './door-under-test.ts';

const HOST = 'localhost:4000';

describe('the door', () => {
  it.each(['localhost', 'localhost:80', '127.0.0.1:4000', '[::1]:4000', 'LocalHost:4000'])(
    'answers to %s',
    async (host) => {
      expect((await openDoor().ask('GET /health', undefined, { headers: { host } })).status).toBe(200);
    },
  );

  it.each(['example.com', 'localhost.example.com', '127.0.0.1.nip.io', '10.0.0.1:4000', 'localhost:4000x', ''])(
    'does not answer for the host "%s"',
    async (host) => {
      const { status, body } = await openDoor().ask<Problem>('GET /health', undefined, { headers: { host } });
      expect({ status, code: body.code }).toEqual({ status: 421, code: 'misdirected-host' });
    },
  );

  it.each([
    ['http://localhost:4000', 200],
    ['http://localhost:3000', 403],
    ['http://localhost', 403],
    ['https://example.com', 403],
    ['null', 403],
    ['', 403],
  ])('asked by a page of "%s" answers %i, and never grants a foreign one anything', async (origin, status) => {
    const answered = await openDoor().ask('GET /tasks', undefined, { headers: { origin, host: HOST } });
    expect(answered.status).toBe(status);
    expect([...answered.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('keeps a harmless request id and replaces any other', async () => {
    const { ask } = openDoor();
    const idFor = async (sent: string) =>
      (await ask('GET /health', undefined, { headers: { 'x-request-id': sent } })).headers.get('x-request-id');
    expect(await idFor('order_4711-a')).toBe('order_4711-a');
    const made = [await idFor('a b'), await idFor('x'.repeat(65)), await idFor('<script>')];
    expect(new Set(made).size).toBe(3);
    // Nor a number, which would count the requests of others.
    expect(new Set(made.map((id) => id!.slice(0, 6))).size).toBe(3);
  });

  it('says of an unknown error only its name and place, and that only to the log', async () => {
    const { ledger } = openDoor().house.desk.ports;
    const error = new RangeError('secret of /home/ann: {"card":4111}');
    const { ask, log } = openDoor({ ports: { ledger: { ...ledger, get: () => Promise.reject(error) } } });
    const { status, headers, body } = await ask<Problem>('GET /tasks/one');
    expect({ status, code: body.code, retryable: body.retryable }).toEqual({
      status: 500,
      code: 'internal',
      retryable: true,
    });
    expect(JSON.stringify({ body, log, headers: [...headers] })).not.toMatch(/secret|ann|card|4111/);
    const requestId = headers.get('x-request-id');
    expect(log).toMatchObject([
      { event: 'request-failed', fields: { requestId, operation: 'getTask', error: 'RangeError' } },
    ]);
  });

  it('logs no refusal: those are the client’s business', async () => {
    const { ask, log } = openDoor();
    await ask('POST /tasks', '{');
    await ask('GET /tasks/unknown');
    expect(log).toEqual([]);
  });

  it('at debug tells of each request its outcome and whose it is, and nothing it brought', async () => {
    const lines: unknown[] = [];
    const silent = () => undefined;
    const debug = (event: string, fields?: LogFields) => lines.push({ event, ...fields });
    const { ask } = openDoor({ ports: { log: { debug, info: silent, warn: silent, error: silent } } });
    const traceId = 'a'.repeat(32);
    const headers = { 'x-request-id': 'one', traceparent: `00-${traceId}-${'b'.repeat(16)}-01` };
    await ask('POST /tasks', { taskId: 'mine', payload: { data: 'canary' } }, { headers });
    await ask('GET /tasks/other?wait=0', undefined, { headers });
    await ask('GET /tasks/ca%20nary?canary=1', undefined, { headers });
    const common = { event: 'request', requestId: 'one', traceId, tenant: 'local', durationMs: 0 };
    expect(lines).toEqual([
      { ...common, operation: 'submitTask', taskId: 'mine', status: 202 },
      { ...common, operation: 'getTask', taskId: 'other', status: 404, code: 'not-found' },
      { ...common, operation: 'getTask', status: 404, code: 'not-found' },
    ]);
  });

  it('tells how long a request took to a hundredth of a millisecond', async () => {
    const durations: unknown[] = [];
    const silent = () => undefined;
    const debug = (_: string, fields?: LogFields) => durations.push(fields?.durationMs);
    const { clock } = openDoor().house.desk.ports;
    let nowMs = 0;
    const ticking = { ...clock, monotonicMs: () => (nowMs = nowMs === 0 ? 1_000.1 : 1_000.251271) };
    const { ask } = openDoor({ ports: { clock: ticking, log: { debug, info: silent, warn: silent, error: silent } } });
    await ask('GET /health');
    expect(durations).toEqual([0.15]);
  });

  it('takes no new work while it stops, and still says that it lives', async () => {
    const { ask, stop } = openDoor();
    stop();
    const { status, headers, body } = await ask<Problem>('POST /tasks', { payload: {} });
    expect({ status, code: body.code, retry: headers.get('retry-after') }).toEqual({
      status: 503,
      code: 'stopping',
      retry: '5',
    });
    expect((await ask('GET /health')).status).toBe(200);
    expect(await ask('GET /ready')).toMatchObject({ status: 503, body: { status: 'unready' } });
  });

  it.each(['GET /tasks', 'GET /tasks/unknown', 'GET /nothing', 'OPTIONS /tasks'])(
    'answers %s under headers that let a browser do nothing with it',
    async (line) => {
      const { headers } = await openDoor().ask(line);
      expect(Object.fromEntries(headers)).toMatchObject({
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
      });
      expect([...headers.keys()].filter((name) => /^(?:server|x-powered-by)$/.test(name))).toEqual([]);
    },
  );

  it('answers HEAD like GET, without the body', async () => {
    const { ask } = openDoor();
    const { status, body } = await ask('HEAD /health');
    expect({ status, body }).toEqual({ status: 200, body: '' });
  });
});

describe('readiness', () => {
  const NOW_MS = Date.UTC(2026, 0, 1);
  const facts = { lastWriteAtMs: NOW_MS, lastSweepAtMs: NOW_MS, workersReady: 2, workersProblem: undefined };

  it.each([
    [{}, 200, []],
    [{ lastWriteAtMs: NOW_MS - 60_000 }, 503, ['ledger']],
    [{ lastSweepAtMs: undefined }, 503, ['sweep']],
    [{ workersReady: 0, workersProblem: 'worker processes end at their start' }, 503, ['workers']],
  ])('with %j is %i', async (changed, status, failing) => {
    const { ask } = openDoor({ house: { facts: () => ({ ...facts, ...changed }) } });
    const answered = await ask<{ checks: { name: string; ok: boolean; detail: string | null }[] }>('GET /ready');
    expect(answered.status).toBe(status);
    const bad = answered.body.checks.filter(({ ok }) => !ok);
    expect(bad.map(({ name }) => name)).toEqual(failing);
    expect(bad.every(({ detail }) => detail !== null)).toBe(true);
  });
});
