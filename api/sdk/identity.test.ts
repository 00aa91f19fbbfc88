import { inspect } from 'node:util';
import type { TaskDetail } from '@holdfast/api/types';
import { describe, expect, test } from 'vitest';
import { VirtualTime } from '../../service/testing/virtual-time.ts';
import { fakeSockets } from './fake-live.ts';
import { jsonResponse, problemOf, taskOf } from './fake-service.ts';
import {
  createHoldfast,
  HoldfastError,
  ProblemError,
  ResultWithheld,
  Unreachable,
  type HoldfastOptions,
} from './index.ts';
import type { Fetch } from './http.ts';

const refusal = (status: 401 | 403): Response =>
  jsonResponse(status, problemOf(status === 401 ? 'unauthenticated' : 'insufficient-scope', status, false));
const TICKET = { ticket: 'abc', protocols: ['holdfast.v1', 'ticket.abc'], expiresAt: '' };

class Blocked {
  readonly url: string;
  constructor(url: string) {
    this.url = url;
    throw new Error('blocked');
  }
}

/** A service that takes one token, and counts who asks. */
function given(options: Partial<HoldfastOptions> = {}) {
  const time = new VirtualTime();
  const { opened, WebSocket } = fakeSockets();
  const world = {
    time,
    opened,
    /** That is taken; undefined: whoever asks is refused with `status`. */
    good: 'good' as string | undefined,
    status: 401 as 401 | 403,
    asked: [] as string[],
    paths: [] as string[],
    detail: {} as Partial<TaskDetail>,
    pass: (ms: number) => time.play(() => false, time.nowMs + ms),
  };
  const fetch: Fetch = async (url, { headers }) => {
    const token = new Headers(headers).get('Authorization')?.replace('Bearer ', '') ?? 'none';
    world.asked.push(token);
    world.paths.push(new URL(url).pathname);
    await Promise.resolve();
    if (token !== world.good) return refusal(world.status);
    if (url.endsWith('/live-tickets')) return jsonResponse(201, TICKET);
    return jsonResponse(200, {
      ...taskOf('a', { status: 'succeeded' }),
      result: null,
      withheld: false,
      ...world.detail,
    });
  };
  const timing = {
    nowMs: () => time.nowMs,
    after: (ms: number, run: () => void) => time.after(ms, run),
    random: () => 0.5,
  };
  const holdfast = createHoldfast({ baseUrl: 'http://h.test/', fetch, timing, WebSocket, ...options });
  return { ...world, world, holdfast };
}

