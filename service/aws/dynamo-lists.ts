/**
 * The lists of the ledger, over its two indexes. An index is a hint: it names items, which are then read and judged by what
 * they are. Each call examines a bounded number of entries, and what a page costs does not grow with what is stored.
 */
import type { ListPage, ListQuery, Overdue, TaskCounts } from '../core/ports.ts';
import { isUnreadable, LedgerUnavailable } from '../core/ports.ts';
import { HORIZON_MS, MINUTE } from '../core/rules.ts';
import { isIndexed, matches, MOST_EXAMINED } from '../core/search.ts';
import type { LedgerTask, TaskKey } from '../core/task.ts';
import { isInInbox, isReady } from '../core/task.ts';
import type { DayBook } from './day-book.ts';
import type { Key, Span, Store } from './dynamo-calls.ts';
import { entriesOf, getItems, merged, MOST_KEYS, nameOf } from './dynamo-calls.ts';
import type { Item } from './item-size.ts';
import { ATTENTION, TIMELINE } from './table.ts';
import {
  ATTENTION_SHARDS,
  dayPartition,
  INBOX_SHARDS,
  inboxPartition,
  isPurged,
  openPartition,
  taskKeyOf,
  taskOf,
  TIMELINE_SHARDS,
  timeText,
} from './task-item.ts';

/** Of tasks that are over, by the counters: what the index of open ones cannot tell. */
export type PastCounts = (tenant: string) => Promise<Readonly<Record<'succeeded' | 'cancelled' | 'dead', number>>>;

export interface ListsParts {
  readonly store: Store;
  readonly days: DayBook;
  readonly pastCounts: PastCounts | undefined;
}

const NOTHING_PAST = { succeeded: 0, cancelled: 0, dead: 0 };
const FIRST = '0';
/** Behind every time, and behind a time with an id. */
const LAST = '~';

/** Well above its share, so that a shard is hardly ever asked twice; up to 100 tasks a page that is half a unit each. */
const shareOf = (limit: number, shards: number): number => Math.ceil((2 * limit) / shards) + 4;
const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const keyOf = ({ PK, SK }: Item): Key => ({ PK: String(PK), SK: String(SK) });

/** A thousand tasks spread over eight shards stay below this in each. */
const COUNTED_PER_SHARD = 250;

export class DynamoLists {
  readonly #store: Store;
  readonly #days: DayBook;
  readonly #pastCounts: PastCounts | undefined;

  constructor({ store, days, pastCounts }: ListsParts) {
    this.#store = store;
    this.#days = days;
    this.#pastCounts = pastCounts;
  }

