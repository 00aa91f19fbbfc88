/**
 * The row of the live channel: half the pushes are lost, tickets are refused, viewers come and go and one reads nothing, while a feed of the
 * SDK shows all tasks. When the channel is whole again, the feed has to hold what the ledger holds.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Task } from '@holdfast/api/types';
import type { TaskFeed } from '@holdfast/sdk';
import { createHoldfast } from '@holdfast/sdk';
import { until } from '../given-pool.ts';
import { LiveClient, ticketOf } from '../live-client.ts';
import type { Plan, Play } from './play.ts';
import { isAllFinal, isLong, PATIENTLY_MS } from './play.ts';
import { extra, requestOf } from './planned.ts';

const RECONNECTS_PER_TASK = 5;
const MOST_RECONNECTS = 1_000;
const SAME_WITHIN_MS = 35_000;
/** The SDK's own. A short run shows that it heals, a long one that it does so in the time that is promised. */
const RECONCILE_MS = 30_000;
const REFUSED_TICKETS = 3;
/** Who says nothing for two minutes is taken for gone. */
const SIGN_OF_LIFE_MS = 30_000;

interface Lossy {
  readonly feed: TaskFeed;
  readonly isSubscribed: () => boolean;
  /** Whether a push has told of it. */
  readonly hasHeardOf: (taskId: string) => boolean;
  /** Pushes that did not arrive. */
  readonly lost: () => number;
  /** Cuts the connection of the feed. */
  readonly cut: () => void;
  readonly heal: () => void;
}

async function allOf(listed: AsyncIterable<Task>): Promise<Task[]> {
  const tasks: Task[] = [];
  for await (const task of listed) tasks.push(task);
  return tasks;
}

const isPush = (data: unknown): boolean => String(data).includes('"kind":"tasks"');

/** Every second push does not arrive, and of the tickets for a connection in place of one that was cut the first few are refused. */
function followLossily(play: Play): Lossy {
  const { ground, tasks } = play;
  let isHealed = false;
  let pushes = 0;
  let lost = 0;
  let refused = 0;
  let isSubscribed = false;
  const opened: WebSocket[] = [];
  const heard: string[] = [];
  class LossySocket extends WebSocket {
    constructor(...given: ConstructorParameters<typeof WebSocket>) {
      super(...given);
      opened.push(this);
    }

    override set onmessage(listen: (event: MessageEvent) => void) {
      this.addEventListener('message', (event) => {
        const isLost = !isHealed && isPush(event.data) && (pushes += 1) % 2 === 0;
        isSubscribed ||= String(event.data).includes('"kind":"subscriptions"');
        if (isHealed && isPush(event.data)) heard.push(String(event.data));
        if (isLost) lost += 1;
        else listen(event);
      });
    }
  }
  const refusing = (url: string, init: RequestInit): Promise<Response> => {
    if (!url.endsWith('/live-tickets') || !isSubscribed || refused === REFUSED_TICKETS) return fetch(url, init);
    refused += 1;
    play.injected += 1;
    return Promise.resolve(new Response('{}', { status: 429, headers: { 'retry-after': '1' } }));
  };
  const sdk = createHoldfast({ baseUrl: ground.url, WebSocket: LossySocket, fetch: refusing });
  const snapshot = (signal: AbortSignal): Promise<Task[]> => allOf(sdk.list({}, { signal }));
  const reconcileEveryMs = isLong(tasks.length) ? RECONCILE_MS : RECONCILE_MS / 6;
  const feed = sdk.follow({ topics: ['tasks'], snapshot, reconcileEveryMs });
  return {
    feed,
    isSubscribed: () => isSubscribed,
    hasHeardOf: (taskId) => heard.some((push) => push.includes(`"${taskId}"`)),
    lost: () => lost,
    cut: () => opened.at(-1)?.close(),
    heal: () => void (isHealed = true),
  };
}