describe('a token', () => {
  test('that is a string is sent with each request, and its refusal is not repeated', async () => {
    const { holdfast, world } = given({ token: 'bad' });
    const error: unknown = await holdfast.get('a').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProblemError);
    expect(error).toMatchObject({ code: 'unauthenticated', status: 401, retryable: false });
    expect(world.asked).toEqual(['bad']);
  });

  test('is asked for again once after a 401, for all calls under way, and each is tried once more', async () => {
    const answers = ['old', 'old', 'old', 'good', 'good'];
    let count = 0;
    const { holdfast, world } = given({ token: () => answers[count++] });
    const tasks = await Promise.all([holdfast.get('a'), holdfast.get('b'), holdfast.get('c')]);
    expect([tasks.length, count]).toEqual([3, 4]);
    expect(world.asked.sort()).toEqual(['good', 'good', 'good', 'old', 'old', 'old']);
    await holdfast.get('a');
    expect(count).toBe(5);
  });

  test('that is refused anew is the end of it', async () => {
    let count = 0;
    const { holdfast, world } = given({ token: () => `bad-${(count += 1)}` });
    await expect(holdfast.get('a')).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(world.asked).toEqual(['bad-1', 'bad-2']);
  });

  test('that stays the same, or is gone, is not tried again', async () => {
    const same = given({ token: () => 'bad' });
    await expect(same.holdfast.get('a')).rejects.toMatchObject({ status: 401 });
    const answers = ['bad', undefined];
    const gone = given({ token: () => answers.shift() });
    await expect(gone.holdfast.get('a')).rejects.toMatchObject({ status: 401 });
    expect([same.world.asked, gone.world.asked]).toEqual([['bad'], ['bad']]);
  });

  test('that cannot be had is Unreachable with its reason, also when it is never answered', async () => {
    const failing = given({ token: () => Promise.reject(new Error('signed out')), retry: { attempts: 1 } });
    const error: unknown = await failing.holdfast.get('a').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Unreachable);
    expect(String(error)).toContain('signed out');
    const hanging = given({ token: () => new Promise(() => undefined), retry: { attempts: 1 } });
    const answer = expect(hanging.holdfast.get('a')).rejects.toBeInstanceOf(Unreachable);
    await hanging.pass(30_001);
    await answer;
  });

  test.each(['good\nand another', 'gööd', 'го'])(
    'that no header can carry is named as such, never shown: %j',
    async (token) => {
      for (const each of [token, () => token]) {
        const { holdfast, world } = given({ token: each, fetch: () => Promise.reject(new Error('asked')) });
        const error: unknown = await holdfast.get('a').catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(HoldfastError);
        expect(error).not.toBeInstanceOf(Unreachable);
        expect([inspect(error).includes(token.slice(0, 4)), world.asked]).toEqual([false, []]);
      }
    },
  );

  test('is sent with submits too, which go on with the new one', async () => {
    const answers = ['old', 'good'];
    const { holdfast, world, pass } = given({ token: () => answers.shift() });
    const [task] = await Promise.all([holdfast.submit('simulate', {}, { taskId: 'a' }), pass(1)]);
    expect([task.taskId, ...world.asked]).toEqual(['a', 'old', 'good']);
  });
});

describe('a result that this identity may not see', () => {
  const withheld = { withheld: true, payload: null };
  test('is no null but an error with the task, and whoever waits for the end gets that', async () => {
    const { holdfast, world } = given({ token: 'good' });
    world.detail = withheld;
    const error: unknown = await holdfast.result('a').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ResultWithheld);
    expect(error).toMatchObject({ name: 'ResultWithheld', task: { taskId: 'a', withheld: true } });
    expect(await holdfast.finished('a')).toMatchObject({ status: 'succeeded', withheld: true });
    world.detail = { withheld: false, result: 5 };
    expect(await holdfast.result('a')).toBe(5);
  });
});

