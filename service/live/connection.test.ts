import { EventEmitter, once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import type { TaskEvent } from '../core/ports.ts';
import { LOCAL } from '../http/principal.ts';
import { GivenHub } from '../testing/given-hub.ts';
import type { GivenLive } from '../testing/given-live.ts';
import { givenLive, handshakeBytes } from '../testing/given-live.ts';
import { LiveClient } from '../testing/live-client.ts';
import { until } from '../testing/given-pool.ts';
import { connected, untilClosed } from '../testing/raw-client.ts';
import { Connection } from './connection.ts';
import { Seat } from './seat.ts';

let given: GivenLive | undefined;
afterEach(async () => {
  await given?.close(0);
  given = undefined;
});
const open = async (...options: Parameters<typeof givenLive>): Promise<GivenLive> =>
  (given = await givenLive(...options));

/** What a raw connection is told after its handshake, once it has sent some bytes: the opcode and code of the close frame. */
async function closeCodeAfter(url: string, bytes: Buffer): Promise<number | undefined> {
  const socket = await connected(url);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.write(await handshakeBytes(url, {}));
  await until(() => Buffer.concat(chunks).includes('"welcome"'));
  const closed = untilClosed(socket);
  socket.write(bytes);
  await closed;
  const all = Buffer.concat(chunks);
  const at = all.lastIndexOf(Buffer.from([0x88]));
  return at === -1 ? undefined : all.readUInt16BE(at + 2);
}

/** Of one message that never ends, all of them empty. */
const fragments = (count: number): Buffer =>
  Buffer.concat(Array.from({ length: count }, (_, n) => Buffer.from([n === 0 ? 0x01 : 0x00, 0x80, 0, 0, 0, 0])));

describe('a connection', () => {
  it('is greeted with what it must keep to', async () => {
    const { url } = await open();
    const client = await LiveClient.open(url);
    expect(await client.untilKind('welcome')).toEqual({
      ...{ kind: 'welcome', protocol: 'holdfast.v1', at: '2026-01-01T00:00:00.000Z', pingEverySeconds: 60 },
      ...{ closesAt: null, limits: { topics: 50, frameBytes: 32_768, messagesPerSecond: 1_000 } },
    });
  });

  it('gets the tasks it follows, and a resync of statistics', async () => {
    const { url, submit, pass, change } = await open();
    const client = await LiveClient.open(url);
    await client.subscribe('tasks', 'stats');
    await submit('one');
    await pass(0);
    await client.untilTask('one', 'queued');
    change('one', { status: 'succeeded' });
    await pass(2_000);
    await client.untilTask('one', 'succeeded');
    expect(await client.untilKind('resync')).toEqual({ kind: 'resync', reason: 'changed', topics: ['stats'] });
  });

  it('stays after everything that is refused, and follows what it followed', async () => {
    const { url, submit, pass } = await open();
    const client = await LiveClient.open(url);
    await client.subscribe('tasks');
    client.send('{"action":');
    client.send({ action: 'publish', id: 'x' });
    await client.subscribe('task:of-nobody');
    await client.ask('subscribe', { topics: Array.from({ length: 51 }, (_, n) => `task:${n}`) });
    expect(client.messages.flatMap((message) => (message.kind === 'error' ? message.code : []))).toEqual([
      ...['invalid-json', 'unknown-action', 'not-found', 'too-many-topics'],
    ]);
    await submit('one');
    await pass(0);
    await client.untilTask('one', 'queued');
  });

  it('answers messages in their order, also those that ask the ledger', async () => {
    const { url, submit } = await open();
    await submit('one');
    const client = await LiveClient.open(url);
    client.send({ action: 'subscribe', id: 'a', topics: ['task:one'] });
    client.send({ action: 'ping', id: 'b' });
    client.send({ action: 'unsubscribe', id: 'c', topics: ['task:one'] });
    await client.until((message) => 'replyTo' in message && message.replyTo === 'c');
    const order = client.messages.flatMap((message) => ('replyTo' in message ? message.replyTo : []));
    expect(order).toEqual(['a', 'b', 'c']);
  });

  it('gets a pong of the protocol for a ping of the protocol', async () => {
    const { url } = await open();
    const { socket } = await LiveClient.open(url);
    socket.ping('hello');
    expect(String((await once(socket, 'pong'))[0])).toBe('hello');
  });
});

describe('a connection ends', () => {
  it('with 1000 when the client is done', async () => {
    const { url } = await open();
    const client = await LiveClient.open(url);
    client.socket.close(1000);
    expect(await client.closed).toBe(1000);
  });

  it('with 1001 when the client was silent for twice the time of a ping, and not before', async () => {
    const { url, pass } = await open();
    const [silent, alive] = [await LiveClient.open(url), await LiveClient.open(url)];
    for (let i = 0; i < 3; i += 1) {
      expect(silent.socket.readyState).toBe(silent.socket.OPEN);
      await pass(59_000);
      await alive.ask('ping');
    }
    expect(await silent.closed).toBe(1001);
    expect(alive.socket.readyState).toBe(alive.socket.OPEN);
  });

  it('with a goodbye and 1001 when the server stops, and its stop waits for nobody who does not read', async () => {
    const { url, stop, close } = await open();
    const [client, deaf] = [await LiveClient.open(url), await LiveClient.open(url)];
    deaf.socket.pause();
    stop();
    const closing = close(300);
    expect(await client.untilKind('goodbye')).toMatchObject({ reason: 'stopping' });
    expect(await client.closed).toBe(1001);
    await closing;
    await expect(fetch(`${url}/health`)).rejects.toThrow();
  });

  it('with 1003 after a binary frame', async () => {
    const { url } = await open();
    const client = await LiveClient.open(url);
    client.socket.send(Buffer.from('{"action":"ping","id":"1"}'), { binary: true });
    expect(await client.closed).toBe(1003);
  });

  it.each([
    ['1002 after a frame that is not masked', 1002, Buffer.from([0x81, 0x02, 0x7b, 0x7d])],
    ['1002 after a frame of a kind that nobody knows', 1002, Buffer.from([0x83, 0x80, 0, 0, 0, 0])],
    ['1007 after text that is not UTF-8', 1007, Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28])],
    ['1008 after a message in more than 1 024 fragments', 1008, fragments(1_025)],
    ['1009 after a frame that says it is too large', 1009, Buffer.from([0x81, 0xfe, 0x80, 0x01, 0, 0, 0, 0])],
  ])('with %s', async (_, code, bytes) => {
    const { url } = await open();
    expect(await closeCodeAfter(url, bytes)).toBe(code);
  });

  it('with 1009 after the first byte over 32 768, and not before', async () => {
    const { url } = await open();
    const client = await LiveClient.open(url);
    const ping = '{"action":"ping","id":"p"}';
    client.send(ping.padEnd(32_768));
    await client.untilKind('pong');
    client.send(ping.padEnd(32_769));
    expect(await client.closed).toBe(1009);
  });

  it('with an error and 1008 after more than 1 000 messages within a second, of whatever kind', async () => {
    const { url, pass } = await open();
    const client = await LiveClient.open(url);
    for (let i = 0; i < 1_000; i += 1) client.send({ action: 'ping', id: `a${i}` });
    await client.until((message) => 'replyTo' in message && message.replyTo === 'a999');
    await pass(1_000);
    for (let i = 0; i < 999; i += 1) client.send({ action: 'ping', id: `b${i}` });
    client.socket.ping();
    await client.until((message) => 'replyTo' in message && message.replyTo === 'b998');
    client.socket.ping();
    expect(await client.closed).toBe(1008);
    expect(client.messages.at(-1)).toMatchObject({
      kind: 'error',
      code: 'rate-limited',
      replyTo: null,
      retryable: true,
    });
  });

  it('with 1011 when we fail, and in the log stands why', async () => {
    const { url, pass, tell, log } = await open();
    const client = await LiveClient.open(url);
    await client.subscribe('tasks');
    tell([new GivenHub().write('corrupt', { tenant: 'local', createdAtMs: NaN })]);
    await pass(100);
    expect(await client.closed).toBe(1011);
    expect(log).toMatchObject([{ event: 'live-failed', fields: { error: 'RangeError' } }]);
  });
});

