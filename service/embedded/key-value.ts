/** Everything small that is not a task, in the same database and transactions. Past its purge time an entry is absent. */
import type { EntryKey, EntryPrefix } from '../core/entry-keys.ts';
import type { Clock, Entry, KeyValue, Stored, SwapResult } from '../core/ports.ts';
import type { GroupCommit } from './group-commit.ts';
import type { Row, Sqlite } from './sqlite.ts';

const KEPT = 'ifnull(purge_at_ms > ?, true)';
const SELECT = `SELECT key, value, version, purge_at_ms FROM key_value WHERE key = ? AND ${KEPT}`;
const LIST = `SELECT key, value, version FROM key_value
  WHERE key >= ? AND key < ? AND key > ? AND ${KEPT} ORDER BY key LIMIT ?`;
const PUT = 'INSERT OR REPLACE INTO key_value (key, value, version, purge_at_ms) VALUES (?, ?, ?, ?)';
const DELETE = 'DELETE FROM key_value WHERE key = ?';
/** Sorts after every character of a key. */
const AFTER_ALL = '\u{10FFFF}';

const storedOf = ([, value, version]: Row): Stored => ({
  value: JSON.parse(value as string) as unknown,
  version: version as number,
});

export class SqliteKeyValue implements KeyValue {
  readonly #sqlite: Sqlite;
  readonly #commits: GroupCommit;
  readonly #clock: Clock;

  constructor(sqlite: Sqlite, commits: GroupCommit, clock: Clock) {
    this.#sqlite = sqlite;
    this.#commits = commits;
    this.#clock = clock;
  }

  get(key: EntryKey): Promise<Stored | undefined> {
    return this.#sqlite.read(() => {
      const row = this.#row(key);
      return row && storedOf(row);
    });
  }

  async swap(key: EntryKey, expected: number, { value, purgeAtMs }: Entry): Promise<SwapResult> {
    const [result] = await this.#commits.write([key], (): SwapResult => {
      const row = this.#row(key);
      const version = row ? storedOf(row).version : 0;
      if (version !== expected) return { kind: 'conflict' };
      if (value === undefined) this.#sqlite.run(DELETE, key);
      else this.#sqlite.run(PUT, key, JSON.stringify(value), version + 1, purgeAtMs ?? null);
      return { kind: 'swapped', version: value === undefined ? 0 : version + 1 };
    });
    return result!;
  }

  async add(
    key: EntryKey,
    counters: Readonly<Record<string, number>>,
    purgeAtMs?: number,
  ): Promise<'added' | 'failed'> {
    const [result] = await this.#commits.write([key], () => {
      const row = this.#row(key);
      const { value, version } = row ? storedOf(row) : { value: {}, version: 0 };
      const sums = { ...(value as Record<string, number>) };
      for (const [name, by] of Object.entries(counters)) sums[name] = (sums[name] ?? 0) + by;
      this.#sqlite.run(PUT, key, JSON.stringify(sums), version + 1, purgeAtMs ?? row?.[3] ?? null);
      return 'added' as const;
    });
    return result === 'added' ? 'added' : 'failed';
  }

  list(prefix: EntryPrefix, limit: number, after = ''): Promise<{ readonly key: string; readonly stored: Stored }[]> {
    return this.#sqlite.read(() => {
      const rows = this.#sqlite.rows(LIST, prefix, prefix + AFTER_ALL, after, this.#clock.nowMs(), limit);
      return rows.map((row) => ({ key: row[0] as string, stored: storedOf(row) }));
    });
  }

  #row(key: string): Row | undefined {
    return this.#sqlite.row(SELECT, key, this.#clock.nowMs());
  }
}
