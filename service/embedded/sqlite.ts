/**
 * Opens the one database of a data folder, for one server at a time. The lock is an exclusive transaction on a second,
 * empty database: the operating system drops it with the process, however that ends, and `ledger.sqlite` itself stays
 * readable for backup and inspection. A commit is durable when it returns: WAL, synchronous FULL.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SQLInputValue, SQLOutputValue, StatementResultingChanges, StatementSync } from 'node:sqlite';
import { DatabaseSync } from 'node:sqlite';
import { LedgerUnavailable } from '../core/ports.ts';
import { isBusy } from './fault.ts';
import { DataDirInUse, migrate, UnusableDataDir } from './schema.ts';

/** How long a write waits for a backup tool that holds the database. */
const BUSY_TIMEOUT_MS = 2_000;

const SETTINGS = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA cache_size = -65536;
  PRAGMA temp_store = MEMORY;
  PRAGMA journal_size_limit = 67108864;
`;

/** The values of the selected columns, in their order. */
export type Row = readonly SQLOutputValue[];

/** A connection. Statements are prepared once, under their text. */
export class Sqlite {
  readonly database: DatabaseSync;
  readonly #lock: DatabaseSync;
  readonly #prepared = new Map<string, StatementSync>();

  constructor(database: DatabaseSync, lock: DatabaseSync) {
    this.database = database;
    this.#lock = lock;
  }

  rows(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#statement(sql).all(...values) as unknown as Row[];
  }

  /** Row by row: to be left early without reading the rest. Nothing else may use the same statement meanwhile. */
  iterate(sql: string, ...values: SQLInputValue[]): Iterable<Row> {
    return this.#statement(sql).iterate(...values) as unknown as Iterable<Row>;
  }

  row(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#statement(sql).get(...values) as unknown as Row | undefined;
  }

  write(sql: string, values: readonly SQLInputValue[]): StatementResultingChanges {
    return this.#statement(sql).run(...values);
  }

  /** Returns how many rows changed. */
  run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.write(sql, values).changes);
  }

  /** The answer of a query, outside of any transaction; rejects with LedgerUnavailable when there is none to be had. */
  read<Answer>(query: () => Answer): Promise<Answer> {
    try {
      return Promise.resolve(query());
    } catch (error) {
      return Promise.reject(new LedgerUnavailable('The database cannot be read.', { cause: error }));
    }
  }

  /** Writes the log back, closes, and gives the folder free. */
  close(): void {
    this.database.close();
    this.#lock.close();
  }

  #statement(sql: string): StatementSync {
    const known = this.#prepared.get(sql);
    if (known) return known;
    const statement = this.database.prepare(sql);
    statement.setReturnArrays(true);
    this.#prepared.set(sql, statement);
    return statement;
  }
}

/** Throws UnusableDataDir: in use, of a newer version, not writable, not a database. */
export function openDatabase(dataDir: string): Sqlite {
  const opened: DatabaseSync[] = [];
  const open = (file: string, timeout: number): DatabaseSync => {
    opened.unshift(new DatabaseSync(join(dataDir, file), { timeout }));
    return opened[0]!;
  };
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const lock = open('lock.sqlite', 0);
    lock.exec('BEGIN EXCLUSIVE');
    const database = open('ledger.sqlite', BUSY_TIMEOUT_MS);
    database.exec(SETTINGS);
    migrate(database);
    return new Sqlite(database, lock);
  } catch (error) {
    const isLocked = opened.length === 1 && isBusy(error);
    for (const database of opened) database.close();
    if (error instanceof UnusableDataDir) throw error;
    if (isLocked) throw new DataDirInUse(inUse(dataDir), { cause: error });
    throw new UnusableDataDir(unusable(dataDir, error), { cause: error });
  }
}

const inUse = (dataDir: string): string =>
  `Another Holdfast server is using the data folder ${dataDir}. Stop it, or set DATA_DIR to another folder.`;

const unusable = (dataDir: string, error: unknown): string =>
  `The data folder ${dataDir} cannot be used: ${error instanceof Error ? error.message : String(error)}.`;
