import type { Task } from '@holdfast/api/types';
import { expect, test } from 'vitest';
import { taskOf, jsonResponse, problemOf } from './fake-service.ts';
import { given, givenLive } from '../../service/testing/given-feed.ts';
import type { Connection } from './index.ts';

const noAnswer = (): Response => {
  throw new TypeError('fetch failed');
};

test('a feed asks for a ticket, subscribes, and then reads what the ledger holds', async () => {
  const world = given();
  world.ledger.set('a', taskOf('a'));
  const feed = world.follow();
  const states: Connection[] = [feed.state.connection];
  feed.subscribe(() => states.push(feed.state.connection));
  await world.pass(1);
  const [socket] = world.opened;
  expect([socket!.url, socket!.protocols]).toEqual(['ws://h.test/live', ['holdfast.v1', 'ticket.abc']]);
  socket!.welcome();
  expect(feed.state).toMatchObject({ connection: 'live', stale: true });
  await world.pass(100);
  expect(feed.state).toMatchObject({ connection: 'live', stale: false, lastError: null });
  expect([...feed.tasks.keys()]).toEqual(['a']);
  expect(socket!.sent).toEqual([{ action: 'subscribe', id: '1', topics: ['tasks'] }]);
});

test('a frame that comes while the snapshot is read is not lost', async () => {
  const { feed, socket, pass } = await givenLive();
  const refreshed = feed.refresh();
  socket.push(taskOf('new', { version: 2 }));
  await pass(100);
  await refreshed;
  expect(feed.tasks.get('new')).toMatchObject({ version: 2 });
});

test('what is purged vanishes when the view is read again, every 30 s', async () => {
  const { feed, socket, world, pass } = await givenLive();
  socket.push(taskOf('purged'));
  await pass(29_000);
  expect([feed.tasks.size, world.snapshots]).toEqual([1, 2]);
  await pass(2000);
  expect([feed.tasks.size, world.snapshots]).toEqual([0, 3]);
});

test('many requests to read again are one snapshot, soon', async () => {
  const { feed, socket, world, pass } = await givenLive();
  for (let i = 0; i < 5; i++) socket.say({ kind: 'resync', reason: 'overload', topics: ['tasks'] });
  expect(feed.state.stale).toBe(true);
  await pass(1100);
  expect([world.snapshots, feed.state.stale]).toEqual([3, false]);
  socket.say({ kind: 'resync', reason: 'changed', topics: ['stats'] });
  await pass(1100);
  expect(world.snapshots).toBe(3);
});

test('a lost connection is made again with a new ticket, after longer and longer waits', async () => {
  const { feed, socket, world, pass, opened } = await givenLive();
  await pass(20_000);
  world.ticket = noAnswer;
  socket.lose(1001);
  expect(feed.state).toMatchObject({ connection: 'connecting', stale: true });
  await pass(600);
  expect(feed.state.connection).toBe('offline');
  const before = world.tickets;
  await pass(600_000);
  expect(world.tickets - before).toBeGreaterThan(600 / 30);
  expect(world.tickets - before).toBeLessThan(600 / 14 + 6);
  world.ticket = given().ticket;
  await pass(30_000);
  opened.at(-1)!.welcome();
  await pass(100);
  expect(feed.state).toMatchObject({ connection: 'live', stale: false, lastError: null });
});

test('a policy close is answered by a wait too, not by a storm', async () => {
  const { world, pass, opened } = await givenLive();
  for (let i = 0; i < 10; i++) {
    opened.at(-1)!.lose(1008);
    for (const count = opened.length; opened.length === count;) await pass(1000);
    opened.at(-1)!.welcome();
  }
  const before = world.tickets;
  opened.at(-1)!.lose(1008);
  await pass(10_000);
  expect(world.tickets).toBe(before);
});

test('a server that falls silent is left', async () => {
  const { socket, pass, opened } = await givenLive();
  await pass(120_000);
  expect(socket.sent.filter(({ action }) => action === 'ping').length).toBe(2);
  socket.answers = false;
  await pass(200_000);
  expect(socket.closedWith).toBe(1000);
  expect(opened.length).toBeGreaterThan(1);
});

test('the planned end is met by a new connection first', async () => {
  const { feed, socket, pass, opened, time } = await givenLive();
  const states = new Set<Connection>();
  feed.subscribe(() => states.add(feed.state.connection));
  socket.say({ kind: 'goodbye', reason: 'lifetime', closesAt: new Date(time.nowMs + 65_000).toISOString() });
  await pass(35_000);
  expect([opened.length, socket.closedWith]).toEqual([2, undefined]);
  opened[1]!.welcome();
  await pass(100);
  expect(socket.closedWith).toBe(1000);
  opened[1]!.push(taskOf('later'));
  expect([feed.tasks.has('later'), ...states]).toEqual([true, 'live']);
});

test('where sockets are blocked, a feed asks every few seconds, and goes on trying', async () => {
  const world = given({ hasSockets: false });
  const feed = world.follow();
  await world.pass(10_000);
  expect(feed.state).toMatchObject({ connection: 'polling', stale: false });
  const { snapshots, tickets } = world;
  await world.pass(60_000);
  expect(world.snapshots - snapshots).toBeGreaterThanOrEqual(60 / 5 - 1);
  expect(world.snapshots - snapshots).toBeLessThanOrEqual(60 / 2);
  expect(world.tickets - tickets).toBeGreaterThanOrEqual(2);
});

