/**
 * Counts every won write in the transaction that makes it: what happened, and how the numbers of tasks by status change,
 * in one row per type and minute, which a transaction rewrites once. Whenever the minute is another than that of the
 * last transaction (or nobody knows that one: after a start, after an undone transaction), the rows of past minutes are
 * added to the longer spans and to the numbers of tasks, once, and new rows begin. Rows of one span and type add up.
 */
import type { Clock, Counted, Statistics, TaskCounts, TaskEvent } from '../core/ports.ts';
import { MINUTE } from '../core/rules.ts';
import type { Counters, Sums } from '../core/statistics.ts';
import { addTo, SPANS, startOf, tally } from '../core/statistics.ts';
import type { LedgerTask } from '../core/task.ts';
import { isInInbox } from '../core/task.ts';
import type { Row, Sqlite } from './sqlite.ts';

const INSERT = `INSERT INTO statistics (tenant, span_ms, at_ms, type, is_pending, purge_at_ms, counters)
  VALUES (?, ?, ?, ?, ?, ?, ?)`;
const UPDATE = 'UPDATE statistics SET counters = ? WHERE id = ?';
// What a person has damaged counts nothing, and stops nobody.
const PENDING = 'FROM statistics WHERE is_pending = 1 AND json_valid(counters)';
const SELECT_PENDING = `SELECT tenant, at_ms, type, counters ${PENDING}`;
const SELECT_PENDING_OF = `SELECT at_ms, type, counters ${PENDING} AND tenant = ? AND at_ms >= ?`;
const SETTLE = 'UPDATE statistics SET is_pending = NULL WHERE is_pending = 1';
const SELECT_SPAN = `SELECT id, counters FROM statistics
  WHERE tenant = ? AND span_ms = ? AND at_ms = ? AND type = ? AND json_valid(counters) LIMIT 1`;
const SELECT_SPANS = `SELECT at_ms, type, counters FROM statistics
  WHERE tenant = ? AND span_ms = ? AND at_ms >= ? AND json_valid(counters)`;

const [MINUTES, ...LONGER] = SPANS;

type CountName = keyof TaskCounts;

const COUNT_NAMES: readonly CountName[] = [
  ...(['scheduled', 'queued', 'retrying', 'running'] as const),
  ...(['succeeded', 'dead', 'cancelled', 'inbox'] as const),
];
const SELECT_COUNTS = `SELECT ${COUNT_NAMES.join()} FROM task_count WHERE tenant = ?`;
const SELECT_TENANTS = `SELECT tenant FROM task_count WHERE ${COUNT_NAMES.join(' + ')} > 0
  UNION SELECT tenant FROM statistics WHERE is_pending = 1`;
const ADD_COUNTS = `INSERT INTO task_count (tenant, ${COUNT_NAMES.join()}) VALUES (?${', ?'.repeat(COUNT_NAMES.length)})
  ON CONFLICT (tenant) DO UPDATE SET ${COUNT_NAMES.map((name) => `${name} = ${name} + excluded.${name}`).join()}`;

/** The names under which the row of a minute says how many tasks more or less there are. */
const CHANGES = Object.fromEntries(COUNT_NAMES.map((name) => [name, `now:${name}`])) as Record<CountName, string>;

const changesIn = (counters: Counters): number[] => COUNT_NAMES.map((name) => counters[CHANGES[name]] ?? 0);
const withoutChanges = (counters: Counters): Counters =>
  Object.fromEntries(Object.entries(counters).filter(([name]) => !name.startsWith('now:')));

/** None where a person has left JSON that is not counters. */
function countersIn(json: unknown): Counters {
  const read = JSON.parse(json as string) as Counters | null;
  for (const name in read) if (typeof read[name] !== 'number') return {};
  return read ?? {};
}

/** The row of the present minute. */
interface Series {
  readonly tenant: string;
  readonly type: string;
  readonly sums: Sums;
  id?: number;
  isTouched: boolean;
}

function change(series: Series, name: CountName, by: 1 | -1): void {
  series.sums[CHANGES[name]] = (series.sums[CHANGES[name]] ?? 0) + by;
  series.isTouched = true;
}

export class SqliteStatistics implements Statistics {
  readonly isExact = true;
  readonly #sqlite: Sqlite;
  readonly #clock: Clock;
  /** By tenant and type. */
  readonly #series = new Map<string, Map<string, Series>>();
  #touched: Series[] = [];
  #minuteMs: number | undefined;

  constructor(sqlite: Sqlite, clock: Clock) {
    this.#sqlite = sqlite;
    this.#clock = clock;
  }

