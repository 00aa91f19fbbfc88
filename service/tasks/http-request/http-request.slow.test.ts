// Deliveries through a real server and its workers, to receivers on loopback that EGRESS_ALLOW names.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HttpRequestPayload, HttpRequestResult, TaskDetail } from '@holdfast/api/types';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { selfSigned } from '../../testing/certificate.ts';
import { keyIn } from '../../testing/given-keys.ts';
import type { RealServer } from '../../testing/real-server.ts';
import { freePort, startServer } from '../../testing/real-server.ts';
import type { Receiver } from '../../testing/receiver.ts';
import { startReceiver } from '../../testing/receiver.ts';

const HOOK = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const TOKEN = 'the-very-secret-4711';
const CERTIFICATE = selfSigned('localhost');
const WAITS = 3;

let folder = '';
let keyOfAcme = '';
let server: RealServer;
let receiver: Receiver;
let secure: Receiver;
let answer: RequestListener;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-http-request-'));
  writeFileSync(join(folder, 'authority.pem'), CERTIFICATE.cert);
  receiver = await startReceiver((request, response) => answer(request, response));
  secure = await startReceiver((_, response) => response.end('by TLS'), { certificate: CERTIFICATE });
  const env = {
    EGRESS_ALLOW: `${receiver.host},localhost:${secure.port}`,
    SECRET_HOOK: HOOK,
    SECRET_TOKEN: TOKEN,
    SECRET_ACME: 'a-secret-of-acme',
    SECRET_ACME_TENANTS: 'acme',
    NODE_EXTRA_CA_CERTS: join(folder, 'authority.pem'),
  };
  keyOfAcme = keyIn(join(folder, 'data'), 'acme');
  server = await startServer({ dataDir: join(folder, 'data'), port: await freePort(), env });
});
afterAll(async () => {
  await server.stop();
  await Promise.all([receiver.close(), secure.close()]);
  rmSync(folder, { recursive: true, force: true });
});

const json = async <T>(path: string, init?: RequestInit): Promise<T> =>
  (await (await fetch(server.url + path, init)).json()) as T;