test('a server that knows no live channel is polled', async () => {
  const world = given();
  world.ticket = () => jsonResponse(404, problemOf('not-found', 404, false));
  const feed = world.follow();
  await world.pass(10_000);
  expect(feed.state).toMatchObject({ connection: 'polling', stale: false, lastError: { code: 'not-found' } });
});

test('a topic that is refused leaves the others as they are', async () => {
  const world = given();
  const feed = world.follow();
  const other = world.follow({ topics: ['task:gone'] });
  await world.pass(1);
  world.opened[0]!.refuses = 'task:gone';
  world.opened[0]!.welcome();
  await world.pass(100);
  expect([feed.state.connection, other.state.connection]).toEqual(['live', 'polling']);
});

test('a topic that was refused is asked for again: whoever follows it anew at once, and all of them in the end', async () => {
  const { world, socket, pass } = await givenLive();
  socket.refuses = 'task:later';
  const early = world.follow({ topics: ['task:later'] });
  await pass(100);
  expect(early.state.connection).toBe('polling');
  socket.refuses = undefined;
  await pass(61_000);
  expect(early.state).toMatchObject({ connection: 'live', stale: false, lastError: null });
  socket.refuses = 'task:other';
  world.follow({ topics: ['task:other'] }).close();
  await pass(100);
  socket.refuses = undefined;
  const anew = world.follow({ topics: ['task:other'] });
  await pass(100);
  expect(anew.state.connection).toBe('live');
});

test('feeds share one connection and its topics, and the last one closes it', async () => {
  const { feed, socket, world, pass } = await givenLive();
  const other = world.follow({ topics: ['tasks', 'type:simulate'] });
  await pass(100);
  expect(socket.topics).toEqual(['tasks', 'type:simulate']);
  other.close();
  expect(socket.topics).toEqual(['tasks']);
  feed.close();
  await pass(1000);
  expect([socket.closedWith, world.opened.length]).toEqual([1000, 1]);
});

test('a connection that ends after the last feed has left is not made again', async () => {
  const { feed, socket, world, pass } = await givenLive();
  feed.close();
  socket.lose(1001);
  await pass(60_000);
  expect(world.tickets).toBe(1);
});

test('a feed takes in its own topics only, and of those what it shows', async () => {
  const { feed, socket } = await givenLive({ topics: ['type:mail'], includes: ({ status }) => status === 'dead' });
  socket.push(taskOf('a'), taskOf('b', { type: 'mail' }), taskOf('c', { type: 'mail', status: 'dead' }));
  expect([...feed.tasks.keys()]).toEqual(['c']);
});

test('a feed that shows something else drops what it showed, and the snapshot on its way', async () => {
  const { feed, socket, world, pass } = await givenLive();
  world.ledger.set('old', taskOf('old'));
  void feed.refresh();
  feed.replace({ topics: ['task:x'], snapshot: () => Promise.resolve([taskOf('x')]) });
  await pass(100);
  expect([...feed.tasks.keys()]).toEqual(['x']);
  expect(socket.topics).toEqual(['task:x']);
});

test('a paused feed reads nothing, and reads at once when it goes on', async () => {
  const { feed, socket, world, pass } = await givenLive();
  feed.pause();
  socket.say({ kind: 'resync', reason: 'gap', topics: ['tasks'] });
  await pass(120_000);
  expect(world.snapshots).toBe(2);
  feed.resume();
  await pass(100);
  expect([world.snapshots, feed.state.stale]).toEqual([3, false]);
});

test('what has no tasks is told when to read again: at the start, when the channel is there, and when it is different', async () => {
  let reads = 0;
  const count = (): void => {
    reads++;
  };
  const { socket, pass } = await givenLive({ topics: ['stats'], snapshot: undefined, onResync: count });
  expect(reads).toBe(2);
  for (let i = 0; i < 3; i++) socket.say({ kind: 'resync', reason: 'changed', topics: ['stats'] });
  await pass(1100);
  expect(reads).toBe(3);
});

test('a snapshot that fails is told, and taken again', async () => {
  const failing = { fails: true };
  const snapshot = (): Promise<Task[]> =>
    failing.fails ? Promise.reject(new Error('no')) : Promise.resolve([taskOf('a')]);
  const { feed, pass } = await givenLive({ snapshot });
  expect(feed.state).toMatchObject({ stale: true, lastError: { message: 'no' } });
  failing.fails = false;
  await pass(5000);
  expect([feed.tasks.size, feed.state.stale, feed.state.lastError]).toEqual([1, false, null]);
});

test('a listener that throws keeps neither the others nor the next snapshot from anything, and is heard of', async () => {
  const { feed, world, pass } = await givenLive();
  let heard = 0;
  const stop = feed.subscribe(() => {
    throw new Error('of the page');
  });
  feed.subscribe(() => heard++);
  world.ledger.set('a', taskOf('a'));
  void feed.refresh();
  await expect(pass(100)).rejects.toThrow('of the page');
  stop();
  expect([heard, feed.state.lastError]).toEqual([1, null]);
  const { snapshots } = world;
  await pass(31_000);
  expect(world.snapshots).toBe(snapshots + 1);
});

test('a paused feed takes no snapshot when the connection is made again, and one when it goes on', async () => {
  const { feed, socket, world, pass, opened } = await givenLive();
  feed.pause();
  socket.lose(1001);
  await pass(2000);
  opened.at(-1)!.welcome();
  await pass(60_000);
  expect([world.snapshots, feed.state.stale]).toEqual([2, true]);
  feed.resume();
  await pass(100);
  expect([world.snapshots, feed.state.stale]).toEqual([3, false]);
});