/** A socket whose client takes nothing. */
class DeafSocket extends EventEmitter {
  bufferedAmount = 0;
  isRead = true;
  closedWith: number | undefined;
  readonly seat = new Seat(LOCAL, () => true);
  readonly send = (frame: Buffer): void => void (this.bufferedAmount += frame.length);
  readonly pong = this.send;
  readonly pause = (): void => void (this.isRead = false);
  readonly resume = (): void => void (this.isRead = true);
  readonly close = (code: number): void => void (this.closedWith = code);

  connectTo({ hub, time }: GivenHub): void {
    const nowMs = (): number => time.nowMs;
    const knowledge = { nowMs, hasType: () => true, existing: () => Promise.resolve(new Set<string>()) };
    const log = { debug: noLog, info: noLog, warn: noLog, error: noLog };
    const more = { seat: this.seat, requestId: 'one', hub, knowledge, monotonicMs: nowMs, log };
    new Connection({ socket: this as unknown as WebSocket, ...more });
  }
}

const noLog = (): void => undefined;

describe('a client that does not read', () => {
  /** About 13 MB: more than the system takes for it. */
  async function flood({ tell, pass }: GivenLive): Promise<void> {
    const ledger = new GivenHub();
    const tags = Array.from({ length: 10 }, (_, n) => `${'x'.repeat(60)}${n}`);
    for (let i = 0; i < 100; i += 1) {
      const events: TaskEvent[] = Array.from({ length: 100 }, (_, n) =>
        ledger.write(`t-${n}`, { tenant: 'local', tags }),
      );
      tell(events);
      await pass(100);
    }
  }

  it('loses its frames, is told to read again, and is closed with 1008; nobody else loses one', async () => {
    const house = await open();
    const [slow, other] = [await LiveClient.open(house.url), await LiveClient.open(house.url)];
    for (const client of [slow, other]) await client.subscribe('tasks');
    slow.socket.pause();
    await flood(house);
    await until(() => other.versionsOf('t-99').at(-1)?.version === 100);
    expect(other.messages.filter(({ kind }) => kind === 'resync')).toEqual([]);
    await house.pass(10_000);
    slow.socket.resume();
    expect(await slow.closed).toBe(1008);
    expect(slow.messages.at(-1)).toEqual({ kind: 'resync', reason: 'slow-reader', topics: ['tasks'] });
    expect(slow.versionsOf('t-99').length).toBeLessThan(100);
  });

  it('is closed also when it follows nothing and sends pings alone: their answers do not pile up', async () => {
    const hub = new GivenHub();
    const socket = new DeafSocket();
    socket.connectTo(hub);
    for (let second = 0; second < 60 && socket.closedWith === undefined; second += 1) {
      for (let i = 0; i < 900 && socket.isRead; i += 1) socket.emit('ping', Buffer.alloc(125));
      await hub.pass(1_000);
    }
    expect({ closedWith: socket.closedWith, isBounded: socket.bufferedAmount < 1.1 * 1024 * 1024 }).toEqual({
      closedWith: 1008,
      isBounded: true,
    });
  });

  it('keeps none of the topics of its identity once it is closed, however long its socket stays', () => {
    const socket = new DeafSocket();
    socket.connectTo(new GivenHub());
    socket.seat.follow(50);
    socket.emit('message', Buffer.from('{}'), true);
    expect([socket.closedWith, socket.seat.topics]).toEqual([1003, 0]);
  });

  it('goes on with a resync when it reads in time', async () => {
    const house = await open();
    const slow = await LiveClient.open(house.url);
    await slow.subscribe('tasks', 'groups');
    slow.socket.pause();
    await flood(house);
    slow.socket.resume();
    const resync = slow.untilKind('resync');
    let isTold = false;
    void resync.then(() => (isTold = true));
    while (!isTold) await house.pass(10);
    expect(await resync).toEqual({ kind: 'resync', reason: 'slow-reader', topics: ['tasks', 'groups'] });
    expect((await slow.ask('ping')).kind).toBe('pong');
  });
});
