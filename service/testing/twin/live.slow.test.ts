// The live channel on AWS, over real sockets: API Gateway, the functions, SQS and DynamoDB as the twin plays them.
import type { ServerMessage } from '@holdfast/api/types';
import { createHoldfast } from '@holdfast/sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { until } from '../given-pool.ts';
import { ticketOf } from '../live-client.ts';
import { GivenDeployed } from './given-deployed.ts';

const stage = new GivenDeployed();
beforeAll(async () => {
  await stage.start();
}, 60_000);
afterAll(() => stage.stop());

test('a ticket says where the channel is, and the welcome comes with the first reply', async () => {
  expect((await ticketOf(stage.url)).url).toBe(stage.twin.liveUrl);
  const live = await stage.openLive();
  expect(await live.ask('ping')).toMatchObject({ kind: 'pong' });
  expect(live.messages.map(({ kind }) => kind)).toEqual(['welcome', 'pong']);
  live.socket.close();
});

test('a task is told of until it is final', async () => {
  const live = await stage.openLive();
  await live.subscribe('tasks');
  await stage.submit('watched');
  await live.untilTask('watched', 'succeeded');
  live.socket.close();
});

test('the SDK follows tasks there without being told how', async () => {
  const holdfast = createHoldfast({ baseUrl: stage.url, WebSocket });
  const feed = holdfast.follow({ topics: ['tasks', 'stats'] });
  await until(() => feed.state.connection === 'live');
  await stage.submit('of-the-feed');
  await until(() => feed.tasks.get('of-the-feed')?.status === 'succeeded');
  feed.close();
});

async function opened(protocols: readonly string[], headers: Readonly<Record<string, string>> = {}): Promise<number> {
  const socket = new WebSocket(stage.twin.liveUrl, [...protocols], { headers });
  const status = await new Promise<number>((resolve) => {
    socket.once('open', () => resolve(101));
    socket.once('unexpected-response', (_, response) => resolve(response.statusCode!));
  });
  socket.on('error', () => undefined); // it is torn down before it was open
  socket.terminate();
  return status;
}

test('a handshake is refused from a page of elsewhere, and with a ticket that is used', async () => {
  const { protocols } = await ticketOf(stage.url);
  expect(await opened(protocols, { Origin: 'https://evil.example.com' })).toBe(403);
  expect(await opened(protocols)).toBe(101);
  expect(await opened(protocols)).toBe(401);
});

test('a message in binary ends the connection', async () => {
  const live = await stage.openLive();
  live.send(Buffer.from([1, 2, 3]));
  expect([1000, 1001, 1005]).toContain(await live.closed);
  expect(live.messages.filter(({ kind }: ServerMessage) => kind === 'tasks')).toEqual([]);
});
