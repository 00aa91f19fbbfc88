/**
 * The items that this process wrote last, so that the claim after a submit and the commit after a claim need no read.
 * Exact, because one process writes, and only through the ledger; forgotten as a whole when a transaction is undone, or
 * when somebody else wrote all the same (a person with a SQLite shell).
 */
import { taskName } from '../core/entry-keys.ts';
import type { LedgerTask, TaskKey } from '../core/task.ts';
import { isFinal, ITEM_SCHEMA } from '../core/task.ts';
import type { Sqlite } from './sqlite.ts';

const MOST_ITEMS = 10_000;
/** A larger payload is cheaper to read again than to keep. */
const MOST_PAYLOAD_CHARS = 2_048;

/** A row and the item in it. */
export interface Found {
  readonly id: number;
  task: LedgerTask;
  /** It is among the recent ones. */
  isKept?: boolean;
  /** It cannot be read: the task has only its scalar fields. */
  readonly isDamaged?: true;
}

export class RecentTasks {
  readonly #items = new Map<string, Found>();
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

  get(key: TaskKey): Found | undefined {
    return this.#items.get(taskName(key));
  }

  /** The item as it is now in the database. One that is final is not asked for again soon. */
  put(found: Found, task: LedgerTask): void {
    found.task = task;
    const isAskedAgain = !isFinal(task) && task.purgeAtMs === undefined && task.schema <= ITEM_SCHEMA;
    const isToBeKept = isAskedAgain && !found.isDamaged && task.payload.length <= MOST_PAYLOAD_CHARS;
    if (found.isKept === isToBeKept) return;
    found.isKept = isToBeKept;
    if (!isToBeKept) this.#items.delete(taskName(task));
    else if (this.#items.set(taskName(task), found).size > MOST_ITEMS) this.#forgetOldest();
  }

  forgetAll(): void {
    this.#items.clear();
  }

  #forgetOldest(): void {
    const [name, oldest] = this.#items.entries().next().value!;
    oldest.isKept = false;
    this.#items.delete(name);
  }
}
