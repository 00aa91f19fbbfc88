/**
 * The reads of the ledger: one row by its key, or many along an index, naming no more columns than they show. They see
 * what is committed: every write that was answered, none that still waits for its turn. A position is the sort value and
 * the id of the last row shown: rows that come or go make nothing skip or repeat. All reject with LedgerUnavailable.
 */
import type { Bell, Clock, ListPage, ListQuery, Overdue, Position, Unreadable } from '../core/ports.ts';
import { isUnreadable } from '../core/ports.ts';
import { HORIZON_MS, MINUTE } from '../core/rules.ts';
import type { TaskFilter } from '../core/search.ts';
import { isIndexed, MOST_EXAMINED } from '../core/search.ts';
import type { AttemptDetail, LedgerTask, LogLine, TaskKey } from '../core/task.ts';
import { ITEM_SCHEMA, laneOf, READY } from '../core/task.ts';
import type { Row, Sqlite } from './sqlite.ts';
import { ALL_COLUMNS, idOf, itemOf, SHORT_COLUMNS, valueAt } from './task-row.ts';

const SELECT = `SELECT ${ALL_COLUMNS} FROM task WHERE tenant = ? AND task_id = ?`;
const SELECT_DETAIL = 'SELECT message, log, log_truncated FROM attempt_detail WHERE task = ? AND fence = ?';
// From one tenant to the next, over a step of the index each, and within one statement: thousands of them cost milliseconds.
const NEXT = (column: string): string => `(SELECT ${column} FROM task
  WHERE due_ms IS NOT NULL AND tenant > first.tenant ORDER BY tenant, due_ms LIMIT 1)`;
const FIRST_OF_EACH = `WITH RECURSIVE first (tenant, due_ms) AS (SELECT '', NULL
    UNION ALL SELECT ${NEXT('tenant')}, ${NEXT('due_ms')} FROM first WHERE tenant IS NOT NULL)
  SELECT tenant, due_ms FROM first WHERE due_ms <= ? ORDER BY due_ms LIMIT ?`;
const OVERDUE = 'SELECT tenant, task_id, due_ms FROM task WHERE tenant = ? AND due_ms <= ? ORDER BY due_ms LIMIT ?';
// An open item always has a due [S8]: the index on it holds all of these, and few others.
const RUNNING = `SELECT ${ALL_COLUMNS} FROM task
  WHERE due_ms IS NOT NULL AND status = 'running' AND ifnull(substr(owner, 1, length(?1)) <> ?1, true)`;
const READY_ROWS = `SELECT id, due_ms, tenant, task_id, type, not_before_ms, suspect, rings FROM task
  WHERE tenant = ? AND due_ms IS NOT NULL AND (due_ms, id) > (?, ?) AND status IN ('${READY.join("', '")}')
  AND schema <= ${ITEM_SCHEMA} AND not_before_ms <= ? ORDER BY due_ms, id LIMIT ?`;
// Nobody rang yet for what is due first; what the sweeper rang for again and again is due last, 10 minutes ahead at most.
// A cross join, because the planner would rather read all tasks of the tenant.
const OVERDUE_READY = `SELECT task_id, type, not_before_ms FROM (
    SELECT id FROM (SELECT id FROM task WHERE tenant = ?1 AND due_ms IS NOT NULL ORDER BY due_ms LIMIT ${MOST_EXAMINED / 2})
    UNION ALL SELECT id FROM (SELECT id FROM task
      WHERE tenant = ?1 AND due_ms <= ?2 + ${HORIZON_MS + MINUTE} ORDER BY due_ms DESC LIMIT ${MOST_EXAMINED / 2})
  ) AS looked_at CROSS JOIN task USING (id)
  WHERE not_before_ms < ?2 AND status IN ('${READY.join("', '")}') ORDER BY not_before_ms LIMIT 1`;

