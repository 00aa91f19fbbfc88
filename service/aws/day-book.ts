/**
 * Which days a tenant's timeline has, so that a list walks no others: one small entry a day, written before the first task of
 * that day is, by each process once. It stays for as long as one of the day's tasks may.
 */
import type { ListQuery } from '../core/ports.ts';
import { DAY } from '../core/rules.ts';
import type { LedgerTask } from '../core/task.ts';
import type { Store } from './dynamo-calls.ts';
import { entriesOf, keepLonger } from './dynamo-calls.ts';
import { neededUntilMs } from './siblings.ts';
import { KEYS, TTL } from './table.ts';
import { dayOf, ttlOf } from './task-item.ts';

const MOST_REMEMBERED = 10_000;
const PAGE = 40;

const bookOf = (tenant: string): string => `T#${tenant}#DAYS`;

export class DayBook {
  readonly #store: Store;
  /** Until which epoch day the entry of a day stays, and the write that has said so. */
  readonly #known = new Map<string, { readonly untilDay: number; readonly written: Promise<void> }>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Throws what DynamoDB answers. */
  keep({ tenant, createdAtMs, expiresAtMs }: LedgerTask): Promise<void> {
    const day = dayOf(createdAtMs);
    const untilDay = Math.ceil(neededUntilMs(expiresAtMs) / DAY);
    const name = `${tenant} ${day}`;
    const known = this.#known.get(name);
    if (known && known.untilDay >= untilDay) return known.written;
    const written = keepLonger(this.#store.table, { PK: bookOf(tenant), SK: day, [TTL]: ttlOf(untilDay * DAY) });
    if (this.#known.size >= MOST_REMEMBERED) this.#known.clear();
    this.#known.set(name, { untilDay, written });
    written.catch(() => {
      if (this.#known.get(name)?.written === written) this.#known.delete(name);
    });
    return written;
  }

  /** From the last to the first. Throws LedgerUnavailable. */
  async *days(
    tenant: string,
    { sinceMs = 0, untilMs }: Pick<ListQuery, 'sinceMs' | 'untilMs'>,
  ): AsyncGenerator<string> {
    const entries = entriesOf(this.#store.table, {
      index: KEYS,
      partition: bookOf(tenant),
      from: dayOf(sinceMs),
      to: untilMs === undefined ? '9' : dayOf(untilMs),
      order: 'descending',
      pageSize: PAGE,
    });
    for await (const { SK } of entries) yield String(SK);
  }
}
