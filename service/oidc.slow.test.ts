// A real server that believes a real issuer: tokens open it, as far as their claims say, and nothing of them is in the log.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JWTPayload } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Issuer } from './testing/issuer.ts';
import { AUDIENCE, newKey, startIssuer } from './testing/issuer.ts';
import type { RealServer } from './testing/real-server.ts';
import { freePort, startServer } from './testing/real-server.ts';

let issuer: Issuer;
let server: RealServer;
let folder = '';
const TASK = { taskId: 'later', delaySeconds: 3_600, payload: {} };
/** Every token that was sent. */
const sent: string[] = [];

const start = async (name: string, env: Record<string, string> = {}): Promise<RealServer> =>
  startServer({
    dataDir: join(folder, name),
    port: await freePort(),
    env: {
      ...{ LOG_LEVEL: 'debug', OIDC_ISSUER: issuer.url, OIDC_AUDIENCE: AUDIENCE, OIDC_SCOPES_CLAIM: 'groups' },
      ...{ OIDC_SCOPES_MAP: 'operators=tasks:submit tasks:read tasks:operate;readers=tasks:read', ...env },
    },
  });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-oidc-'));
  issuer = await startIssuer();
  server = await start('one');
});
afterAll(async () => {
  await server.stop();
  await issuer.close();
  rmSync(folder, { recursive: true, force: true });
});

function claims(more: JWTPayload = {}): JWTPayload {
  const exp = Math.floor(Date.now() / 1_000) + 300;
  return { iss: issuer.url, aud: AUDIENCE, sub: 'ann', tenant: 'acme', groups: ['operators'], exp, ...more };
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

async function ask(line: string, token: string, body?: object): Promise<Answer> {
  const [method = '', path = ''] = line.split(' ');
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  sent.push(token);
  const response = await fetch(server.url + path, { method, headers, body: body ? JSON.stringify(body) : null });
  const { status } = response;
  return { status, headers: response.headers, body: (await response.json()) as Record<string, unknown> };
}

test('a token opens the server of its tenant, and the history names its user', async () => {
  const token = await issuer.sign(claims({ name: 'Ann' }));
  const { body: identity } = await ask('GET /identity', token);
  expect(identity).toMatchObject({ tenant: 'acme', subject: 'user:ann', kind: 'token', name: 'Ann' });
  expect(identity['scopes']).toEqual(['tasks:submit', 'tasks:read', 'tasks:operate']);
  expect((await ask('POST /tasks', token, TASK)).status).toBe(202);
  const { body: cancelled } = await ask('POST /tasks/later/cancel', token, { reason: 'sent twice' });
  expect(cancelled['history']).toMatchObject([{ subject: 'user:ann', move: 'cancel', reason: 'sent twice' }]);
  const elsewhere = await issuer.sign(claims({ sub: 'zoe', tenant: 'zeta' }));
  expect((await ask('GET /tasks/later', elsewhere)).status).toBe(404);
});

test('groups stand for scopes; a user without any is known, and may do nothing', async () => {
  const reader = await issuer.sign(claims({ sub: 'bob', groups: ['readers', 'admins'] }));
  expect((await ask('GET /tasks/later', reader)).status).toBe(200);
  expect((await ask('POST /tasks', reader, {})).status).toBe(403);
  const nobody = await issuer.sign(claims({ sub: 'eve', groups: 'none', scope: 'admin' }));
  expect((await ask('GET /identity', nobody)).body['scopes']).toEqual([]);
  expect((await ask('GET /tasks', nobody)).status).toBe(403);
});

test('a key that the issuer takes in place of another opens the server without a restart', async () => {
  await issuer.rotate('EdDSA');
  const token = await issuer.sign(claims());
  const status = async () => (await ask('GET /identity', token)).status;
  await expect.poll(status, { interval: 1_000, timeout: 20_000 }).toBe(200);
});

test('whoever fails too often waits, and nobody else at his address does', async () => {
  const good = await issuer.sign(claims());
  expect((await ask('GET /identity', good)).status).toBe(200);
  const { privateKey, alg } = await newKey();
  const bad = await issuer.sign(claims(), { alg }, privateKey);
  const statuses = new Set<number>();
  for (let i = 0; i < 30; i += 1) {
    const { status, headers } = await ask('GET /identity', bad);
    statuses.add(status);
    if (status === 401) expect(headers.get('www-authenticate')).toBe('Bearer realm="holdfast"');
    else expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  }
  expect([...statuses]).toEqual([401, 429]);
  expect((await ask('GET /identity', good)).status).toBe(200);
  expect((await ask('GET /identity', await issuer.sign(claims({ sub: 'new' })))).status).toBe(200);
});

test('of no token anything is in the log, nor in the ledger', () => {
  expect(sent.length).toBeGreaterThan(30);
  const files = readdirSync(join(folder, 'one')).map((name) => readFileSync(join(folder, 'one', name), 'latin1'));
  const parts = sent.flatMap((token) => token.split('.').slice(1));
  for (const text of [server.output(), ...files]) expect(parts.filter((part) => text.includes(part))).toEqual([]);
  expect(files.join()).toContain('user:ann');
  expect(server.output()).toContain('token-refused');
});

test('a server whose issuer is away starts, says so, and answers 503 until it is back', async () => {
  await server.stop();
  issuer.manner = 'failing';
  server = await start('two');
  const token = await issuer.sign(claims());
  const { status, headers, body } = await ask('GET /identity', token);
  expect([status, body['code']]).toEqual([503, 'identity-unavailable']);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  expect(server.output()).toContain('issuer-unusable');
  issuer.manner = 'well';
  const again = async () => (await ask('GET /identity', token)).status;
  await expect.poll(again, { interval: 1_000, timeout: 20_000 }).toBe(200);
});
