/**
 * The lists of the ledger: all tasks by the index `timeline`, the inbox by `attention`. An index is a hint: it names items, which are then read and judged by what
 * they are. Each call examines a bounded number of entries, and what a page costs does not grow with what is stored.
 */
import type { ListPage, ListQuery } from '../core/ports.ts';
import { isUnreadable } from '../core/ports.ts';
import { isIndexed, matches, MOST_EXAMINED } from '../core/search.ts';
import type { LedgerTask } from '../core/task.ts';
import { isInInbox } from '../core/task.ts';
import type { DayBook } from './day-book.ts';
import type { Span, Store } from './dynamo-calls.ts';
import { getItems, keyOf, LAST, merged, MOST_KEYS, nameOf, numbers, take } from './dynamo-calls.ts';
import type { Item } from './item-size.ts';
import { ATTENTION, TIMELINE } from './table.ts';
import {
  dayPartition,
  INBOX_SHARDS,
  inboxPartition,
  isPurged,
  taskOf,
  TIMELINE_SHARDS,
  timeText,
} from './task-item.ts';

/** Well above its share, so that a shard is hardly ever asked twice; up to 100 tasks a page that is half a unit each. */
const shareOf = (limit: number, shards: number): number => Math.ceil((2 * limit) / shards) + 4;

export class DynamoLists {
  readonly #store: Store;
  readonly #days: DayBook;

  constructor(store: Store, days: DayBook) {
    this.#store = store;
    this.#days = days;
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
}

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

/** All but what is at `place`: a page goes on behind it. */
async function* without(entries: AsyncGenerator<Item>, place: string): AsyncGenerator<Item> {
  for await (const entry of entries) if (entry[TIMELINE.sort] !== place && entry[ATTENTION.sort] !== place) yield entry;
}