describe('a feed whose client is refused', () => {
  async function live(token: HoldfastOptions['token'] = 'good') {
    const all = given({ token });
    let snapshots = 0;
    const feed = all.holdfast.follow({
      topics: ['tasks'],
      snapshot: async (signal) => {
        snapshots += 1;
        return [await all.holdfast.get('a', { signal })];
      },
    });
    await all.pass(1);
    all.opened[0]?.welcome();
    await all.pass(20_000);
    return { ...all, feed, snapshots: () => snapshots };
  }

  test.each([401, 403] as const)(
    'with %i says so, asks nothing but a ticket now and then, and keeps what it shows',
    async (status) => {
      const { feed, world, opened, pass } = await live();
      expect(feed.state.connection).toBe('live');
      world.good = undefined;
      world.status = status;
      opened[0]!.lose(1008);
      await pass(1_000);
      expect(feed.state).toMatchObject({ connection: 'refused', stale: true, lastError: { status } });
      expect(feed.tasks.size).toBe(1);
      world.paths.length = 0;
      await pass(600_000);
      expect(new Set(world.paths)).toEqual(new Set(['/live-tickets']));
      expect(world.paths.length).toBeLessThanOrEqual(600 / 15);
    },
  );

  test('goes on when a later token is taken', async () => {
    let token = 'good';
    const { feed, world, opened, pass } = await live(() => token);
    world.good = 'later';
    opened[0]!.lose(1008);
    await pass(60_000);
    expect(feed.state.connection).toBe('refused');
    token = 'later';
    await pass(30_000);
    opened.at(-1)!.welcome();
    await pass(100);
    expect(feed.state).toMatchObject({ connection: 'live', stale: false, lastError: null });
  });

  test('goes on at once when it is asked to read again, as after a sign-in', async () => {
    let token: string | undefined = 'bad';
    const { feed, opened, pass } = await live(() => token);
    expect([feed.state.connection, opened.length]).toEqual(['refused', 0]);
    token = 'good';
    await Promise.all([feed.refresh(), pass(1)]);
    opened[0]!.welcome();
    await pass(100);
    expect(feed.state).toMatchObject({ connection: 'live', stale: false, lastError: null });
  });

  test('hears of its new token from the ticket alone: a call that was refused asks for it', async () => {
    const answers = ['good', 'good', 'good', 'old'];
    const { feed, world, opened, pass } = await live(() => answers.shift() ?? 'new');
    world.good = 'new';
    opened[0]!.lose(1008);
    await pass(1_000);
    opened.at(-1)!.welcome();
    await pass(100);
    expect(feed.state).toMatchObject({ connection: 'live', stale: false });
  });

  test('says so too where there are no sockets, and reads on when it may again', async () => {
    const { holdfast, world, pass } = given({ token: 'good', WebSocket: Blocked });
    world.good = undefined;
    const feed = holdfast.follow({ topics: ['tasks'], snapshot: async () => [await holdfast.get('a')] });
    await pass(60_000);
    expect(feed.state.connection).toBe('refused');
    const before = world.paths.length;
    await pass(300_000);
    expect(world.paths.length - before).toBeLessThanOrEqual(300 / 15);
    world.good = 'good';
    await pass(30_000);
    expect(feed.state.connection).not.toBe('refused');
    expect(feed.tasks.size).toBe(1);
  });

  test('is the end of a watch: nobody waits for a token that may never come', async () => {
    const { holdfast, world, opened, pass } = given({ token: 'good' });
    world.detail = { status: 'running' };
    const watched = (async () => {
      for await (const task of holdfast.watch('a')) expect(task.status).toBe('running');
    })();
    const ended = expect(watched).rejects.toMatchObject({ status: 401 });
    await pass(10);
    opened[0]!.welcome();
    await pass(500);
    world.good = undefined;
    opened[0]!.lose(1008);
    await pass(3_000);
    await ended;
  });
});

describe('Retry-After', () => {
  async function secondsOf(header: string): Promise<number | null> {
    const problem = problemOf('rate-limited', 429, true);
    const fetch: Fetch = () => Promise.resolve(jsonResponse(429, problem, { 'Retry-After': header }));
    const { holdfast } = given({ fetch, retry: { attempts: 1 } });
    const error: unknown = await holdfast.get('a').catch((thrown: unknown) => thrown);
    return (error as ProblemError).retryAfterSeconds;
  }

  test('counts in seconds and as a date; what is neither counts for nothing', async () => {
    expect(await secondsOf('7')).toBe(7);
    expect(await secondsOf(new Date(Date.UTC(2026, 0, 1, 0, 0, 30)).toUTCString())).toBe(30);
    expect(await secondsOf('Thu, 01 Jan 2015 00:00:00 GMT')).toBeNull();
    expect(await secondsOf('soon')).toBeNull();
  });

  test('of a ticket is obeyed', async () => {
    const tickets: number[] = [];
    const time = new VirtualTime();
    const problem = problemOf('rate-limited', 429, true);
    const fetch: Fetch = () => {
      tickets.push(time.nowMs);
      return Promise.resolve(jsonResponse(429, problem, { 'Retry-After': '120' }));
    };
    const timing = {
      nowMs: () => time.nowMs,
      after: (ms: number, run: () => void) => time.after(ms, run),
      random: () => 0,
    };
    const feed = createHoldfast({
      baseUrl: 'http://h.test/',
      fetch,
      timing,
      WebSocket: fakeSockets().WebSocket,
    }).follow({ topics: ['tasks'] });
    await time.play(() => false, time.nowMs + 300_000);
    expect(tickets.map((atMs) => (atMs - tickets[0]!) / 1_000)).toEqual([0, 120, 240]);
    expect(feed.state.connection).toBe('offline');
    feed.close();
  });
});