/** Each subscribes and leaves without a word. */
async function comeAndGo(play: Play): Promise<void> {
  const times = Math.min(MOST_RECONNECTS, play.tasks.length * RECONNECTS_PER_TASK);
  for (let i = 0; i < times; i += 1) {
    const { ticket } = await ticketOf(play.ground.url);
    const viewer = await LiveClient.open(play.ground.url, { ticket });
    viewer.send({ action: 'subscribe', id: '1', topics: ['tasks'] });
    viewer.socket.terminate();
    await viewer.closed;
    play.injected += 1;
    await sleep(play.spanMs / times / 2);
  }
}

const versions = (tasks: Iterable<Task>): string =>
  Array.from(tasks, ({ taskId, version, status }) => `${taskId} ${version} ${status}`)
    .sort()
    .join('\n');

const followed = new WeakMap<Play, Lossy>();

/** Before there is anything to push: a feed that comes when all is over has nothing to lose. */
async function followFirst(play: Play): Promise<void> {
  await play.ground.start();
  const lossy = followLossily(play);
  followed.set(play, lossy);
  await until(lossy.isSubscribed, PATIENTLY_MS).catch((error: unknown) => {
    lossy.feed.close();
    throw error;
  });
}

/** By pushes alone: what a feed reads again by itself would hide that nobody is told of anything any more. */
async function hearAgain(play: Play, deaf: LiveClient): Promise<void> {
  const { ground, customer, planted, wrongs } = play;
  const { hasHeardOf, feed } = followed.get(play)!;
  const after = extra('F30-after', 'succeed', { ends: ['succeeded'] });
  planted.add(after.taskId);
  const { type, payload, taskId } = requestOf(after, ground.notes);
  // After refusals it waits; what happens meanwhile it reads.
  await until(() => feed.state.connection === 'live');
  await customer.sdk.submit(type, payload, { taskId });
  await until(() => hasHeardOf(taskId)).catch(() => wrongs.push('the feed is told of nothing any more'));
  deaf.socket.resume();
  const isTold = () => deaf.versionsOf(taskId).length > 0 || deaf.messages.some(({ kind }) => kind === 'resync');
  await until(isTold).catch(() => wrongs.push('who reads again is told of nothing'));
  await until(() => ground.finals().has(taskId), PATIENTLY_MS);
}

/** What the feed shows when all is over, against what the ledger holds. */
async function untilSame({ customer, notes, wrongs, ...play }: Play, feed: TaskFeed): Promise<void> {
  const healedAtMs = performance.now();
  await until(() => isAllFinal(play), 300_000);
  const finalAtMs = performance.now();
  const ledger = versions(await allOf(customer.sdk.list()));
  const isSame = () => versions(feed.tasks.values()) === ledger;
  await until(isSame, SAME_WITHIN_MS).catch((error: unknown) => wrongs.push((error as Error).message));
  const [sinceMs, sinceFinalMs] = [performance.now() - healedAtMs, performance.now() - finalAtMs].map(Math.round);
  notes.push(`the page equals the ledger ${sinceMs} ms after healing, ${sinceFinalMs} ms after the last task`);
}

async function loseAndLeave(play: Play): Promise<void> {
  const { feed, lost, cut, heal } = followed.get(play)!;
  let deaf: LiveClient | undefined;
  const living = setInterval(() => deaf?.socket.ping(), SIGN_OF_LIFE_MS);
  try {
    deaf = await LiveClient.open(play.ground.url);
    await deaf.subscribe('tasks');
    deaf.socket.pause();
    await Promise.all([comeAndGo(play), sleep(play.spanMs / 2).then(cut), play.submitted]);
    heal();
    play.injected += lost();
    play.notes.push(`${lost()} pushes were lost`);
    if (lost() === 0) play.wrongs.push('no push was lost');
    await untilSame(play, feed);
    await hearAgain(play, deaf);
  } finally {
    clearInterval(living);
    feed.close();
    deaf?.socket.terminate();
  }
}

export const liveLossy: Plan = {
  id: 'F30',
  fault: 'half the pushes lost, 429, slow reader, reconnects',
  leastSpanMs: 6_000,
  prepare: followFirst,
  strike: loseAndLeave,
};
