/**
 * The index of what somebody must look at: the open tasks of all tenants by `due`, and each tenant's inbox. An entry is a
 * hint and may be late. Whatever is asked here looks at a bounded number of entries.
 */
import type { Overdue, TaskCounts } from '../core/ports.ts';
import { LedgerUnavailable } from '../core/ports.ts';
import { HORIZON_MS, MINUTE } from '../core/rules.ts';
import { MOST_EXAMINED } from '../core/search.ts';
import type { LedgerTask, TaskKey } from '../core/task.ts';
import { isReady } from '../core/task.ts';
import type { Span, Store } from './dynamo-calls.ts';
import { entriesOf, FIRST, getItems, keyOf, LAST, numbers, take } from './dynamo-calls.ts';
import type { Item } from './item-size.ts';
import { ATTENTION } from './table.ts';
import { ATTENTION_SHARDS, INBOX_SHARDS, inboxPartition, openPartition, taskKeyOf, timeText } from './task-item.ts';

/** Of tasks that are over, by the counters: what an index of open ones cannot tell. */
export type PastCounts = (tenant: string) => Promise<Readonly<Record<'succeeded' | 'cancelled' | 'dead', number>>>;

const NOTHING_PAST = { succeeded: 0, cancelled: 0, dead: 0 };
/** One page of a query, so that 10 000 tasks are counted before the number stops growing. */
const COUNTED_PER_SHARD = 1_250;
/** For the oldest: a few times its share of what is examined at each end, for the shards are not equally old. */
const LOOKED_AT_PER_SHARD = 125;

/** Both ends, and how many of each shard. */
interface Part extends Pick<Span, 'to' | 'order'> {
  readonly perShard: number;
}

const dueOf = ({ AS }: Item): number => Number(AS);
const byDue = (one: Item, other: Item): number => dueOf(one) - dueOf(other);

export class Attention {
  readonly #store: Store;
  readonly #pastCounts: PastCounts | undefined;

  constructor(store: Store, pastCounts: PastCounts | undefined) {
    this.#store = store;
    this.#pastCounts = pastCounts;
  }

  /** A shard that does not answer is left to the next sweep: the tasks of the others need not wait for it. */
  async overdue(nowMs: number, limit: number): Promise<TaskKey[]> {
    const shards = await Promise.allSettled(this.#open({ to: timeText(nowMs), order: 'ascending', perShard: limit }));
    const reasons = shards.flatMap((shard) => (shard.status === 'rejected' ? [shard.reason as Error] : []));
    const isNobodyThere = reasons.length === shards.length;
    const fault = reasons.find((error) => isNobodyThere || !(error instanceof LedgerUnavailable));
    if (fault) throw fault;
    const due = shards.flatMap((shard) => (shard.status === 'fulfilled' ? shard.value : []));
    return due
      .sort(byDue)
      .slice(0, limit)
      .map(({ PK }) => taskKeyOf(PK));
  }

  /** Exact to a thousand open tasks; of more, what a sample says of all that are looked at. */
  async counts(tenant: string): Promise<TaskCounts> {
    const [entries, inbox, past] = await Promise.all([
      this.#openOf(tenant, { to: LAST, order: 'ascending', perShard: COUNTED_PER_SHARD }),
      this.#inboxOf(tenant),
      this.#pastCounts?.(tenant) ?? NOTHING_PAST,
    ]);
    const step = Math.max(1, Math.ceil(entries.length / MOST_EXAMINED));
    const sample = await this.#read(entries.filter((_, i) => i % step === 0));
    const share = (status: LedgerTask['status']): number =>
      Math.round((sample.filter(({ st }) => st === status).length * entries.length) / Math.max(1, sample.length));
    const open = { scheduled: share('scheduled'), queued: share('queued'), retrying: share('retrying') };
    const dead = Math.max(past.dead, inbox + share('dead'));
    return { ...open, running: share('running'), ...past, dead, inbox };
  }

  /**
   * Of what is due first nobody was told yet; what a sweeper rang for again and again is due last, 10 minutes ahead at most.
   */
  async oldestOverdue(tenant: string, beforeMs: number): Promise<Overdue | undefined> {
    const to = timeText(beforeMs + HORIZON_MS + MINUTE);
    const ends = await Promise.all(
      (['ascending', 'descending'] as const).map(async (order) => {
        const entries = await this.#openOf(tenant, { to, order, perShard: LOOKED_AT_PER_SHARD });
        return order === 'ascending' ? entries.slice(0, MOST_EXAMINED / 2) : entries.slice(-MOST_EXAMINED / 2);
      }),
    );
    const [oldest] = (await this.#read(ends.flat()))
      .filter(({ st, nb }) => isReady({ status: st as LedgerTask['status'] }) && Number(nb) < beforeMs)
      .sort((one, other) => Number(one['nb']) - Number(other['nb']));
    if (oldest === undefined) return undefined;
    const { taskId } = taskKeyOf(oldest['PK']);
    return { taskId, type: String(oldest['ty']), notBeforeMs: Number(oldest['nb']) };
  }

  async #inboxOf(tenant: string): Promise<number> {
    const span = { index: ATTENTION, from: FIRST, to: LAST, order: 'descending', pageSize: COUNTED_PER_SHARD } as const;
    const shards = numbers(INBOX_SHARDS).map((shard) =>
      take(entriesOf(this.#store.table, { ...span, partition: inboxPartition(tenant, shard) }), COUNTED_PER_SHARD),
    );
    return (await Promise.all(shards)).flat().length;
  }

  /** A tenant's open tasks among those of all tenants, the earliest due first. */
  async #openOf(tenant: string, part: Part): Promise<Item[]> {
    const entries = (await Promise.all(this.#open(part))).flat();
    return entries.filter(({ PK }) => taskKeyOf(PK).tenant === tenant).sort(byDue);
  }

  #open({ perShard, ...part }: Part): Promise<Item[]>[] {
    return numbers(ATTENTION_SHARDS).map((shard) => {
      const span = { ...part, index: ATTENTION, partition: openPartition(shard), from: FIRST, pageSize: perShard };
      return take(entriesOf(this.#store.table, span), perShard);
    });
  }

  async #read(entries: readonly Item[]): Promise<Item[]> {
    const only = ['st', 'nb', 'ty'];
    return [...(await getItems(this.#store, entries.map(keyOf), { consistent: false, only })).values()];
  }
}