async function submitted(payload: HttpRequestPayload, headers: Record<string, string> = {}): Promise<TaskDetail> {
  const body = JSON.stringify({ type: 'http-request', payload });
  return json('/tasks', { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
}

async function finished(payload: HttpRequestPayload, headers: Record<string, string> = {}): Promise<TaskDetail> {
  let task = await submitted(payload, headers);
  for (let waits = 0; waits < WAITS && !/^(succeeded|dead)$/.test(task.status); waits += 1) {
    task = await json(`/tasks/${task.taskId}?wait=20`, { headers });
  }
  return task;
}

it('tries again no sooner than Retry-After says, as the same signed message of the same trace, until it is taken', async () => {
  let asked = 0;
  answer = (_, response) => {
    asked += 1;
    response.writeHead(asked < 3 ? 503 : 200, { 'retry-after': '1' }).end('taken');
  };
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  const task = await finished({ url: receiver.url, body: { a: 'ü' }, sign: { secret: 'HOOK' } }, { traceparent });
  expect(task).toMatchObject({ status: 'succeeded', result: { status: 200, body: 'taken', bodyTruncated: false } });
  expect(task.attempts.map(({ code }) => code)).toEqual(['http-503', 'http-503', null]);
  for (const { delayMs } of task.attempts.slice(0, 2)) expect(delayMs).toBeGreaterThanOrEqual(1_000);
  const sent = receiver.received.slice(-3);
  for (const { body, headers } of sent) new Webhook(HOOK).verify(body, headers as Record<string, string>);
  const stable = sent.map(({ headers }) => [headers['idempotency-key'], headers['webhook-id']]);
  expect(new Set(stable.flat()).size).toBe(1);
  for (const { headers } of sent) expect(headers['traceparent']).toContain('0af7651916cd43dd8448eb211c80319c');
});

it('ends at once when it is refused for good', async () => {
  answer = (_, response) => response.writeHead(400).end('{"why":"no"}');
  const task = await finished({ url: receiver.url });
  expect(task).toMatchObject({ status: 'dead', attempt: 1, lastFailure: { class: 'VALIDATION', code: 'http-400' } });
  const attempt = await json<{ log: { text: string }[] }>(`/tasks/${task.taskId}/attempts/1`);
  expect(attempt.log.map(({ text }) => text)).toEqual(['The answer begins: {"why":"no"}']);
});

it('fails an attempt as TIMEOUT when nobody answers, and tries again', async () => {
  answer = () => undefined;
  const { taskId } = await submitted({ url: receiver.url, timeoutSeconds: 1 });
  const hasFailed = async () => (await json<TaskDetail>(`/tasks/${taskId}`)).lastFailure !== null;
  await expect.poll(hasFailed, { timeout: 30_000 }).toBe(true);
  answer = (_, response) => response.end();
  const task = await json<TaskDetail>(`/tasks/${taskId}?wait=20`);
  expect(task).toMatchObject({ status: 'succeeded', attempts: [{ class: 'TIMEOUT', code: 'time-out' }, {}] });
});

it.each([
  'http://169.254.169.254/latest/meta-data/',
  'http://[::ffff:127.0.0.1]/',
  'http://2130706433/',
  'http://localhost/',
])('refuses %s for good', async (url) => {
  expect(await finished({ url })).toMatchObject({
    status: 'dead',
    attempt: 1,
    lastFailure: { class: 'VALIDATION', code: 'egress-refused' },
  });
});

it('keeps a secret out of everything that is stored, told and printed, though the receiver repeats it', async () => {
  const headers = { authorization: { prefix: 'Bearer ', secret: 'TOKEN' } };
  for (const status of [200, 400]) {
    answer = (request, response) => {
      const { authorization = '' } = request.headers;
      response.writeHead(status, { 'x-echo': authorization }).end(`You sent ${authorization}, did you?`);
    };
    const task = await finished({ url: receiver.url, headers });
    expect(receiver.received.at(-1)!.headers.authorization).toBe(`Bearer ${TOKEN}`);
    expect(JSON.stringify(task)).not.toContain(TOKEN);
  }
  expect(await finished({ url: receiver.url, sign: { secret: 'NOBODY' } })).toMatchObject({
    lastFailure: { class: 'VALIDATION', code: 'unknown-secret' },
  });
  expect(server.output()).toContain('SECRET_…=ACME,HOOK,TOKEN');
  const files = readdirSync(join(folder, 'data')).map((name) => readFileSync(join(folder, 'data', name), 'latin1'));
  expect([server.output(), ...files].filter((text) => text.includes(TOKEN))).toEqual([]);
});

it('keeps the secret of a tenant from the tasks of all others, as if it were nowhere', async () => {
  answer = (_, response) => response.end();
  const headers = { authorization: `Bearer ${keyOfAcme}` };
  const named = (secret: string) => ({ url: receiver.url, headers: { 'x-key': { secret } } });
  expect(await finished(named('ACME'), headers)).toMatchObject({ status: 'succeeded' });
  expect(receiver.received.at(-1)!.headers['x-key']).toBe('a-secret-of-acme');
  const sent = receiver.received.length;
  const failureOf = async (...task: Parameters<typeof finished>) => (await finished(...task)).lastFailure!;
  const foreign = [await failureOf(named('ACME')), await failureOf(named('TOKEN'), headers)];
  const nowhere = await failureOf(named('NOWHERE'));
  for (const { class: failureClass, code, message } of foreign) {
    expect([failureClass, code]).toEqual([nowhere.class, nowhere.code]);
    expect(message.replace(/ACME|TOKEN/, 'NOWHERE')).toBe(nowhere.message);
  }
  expect(receiver.received).toHaveLength(sent);
});

it('speaks TLS to whom the certificate names', async () => {
  const task = await finished({ url: `https://localhost:${secure.port}/` });
  expect((task.result as HttpRequestResult).body).toBe('by TLS');
});
