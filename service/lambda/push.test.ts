import type { Task } from '@holdfast/api/types';
import { describe, expect, it } from 'vitest';
import { batchOf, GivenConnections, taskOf } from '../testing/given-connections.ts';
import { keyOf } from '../testing/given-identity.ts';

const ANNA = keyOf('acme', 'key:anna');
const BERT = keyOf('other', 'key:bert');
const many = (count: number, version = 1): Task[] =>
  Array.from({ length: count }, (_, n) => taskOf(`many-${n}`, version));
const given = () => new GivenConnections([ANNA, BERT]);

describe('a push', () => {
  it('sends the newest of each task over all messages, once to who follows it by several topics', async () => {
    const house = given();
    const { viewer } = await house.open(ANNA, 'tasks', 'type:simulate');
    await house.push(
      batchOf(
        { tenant: 'acme', tasks: [taskOf('a', 3), taskOf('b', 1)] },
        { tenant: 'acme', tasks: [taskOf('a', 2)] },
        { tenant: 'acme', tasks: [taskOf('b', 2)] },
      ),
    );
    expect(viewer.kinds).toEqual(['welcome', 'subscriptions', 'tasks']);
    expect(viewer.tasks.map(({ taskId, version }) => `${taskId} ${version}`)).toEqual(['a 3', 'b 2']);
  });

  it('takes a life that began later for newer', async () => {
    const house = given();
    const { viewer } = await house.open(ANNA, 'tasks');
    const second = taskOf('a', 1, { createdAt: '2026-02-01T00:00:00.000Z' });
    await house.tell('acme', [second, taskOf('a', 9)]);
    expect(viewer.tasks).toEqual([second]);
  });

  it('sends to who follows the task, its type or all, and to no other tenant [S14]', async () => {
    const house = given();
    const followers = await Promise.all(
      ['tasks', 'type:simulate', 'type:http-request', 'groups'].map((topic) => house.open(ANNA, topic)),
    );
    const stranger = await house.open(BERT, 'tasks', 'stats');
    await house.tell('acme', [taskOf('a', 1)]);
    expect(followers.map(({ viewer }) => viewer.tasks.length)).toEqual([1, 1, 0, 0]);
    expect(stranger.viewer.kinds).toEqual(['welcome', 'subscriptions']);
  });

  it('costs one list a tenant, however many viewers there are, and no more when there are none', async () => {
    const house = given();
    for (let n = 0; n < 20; n += 1) await house.open(ANNA, 'tasks', 'stats');
    house.lists = 0;
    await house.push(
      batchOf({ tenant: 'acme', tasks: many(50) }, { tenant: 'acme', tasks: [] }, { tenant: 'other', tasks: many(1) }),
    );
    expect(house.lists).toBe(2);
  });

  it('tells of statistics by one resync', async () => {
    const house = given();
    const { viewer } = await house.open(ANNA, 'stats');
    await house.push(batchOf({ tenant: 'acme', tasks: many(3) }, { tenant: 'acme', tasks: many(3, 2) }));
    expect(viewer.resyncs).toEqual(['changed: stats']);
  });

  it('never sends a frame of more than 32 KB; what does not fit is to be read', async () => {
    const house = given();
    const { viewer } = await house.open(ANNA, 'tasks');
    await house.tell('acme', many(100));
    expect(viewer.tasks).toHaveLength(100);
    await house.pass(10_000);
    await house.tell('acme', many(1_000, 2));
    expect(viewer.resyncs).toEqual(['overload: tasks']);
    expect(Math.max(...viewer.frameBytes)).toBeLessThanOrEqual(32_768);
  });

  it('asks to read when the queue could not tell all', async () => {
    const house = given();
    const { viewer } = await house.open(ANNA, 'type:http-request');
    await house.push(batchOf({ tenant: 'acme', tasks: [], isIncomplete: true }));
    expect(viewer.resyncs).toEqual(['overload: type:http-request']);
  });

  it('gives no viewer more than two messages a second, at any load, from two processes with a window of 1 s', async () => {
    const house = given();
    const { viewer } = await house.open(ANNA, 'tasks', 'stats');
    const pushes = [house.newPush(), house.newPush()];
    for (let second = 0; second < 60; second += 1) {
      const count = [1, 30, 60, 90, 500][second % 5]!;
      await Promise.all(pushes.map((push) => house.tell('acme', many(count, second + 1), push)));
      await house.pass(1_000);
    }
    const arrivedAtMs = viewer.arrivedAtMs.slice(2);
    const within = (ms: number) =>
      Math.max(
        ...arrivedAtMs.map((fromMs) => arrivedAtMs.filter((atMs) => atMs >= fromMs && atMs < fromMs + ms).length),
      );
    expect(within(60_000)).toBeLessThanOrEqual(2 * 60 + 2);
    expect(within(1_000)).toBeLessThanOrEqual(4);
    expect(viewer.resyncs).not.toEqual([]);
  });
});

