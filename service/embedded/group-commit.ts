/**
 * All writes of one turn of the event loop share one transaction, in the order they were asked for, and are answered
 * after its commit: an answer is a durable fact [S1]. What is asked while answers are delivered goes into the next
 * one. When an item fails, all are undone and done again one by one, so that it fails alone.
 */
import type { Failed } from '../core/ports.ts';
import { faultOf } from './fault.ts';
import type { Sqlite } from './sqlite.ts';

/** What one call asks for. */
interface Call {
  readonly size: number;
  carryOut(i: number): void;
  refuse(i: number, answer: Failed): void;
  answer(): void;
}

/** One item of a call. */
interface Part {
  readonly call: Call;
  readonly i: number;
}

export interface CommitHooks {
  /** A fault that does not heal: the server must stop. Called once; every later write is refused. */
  readonly onBroken: (error: unknown) => void;
  /** Inside each transaction, before its items. */
  readonly onBegun?: () => void;
  /** A transaction was undone. Must not throw. */
  readonly onUndone?: () => void;
  /** After each commit, with the number of its items. Must not throw. */
  readonly onCommit?: (items: number) => void;
}

export class GroupCommit {
  readonly #sqlite: Sqlite;
  readonly #hooks: CommitHooks;
  /** What waits for the end of the turn. */
  #calls: Call[] = [];
  #closed = false;

  constructor(sqlite: Sqlite, hooks: CommitHooks) {
    this.#sqlite = sqlite;
    this.#hooks = hooks;
  }

  /** `carryOut` may run twice for an item, with everything in between undone: it changes nothing but the database. */
  write<Item, Result>(items: readonly Item[], carryOut: (item: Item) => Result): Promise<(Result | Failed)[]> {
    if (items.length === 0) return Promise.resolve([]);
    const { promise, resolve } = Promise.withResolvers<(Result | Failed)[]>();
    const results: (Result | Failed)[] = [];
    if (this.#calls.length === 0) setImmediate(() => this.#flush());
    this.#calls.push({
      size: items.length,
      carryOut: (i) => (results[i] = carryOut(items[i]!)),
      refuse: (i, answer) => (results[i] = answer),
      answer: () => resolve(results),
    });
    return promise;
  }

  /** Commits what is waiting, and refuses what comes later. */
  close(): void {
    this.#flush();
    this.#closed = true;
  }

  #flush(): void {
    const calls = this.#calls;
    this.#calls = [];
    if (calls.length > 0) this.#carryOut(calls);
    for (const call of calls) call.answer();
  }

  /** Together; or each item alone, when one of them is at fault; a fault of the disk is everybody's. */
  #carryOut(calls: readonly Call[]): void {
    const parts = calls.flatMap((call) => Array.from({ length: call.size }, (_, i) => ({ call, i })));
    if (this.#commit(parts) !== 'item') return;
    for (const part of parts) this.#commit([part]);
  }

  /** Commits the parts together, or refuses them. A fault of an item among others refuses nobody yet. */
  #commit(parts: readonly Part[]): 'done' | ReturnType<typeof faultOf> {
    try {
      this.#transact(parts);
      return 'done';
    } catch (error) {
      const kind = this.#closed ? 'lasting' : faultOf(error);
      const isToBeFound = kind === 'item' && parts.length > 1;
      if (!isToBeFound) for (const { call, i } of parts) call.refuse(i, { kind: 'failed', retryable: kind !== 'item' });
      return kind;
    }
  }

  #transact(parts: readonly Part[]): void {
    if (this.#closed) throw new Error('The database is closed.');
    const { database } = this.#sqlite;
    try {
      database.exec('BEGIN IMMEDIATE');
      this.#hooks.onBegun?.();
      for (const { call, i } of parts) call.carryOut(i);
      database.exec('COMMIT');
    } catch (error) {
      this.#hooks.onUndone?.();
      this.#closed = faultOf(error) === 'lasting';
      if (this.#closed) this.#hooks.onBroken(error);
      // SQLite has rolled back by itself after most faults of the disk.
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
    this.#hooks.onCommit?.(parts.length);
  }
}
