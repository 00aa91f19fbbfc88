// Who is not let in by a real server that asks everybody who he is, or not this far. The rows are in testing/bad-input.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiKeyList, NewApiKey, TaskPage } from '@holdfast/api/types';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { SCOPES } from './http/principal.ts';
import { ask, JSON_TYPE, move, post } from './testing/bad-input/bytes.ts';
import type { Given } from './testing/bad-input/strangers.ts';
import { authorization, bearer, CREDENTIALS, FOREIGN, HEADERS, UNSCOPED } from './testing/bad-input/strangers.ts';
import type { Tried } from './testing/bad-input/tried.ts';
import { errorLines, stored, tried } from './testing/bad-input/tried.ts';
import type { Answered } from './testing/fuzz/wire.ts';
import { givenIdentities, ownAddress } from './testing/identities.ts';
import type { RealServer } from './testing/real-server.ts';
import { freePort, startServer } from './testing/real-server.ts';

const WAITS = { payload: {}, delaySeconds: 3_600 };

let server: RealServer;
let dataDir = '';
let given: Given;

const get = (target: string, token: string): Promise<Tried> => tried(server, ask(`GET ${target}`, bearer(token)));
const send = (to: string, body: unknown, token: string): Promise<Tried> =>
  tried(server, post(body, { to, headers: JSON_TYPE + bearer(token) }));
