// What hostile and clumsy clients send, byte for byte, to a real server: each gets an answer that says what is wrong, and
// leaves nothing behind. The rows are in testing/bad-input.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TaskPage } from '@holdfast/api/types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BODIES, TAKEN } from './testing/bad-input/bodies.ts';
import type { Rows } from './testing/bad-input/bytes.ts';
import { get, JSON_TYPE, KEYED, move, post, task } from './testing/bad-input/bytes.ts';
import { requests, SERVED } from './testing/bad-input/requests.ts';
import { endTickets, errorLines, stored, tried } from './testing/bad-input/tried.ts';
import { LiveClient, ticketOf } from './testing/live-client.ts';
import type { RealServer } from './testing/real-server.ts';
import { freePort, startServer } from './testing/real-server.ts';

const NO_TICKET = { cursor: 'x'.repeat(20), usedTicket: 'x', expiredTicket: 'x' };
const DIES = { failureRate: 1, failureClass: 'VALIDATION' };

let server: RealServer;
let dataDir = '';
let standing: typeof NO_TICKET;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'holdfast-bad-input-'));
  server = await startServer({ dataDir, port: await freePort(), env: { LOG_LEVEL: 'debug' } });
  for (const body of [
    { taskId: 'waiting', payload: {}, delaySeconds: 3_600 },
    { taskId: 'dead', payload: DIES },
    { taskId: 'dead-too', payload: DIES },
    { taskId: 'done', payload: { failureRate: 0 } },
  ]) {
    expect((await tried(server, post(body))).outcome).toBe('202');
  }
  const keyed = post({ payload: {}, delaySeconds: 3_600 }, { headers: JSON_TYPE + KEYED });
  expect((await tried(server, keyed)).outcome).toBe('202');
  for (const taskId of ['dead', 'dead-too', 'done']) await fetch(`${server.url}/tasks/${taskId}?wait=20`);
  const first = (await (await fetch(`${server.url}/tasks?status=dead&limit=1`)).json()) as TaskPage;
  const { ticket } = await ticketOf(server.url);
  const client = await LiveClient.open(server.url, { ticket });
  client.socket.close();
  await client.closed;
  const { ticket: expiredTicket } = await ticketOf(server.url);
  endTickets(dataDir);
  standing = { cursor: first.nextCursor!, usedTicket: ticket, expiredTicket };
});
afterAll(async () => {
  await server.killAll();
  rmSync(dataDir, { recursive: true, force: true });
});

const named = (tables: readonly Rows[]): { outcome: string; name: string; table: number }[] =>
  tables.flatMap((rows, table) =>
    Object.entries(rows).flatMap(([outcome, inputs]) => Object.keys(inputs).map((name) => ({ outcome, name, table }))),
  );

async function expectRefused(bytes: Buffer, outcome: string): Promise<void> {
  const before = stored(dataDir);
  const { exchange, ...answer } = await tried(server, bytes);
  expect(answer, JSON.stringify(exchange)).toEqual({ outcome, broken: undefined });
  expectNothingLeft(before);
}

function expectNothingLeft(before: string): void {
  expect(stored(dataDir) === before, 'the store is as it was').toBe(true);
  expect(errorLines(server)).toEqual([]);
}

describe('a body', () => {
  it.each(named(BODIES))('that is $name gets $outcome', ({ outcome, name, table }) =>
    expectRefused(BODIES[table]![outcome]![name]!, outcome),
  );
});

describe('a request', () => {
  it.each(named(requests(NO_TICKET)))('with $name gets $outcome', ({ outcome, name, table }) =>
    expectRefused(requests(standing)[table]![outcome]![name]!, outcome),
  );

  it.each(Object.entries(SERVED))('with %s is served', async (_, bytes) => {
    const before = stored(dataDir);
    const { outcome, broken, exchange } = await tried(server, bytes);
    expect({ outcome, broken }, JSON.stringify(exchange)).toEqual({ outcome: '200', broken: undefined });
    expectNothingLeft(before);
  });
});