const SELECT_SHORT = `SELECT ${SHORT_COLUMNS} FROM task WHERE id = ?`;
const IN_INBOX = "AND status = 'dead' AND announcement = 'sent' AND discarded IS NULL";
/** What is damaged matches nothing. */
const MATCHES = {
  status: 'status = ?',
  type: 'type = ?',
  class: "CASE WHEN json_valid(last_failure) THEN last_failure ->> 'class' = ? END",
  tag: 'CASE WHEN json_valid(tags) THEN EXISTS (SELECT 1 FROM json_each(tags) WHERE value = ?) END',
};
/** Named, because the planner would rather read the whole inbox than the part of one type. */
const INDEX = { all: 'task_newest', dead: 'task_inbox', deadOfType: 'task_inbox_by_type' };
const ORDER = { all: 'created_at_ms', dead: 'finished_at_ms' };

type Place = readonly [ms: number, id: number];
type Examined = readonly [id: number, ms: number, isMatch: 0 | 1 | null];

const positionOf = (place: Place): Position => place.map((part) => part.toString(36)).join('.');
const placeOf = (position: Position): Place => {
  const [ms = '', id = ''] = position.split('.');
  return [Number.parseInt(ms, 36), Number.parseInt(id, 36)];
};

export class LedgerReads {
  protected readonly sqlite: Sqlite;
  readonly #clock: Clock;

  constructor(sqlite: Sqlite, clock: Clock) {
    this.sqlite = sqlite;
    this.#clock = clock;
  }

  get(keys: readonly TaskKey[]): Promise<(LedgerTask | Unreadable | undefined)[]> {
    return this.sqlite.read(() =>
      keys.map((key) => {
        const row = this.keptRow(key);
        return row && itemOf(row);
      }),
    );
  }

  overdue(nowMs: number, limit: number): Promise<TaskKey[]> {
    return this.sqlite.read(() => {
      let found: DueRow[] = [];
      let untilMs = nowMs;
      for (const [tenant, firstMs] of this.sqlite.rows(FIRST_OF_EACH, nowMs, limit) as [string, number][]) {
        // All that is left begins later than what is found.
        if (firstMs > untilMs) break;
        found.push(...(this.sqlite.rows(OVERDUE, tenant, untilMs, limit) as DueRow[]));
        found.sort(([, , one], [, , other]) => one - other);
        found = found.slice(0, limit);
        if (found.length === limit) untilMs = found.at(-1)![2];
      }
      return found.map(([tenant, taskId]) => ({ tenant, taskId }));
    });
  }

