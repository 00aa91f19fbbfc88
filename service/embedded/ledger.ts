/**
 * The ledger of one machine: the rules of the core, applied to rows of one table inside the transaction of the turn.
 * Losing is an answer. An item that cannot be read is lost to every move but one that has no conditions.
 */
import type { Move } from '../core/move.ts';
import { changed, unmet } from '../core/move.ts';
import type { ApplyResult, Clock, Ledger, SubmitResult, TaskCounts } from '../core/ports.ts';
import { isUnreadable } from '../core/ports.ts';
import type { AttemptDetail, Field, LedgerTask, TaskKey } from '../core/task.ts';
import type { GroupCommit } from './group-commit.ts';
import { LedgerReads } from './ledger-reads.ts';
import type { Found, RecentTasks } from './recent-tasks.ts';
import type { Sqlite } from './sqlite.ts';
import type { SqliteStatistics } from './statistics.ts';
import { columnOf, columnsOf, encode, FIELDS, idOf, itemOf, scalarsOf } from './task-row.ts';

const INSERT = `INSERT INTO task (${FIELDS.map(columnOf).join()}) VALUES (${FIELDS.map(() => '?').join()})
  ON CONFLICT (tenant, task_id) DO NOTHING`;
const EVERY_COLUMN = columnsOf(FIELDS);
/** For a DELETE: what the statistics have to know of each row. */
export const DELETED = `RETURNING tenant, type, status, status = 'dead' AND announcement IS 'sent' AND discarded IS NULL`;
const DELETE = `DELETE FROM task WHERE tenant = ? AND task_id = ? ${DELETED}`;
const INSERT_DETAIL = 'INSERT OR REPLACE INTO attempt_detail VALUES (?, ?, ?, ?, ?)';

interface Beside {
  readonly commits: GroupCommit;
  readonly recent: RecentTasks;
  readonly statistics: SqliteStatistics;
  readonly clock: Clock;
}

export class SqliteLedger extends LedgerReads implements Ledger {
  readonly #commits: GroupCommit;
  readonly #updates = new Map<string, { readonly columns: ReturnType<typeof columnsOf>; readonly sql: string }>();

  readonly #recent: RecentTasks;
  readonly #statistics: SqliteStatistics;

  constructor(sqlite: Sqlite, { commits, recent, statistics, clock }: Beside) {
    super(sqlite, clock);
    this.#commits = commits;
    this.#recent = recent;
    this.#statistics = statistics;
  }

  counts(tenant: string): Promise<TaskCounts> {
    return this.sqlite.read(() => this.#statistics.counts(tenant));
  }

  /** All of whom something is kept. */
  tenants(): Promise<string[]> {
    return this.sqlite.read(() => this.#statistics.tenants());
  }

  /** Of whom tasks wait for an attempt. */
  tenantsWaiting(): Promise<string[]> {
    return this.sqlite.read(() =>
      this.#statistics.tenants().filter((tenant) => {
        const { scheduled, queued, retrying } = this.#statistics.counts(tenant);
        return scheduled + queued + retrying > 0;
      }),
    );
  }

  submit(tasks: readonly LedgerTask[]): Promise<SubmitResult[]> {
    return this.#commits.write(tasks, (task) => this.#create(task));
  }

  apply(moves: readonly Move[]): Promise<ApplyResult[]> {
    return this.#commits.write(moves, (move) => this.#carryOut(move));
  }

  /** An item past its purge time gives way to a new life, with all that lay beside it. */
  #create(task: LedgerTask): SubmitResult {
    let id = this.#insert(task);
    if (id === undefined) {
      const row = this.keptRow(task);
      if (row) {
        const item = itemOf(row);
        return isUnreadable(item) ? { kind: 'failed', retryable: false } : { kind: 'exists', task: item };
      }
      this.#statistics.removed(this.sqlite.rows(DELETE, task.tenant, task.taskId));
      id = this.#insert(task)!;
    }
    this.#recent.put({ id, task }, task);
    this.#statistics.moved(undefined, { move: 'submit', task });
    return { kind: 'created', task };
  }

  /** The row's id, or undefined when the task's id is taken. */
  #insert(task: LedgerTask): number | undefined {
    const { changes, lastInsertRowid } = this.sqlite.write(INSERT, encode(task, EVERY_COLUMN));
    return changes === 0 ? undefined : Number(lastInsertRowid);
  }

  #carryOut(move: Move): ApplyResult {
    const found = this.#recent.get(move) ?? this.#read(move);
    if (found === undefined) return { kind: 'lost', task: undefined };
    const { id, task: before, isDamaged } = found;
    if (isDamaged && move.when.length > 0) return { kind: 'lost', task: undefined };
    if (unmet(move, before).length > 0) return { kind: 'lost', task: before };
    const after = changed(move, before);
    if (move.detail) this.#keepDetail(id, move.detail);
    const { columns, sql } = this.#updateFor(move);
    const values = encode(after, columns);
    values.push(id);
    this.sqlite.write(sql, values);
    this.#recent.put(found, after);
    this.#statistics.moved(before, { move: move.name, task: after });
    return { kind: 'applied', task: after };
  }

  #read(key: TaskKey): Found | undefined {
    const row = this.keptRow(key);
    if (row === undefined) return undefined;
    const item = itemOf(row);
    if (isUnreadable(item)) return { id: idOf(row), task: scalarsOf(row), isDamaged: true };
    return { id: idOf(row), task: item };
  }

  #keepDetail(id: number, { fence, message, log, logTruncated }: AttemptDetail): void {
    this.sqlite.run(INSERT_DETAIL, id, fence, message, JSON.stringify(log), logTruncated ? 1 : 0);
  }

  /** Writes exactly the columns that the move names: an index that knows none of them is left alone. */
  #updateFor({ set, remove, add }: Move) {
    let name = '';
    for (const field in set) name += field;
    for (const field of remove) name += field;
    for (const field of add) name += field;
    const known = this.#updates.get(name);
    if (known) return known;
    const named = [...Object.keys(set), ...remove, ...add] as Field[];
    const fields = [...new Set<Field>([...named, 'version'])];
    const sql = `UPDATE task SET ${fields.map((field) => `${columnOf(field)} = ?`).join()} WHERE id = ?`;
    const update = { columns: columnsOf(fields), sql };
    this.#updates.set(name, update);
    return update;
  }
}
