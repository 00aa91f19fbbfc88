/**
 * The events queue: changes of tasks in, frames for whoever follows them out: the newest of each task over all messages, one
 * list of connections a tenant, each frame written once for all that follow the same. A viewer that a frame does not reach is
 * told later that it missed something; what cannot be told is redelivered, and frames that come twice are merged by version.
 */
import type { Task } from '@holdfast/api/types';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Gateway } from '../aws/gateway.ts';
import type { Changes } from '../aws/sqs-events.ts';
import { changesIn } from '../aws/sqs-events.ts';
import { namesOf } from '../core/names-of.ts';
import type { Clock, Log } from '../core/ports.ts';
import { SECOND } from '../core/rules.ts';
import { Bucket } from '../http/bucket.ts';
import { ChangedTask } from '../live/frames.ts';
import type { Connections } from './connections.ts';
import { lazily } from './invocation.ts';
import { gatewayOf, openLive } from './open-live.ts';
import type { News } from './push-frames.ts';
import { framesFor } from './push-frames.ts';

/** Posts at once: one that gets no answer keeps a fiftieth of the way. */
const AT_ONCE = 50;
/** Well below the time of the function: whoever was not reached by then has missed it. */
const PUSH_WITHIN_MS = 15 * SECOND;
/** Of one of two pushes at once. */
const FRAMES = { perSecond: 1, burst: 2 };
const MOST_TENANTS = 1_000;

export interface PushParts {
  readonly connections: Connections;
  readonly gateway: Gateway;
  /** Throws for a message that tells of no changes. */
  readonly changesIn: (body: string) => Changes;
  readonly clock: Clock;
  readonly log: Log;
}

export type Push = (event: SQSEvent) => Promise<SQSBatchResponse>;

/** Of one tenant. */
interface Told {
  readonly tenant: string;
  readonly messageIds: string[];
  readonly changes: Changes[];
}

interface Delivery {
  readonly tenant: string;
  readonly id: string;
  readonly topics: ReadonlySet<string>;
  readonly frames: readonly Buffer[];
}

export function createPush(parts: PushParts): Push {
  const { clock, log } = parts;
  const frugal = frugality(clock);
  return async ({ Records }) => {
    const giveUpAtMs = clock.monotonicMs() + PUSH_WITHIN_MS;
    const { told, unread } = read(Records, parts);
    const deliveries: Delivery[] = [];
    const untold = new Map<string, unknown>();
    await inTurns([...told.values()], untold, async ({ tenant, changes }) => {
      const followers = await parts.connections.followersOf(tenant);
      if (followers.size === 0) return;
      const news = newsOf(tenant, changes, clock.monotonicMs());
      const mayHaveTwo = frugal(tenant);
      const framesOf = memo((topics) => framesFor(topics, news, mayHaveTwo));
      for (const [id, topics] of followers) deliveries.push({ tenant, id, topics, frames: framesOf(topics) });
    });
    await inTurns(deliveries, untold, (delivery) => deliver(delivery, { ...parts, giveUpAtMs }));
    for (const [tenant, error] of untold) log.warn('live-untold', { tenant, ...namesOf(error) });
    const failed = [...untold.keys()].flatMap((tenant) => told.get(tenant)!.messageIds);
    return { batchItemFailures: [...unread, ...failed].map((itemIdentifier) => ({ itemIdentifier })) };
  };
}

/** Of a tenant in this process: answers, once a push, whether its viewers may get a second frame. */
function frugality(clock: Clock): (tenant: string) => () => boolean {
  const buckets = new Map<string, Bucket>();
  return (tenant) => {
    if (buckets.size > MOST_TENANTS) buckets.clear();
    const bucket = buckets.get(tenant) ?? new Bucket(FRAMES);
    buckets.set(tenant, bucket);
    const nowMs = clock.monotonicMs();
    bucket.take(1, nowMs);
    let mayHaveTwo: boolean | undefined;
    return () => (mayHaveTwo ??= bucket.take(1, nowMs));
  };
}

function read(records: readonly SQSRecord[], { changesIn, log }: PushParts) {
  const told = new Map<string, Told>();
  const unread: string[] = [];
  for (const { messageId, body } of records) {
    try {
      const changes = changesIn(body);
      const ofTenant = told.get(changes.tenant) ?? { tenant: changes.tenant, messageIds: [], changes: [] };
      told.set(changes.tenant, ofTenant);
      ofTenant.messageIds.push(messageId);
      ofTenant.changes.push(changes);
    } catch (error) {
      log.error('live-unreadable', namesOf(error));
      unread.push(messageId);
    }
  }
  return { told, unread };
}

function newsOf(tenant: string, changes: readonly Changes[], nowMs: number): News {
  const tasks = new Map<string, ChangedTask>();
  for (const task of changes.flatMap((each) => each.tasks)) {
    const known = tasks.get(task.taskId)?.task as Task | undefined;
    if (known === undefined || isOlder(known, task)) tasks.set(task.taskId, new ChangedTask(task, nowMs));
  }
  return { tenant, tasks, isIncomplete: changes.some(({ isIncomplete = false }) => isIncomplete) };
}

/** A life that began later is newer, whatever its version. */
const isOlder = (one: Task, other: Task): boolean =>
  one.createdAt < other.createdAt || (one.createdAt === other.createdAt && one.version < other.version);

function memo(framesFor: (topics: ReadonlySet<string>) => Buffer[]): (topics: ReadonlySet<string>) => Buffer[] {
  const known = new Map<string, Buffer[]>();
  return (topics) => {
    const name = [...topics].sort().join(' ');
    const frames = known.get(name) ?? framesFor(topics);
    known.set(name, frames);
    return frames;
  };
}

interface Delivering extends Pick<PushParts, 'connections' | 'gateway' | 'clock'> {
  readonly giveUpAtMs: number;
}

/** In order; after one that did not arrive none is sent. */
async function deliver({ tenant, id, topics, frames }: Delivery, delivering: Delivering): Promise<void> {
  const { connections, gateway, clock, giveUpAtMs } = delivering;
  for (const frame of frames) {
    const posted = clock.monotonicMs() < giveUpAtMs ? await gateway.post(id, frame) : 'failed';
    if (posted === 'sent') continue;
    if (posted === 'gone') await connections.leave(id, { tenant, topics });
    else await connections.noteMissed(id);
    return;
  }
}

/** So many at once; one that fails stops no other, and is noted with its tenant. */
async function inTurns<Item extends { readonly tenant: string }>(
  items: readonly Item[],
  untold: Map<string, unknown>,
  one: (item: Item) => Promise<void>,
): Promise<void> {
  const left = items.values();
  const work = async (): Promise<void> => {
    for (const item of left) {
      await one(item).catch((error: unknown) => untold.set(item.tenant, error));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

const opened = lazily(() => {
  const { settings, connections, clock, log } = openLive(['GATEWAY_URL']);
  return Promise.resolve(createPush({ connections, gateway: gatewayOf(settings), changesIn, clock, log }));
});

export const handler: Push = async (event) => (await opened())(event);