describe('what looks wrong and is not', () => {
  it.each(Object.entries(TAKEN))('%s becomes a task, and is found again', async (_, [taskId, bytes]) => {
    expect(await tried(server, bytes)).toMatchObject({ outcome: '202', broken: undefined });
    expect(await tried(server, get(`/tasks/${taskId}`))).toMatchObject({ outcome: '200', broken: undefined });
    expect(await tried(server, bytes)).toMatchObject({ outcome: '200', broken: undefined });
    expect(errorLines(server)).toEqual([]);
  });
});

describe('two requests', () => {
  it('that are the same are one task', async () => {
    const before = stored(dataDir);
    const same = { taskId: 'waiting', payload: {}, delaySeconds: 3_600 };
    const { outcome, exchange } = await tried(server, post(same));
    expect({ outcome, exchange }).toMatchObject({
      outcome: '200',
      exchange: { json: { taskId: 'waiting', version: 1 } },
    });
    expectNothingLeft(before);
  });

  it('that redrive a task at once: one does', async () => {
    const redrive = move('/tasks/dead-too/redrive');
    const [first, second] = await Promise.all([tried(server, redrive), tried(server, redrive)]);
    expect([first, second].map(({ outcome }) => outcome).sort()).toEqual(['202', '409 not-dead']);
    expect([first.broken, second.broken]).toEqual([undefined, undefined]);
  });

  it('one of them made against a pattern: it is refused in less than 50 ms, and the other waits no longer', async () => {
    const bytes = task({ taskId: `${'a'.repeat(50_000)}!` });
    const times: number[] = [];
    for (let i = 0; i < 5; i += 1) {
      const sinceMs = performance.now();
      expect((await tried(server, bytes)).outcome).toBe('422 validation');
      times.push(performance.now() - sinceMs);
    }
    expect(Math.min(...times)).toBeLessThan(50);
  });
});

describe('on the live channel', () => {
  const ping = '{"action":"ping","id":"p"}';

  it.each<[string, string, unknown]>([
    ['what is no JSON', 'invalid-json', '{"action":'],
    ['nothing', 'invalid-json', ''],
    ['null', 'unknown-action', 'null'],
    ['an unknown action', 'unknown-action', { action: 'publish', id: 'x' }],
    ['an action of every object', 'unknown-action', { action: 'constructor', id: 'x' }],
    ['a key twice', 'validation', '{"action":"ping","id":"p","id":"q"}'],
    ['__proto__', 'validation', '{"action":"ping","id":"p","__proto__":{}}'],
    ['a number that changes', 'validation', '{"action":"ping","id":"p","n":9007199254740993}'],
    ['a hundred levels', 'validation', `{"action":"ping","id":"p","x":${'['.repeat(100)}${']'.repeat(100)}}`],
    ['no topics', 'validation', { action: 'subscribe', id: 'x', topics: [] }],
    ['a topic that is none', 'validation', { action: 'subscribe', id: 'x', topics: ['secrets'] }],
    ['a topic that climbs', 'validation', { action: 'subscribe', id: 'x', topics: ['task:../waiting'] }],
    ['a task of nobody', 'not-found', { action: 'subscribe', id: 'x', topics: ['task:nobody'] }],
    ['a type of nobody', 'not-found', { action: 'subscribe', id: 'x', topics: ['type:nothing'] }],
    [
      'a 51st topic',
      'too-many-topics',
      { action: 'subscribe', id: 'x', topics: Array.from({ length: 51 }, (_, i) => `task:${i}`) },
    ],
  ])('%s gets the error %s, and the connection stays', async (_, code, message) => {
    const client = await LiveClient.open(server.url);
    client.send(message);
    expect(await client.untilKind('error')).toMatchObject({ code });
    expect(await client.ask('ping')).toMatchObject({ kind: 'pong' });
    client.socket.close();
    expect(errorLines(server)).toEqual([]);
  });

  it.each<[string, number, (client: LiveClient) => void]>([
    ['a frame over 32 KB', 1009, (client) => client.send(ping.padEnd(32_769))],
    ['a binary frame', 1003, (client) => client.send(Buffer.from(ping))],
    ['more than 1 000 messages at once', 1008, (client) => Array.from({ length: 2_100 }, () => client.send(ping))],
  ])('%s closes it with %i', async (_, code, send) => {
    const client = await LiveClient.open(server.url);
    send(client);
    expect(await client.closed).toBe(code);
    expect(errorLines(server)).toEqual([]);
  });
});
