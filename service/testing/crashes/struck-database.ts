/**
 * Puts a process between its ledger file and what it asks of it: each statement that writes, and each beginning and end of a
 * transaction, is a call at which it may die. What a dead process asks is not done, but for the end of what it had begun.
 */
import type { StatementResultingChanges } from 'node:sqlite';
import { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Mortal } from './mortal.ts';

const SETTINGS = 'journal_mode';
const UNDONE = 'ROLLBACK';

/** For connections that are opened inside of `ownedBy`, until it is restored. */
export class StruckDatabases {
  readonly #owners = new WeakMap<DatabaseSync | StatementSync, Mortal>();
  readonly #exec = Object.getOwnPropertyDescriptor(DatabaseSync.prototype, 'exec')!;
  readonly #prepare = Object.getOwnPropertyDescriptor(DatabaseSync.prototype, 'prepare')!;
  readonly #run = Object.getOwnPropertyDescriptor(StatementSync.prototype, 'run')!;
  #opening: Mortal | undefined;
  #opened: DatabaseSync | undefined;

  constructor() {
    const [exec, prepare, run] = [this.#exec, this.#prepare, this.#run].map(({ value }) => value as Real);
    const [noteOpening, owners] = [this.#noteOpening, this.#owners];
    DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string): void {
      noteOpening(this, sql);
      const by = owners.get(this);
      const isEnd = by?.isAlive === false && sql === UNDONE;
      if (by === undefined || isEnd) exec!.call(this, sql);
      else by.callAtOnce(`database.${sql.split(' ')[0]!}`, () => exec!.call(this, sql));
    };
    DatabaseSync.prototype.prepare = function (this: DatabaseSync, ...how: Parameters<DatabaseSync['prepare']>) {
      const statement = prepare!.call(this, ...how) as StatementSync;
      const by = owners.get(this);
      if (by !== undefined) owners.set(statement, by);
      return statement;
    };
    StatementSync.prototype.run = function (this: StatementSync, ...values: readonly unknown[]) {
      const make = () => run!.call(this, ...values) as StatementResultingChanges;
      const by = owners.get(this);
      return by === undefined ? make() : by.callAtOnce('database.run', make);
    };
  }

  /** What opening it takes is not counted. */
  ownedBy<T>(by: Mortal, open: () => T): T {
    this.#opening = by;
    const opened = open();
    this.#owners.set(this.#opened!, by);
    this.#opening = undefined;
    return opened;
  }

  readonly #noteOpening = (database: DatabaseSync, sql: string): void => {
    if (this.#opening !== undefined && sql.includes(SETTINGS)) this.#opened = database;
  };

  restore(): void {
    Object.defineProperty(DatabaseSync.prototype, 'exec', this.#exec);
    Object.defineProperty(DatabaseSync.prototype, 'prepare', this.#prepare);
    Object.defineProperty(StatementSync.prototype, 'run', this.#run);
  }
}

type Real = (this: unknown, ...values: unknown[]) => unknown;