  /** To be called inside each transaction, before its items. */
  begin(): void {
    const minuteMs = startOf(this.#clock.nowMs(), MINUTE);
    if (minuteMs === this.#minuteMs) return;
    this.#rollUp();
    this.#series.clear();
    this.#minuteMs = minuteMs;
  }

  /** A write that was won, in the transaction that makes it. */
  moved(before: LedgerTask | undefined, event: TaskEvent): void {
    const { task } = event;
    const series = this.#seriesOf(task.tenant, task.type);
    const wasTouched = series.isTouched;
    if (before?.status !== task.status) {
      if (before) change(series, before.status, -1);
      change(series, task.status, 1);
    }
    if (before && isInInbox(before)) change(series, 'inbox', -1);
    if (isInInbox(task)) change(series, 'inbox', 1);
    if (tally(series.sums, event)) series.isTouched = true;
    if (!wasTouched && series.isTouched) this.#touched.push(series);
  }

  /** Tasks that were deleted: tenant, type, status, and whether each was in the inbox. */
  removed(rows: readonly Row[]): void {
    for (const [tenant, type, status, wasInInbox] of rows as [string, string, CountName, 0 | 1][]) {
      const series = this.#seriesOf(tenant, type);
      if (!series.isTouched) this.#touched.push(series);
      change(series, status, -1);
      if (wasInInbox) change(series, 'inbox', -1);
    }
  }

  /** To be called inside each transaction, after its items. */
  write(): void {
    for (const series of this.#touched) {
      const counters = JSON.stringify(series.sums);
      series.isTouched = false;
      if (series.id !== undefined) this.#sqlite.run(UPDATE, counters, series.id);
      else series.id = this.#insert({ ...series, span: MINUTES, atMs: this.#minuteMs!, counters });
    }
    this.#touched = [];
  }

  /** A transaction was undone: what it counted has not happened. */
  forget(): void {
    this.#series.clear();
    this.#touched = [];
    this.#minuteMs = undefined;
  }

  /** Counted when it was written. */
  count(): Promise<void> {
    return Promise.resolve();
  }

  since(tenant: string, spanMs: number, sinceMs: number): Promise<Counted[]> {
    return this.#sqlite.read(() => {
      const rows = this.#sqlite.rows(SELECT_SPANS, tenant, spanMs, sinceMs);
      // The longer spans do not know of these minutes yet.
      const recent = spanMs === MINUTE ? [] : this.#sqlite.rows(SELECT_PENDING_OF, tenant, sinceMs);
      return [...rows, ...recent].map(([atMs, type, json]) => ({
        atMs: atMs as number,
        type: type as string,
        counters: countersIn(json),
      }));
    });
  }

  /** How many tasks there are. To be called where a read may fail. */
  counts(tenant: string): TaskCounts {
    const sums = (this.#sqlite.row(SELECT_COUNTS, tenant) ?? COUNT_NAMES.map(() => 0)) as number[];
    for (const [, , json] of this.#sqlite.rows(SELECT_PENDING_OF, tenant, 0)) {
      for (const [i, by] of changesIn(countersIn(json)).entries()) sums[i]! += by;
    }
    return Object.fromEntries(COUNT_NAMES.map((name, i) => [name, sums[i]])) as TaskCounts;
  }

  /** All who have tasks, and those of whom any was counted lately. To be called where a read may fail. */
  tenants(): string[] {
    return this.#sqlite.rows(SELECT_TENANTS).map(([tenant]) => tenant as string);
  }

  #seriesOf(tenant: string, type: string): Series {
    let types = this.#series.get(tenant);
    if (types === undefined) this.#series.set(tenant, (types = new Map<string, Series>()));
    let series = types.get(type);
    if (series === undefined) types.set(type, (series = { tenant, type, sums: {}, isTouched: false }));
    return series;
  }

  #insert({ tenant, type, span, atMs, counters }: NewRow): number {
    const isPending = span === MINUTES ? 1 : null;
    const values = [tenant, span.spanMs, atMs, type, isPending, atMs + span.keptMs, counters];
    return Number(this.#sqlite.write(INSERT, values).lastInsertRowid);
  }

  #rollUp(): void {
    for (const row of this.#sqlite.rows(SELECT_PENDING)) {
      const [tenant, minuteMs, type, json] = row as [string, number, string, string];
      const counters = countersIn(json);
      this.#sqlite.write(ADD_COUNTS, [tenant, ...changesIn(counters)]);
      const happened = withoutChanges(counters);
      for (const span of LONGER) {
        const atMs = startOf(minuteMs, span.spanMs);
        const [id, known] = this.#sqlite.row(SELECT_SPAN, tenant, span.spanMs, atMs, type) ?? [];
        const sums: Sums = id === undefined ? {} : { ...countersIn(known) };
        addTo(sums, happened);
        if (id === undefined) this.#insert({ tenant, type, span, atMs, counters: JSON.stringify(sums) });
        else this.#sqlite.run(UPDATE, JSON.stringify(sums), id);
      }
    }
    this.#sqlite.run(SETTLE);
  }
}

interface NewRow extends Pick<Series, 'tenant' | 'type'> {
  readonly span: (typeof SPANS)[number];
  readonly atMs: number;
  readonly counters: string;
}
