import { expect, test } from 'vitest';
import { jsonResponse, taskOf } from './fake-service.ts';
import { given, givenLive } from '../../service/testing/given-feed.ts';

test('the channel is opened where the ticket says', async () => {
  const world = given();
  const url = 'wss://live.example.com/prod';
  world.ticket = () => jsonResponse(201, { ticket: 'abc', protocols: ['holdfast.v1'], url, expiresAt: '' });
  world.follow();
  await world.pass(1);
  expect(world.opened[0]!.url).toBe(url);
});

test('nothing waits for the welcome: topics are asked for as soon as the channel is open', async () => {
  const world = given();
  const feed = world.follow();
  await world.pass(1);
  const socket = world.opened[0]!;
  socket.open();
  expect(socket.sent.map(({ action }) => action)).toEqual(['subscribe']);
  socket.welcome();
  await world.pass(100);
  expect(feed.state).toMatchObject({ connection: 'live', stale: false });
  expect(socket.sent).toHaveLength(1);
});

test('a feed without topics says something too, so that there is a reply to come with the welcome', async () => {
  const world = given();
  world.follow({ topics: [] });
  await world.pass(1);
  world.opened[0]!.open();
  expect(world.opened[0]!.sent.map(({ action }) => action)).toEqual(['ping']);
});

test('what has no reply after 10 s is asked for again', async () => {
  const { world, socket, pass } = await givenLive();
  socket.answers = false;
  const other = world.follow({ topics: ['task:one'] });
  await pass(9_000);
  expect(other.state.connection).toBe('connecting');
  socket.answers = true;
  await pass(2_000);
  expect(other.state.connection).toBe('live');
});

test('replies that overtake each other take no topic away', async () => {
  const { world, socket } = await givenLive();
  socket.holds = true;
  const [one, two] = [world.follow({ topics: ['task:one'] }), world.follow({ topics: ['task:two'] })];
  for (const reply of socket.held.splice(0).reverse()) socket.say(reply);
  expect([one.state.connection, two.state.connection]).toEqual(['live', 'live']);
  expect(socket.sent).toHaveLength(3);
});

test('a topic that is left and followed again at once is followed, in whatever order its messages are taken', async () => {
  const { feed, world, socket, pass } = await givenLive();
  const first = world.follow({ topics: ['task:one'] });
  socket.holds = true;
  first.close();
  const second = world.follow({ topics: ['task:one'] });
  expect(socket.sent.at(-1)!.action).toBe('unsubscribe');
  socket.holds = false;
  for (const reply of socket.held.splice(0)) socket.say(reply);
  await pass(100);
  expect([feed.state.connection, second.state.connection]).toEqual(['live', 'live']);
  expect(socket.topics).toEqual(['tasks', 'task:one']);
});

test.each([1000, 1001, 1006])(
  'after an end by code %i that nobody asked for there is soon a new connection',
  async (code) => {
    const { feed, socket, pass, opened } = await givenLive();
    await pass(20_000);
    socket.lose(code);
    await pass(1_100);
    opened[1]!.open();
    opened[1]!.welcome();
    await pass(100);
    expect(feed.state).toMatchObject({ connection: 'live', stale: false });
  },
);

test('the planned hand-over is kept when the last feed leaves just then and another comes', async () => {
  const { feed, socket, world, pass, opened, time } = await givenLive();
  socket.say({ kind: 'goodbye', reason: 'lifetime', closesAt: new Date(time.nowMs + 65_000).toISOString() });
  feed.close();
  const next = world.follow();
  await pass(35_000);
  opened[1]!.welcome();
  await pass(100);
  opened[1]!.push(taskOf('later'));
  expect([socket.closedWith, next.tasks.has('later'), next.state.connection]).toEqual([1000, true, 'live']);
});

test('a connection that nobody needs any more ends, also when its planned end is told just then', async () => {
  const { feed, socket, pass, opened, time } = await givenLive();
  feed.close();
  socket.say({ kind: 'goodbye', reason: 'lifetime', closesAt: new Date(time.nowMs + 65_000).toISOString() });
  await pass(70_000);
  expect([socket.closedWith, opened.length]).toEqual([1000, 1]);
});
