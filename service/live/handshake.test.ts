import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { LedgerUnavailable } from '../core/ports.ts';
import { simulatedHouse } from '../http/simulated-house.ts';
import type { GivenLive, Handshake } from '../testing/given-live.ts';
import { ALLOWED_ORIGIN, answerToHandshake, givenLive, handshakeBytes } from '../testing/given-live.ts';
import { LiveClient, ticketOf } from '../testing/live-client.ts';
import { answerTo, connected, outcomeIn, outcomesIn } from '../testing/raw-client.ts';

let given: GivenLive | undefined;
afterEach(async () => {
  await given?.close(0);
  given = undefined;
});
const open = async (...options: Parameters<typeof givenLive>): Promise<GivenLive> =>
  (given = await givenLive(...options));

/** What comes first: the whole answer to a refused handshake, the head of one that succeeded. */
async function firstAnswerTo(url: string, bytes: string): Promise<string> {
  const socket = await connected(url);
  socket.write(bytes);
  const [chunk] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return chunk.toString();
}

const headers = (fields: NonNullable<Handshake['headers']>): Handshake => ({ headers: fields });
const protocols = (value: string | undefined): Handshake => headers({ 'Sec-WebSocket-Protocol': value });

describe('a handshake', () => {
  it('opens the channel and repeats the protocol, never the ticket', async () => {
    const { url } = await open();
    const { ticket, protocols } = await ticketOf(url);
    expect(protocols).toEqual(['holdfast.v1', `ticket.${ticket}`]);
    const answer = await firstAnswerTo(url, await handshakeBytes(url, { ticket }));
    expect(answer).toContain('HTTP/1.1 101 Switching Protocols');
    expect(answer).toContain('Sec-WebSocket-Protocol: holdfast.v1\r\n');
    expect(answer).not.toContain(ticket);
  });

  it.each<[string, Handshake]>([
    ['its own page', headers({ Origin: 'http://localhost' })],
    ['a page that CORS_ORIGINS names', headers({ Origin: ALLOWED_ORIGIN })],
    ['a client that writes everything otherwise', headers({ Upgrade: 'WebSocket', Connection: 'keep-alive, upgrade' })],
    ['a client with extensions', headers({ 'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits' })],
    ['a client that names another address of this machine', { headers: { Host: '127.0.0.1:4000' } }],
  ])('is taken from %s', async (_, handshake) => {
    const { url } = await open();
    const answer = await firstAnswerTo(url, await handshakeBytes(url, handshake));
    expect(answer).toMatch(/^HTTP\/1\.1 101 /);
    expect(answer).not.toMatch(/extensions/i);
  });

  it.each<[string, string, Handshake]>([
    ['no ticket', '401 unauthenticated', protocols('holdfast.v1')],
    ['an empty ticket', '401 unauthenticated', { ticket: '' }],
    ['a ticket that nobody gave', '401 unauthenticated', { ticket: 'x'.repeat(40) }],
    ['two tickets', '401 unauthenticated', protocols('holdfast.v1, ticket.aaaaaaaaaaaaaaaaaaaaaaaa, ticket.b')],
    ['no protocol', '400 invalid-header', protocols(undefined)],
    ['another protocol', '400 invalid-header', protocols('holdfast.v2')],
    ['the protocol twice', '400 invalid-header', protocols('holdfast.v1, holdfast.v1')],
    ['a protocol that is none', '400 invalid-header', protocols('holdfast.v1, a b')],
    ['another version', '400 invalid-header', headers({ 'Sec-WebSocket-Version': '8' })],
    ['no key', '400 invalid-header', headers({ 'Sec-WebSocket-Key': undefined })],
    ['a key that is none', '400 invalid-header', headers({ 'Sec-WebSocket-Key': 'x' })],
    ['a body', '400 invalid-header', headers({ 'Content-Length': '5' })],
    ['a parameter', '400 unknown-parameter', { target: '/live?ticket=x' }],
    ['a foreign origin', '403 forbidden-origin', headers({ Origin: 'https://evil.example' })],
    ['an origin of nobody', '403 forbidden-origin', headers({ Origin: 'null' })],
    ['a foreign host', '421 misdirected-host', headers({ Host: 'evil.example' })],
    ['a foreign host in the target', '421 misdirected-host', { target: 'http://evil.example/live' }],
    ['no host', '421 misdirected-host', headers({ Host: undefined })],
    ['two hosts', '400 invalid-header', headers({ Host: 'localhost\r\nHost: localhost' })],
  ])('with %s is refused: %s', async (_, outcome, handshake) => {
    const { url } = await open();
    const answer = await answerToHandshake(url, handshake);
    expect(outcomeIn(answer)).toBe(outcome);
    expect(answer).toMatch(/\r\nContent-Type: application\/problem\+json\r\n/);
    expect(answer).toMatch(/\r\nX-Request-Id: ([A-Za-z0-9_-]+)\r\n[^]*"instance":"\/requests\/\1"/);
    expect(answer).toMatch(/\r\nConnection: close\r\n/);
  });

  it('takes a ticket once, and until it is 30 s old', async () => {
    const { url, pass } = await open();
    const [used, old] = [await ticketOf(url), await ticketOf(url)];
    await firstAnswerTo(url, await handshakeBytes(url, used));
    expect(outcomeIn(await answerToHandshake(url, used))).toBe('401 unauthenticated');
    await pass(29_999);
    await firstAnswerTo(url, await handshakeBytes(url, await ticketOf(url)));
    await pass(1);
    expect(outcomeIn(await answerToHandshake(url, old))).toBe('401 unauthenticated');
  });

  it('lets one in of two that bring the same ticket at once', async () => {
    const { url } = await open();
    const bytes = await handshakeBytes(url, {});
    const outcomes = await Promise.all([firstAnswerTo(url, bytes), firstAnswerTo(url, bytes)]);
    expect(outcomes.map(outcomeIn).sort()).toEqual(['101', '401 unauthenticated']);
  });

  it('uses no ticket up when it is refused for something else', async () => {
    const { url } = await open();
    const { ticket } = await ticketOf(url);
    await answerToHandshake(url, { ticket, headers: { Origin: 'https://evil.example' } });
    expect(await firstAnswerTo(url, await handshakeBytes(url, { ticket }))).toMatch(/ 101 /);
  });

  it('keeps no ticket that could be read from the disk', async () => {
    const { url, store } = await open();
    const { ticket } = await ticketOf(url);
    const kept = store.listEntries('', 10);
    expect(kept).toHaveLength(1);
    expect(JSON.stringify(kept)).not.toContain(ticket);
  });

  it('is refused when the server stops, and when the channel is full', async () => {
    const { url, stop } = await open({ limits: { seats: 1 } });
    const [first, second] = [await handshakeBytes(url, {}), await handshakeBytes(url, {})];
    const client = await LiveClient.open(url);
    const full = await answerTo(url, first);
    expect(outcomeIn(full)).toBe('503 too-many-viewers');
    expect(full).toContain('Retry-After: 30');
    client.socket.close();
    await client.closed;
    stop();
    const stopping = await answerTo(url, second);
    expect([outcomeIn(stopping), /Retry-After: (\d+)/.exec(stopping)?.[1]]).toEqual(['503 stopping', '5']);
  });

  it('of many at once lets in no more than there is room for', async () => {
    const { keyValue } = simulatedHouse().house.desk.ports;
    const { promise: asked, resolve } = Promise.withResolvers<undefined>();
    let count = 0;
    const get: typeof keyValue.get = async (key) => {
      if ((count += 1) === 8) resolve(undefined);
      await asked;
      return keyValue.get(key);
    };
    const { url } = await open({ limits: { seats: 2 }, ports: { keyValue: { ...keyValue, get } } });
    const all = await Promise.all(Array.from({ length: 8 }, () => handshakeBytes(url, {})));
    const sockets = await Promise.all(all.map(() => connected(url)));
    const answers = sockets.map((socket) => once(socket, 'data') as Promise<[Buffer]>);
    for (const [i, socket] of sockets.entries()) socket.write(all[i]!);
    const outcomes = (await Promise.all(answers)).map(([head]) => outcomeIn(head.toString()));
    expect(outcomes.filter((outcome) => outcome === '101')).toHaveLength(2);
    expect(outcomes.filter((outcome) => outcome === '503 too-many-viewers')).toHaveLength(6);
    for (const socket of sockets) socket.destroy();
  });

  it('is answered with 503 when the ledger gives no answer, and 500 when we fail, with a line in the log', async () => {
    const { keyValue } = simulatedHouse().house.desk.ports;
    const failing = (error: Error) => ({ ports: { keyValue: { ...keyValue, get: () => Promise.reject(error) } } });
    const down = await open(failing(new LedgerUnavailable()));
    expect(outcomeIn(await answerToHandshake(down.url, {}))).toBe('503 ledger-unavailable');
    await down.close(0);
    const broken = await open(failing(new RangeError('a fault of ours')));
    expect(outcomeIn(await answerToHandshake(broken.url, {}))).toBe('500 internal');
    expect(broken.log).toMatchObject([{ event: 'request-failed', fields: { operation: 'live', error: 'RangeError' } }]);
  });

  it('waits for the answers to earlier requests of its connection', async () => {
    const { url } = await open();
    const health = 'GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n';
    const answers = await answerTo(url, health + (await handshakeBytes(url, protocols('holdfast.v1'))));
    expect(outcomesIn(answers)).toEqual(['200', '401 unauthenticated']);
  });
});

