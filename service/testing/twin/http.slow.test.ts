import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../given-pool.ts';
import { GivenTwin } from './given-twin.ts';
import type { Twin } from './twin.ts';

const given = new GivenTwin();
let twin: Twin;
beforeAll(async () => {
  twin = await given.start({ environment: { GREETING: 'good day' }, integrationMs: 5_000 });
});
afterAll(() => given.stop());

const ask = (path: string, init: RequestInit = {}) => fetch(twin.url + path, init);
const json = async (path: string, init: RequestInit = {}) => await (await ask(path, init)).json();
const statusAndBody = async (path: string) => {
  const response = await ask(path);
  return [response.status, await response.text()];
};

test('a request reaches the function as an event of payload format 2.0', async () => {
  const headers = { 'X-Tag': 'one', cookie: 'a=1; b=2', 'content-type': 'application/json' };
  const event = await json('/event?x=1&x=2&y=%C3%BC', { method: 'POST', headers, body: '{"ü":1}' });
  expect(event).toMatchObject({
    version: '2.0',
    rawPath: '/event',
    rawQueryString: 'x=1&x=2&y=%C3%BC',
    queryStringParameters: { x: '1,2', y: 'ü' },
    cookies: ['a=1', 'b=2'],
    headers: { 'x-tag': 'one', 'content-length': '8', 'x-forwarded-for': '127.0.0.1' },
    requestContext: { stage: '$default', http: { method: 'POST', path: '/event', sourceIp: '127.0.0.1' } },
    body: '{"ü":1}',
    isBase64Encoded: false,
  });
  expect((event as { headers: object }).headers).not.toHaveProperty('connection');
  expect((event as { headers: object }).headers).not.toHaveProperty('cookie');
});

test('bytes pass in both directions, and so do headers and cookies', async () => {
  const body = Buffer.from([0, 255, 128, 10]);
  const response = await ask('/bytes', { method: 'POST', headers: { 'content-type': 'application/x-any' }, body });
  expect(response.status).toBe(201);
  expect(Buffer.from(await response.arrayBuffer())).toEqual(body);
  expect(response.headers.get('x-number')).toBe('7');
  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  expect(await statusAndBody('/none')).toEqual([204, '']);
});

test('a function has what its stage declares, and endpoints of the emulators', async () => {
  expect(await json('/environment')).toMatchObject({
    TABLE: 'things-dev',
    GREETING: 'good day',
    QUEUE: `${twin.endpoints.sqs}/000000000000/dev-Queue`,
    GATEWAY_URL: `${twin.url}/dev`,
    AWS_ENDPOINT_URL_DYNAMODB: twin.endpoints.dynamodb,
    AWS_LAMBDA_FUNCTION_NAME: 'http',
  });
});

test('a warm container is used again, and stands still in between', async () => {
  const first = (await json('/count')) as { count: number; ticks: number; pid: number };
  await given.send('Gathered', 'one'); // something else takes its time
  await until(() => given.noted().includes('gathered 1: one'));
  const second = (await json('/count')) as { count: number; ticks: number; pid: number };
  expect(second).toMatchObject({ count: first.count + 1, pid: first.pid });
  expect(second.ticks - first.ticks).toBeLessThan(10);
});

const FAULT = '{"message":"Internal Server Error"}';

test.each(['/throw', '/exit', '/abort', '/hang', '/large'])(
  '%s is answered with 500, and the next request works',
  async (path) => {
    expect(await statusAndBody(path)).toEqual([500, FAULT]);
    expect((await ask('/count')).status).toBe(200);
  },
);

test('how an invocation failed is remembered, and what the function printed', async () => {
  await ask('/throw');
  await ask('/hang');
  const outcomes = twin.invocations.filter(({ functionName }) => functionName === 'http').map(({ outcome }) => outcome);
  expect(outcomes).toContainEqual({ kind: 'failed', errorType: 'Error', errorMessage: 'on purpose' });
  expect(outcomes).toContainEqual({
    kind: 'failed',
    errorType: 'Sandbox.Timedout',
    errorMessage: 'Task timed out after 2.00 seconds',
  });
  expect(twin.logs).toContainEqual({ functionName: 'http', line: 'asked for /throw' });
});

test('a request of more than 10 MB, or that is no event of 6 MB, is refused by the gateway', async () => {
  const sizes = [6 * 1024 * 1024 - 10, 11 * 1024 * 1024];
  const statuses = sizes.map(async (size) => (await ask('/count', { method: 'POST', body: 'x'.repeat(size) })).status);
  expect(await Promise.all(statuses)).toEqual([413, 413]);
});

test('an answer that is later than the gateway waits is 503', async () => {
  const other = new GivenTwin();
  const { url } = await other.start({ integrationMs: 100 });
  const response = await fetch(`${url}/late`);
  expect([response.status, await response.text()]).toEqual([503, '{"message":"Service Unavailable"}']);
  await other.stop();
});
