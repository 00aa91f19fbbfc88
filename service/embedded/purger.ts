/** Deletes what is past its purge time, in slices so small that no turn notices, and sleeps when nothing is left. */
import type { Clock } from '../core/ports.ts';
import { MINUTE } from '../core/rules.ts';
import type { GroupCommit } from './group-commit.ts';
import { DELETED } from './ledger.ts';
import type { Sqlite } from './sqlite.ts';
import type { SqliteStatistics } from './statistics.ts';

const SLICE = 100;
const PAUSE_MS = 5;

/** The details of an attempt go with its task. */
const TASKS = `DELETE FROM task WHERE id IN (SELECT id FROM task WHERE purge_at_ms <= ? LIMIT ?) ${DELETED}`;
const ENTRIES = 'DELETE FROM key_value WHERE key IN (SELECT key FROM key_value WHERE purge_at_ms <= ? LIMIT ?)';
const COUNTERS = 'DELETE FROM statistics WHERE id IN (SELECT id FROM statistics WHERE purge_at_ms <= ? LIMIT ?)';

export interface Purged {
  readonly sqlite: Sqlite;
  readonly commits: GroupCommit;
  readonly statistics: SqliteStatistics;
  readonly clock: Clock;
}

/** Returns the way to stop it. A slice that could not be deleted is tried again with the next. */
export function startPurger({ sqlite, commits, statistics, clock }: Purged): () => void {
  let isStopped = false;
  let cancel = (): void => undefined;
  const purge = (sql: string): number => {
    if (sql !== TASKS) return sqlite.run(sql, clock.nowMs(), SLICE);
    const deleted = sqlite.rows(sql, clock.nowMs(), SLICE);
    statistics.removed(deleted);
    return deleted.length;
  };
  const round = async (): Promise<void> => {
    const deleted = await commits.write([TASKS, ENTRIES, COUNTERS], purge);
    if (!isStopped) cancel = clock.timer(deleted.includes(SLICE) ? PAUSE_MS : MINUTE, () => void round());
  };
  void round();
  return () => {
    isStopped = true;
    cancel();
  };
}
