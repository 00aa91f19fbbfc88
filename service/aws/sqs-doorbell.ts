/**
 * Bells as messages of standard queues, one queue for each lane; the tenant is the message group (fair queues). A message
 * says which task to look at, and nothing that could be stale but hints. Lost, doubled or late it costs latency only.
 */
import type { SQSClient } from '@aws-sdk/client-sqs';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { isTenant } from '../core/entry-keys.ts';
import { namesOf } from '../core/names-of.ts';
import type { Bell, Clock, Doorbell, Log } from '../core/ports.ts';
import { SECOND } from '../core/rules.ts';
import type { Lane } from '../core/task.ts';
import type { Queue } from './sqs-send.ts';
import { bodyOf, inTime, MOST_DELAY_SECONDS, send } from './sqs-send.ts';

/** Fewer are work in progress, of whichever tenant: a lost bell would wait for them, and so many too many cost little. */
const NO_PILE_UP = 100;
/** One answer for all tenants of a page of the sweeper. */
const DEPTH_IS_FRESH_MS = SECOND;
const TASK_ID = /^[\w-]{1,64}$/;
const TYPE = /^[a-z][a-z0-9-]{0,63}$/;

export interface DoorbellParts {
  readonly sqs: SQSClient;
  /** The urls. */
  readonly queues: Readonly<Record<Lane, string>>;
  readonly clock: Clock;
  readonly log?: Log;
}

export function openDoorbell({ sqs, queues, clock, log }: DoorbellParts): Doorbell {
  const onFault = (error: unknown, lost: number): void => log?.warn('bells-not-rung', { ...namesOf(error), lost });
  const visible = visibleIn({ sqs, queues, clock });
  return {
    ring: async (bells) => {
      const nowMs = clock.nowMs();
      const answers = new Array<'rung' | 'failed'>(bells.length).fill('failed');
      const lanes = Map.groupBy(bells.keys(), (at) => bells[at]!.lane);
      await Promise.all(
        Array.from(lanes, async ([lane, places]) => {
          const queue: Queue = { sqs, url: queues[lane], onFault };
          const sent = await send(
            queue,
            places.map((at) => messageOf(bells[at]!, nowMs)),
          );
          for (const [i, at] of places.entries()) if (sent[i] === 'sent') answers[at] = 'rung';
        }),
      );
      return answers;
    },
    depth: async (lane) => Math.max(0, (await visible(lane)) - NO_PILE_UP),
  };
}

function messageOf({ tenant, taskId, type, notBeforeMs }: Bell, nowMs: number) {
  return {
    tenant,
    body: bodyOf({ tenant, taskId, type, notBeforeMs }),
    delaySeconds: delaySeconds(notBeforeMs - nowMs),
  };
}

/** Whole seconds and one more: the queue's clock is not ours, and a bell that is early is a claim for nothing. */
const delaySeconds = (ms: number): number => (ms <= 0 ? 0 : Math.min(MOST_DELAY_SECONDS, Math.ceil(ms / SECOND) + 1));

/** About, and of all tenants: SQS cannot tell whose they are. 0 when the queue cannot say: a bell too many costs a lost claim, a sweep that ends here many late tasks. */
function visibleIn({ sqs, queues, clock }: DoorbellParts): (lane: Lane) => Promise<number> {
  const known = new Map<Lane, { readonly atMs: number; readonly count: Promise<number> }>();
  const ask = async (lane: Lane): Promise<number> => {
    const [QueueUrl, AttributeNames] = [queues[lane], ['ApproximateNumberOfMessages' as const]];
    const answer = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }), inTime());
    return Number(answer.Attributes?.ApproximateNumberOfMessages ?? 0);
  };
  return (lane) => {
    const atMs = clock.monotonicMs();
    const last = known.get(lane);
    if (last !== undefined && atMs - last.atMs < DEPTH_IS_FRESH_MS) return last.count;
    const count = ask(lane).catch(() => 0);
    known.set(lane, { atMs, count });
    return count;
  };
}

/** The bell in a message of the lane's queue. Throws for what is none. */
export function bellIn(body: string, lane: Lane): Bell {
  const { tenant, taskId, type, notBeforeMs } = (JSON.parse(body) ?? {}) as Partial<Record<keyof Bell, unknown>>;
  const isBell =
    typeof tenant === 'string' &&
    isTenant(tenant) &&
    typeof taskId === 'string' &&
    TASK_ID.test(taskId) &&
    typeof type === 'string' &&
    TYPE.test(type) &&
    typeof notBeforeMs === 'number' &&
    Number.isFinite(notBeforeMs);
  if (!isBell) throw new TypeError('The message is no bell.');
  return { tenant, taskId, type, notBeforeMs, lane };
}
