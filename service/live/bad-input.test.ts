/** What hostile or clumsy clients of the live channel get: one row for each, over real sockets. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { bearer, GivenIdentity, keyOf } from '../testing/given-identity.ts';
import type { TaskEvent } from '../core/ports.ts';
import { GivenHub } from '../testing/given-hub.ts';
import type { GivenLive, Handshake } from '../testing/given-live.ts';
import { ALLOWED_ORIGIN, answerToHandshake, givenLive } from '../testing/given-live.ts';
import { LiveClient, ticketOf } from '../testing/live-client.ts';
import { outcomeIn } from '../testing/raw-client.ts';

let house: GivenLive;
beforeEach(async () => {
  const scopeless = keyOf('alpha', 'scopeless', { scopes: new Set(['tasks:submit']) });
  const identity = new GivenIdentity([keyOf('alpha', 'ann'), keyOf('beta', 'bob'), scopeless]);
  house = await givenLive({ house: { identity } });
  for (const [token, taskId] of Object.entries({ ann: 'mine', bob: 'foreign' })) {
    const headers = { 'Content-Type': 'application/json', ...bearer(token) };
    const body = JSON.stringify({ taskId, payload: {} });
    expect((await fetch(`${house.url}/tasks`, { method: 'POST', headers, body })).status).toBe(202);
  }
});
afterEach(() => house.close(0));

const join = (): Promise<LiveClient> => LiveClient.open(house.url, { asking: bearer('ann') });
const freshTicket = async (): Promise<string> => (await ticketOf(house.url, bearer('ann'))).ticket;

async function usedTicket(): Promise<string> {
  const { ticket, protocols } = await ticketOf(house.url, bearer('ann'));
  const socket = new WebSocket(`${house.url.replace('http', 'ws')}/live`, protocols);
  await new Promise((resolve) => socket.once('open', resolve));
  return ticket;
}

async function expiredTicket(): Promise<string> {
  const ticket = await freshTicket();
  await house.pass(30_000);
  return ticket;
}

const given = async (ticket: string | Promise<string>): Promise<Handshake> => ({ ticket: await ticket });

describe('at the handshake', () => {
  it.each<[string, string, () => Promise<Handshake>]>([
    [
      'no ticket',
      '401 unauthenticated',
      async () => ({ ...(await given('')), headers: { 'Sec-WebSocket-Protocol': 'holdfast.v1' } }),
    ],
    ['a used ticket', '401 unauthenticated', () => given(usedTicket())],
    ['an expired ticket', '401 unauthenticated', () => given(expiredTicket())],
    ['a forged ticket', '401 unauthenticated', () => given('x'.repeat(32))],
    [
      'a foreign Origin',
      '403 forbidden-origin',
      async () => ({ ...(await given(freshTicket())), headers: { Origin: 'https://evil.example' } }),
    ],
    [
      'a foreign Host',
      '421 misdirected-host',
      async () => ({ ...(await given(freshTicket())), headers: { Host: 'evil.example' } }),
    ],
    ['a parameter', '400 unknown-parameter', async () => ({ ...(await given(freshTicket())), target: '/live?x=1' })],
  ])('%s is refused: %s', async (_, outcome, handshake) => {
    expect(outcomeIn(await answerToHandshake(house.url, await handshake()))).toBe(outcome);
  });

  it('a page that CORS_ORIGINS names gets in', async () => {
    const client = await LiveClient.open(house.url, { asking: bearer('ann'), headers: { Origin: ALLOWED_ORIGIN } });
    expect((await client.untilKind('welcome')).kind).toBe('welcome');
  });

  it('an identity without tasks:read gets no ticket: 403', async () => {
    const response = await fetch(`${house.url}/live-tickets`, { method: 'POST', headers: bearer('scopeless') });
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([403, 'insufficient-scope']);
  });
});

describe('an error, and the connection stays, after', () => {
  const subscribe = (...topics: unknown[]): string => JSON.stringify({ action: 'subscribe', id: 'a', topics });
  const many = (count: number): string[] => Array.from({ length: count }, (_, n) => `type:t${n}`);

  it.each([
    ['what is not JSON', 'invalid-json', 'hello'],
    ['an unknown action', 'unknown-action', '{"action":"publish","id":"a"}'],
    ['an unknown field', 'validation', '{"action":"ping","id":"a","tenant":"beta"}'],
    ['a key twice', 'validation', '{"action":"ping","id":"a","id":"b"}'],
    ['__proto__', 'validation', '{"action":"ping","id":"a","__proto__":{}}'],
    ['half a character', 'validation', String.raw`{"action":"ping","id":"a","x":"\ud800"}`],
    ['a nesting deeper than 32', 'validation', `{"action":"ping","id":"a","x":${'['.repeat(40)}${']'.repeat(40)}}`],
    ['a number that changes', 'validation', '{"action":"ping","id":"a","x":9007199254740993}'],
    ['a task of another tenant', 'not-found', subscribe('task:foreign')],
    ['a task of nobody', 'not-found', subscribe('task:of-nobody')],
    ['a topic of nobody', 'validation', subscribe('secrets')],
    ['51 topics at once', 'too-many-topics', subscribe(...many(51))],
  ])('%s: %s', async (_, code, text) => {
    const client = await join();
    await client.subscribe('task:mine');
    client.send(text);
    expect(await client.untilKind('error')).toMatchObject({ code, retryable: false });
    expect(await client.subscribe('tasks')).toMatchObject({ topics: ['task:mine', 'tasks'] });
  });

  it('a task of another tenant: in the very words of one of nobody', async () => {
    const client = await join();
    const answers = [await client.subscribe('task:foreign'), await client.subscribe('task:of-nobody')];
    const [foreign, nobodys] = answers.map((answer) => JSON.stringify({ ...answer, replyTo: '' }));
    expect(foreign).toBe(nobodys);
  });
});

describe('the connection is closed', () => {
  it('with 1009 after a frame over 32 KB', async () => {
    const client = await join();
    client.send('{"action":"ping","id":"a"}'.padEnd(32_769));
    expect(await client.closed).toBe(1009);
  });

  it('with an error and 1008 after 1 000 messages a second', async () => {
    const client = await join();
    for (let i = 0; i <= 1_000; i += 1) client.send({ action: 'ping', id: String(i) });
    expect(await client.closed).toBe(1008);
    expect(client.messages.at(-1)).toMatchObject({ kind: 'error', code: 'rate-limited' });
  });

  it('with 1008 when a client never reads, after it was told to read again; another tenant feels nothing', async () => {
    const other = await LiveClient.open(house.url, { asking: bearer('bob') });
    const [deaf] = [await join(), await other.subscribe('tasks')];
    await deaf.subscribe('tasks');
    deaf.socket.pause();
    const ledger = new GivenHub();
    const tags = Array.from({ length: 10 }, (_, n) => `${'x'.repeat(60)}${n}`);
    for (let i = 0; i < 100; i += 1) {
      const events: TaskEvent[] = Array.from({ length: 100 }, (_, n) =>
        ledger.write(`t-${n}`, { tenant: 'alpha', tags }),
      );
      house.tell([...events, ledger.write('bobs', { tenant: 'beta' })]);
      await house.pass(100);
    }
    await house.pass(10_000);
    deaf.socket.resume();
    expect(await deaf.closed).toBe(1008);
    expect(deaf.messages.at(-1)).toMatchObject({ kind: 'resync', reason: 'slow-reader' });
    expect(other.versionsOf('bobs').at(-1)?.version).toBe(100);
    expect(other.messages.filter(({ kind }) => kind === 'resync')).toEqual([]);
  });
});