  /**
   * Along the index, row by row and few columns of each, until there is enough. Items come with an empty payload and
   * without result and checkpoint; unreadable ones are left out.
   */
  list(query: ListQuery): Promise<ListPage> {
    return this.sqlite.read(() => {
      const isBounded = isIndexed(query);
      const most = isBounded ? query.limit : MOST_EXAMINED;
      const found: number[] = [];
      let examined = 0;
      let place: Place | undefined;
      for (const [id, ms, isMatch] of this.#examine(query, most + 1)) {
        if (place && (found.length === query.limit || examined === most)) {
          const next = positionOf(place);
          return { tasks: this.#shortItems(found), next, ...(!isBounded && { searchedToMs: place[0] }) };
        }
        if (isMatch === 1) found.push(id);
        examined += 1;
        place = [ms, id];
      }
      return { tasks: this.#shortItems(found) };
    });
  }

  #examine({ tenant, list, only = {}, after, sinceMs, untilMs }: ListQuery, most: number): Iterable<Examined> {
    const filters = Object.entries(only) as [keyof TaskFilter, string][];
    const place = after === undefined ? [untilMs ?? Number.MAX_SAFE_INTEGER, 0] : placeOf(after);
    const ofType = list === 'dead' && only.type !== undefined ? [only.type] : [];
    const sql = `SELECT id, ${ORDER[list]}, ${['true', ...filters.map(([name]) => MATCHES[name])].join(' AND ')}
      FROM task INDEXED BY ${INDEX[ofType.length > 0 ? 'deadOfType' : list]} WHERE tenant = ? ${ofType.length > 0 ? 'AND type = ?' : ''} ${list === 'dead' ? IN_INBOX : ''}
      AND (${ORDER[list]}, id) < (?, ?) AND ${ORDER[list]} >= ? AND ifnull(purge_at_ms > ?, true)
      ORDER BY ${ORDER[list]} DESC, id DESC LIMIT ?`;
    const values = [...filters.map(([, value]) => value), tenant, ...ofType, ...place, sinceMs ?? 0];
    return this.sqlite.iterate(sql, ...values, this.#clock.nowMs(), most) as Iterable<Examined>;
  }

  #shortItems(ids: readonly number[]): LedgerTask[] {
    const rows = ids.map((id) => this.sqlite.row(SELECT_SHORT, id)!);
    return readable(rows).map((task) => ({ ...task, payload: '' }));
  }

  attemptDetail(key: TaskKey, fence: number): Promise<AttemptDetail | undefined> {
    return this.sqlite.read(() => {
      const task = this.keptRow(key);
      const row = task && this.sqlite.row(SELECT_DETAIL, idOf(task), fence);
      if (row === undefined) return undefined;
      const [message, log, logTruncated] = row as [string, string, number];
      return { fence, message, log: JSON.parse(log) as LogLine[], logTruncated: logTruncated === 1 };
    });
  }

  oldestOverdue(tenant: string, beforeMs: number): Promise<Overdue | undefined> {
    return this.sqlite.read(() => {
      const row = this.sqlite.row(OVERDUE_READY, tenant, beforeMs);
      if (row === undefined) return undefined;
      const [taskId, type, notBeforeMs] = row as [string, string, number];
      return { taskId, type, notBeforeMs };
    });
  }

  /** Running items whose owner does not begin with this boot's prefix: their processes are gone. */
  runningOfOtherBoots(ownerPrefix: string, limit: number): Promise<LedgerTask[]> {
    return this.sqlite.read(() => readable(this.sqlite.rows(RUNNING, ownerPrefix)).slice(0, limit));
  }

  /** A page of bells for the tenant's ready items that a move would ring now, oldest due first. Nothing is written. [S9] */
  ready({ tenant, limit, after }: ReadyQuery): Promise<ReadyPage> {
    return this.sqlite.read(() => {
      const place = after === undefined ? [-1, 0] : placeOf(after);
      const rows = this.sqlite.rows(
        READY_ROWS,
        tenant,
        ...place,
        this.#clock.nowMs() + HORIZON_MS,
        limit,
      ) as ReadyRow[];
      const bells = rows.map(bellOf);
      const last = rows.at(-1);
      return last && rows.length === limit ? { bells, next: positionOf([last[1], last[0]]) } : { bells };
    });
  }

  /** Past its purge time an item is absent, whether its row is gone already or not. */
  protected keptRow(key: TaskKey): Row | undefined {
    const row = this.sqlite.row(SELECT, key.tenant, key.taskId);
    const purgeAtMs = row && (valueAt(row, 'purgeAtMs') as number | null);
    return purgeAtMs != null && purgeAtMs <= this.#clock.nowMs() ? undefined : row;
  }
}

const readable = (rows: readonly Row[]): LedgerTask[] =>
  rows.map(itemOf).flatMap((item) => (isUnreadable(item) ? [] : [item]));

export type ReadyQuery = Pick<ListQuery, 'tenant' | 'limit' | 'after'>;

export interface ReadyPage {
  readonly bells: readonly Bell[];
  readonly next?: Position;
}

type DueRow = [tenant: string, taskId: string, dueMs: number];
type ReadyRow = [number, number, string, string, string, number, number | null, number];

function bellOf([, , tenant, taskId, type, notBeforeMs, suspect, rings]: ReadyRow): Bell {
  const lane = laneOf({ rings, ...(suspect !== null && { suspect: true }) });
  return { tenant, taskId, type, notBeforeMs, lane };
}
