/**
 * The items that this process wrote last, so that the claim after a submit and the commit after a claim need no read.
 * Exact, because one process writes, and only through the ledger; forgotten as a whole when a transaction is undone, or
 * when somebody else wrote all the same (a person with a SQLite shell).
 */
import type { LedgerTask, TaskKey } from '../core/task.ts';
import { isFinal, ITEM_SCHEMA } from '../core/task.ts';
import type { Sqlite } from './sqlite.ts';

const MOST_ITEMS = 10_000;
/** A larger payload is cheaper to read again than to keep. */
const MOST_PAYLOAD_CHARS = 2_048;

export interface Recent {
  readonly id: number;
  readonly task: LedgerTask;
}

const nameOf = ({ tenant, taskId }: TaskKey): string => `${tenant}/${taskId}`;

export class RecentTasks {
  readonly #items = new Map<string, Recent>();
  readonly #sqlite: Sqlite;
  #dataVersion: unknown;

  constructor(sqlite: Sqlite) {
    this.#sqlite = sqlite;
  }

  /** To be called inside each transaction, before anything is read. */
  begin(): void {
    const [dataVersion] = this.#sqlite.row('PRAGMA data_version')!;
    if (dataVersion !== this.#dataVersion) this.forgetAll();
    this.#dataVersion = dataVersion;
  }

  get(key: TaskKey): Recent | undefined {
    return this.#items.get(nameOf(key));
  }

  /** The item as it is now in the database. One that is final is not asked for again soon. */
  keep(id: number, task: LedgerTask): void {
    const name = nameOf(task);
    this.#items.delete(name);
    const isAskedAgain = !isFinal(task) && task.purgeAtMs === undefined && task.schema <= ITEM_SCHEMA;
    if (!isAskedAgain || task.payload.length > MOST_PAYLOAD_CHARS) return;
    this.#items.set(name, { id, task });
    if (this.#items.size > MOST_ITEMS) this.#items.delete(this.#items.keys().next().value!);
  }

  forgetAll(): void {
    this.#items.clear();
  }
}