  /** A shard that does not answer is left to the next sweep: the tasks of the others need not wait for it. */
  async overdue(nowMs: number, limit: number): Promise<TaskKey[]> {
    const spans = this.#open({ to: timeText(nowMs), order: 'ascending', pageSize: limit });
    const shards = await Promise.allSettled(spans.map((span) => take(entriesOf(this.#store.table, span), limit)));
    const refused = shards.flatMap((shard) => (shard.status === 'rejected' ? [shard.reason as Error] : []));
    const fault =
      refused.length < spans.length ? refused.find((error) => !(error instanceof LedgerUnavailable)) : refused[0];
    if (fault) throw fault;
    const due = shards.flatMap((shard) => (shard.status === 'fulfilled' ? shard.value : []));
    const dueOf = ({ AS }: Item): number => Number(AS);
    return due
      .sort((one, other) => dueOf(one) - dueOf(other))
      .slice(0, limit)
      .map(({ PK }) => taskKeyOf(PK));
  }

  async list(query: ListQuery): Promise<ListPage> {
    const { limit, only = {}, list } = query;
    const isBounded = isIndexed(query);
    const entries = this.#entries(query);
    const sort = list === 'all' ? TIMELINE.sort : ATTENTION.sort;
    const tasks: LedgerTask[] = [];
    let last = '';
    for (let examined = 0; tasks.length < limit && examined < MOST_EXAMINED;) {
      const most = Math.min(isBounded ? limit - tasks.length : MOST_KEYS, MOST_EXAMINED - examined);
      const taken = await take(entries, most);
      const items = await this.#items(taken.filter(({ ty }) => isOfType(ty, only.type)));
      for (const entry of taken) {
        if (tasks.length === limit) return pageOf({ tasks, last, isBounded });
        const task = items.get(nameOf(keyOf(entry)));
        if (task && (list === 'all' || isInInbox(task)) && matches(task, only)) tasks.push(task);
        last = String(entry[sort]);
        examined += 1;
      }
      if (taken.length < most) return { tasks };
    }
    const [more] = await take(entries, 1);
    return more ? pageOf({ tasks, last, isBounded }) : { tasks };
  }

  #entries(query: ListQuery): AsyncGenerator<Item> {
    const { tenant, list, sinceMs = 0, untilMs, after, limit } = query;
    // What is at `to` does not belong to it: a place without an id lies before all of its moment, one with an id was shown.
    const to = after ?? (untilMs === undefined ? LAST : timeText(untilMs));
    const pageSize = shareOf(isIndexed(query) && query.only?.type === undefined ? limit : MOST_KEYS, TIMELINE_SHARDS);
    const span = { from: timeText(sinceMs), to, order: 'descending', pageSize } as const;
    const entries =
      list === 'all'
        ? this.#timeline(tenant, span)
        : merged(
            this.#store.table,
            numbers(INBOX_SHARDS).map((shard) => ({
              ...span,
              index: ATTENTION,
              partition: inboxPartition(tenant, shard),
            })),
          );
    return without(entries, to);
  }

  async *#timeline(tenant: string, span: Omit<Span, 'index' | 'partition'>): AsyncGenerator<Item> {
    const [sinceMs, untilMs] = [span.from, span.to].map((place) => Number.parseInt(place, 10));
    const bounds = { sinceMs: sinceMs!, ...(!Number.isNaN(untilMs) && { untilMs: untilMs! }) };
    for await (const day of this.#days.days(tenant, bounds)) {
      const spans = numbers(TIMELINE_SHARDS).map((shard) => ({
        ...span,
        index: TIMELINE,
        partition: dayPartition(tenant, day, shard),
      }));
      yield* merged(this.#store.table, spans);
    }
  }

  /** The readable items of entries, without their payloads. */
  async #items(entries: readonly Item[]): Promise<Map<string, LedgerTask>> {
    const items = await getItems(this.#store, entries.map(keyOf), { consistent: false });
    const tasks = new Map<string, LedgerTask>();
    for (const [name, item] of items) {
      const task = isPurged(item, this.#store.clock.nowMs()) ? undefined : taskOf(item);
      if (task && !isUnreadable(task)) tasks.set(name, withoutTexts(task));
    }
    return tasks;
  }

  async counts(tenant: string): Promise<TaskCounts> {
    const [open, inbox, past] = await Promise.all([
      this.#openOf(tenant, { to: LAST, order: 'ascending' }, ['st']),
      this.#inboxOf(tenant),
      this.#pastCounts?.(tenant) ?? NOTHING_PAST,
    ]);
    const counts = { scheduled: 0, queued: 0, retrying: 0, running: 0, ...past, inbox };
    let unannounced = 0;
    for (const { st } of open) {
      if (st === 'dead') unannounced += 1;
      else if (isOpenStatus(st)) counts[st] += 1;
    }
    return { ...counts, dead: Math.max(past.dead, inbox + unannounced) };
  }

  async #inboxOf(tenant: string): Promise<number> {
    const span = { index: ATTENTION, from: FIRST, to: LAST, order: 'descending', pageSize: COUNTED_PER_SHARD } as const;
    const shards = numbers(INBOX_SHARDS).map((shard) =>
      take(entriesOf(this.#store.table, { ...span, partition: inboxPartition(tenant, shard) }), COUNTED_PER_SHARD),
    );
    return (await Promise.all(shards)).flat().length;
  }

  /**
   * Of what is due first nobody was told yet; what a sweeper rang for again and again is due last, 10 minutes ahead at most.
   */
  async oldestOverdue(tenant: string, beforeMs: number): Promise<Overdue | undefined> {
    const to = timeText(beforeMs + HORIZON_MS + MINUTE);
    const ends = (['ascending', 'descending'] as const).map((order) =>
      this.#openOf(tenant, { to, order }, ['st', 'nb', 'ty']),
    );
    const late = (await Promise.all(ends))
      .flat()
      .filter(({ st, nb }) => isReady({ status: st as LedgerTask['status'] }) && Number(nb) < beforeMs)
      .sort((one, other) => Number(one['nb']) - Number(other['nb']));
    const [oldest] = late;
    if (oldest === undefined) return undefined;
    return {
      taskId: taskKeyOf(oldest['PK']).taskId,
      type: String(oldest['ty']),
      notBeforeMs: Number(oldest['nb']),
    };
  }

  /** Attributes of a tenant's open tasks, as many as are looked at: the index holds them among those of all tenants. */
  async #openOf(tenant: string, part: Pick<Span, 'to' | 'order'>, only: readonly string[]): Promise<Item[]> {
    const shards = this.#open({ ...part, pageSize: COUNTED_PER_SHARD }).map((span) =>
      take(entriesOf(this.#store.table, span), COUNTED_PER_SHARD),
    );
    const entries = (await Promise.all(shards)).flat().filter(({ PK }) => taskKeyOf(PK).tenant === tenant);
    const keys = entries.slice(0, MOST_EXAMINED).map(keyOf);
    return [...(await getItems(this.#store, keys, { consistent: false, only })).values()];
  }

  #open(part: Pick<Span, 'to' | 'order' | 'pageSize'>): Span[] {
    return numbers(ATTENTION_SHARDS).map((shard) => ({
      ...part,
      index: ATTENTION,
      partition: openPartition(shard),
      from: FIRST,
    }));
  }
}

type OpenStatus = Exclude<LedgerTask['status'], 'succeeded' | 'cancelled' | 'dead'>;
const isOpenStatus = (status: unknown): status is OpenStatus =>
  ['scheduled', 'queued', 'retrying', 'running'].includes(status as string);

const isOfType = (type: unknown, asked: string | undefined): boolean =>
  type === undefined || asked === undefined || type === asked;

const withoutTexts = ({ result, checkpoint, ...task }: LedgerTask): LedgerTask => ({ ...task, payload: '' });

interface Part {
  readonly tasks: readonly LedgerTask[];
  readonly last: string;
  readonly isBounded: boolean;
}

const pageOf = ({ tasks, last, isBounded }: Part): ListPage => ({
  tasks,
  next: last,
  ...(!isBounded && { searchedToMs: Number.parseInt(last, 10) }),
});

/** The next ones; fewer when there are no more. */
async function take<T>(from: AsyncGenerator<T>, most: number): Promise<T[]> {
  const taken: T[] = [];
  while (taken.length < most) {
    const next = await from.next();
    if (next.done) break;
    taken.push(next.value);
  }
  return taken;
}

/** All but what is at `place`: a page goes on behind it. */
async function* without(entries: AsyncGenerator<Item>, place: string): AsyncGenerator<Item> {
  for await (const entry of entries) if (entry[TIMELINE.sort] !== place && entry[ATTENTION.sort] !== place) yield entry;
}
