import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { until } from '../given-pool.ts';
import { GivenTwin } from './given-twin.ts';

let given: GivenTwin;
beforeEach(() => (given = new GivenTwin()));
afterEach(() => given.stop());

async function open(url: string, protocols: string[] = []): Promise<WebSocket> {
  const socket = new WebSocket(url, protocols, { origin: 'https://somewhere.example' });
  await once(socket, 'open');
  return socket;
}

async function ask(socket: WebSocket, message: string | Buffer): Promise<string> {
  const heard = once(socket, 'message') as Promise<[Buffer]>;
  socket.send(message);
  return (await heard)[0].toString();
}

const refusalOf = async (url: string): Promise<number> => {
  const [, response] = (await once(new WebSocket(url), 'unexpected-response')) as [unknown, { statusCode: number }];
  return response.statusCode;
};

test('a connection begins, talks and ends by events', async () => {
  const twin = await given.start();
  const socket = await open(twin.liveUrl, ['first.v1', 'second']);
  const [id] = twin.sockets.connectionIds;
  expect(socket.protocol).toBe('first.v1');
  expect(await ask(socket, 'hello')).toBe(`${id} said hello`);
  expect(await ask(socket, Buffer.from([1, 2]))).toBe(`${id} said AQI= in bytes`);
  socket.close(4000);
  await until(() => given.noted().includes(`disconnect ${id} 4000`));
  expect(given.noted()).toContain(`connect ${id} https://somewhere.example`);
  expect(twin.sockets.connectionIds).toEqual([]);
});

test('the function decides who gets in', async () => {
  const twin = await given.start();
  expect(await refusalOf(`${twin.liveUrl}?refuse`)).toBe(401);
  expect(await refusalOf(`${twin.liveUrl}?throw`)).toBe(502);
  expect(await refusalOf(`${twin.url.replace('http', 'ws')}/elsewhere`)).toBe(403);
});

test('a message without an answer gets none, and one that fails the words of the gateway', async () => {
  const twin = await given.start();
  const socket = await open(twin.liveUrl);
  socket.send('quiet');
  expect(await ask(socket, 'throw')).toContain('Internal server error');
});

test('a frame of more than 32 KB ends the connection', async () => {
  const socket = await open((await given.start()).liveUrl);
  const closed = once(socket, 'close');
  socket.send('x'.repeat(33 * 1024));
  expect((await closed)[0]).toBe(1009);
});

test.each(['idleMs', 'oldMs'])('a connection ends when %s is over', async (limit) => {
  const webSocketLimits = { idleMs: 60_000, oldMs: 60_000, [limit]: 200 };
  const socket = await open((await given.start({ webSocketLimits })).liveUrl);
  expect((await once(socket, 'close'))[0]).toBe(1001);
});

test('what is posted reaches the viewer, and what cannot is named', async () => {
  const twin = await given.start();
  const socket = await open(twin.liveUrl);
  const id = twin.sockets.connectionIds[0]!;
  const url = `${twin.url}/dev/@connections/${encodeURIComponent(id)}`;
  const post = async (body: string) => (await fetch(url, { method: 'POST', body })).status;
  const heard = once(socket, 'message') as Promise<[Buffer, boolean]>;
  expect(await post('news')).toBe(200);
  expect((await heard).map(String)).toEqual(['news', 'false']);
  expect(await post('x'.repeat(129 * 1024))).toBe(413);
  twin.sockets.throttle(id, true);
  expect(await post('news')).toBe(429);
  twin.sockets.throttle(id, false);
  const closed = once(socket, 'close');
  expect((await fetch(url, { method: 'DELETE' })).status).toBe(204);
  await closed;
  await until(() => twin.sockets.connectionIds.length === 0);
  expect(await post('news')).toBe(410);
});