describe('a viewer that a push does not reach', () => {
  it('is forgotten when it is gone, with all that it followed', async () => {
    const house = given();
    const { viewer } = await house.open(ANNA, 'tasks', 'stats');
    viewer.isClosed = true;
    await house.tell('acme', [taskOf('a', 1)]);
    expect(house.entries).toEqual([]);
  });

  it.each(['throttled', 'failed'] as const)(
    'costs the others nothing when it is %s, and reads again later',
    async (fate) => {
      const house = given();
      const [slow, other] = [await house.open(ANNA, 'tasks'), await house.open(ANNA, 'tasks')];
      slow.viewer.fates = [fate, fate, 'sent'];
      await house.tell('acme', [taskOf('a', 1)]);
      expect([slow.viewer.tasks.length, other.viewer.tasks.length]).toEqual([0, 1]);
      await house.care();
      expect(slow.viewer.resyncs).toEqual([]);
      await house.care();
      await house.care();
      expect([slow.viewer.resyncs, other.viewer.resyncs]).toEqual([['overload: tasks'], []]);
    },
  );

  it('gets no later frame of the same push, so that frames keep their order', async () => {
    const house = given();
    const { viewer } = await house.open(ANNA, 'tasks');
    viewer.fates = ['throttled', 'sent'];
    await house.tell('acme', many(100));
    expect(viewer.tasks).toEqual([]);
  });

  it('does not keep the others waiting, nor the function beyond its time', async () => {
    const house = given();
    const viewers = await Promise.all(Array.from({ length: 60 }, () => house.open(ANNA, 'tasks')));
    const post = house.gateway.post.bind(house.gateway);
    const isStuck = (id: string) => Number(id.slice(1, -1)) <= 49;
    const { time } = house.simulated;
    const late = () => new Promise<'failed'>((resolve) => void time.after(3_000, () => resolve('failed')));
    house.gateway.post = (id, frame) => (isStuck(id) ? late() : post(id, frame));
    const pushed = house.tell('acme', [taskOf('a', 1)]);
    await house.pass(1);
    expect(viewers.filter(({ viewer }) => viewer.tasks.length === 1)).toHaveLength(11);
    await house.pass(4_000);
    expect(await pushed).toEqual({ batchItemFailures: [] });
  });
});

describe('a message of the events queue', () => {
  it('that tells of nothing is given back, and the others are told', async () => {
    const house = given();
    const { viewer } = await house.open(ANNA, 'tasks');
    const answer = await house.push(batchOf('{', { tenant: 'acme', tasks: [taskOf('a', 1)] }));
    expect(answer.batchItemFailures).toEqual([{ itemIdentifier: 'm0' }]);
    expect(viewer.tasks).toHaveLength(1);
  });

  it('is given back when nobody could be asked who follows, and only then', async () => {
    const house = given();
    const { viewer } = await house.open(BERT, 'tasks');
    const followersOf = house.connections.followersOf.bind(house.connections);
    house.connections.followersOf = (tenant) =>
      tenant === 'acme' ? Promise.reject(new Error('away')) : followersOf(tenant);
    const tasks = [taskOf('a', 1)];
    const answer = await house.push(
      batchOf({ tenant: 'acme', tasks }, { tenant: 'other', tasks }, { tenant: 'acme', tasks }),
    );
    expect(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(['m0', 'm2']);
    expect(viewer.tasks).toHaveLength(1);
  });
});
