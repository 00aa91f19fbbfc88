/**
 * All writes of one turn of the event loop share one transaction, in the order they were asked for, and are answered
 * after its commit: an answer is a durable fact [S1]. What is asked while answers are delivered goes into the next
 * one. When an item fails, all are undone and done again one by one, so that it fails alone.
 */
import type { Failed } from '../core/ports.ts';
import type { Fault } from './fault.ts';
import { faultOf } from './fault.ts';
import type { Sqlite } from './sqlite.ts';

/** What one call asks for. */
interface Call {
  readonly size: number;
  carryOut(i: number): void;
  refuse(i: number, answer: Failed): void;
  answer(): void;
}

export interface CommitHooks {
  /** A fault that does not heal: the server must stop. Called once; every later write is refused. */
  readonly onBroken: (error: unknown) => void;
  /** Inside each transaction, before its items. */
  readonly onBegun?: () => void;
  /** Inside each transaction, after its items. */
  readonly onWritten?: () => void;
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
    const count = calls.reduce((sum, { size }) => sum + size, 0);
    const fault = this.#transact(count, () => {
      for (const call of calls) for (let i = 0; i < call.size; i += 1) call.carryOut(i);
    });
    if (fault === undefined) return;
    for (const call of calls) {
      for (let i = 0; i < call.size; i += 1) {
        const own = fault === 'item' && count > 1 ? this.#transact(1, () => call.carryOut(i)) : fault;
        if (own !== undefined) call.refuse(i, { kind: 'failed', retryable: own !== 'item' });
      }
    }
  }

  /** Undefined when it is committed, else what was at fault; then nothing of it has happened. */
  #transact(count: number, carryOut: () => void): Fault | undefined {
    if (this.#closed) return 'lasting';
    const { database } = this.#sqlite;
    try {
      database.exec('BEGIN IMMEDIATE');
      this.#hooks.onBegun?.();
      carryOut();
      this.#hooks.onWritten?.();
      database.exec('COMMIT');
    } catch (error) {
      this.#hooks.onUndone?.();
      const fault = faultOf(error);
      this.#closed = fault === 'lasting';
      if (this.#closed) this.#hooks.onBroken(error);
      // SQLite has rolled back by itself after most faults of the disk.
      if (database.isTransaction) database.exec('ROLLBACK');
      return fault;
    }
    this.#hooks.onCommit?.(count);
    return undefined;
  }
}