describe('what is no handshake', () => {
  const upgrade = (to: string) => `Connection: Upgrade\r\nUpgrade: ${to}\r\n`;
  const ask = (line: string, more = '') => `${line} HTTP/1.1\r\nHost: localhost\r\n${more}\r\n`;

  it.each([
    ['the path of the channel without an upgrade', ask('GET /live', 'Connection: close\r\n'), '400 invalid-header'],
    ['an upgrade to something else', ask('GET /live', upgrade('h2c')), '400 invalid-header'],
    ['another method', ask('POST /live', `${upgrade('websocket')}Content-Length: 0\r\n`), '405 method-not-allowed'],
    ['an upgrade at a path of nobody', ask('GET /other', upgrade('websocket')), '404 not-found'],
    ['an upgrade at a path below', ask('GET /live/x', upgrade('websocket')), '404 not-found'],
    ['an upgrade of an operation', ask('GET /health', upgrade('websocket')), '200'],
    ['an operation with h2c on offer', ask('GET /health', `${upgrade('h2c')}HTTP2-Settings: AAMAAABk\r\n`), '200'],
  ])('stays HTTP: %s', async (_, bytes, outcome) => {
    const { url } = await open();
    expect(outcomeIn(await firstAnswerTo(url, bytes))).toBe(outcome);
  });
});
