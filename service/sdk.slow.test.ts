// The SDK against a real server: what it promises is what the ledger holds, whatever is dropped, killed or started again.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHoldfast, type FollowOptions, type Holdfast, type Task, type TaskFeed } from '@holdfast/sdk';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RealServer } from './testing/real-server.ts';
import { freePort, startServer } from './testing/real-server.ts';

let dataDir = '';
let port = 0;
let server: RealServer;
const feeds: TaskFeed[] = [];
const start = async (): Promise<void> => void (server = await startServer({ dataDir, port, env: { TIMING: 'short' } }));
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'holdfast-sdk-'));
  port = await freePort();
  await start();
});
afterEach(async () => {
  for (const feed of feeds.splice(0)) feed.close();
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function ledger(holdfast: Holdfast, signal?: AbortSignal): Promise<Task[]> {
  const tasks: Task[] = [];
  for await (const task of holdfast.list({}, { signal })) tasks.push(task);
  return tasks;
}

function followAll(holdfast: Holdfast, options: Partial<FollowOptions> = {}): TaskFeed {
  const feed = holdfast.follow({ topics: ['tasks'], snapshot: (signal) => ledger(holdfast, signal), ...options });
  feeds.push(feed);
  return feed;
}

function until(feed: TaskFeed, isSo: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!isSo()) return;
      stop();
      resolve();
    };
    const stop = feed.subscribe(look);
    look();
  });
}

const isLive = (feed: TaskFeed) => (): boolean => feed.state.connection === 'live' && !feed.state.stale;
const allSucceeded = (feed: TaskFeed, count: number) => (): boolean =>
  feed.tasks.size === count && [...feed.tasks.values()].every(({ status }) => status === 'succeeded');
const versions = (tasks: Iterable<Task>): Map<string, number> =>
  new Map([...tasks].map(({ taskId, version }) => [taskId, version]));

const submitMany = (holdfast: Holdfast, count: number): Promise<Task[]> =>
  Promise.all(Array.from({ length: count }, () => holdfast.submit('simulate', { failureRate: 0 })));

test('a thousand submits of one turn are a thousand tasks, and a feed shows each to its end', async () => {
  const holdfast = createHoldfast({ baseUrl: server.url });
  const feed = followAll(holdfast);
  await until(feed, isLive(feed));
  const submitted = await submitMany(holdfast, 1000);
  expect(new Set(submitted.map(({ taskId }) => taskId)).size).toBe(1000);
  await until(feed, allSucceeded(feed, 1000));
  expect(versions(feed.tasks.values())).toEqual(versions(await ledger(holdfast)));
});

test('a server that is killed and started again: submits go on, and the feed holds what the ledger holds', async () => {
  const holdfast = createHoldfast({ baseUrl: server.url, retry: { attempts: 20 } });
  const feed = followAll(holdfast);
  await until(feed, isLive(feed));
  const before = await submitMany(holdfast, 200);
  await server.killAll();
  await until(feed, () => feed.state.connection === 'offline' && feed.state.stale);
  const during = submitMany(holdfast, 200);
  await start();
  expect((await during).length + before.length).toBe(400);
  await until(feed, () => isLive(feed)() && allSucceeded(feed, 400)());
  expect(versions(feed.tasks.values())).toEqual(versions(await ledger(holdfast)));
});

test('a connection that loses every second message ends up at what the ledger holds', async () => {
  let count = 0;
  class Lossy extends WebSocket {
    override set onmessage(listen: (event: MessageEvent) => void) {
      this.addEventListener('message', (event) => {
        if (!String(event.data).includes('"kind":"tasks"') || count++ % 2 === 0) listen(event);
      });
    }
  }
  const holdfast = createHoldfast({ baseUrl: server.url, WebSocket: Lossy });
  const feed = followAll(holdfast, { reconcileEveryMs: Number(process.env['RECONCILE_MS'] ?? 1000) });
  await until(feed, isLive(feed));
  let submitted = 0;
  for (; count < 6 && submitted < 10_000; submitted += 10) await submitMany(holdfast, 10);
  await until(feed, allSucceeded(feed, submitted));
  expect(count).toBeGreaterThanOrEqual(6);
  expect(versions(feed.tasks.values())).toEqual(versions(await ledger(holdfast)));
});

test('one task is watched to its end, with a live channel and without', async () => {
  class Blocked {
    readonly url: string;
    constructor(url: string) {
      this.url = url;
      throw new Error('blocked');
    }
  }
  for (const client of [
    createHoldfast({ baseUrl: server.url }),
    createHoldfast({ baseUrl: server.url, WebSocket: Blocked }),
  ]) {
    const task = await client.submit('simulate', { durationMs: 1500, steps: 5, failureRate: 0 });
    const seen: Task[] = [];
    const result = await client.result(task, { onChange: (changed) => seen.push(changed) });
    expect(result).toEqual({ ok: true, attempt: 1 });
    expect([seen[0]!.status === 'succeeded', seen.at(-1)!.status]).toEqual([false, 'succeeded']);
  }
});