const jsonOf = ({ exchange }: Tried): unknown => (exchange as Answered).json;
const newKeyOf = async (token: string, more: object = {}): Promise<NewApiKey> =>
  jsonOf(await send('/keys', { name: 'of a test', scopes: [...SCOPES], ...more }, token)) as NewApiKey;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'holdfast-bad-identity-'));
  const identities = await givenIdentities();
  server = await startServer({ dataDir, port: await freePort(), env: { ...identities.env, LOG_LEVEL: 'debug' } });
  const [alpha, beta] = [await identities.token('alpha', SCOPES), await identities.token('beta', SCOPES)];
  await send('/tasks', { ...WAITS, taskId: 'waiting' }, alpha);
  for (const taskId of ['of-beta', 'of-beta-too']) await send('/tasks', { ...WAITS, taskId }, beta);
  const { nextCursor } = jsonOf(await get('/tasks?limit=1', beta)) as TaskPage;
  const [key, revoked, foreign] = [await newKeyOf(alpha), await newKeyOf(alpha), await newKeyOf(beta)];
  const expired = await newKeyOf(alpha, { expiresAt: new Date(Date.now() + 1_000).toISOString() });
  await tried(server, move(`/keys/${revoked.keyId}/revoke`, bearer(alpha)));
  const after = jsonOf(await send(`/keys/${key.keyId}/rotate`, { graceSeconds: 0 }, alpha)) as NewApiKey;
  const ofBeta = { taskId: 'of-beta', keyId: foreign.keyId, cursor: nextCursor! };
  given = { identities, alpha, key: after, revoked, rotated: key.key, expired, ofBeta };
  await vi.waitUntil(async () => (await stateOf(expired, alpha)) === 'expired', { timeout: 10_000, interval: 100 });
});
afterAll(async () => {
  await server.killAll();
  await given.identities.issuer.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function stateOf({ keyId }: NewApiKey, token: string): Promise<string | undefined> {
  const { items } = jsonOf(await get('/keys', token)) as ApiKeyList;
  return items.find((each) => each.keyId === keyId)?.state;
}

/** Without its time. */
function toldBy({ exchange }: Tried): unknown {
  const { status, headers, text } = exchange as Answered;
  return { status, headers: { ...headers, date: '' }, text };
}

async function expectRefused(bytes: Buffer, outcome: string): Promise<Tried> {
  const before = stored(dataDir);
  const answer = await tried(server, bytes);
  expect({ outcome: answer.outcome, broken: answer.broken }, JSON.stringify(answer)).toEqual({
    outcome,
    broken: undefined,
  });
  expect(stored(dataDir) === before, 'the store is as it was').toBe(true);
  expect(errorLines(server)).toEqual([]);
  return answer;
}

describe('nobody is let in', () => {
  const asks = (headers: string): Buffer => ask('GET /tasks', headers);
  let first: unknown;

  async function expectNobody(bytes: Buffer, secret: string): Promise<void> {
    const answer = await expectRefused(bytes, '401 unauthenticated');
    expect((answer.exchange as Answered).headers['www-authenticate']).toBe('Bearer realm="holdfast"');
    // Nothing tells a guesser how near he was.
    expect(toldBy(answer)).toEqual((first ??= toldBy(answer)));
    if (secret.length > 10) expect(server.output()).not.toContain(secret);
  }

  it('without Authorization', () => expectNobody(asks('X-Request-Id: same\r\n'), ''));

  it.each(Object.entries(HEADERS))('with %s', async (_, make) => {
    const value = await make(given);
    await expectNobody(asks(authorization(value)), value);
  });

  it.each(Object.entries(CREDENTIALS))('with %s', async (_, make) => {
    const token = await make(given);
    await expectNobody(asks(bearer(token)), token);
  });

  it('but for the good ones, by which the bad ones were made', async () => {
    for (const token of [given.alpha, given.key.key]) expect((await get('/identity', token)).outcome).toBe('200');
    const lower = `authorization: bearer ${given.key.key}\r\n`;
    expect((await tried(server, ask('GET /identity', lower))).outcome).toBe('200');
  });
});

describe('without the scope', () => {
  it.each(Object.entries(UNSCOPED))('%s gets 403', async (_, make) => {
    const { exchange } = await expectRefused(await make(given), '403 insufficient-scope');
    expect((exchange as Answered).headers['www-authenticate']).toMatch(
      /^Bearer realm="holdfast", error="insufficient_scope", scope="[a-z:]+"$/,
    );
  });
});

describe('another tenant', () => {
  it.each(Object.entries(FOREIGN))('does not learn of %s: the answer is what nobody’s gets', async (name, pair) => {
    const outcome = name === 'a cursor' ? '400 invalid-cursor' : '404 not-found';
    const [theirs, nobodys] = [
      await expectRefused(await pair[0](given), outcome),
      await expectRefused(await pair[1](given), outcome),
    ];
    expect(toldBy(theirs)).toEqual(toldBy(nobodys));
  });

  it('may have a task of the same id', async () => {
    expect((await send('/tasks', { ...WAITS, taskId: given.ofBeta.taskId }, given.alpha)).outcome).toBe('202');
  });
});

describe('a burst over the rate of a tenant', () => {
  it('gets 429 and when to come again; the other tenant feels nothing', async () => {
    const slowDir = mkdtempSync(join(tmpdir(), 'holdfast-burst-'));
    const rate = { RATE_LIMIT_PER_SECOND: '1', RATE_LIMIT_BURST: '100' };
    const slow = await startServer({
      dataDir: slowDir,
      port: await freePort(),
      env: { ...given.identities.env, ...rate },
    });
    const asAlpha = ask('GET /tasks', bearer(given.alpha));
    const asBeta = ask('GET /tasks', bearer(await given.identities.token('beta', SCOPES)));
    const burst = await Promise.all(Array.from({ length: 150 }, () => tried(slow, asAlpha)));
    const refused = burst.filter(({ outcome }) => outcome === '429 rate-limited');
    expect(refused.length).toBeGreaterThan(20);
    expect(
      burst.filter(({ outcome, broken }) => broken !== undefined || !/^(?:200|429 rate-limited)$/.test(outcome)),
    ).toEqual([]);
    for (const { exchange } of refused) expect((exchange as Answered).headers['retry-after']).toMatch(/^[1-9]\d*$/);
    expect((await tried(slow, asBeta)).outcome).toBe('200');
    expect(errorLines(slow)).toEqual([]);
    await slow.killAll();
    rmSync(slowDir, { recursive: true, force: true });
  });
});

describe('who guesses', () => {
  it('is not judged any more after 20 failures, and keeps nobody out who shares the address', async () => {
    const from = `X-Forwarded-For: ${ownAddress()}\r\n`;
    const as = (token: string): Buffer => ask('GET /identity', `Authorization: Bearer ${token}\r\n${from}`);
    expect((await tried(server, as(given.key.key))).outcome).toBe('200');
    const outcomes: string[] = [];
    for (let i = 0; i < 25; i += 1) outcomes.push((await tried(server, as(`guess-${i}`))).outcome);
    expect(new Set(outcomes.slice(0, 20))).toEqual(new Set(['401 unauthenticated']));
    expect(outcomes).toContain('429 rate-limited');
    const { exchange } = await tried(server, as('one-more'));
    expect((exchange as Answered).headers['retry-after']).toMatch(/^[1-9]\d*$/);
    expect((await tried(server, as(given.key.key))).outcome).toBe('200');
    expect((await get('/identity', given.alpha)).outcome).toBe('200');
  });
});
