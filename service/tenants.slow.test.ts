// A real engine with workers and SQLite behind a real HTTP server, asked by two tenants: whatever one asks with the ids of the
// other is answered as if they were nobody's, and shows nothing that the other has sent. [S14]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NewApiKey, TaskDetail, TaskPage } from '@holdfast/api/types';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { STANDARD } from './core/rules.ts';
import type { Engine } from './embedded/engine.ts';
import { startEngine } from './embedded/engine.ts';
import { createApp } from './http/app.ts';
import { catalogueOf } from './http/catalogue.ts';
import { isLoopbackHost } from './http/gate.ts';
import { KeyStore } from './http/identity/key-store.ts';
import { noLimits } from './http/limits.ts';
import type { Listener } from './listen.ts';
import { listen } from './listen.ts';
import { openLive } from './live/door.ts';
import { systemClock, systemRandom } from './platform.ts';
import type { Foreign } from './testing/tenant-matrix.ts';
import { MARK, MATRIX } from './testing/tenant-matrix.ts';
import type { Tenant } from './testing/two-tenants.ts';
import { twoIdentities } from './testing/two-tenants.ts';

const silent = () => undefined;
const log = { debug: silent, info: silent, warn: silent, error: silent };
let dataDir = '';
let engine: Engine;
let listener: Listener;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'holdfast-tenants-'));
  const typeFolders = [join(import.meta.dirname, 'tasks', 'simulate')];
  const onBroken = (error: unknown): void => {
    throw error;
  };
  const platform = { clock: systemClock, random: systemRandom(), log };
  engine = await startEngine({
    dataDir,
    typeFolders,
    ...platform,
    onBroken,
    constants: STANDARD,
    workers: 1,
    stopWithinMs: 100,
  });
  const { desk, changes } = engine;
  const house = {
    ...{
      desk,
      changes,
      catalogue: catalogueOf(),
      identity: twoIdentities,
      keys: new KeyStore(engine.desk.ports),
      limits: noLimits,
    },
    ...{ facts: () => engine.facts(), loaded: (type: string) => engine.loaded(type) },
    ...{ defaultType: 'simulate', maxWaitMs: 25_000, stopping: new AbortController().signal, version: '0.1.0' },
  };
  const guests = { allowsHost: isLoopbackHost, origins: new Set<string>() };
  const app = createApp({ house, ...guests, pages: new Map() });
  listener = await listen({ app, live: openLive({ house, guests }), host: '127.0.0.1', port: 0, log });
});
afterAll(async () => {
  await listener.close(1_000);
  await engine.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

interface Request {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

async function ask(tenant: Tenant, line: string, { body, headers }: Request = {}) {
  const [method = '', path = ''] = line.split(' ');
  const typed = body === undefined ? {} : { 'content-type': 'application/json' };
  const response = await fetch(listener.url + path, {
    method,
    headers: { authorization: `Bearer ${tenant}`, 'x-request-id': 'same', ...typed, ...headers },
    body: body === undefined ? null : JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const DEAD = { failureRate: 1, failureClass: 'VALIDATION', data: MARK };
const TASKS: Readonly<Record<string, object>> = {
  dead: { payload: DEAD },
  succeeded: { payload: { failureRate: 0, data: MARK } },
  running: { payload: { failureRate: 0, durationMs: 600_000, data: MARK } },
  scheduled: { payload: { data: MARK }, delaySeconds: 3_600 },
};

/** All that is different at every request, and the ids that were asked for. */
const plain = (text: string, ids: readonly string[]): string =>
  ids
    .reduce((left, id) => left.replaceAll(id, 'id'), text)
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z|[\w-]{20,}|(?<="keyId":")\w+/g, '…');

/** Tasks of `tenant` under ids that begin with its word, each in its state, and one under an Idempotency-Key. */
async function settled(word: string): Promise<Foreign> {
  for (const [status, task] of Object.entries(TASKS)) {
    const taskId = `${word}-${status}`;
    await ask('b', 'POST /tasks', { body: { taskId, tags: [MARK], ...task } });
    const look = async () => JSON.parse((await ask('b', `GET /tasks/${taskId}`)).text) as TaskDetail;
    while ((await look()).status !== status);
  }
  const headers = { 'idempotency-key': word };
  await ask('b', 'POST /tasks', { body: { payload: { data: MARK } }, headers });
  const page = JSON.parse((await ask('b', 'GET /tasks?limit=1')).text) as TaskPage;
  const made = await ask('b', 'POST /keys', { body: { name: MARK, scopes: ['tasks:read'] } });
  const { keyId = 'k7x2m9qp4dtw' } = JSON.parse(made.text) as Partial<NewApiKey>;
  const taskIds = Object.keys(TASKS).map((status) => `${word}-${status}`);
  return { taskIds, idempotencyKey: word, cursor: page.nextCursor!, keyId };
}

const unknownOf = ({ cursor }: Foreign, word: string): Foreign => ({
  taskIds: Object.keys(TASKS).map((status) => `${word}-${status}`),
  idempotencyKey: word,
  cursor: Buffer.alloc(Buffer.from(cursor, 'base64url').length, 7).toString('base64url'),
  keyId: 'a0a0a0a0a0a0',
});

describe('on a running server', () => {
  test.each(Object.entries(MATRIX))('%s answers as if the ids of another tenant were nobody’s', async (name, row) => {
    const word = `of-b-${name}`.toLowerCase();
    const foreign = await settled(word);
    const unknown = unknownOf(foreign, `no-b-${name}`.toLowerCase());
    const ids = [foreign, unknown].flatMap(({ taskIds, idempotencyKey, cursor, keyId }) => [
      ...[...taskIds, idempotencyKey, cursor, keyId],
    ]);
    const [asked, control] = [row(foreign), row(unknown)];
    for (const [i, { line, ...request }] of asked.entries()) {
      if (line.includes('wait=')) continue;
      const [answer, other] = [await ask('a', line, request), await ask('a', control[i]!.line, control[i])];
      expect(answer.text, line).not.toContain(MARK);
      const shown = ({ status, headers, text }: typeof answer) => ({
        status,
        headers: [...headers.keys()].filter((each) => each !== 'content-length'),
        ...(/^GET \/(stats|ready|tasks\?)/.test(line) ? {} : { text: plain(text, ids) }),
      });
      expect({ line, ...shown(answer) }).toEqual({ line, ...shown(other) });
    }
    const own = (await ask('b', `GET /tasks/${word}-dead`)).text;
    expect(JSON.parse(own)).toMatchObject({ status: 'dead', version: 4, history: [] });
  });
});
