/** The storage of one machine, put together: one locked database, one queue of writes, and what is kept in it. */
import type { Clock } from '../core/ports.ts';
import type { CommitHooks } from './group-commit.ts';
import { GroupCommit } from './group-commit.ts';
import { SqliteKeyValue } from './key-value.ts';
import { SqliteLedger } from './ledger.ts';
import { startPurger } from './purger.ts';
import { RecentTasks } from './recent-tasks.ts';
import { openDatabase } from './sqlite.ts';
import { SqliteStatistics } from './statistics.ts';

export interface Storage {
  readonly ledger: SqliteLedger;
  readonly keyValue: SqliteKeyValue;
  readonly statistics: SqliteStatistics;
  /** Commits what is waiting and gives the folder free. Later writes answer `failed`, reads are unavailable. */
  close(): void;
}

/** Throws UnusableDataDir, with a sentence for whoever starts the server. */
export function openStorage({ dataDir, clock, ...hooks }: CommitHooks & { dataDir: string; clock: Clock }): Storage {
  const sqlite = openDatabase(dataDir);
  const recent = new RecentTasks(sqlite);
  const statistics = new SqliteStatistics(sqlite, clock);
  const commits = new GroupCommit(sqlite, {
    ...hooks,
    onBegun: () => {
      recent.begin();
      statistics.begin();
    },
    onWritten: () => statistics.write(),
    onUndone: () => {
      recent.forgetAll();
      statistics.forget();
    },
  });
  const ledger = new SqliteLedger(sqlite, { commits, recent, statistics, clock });
  const keyValue = new SqliteKeyValue(sqlite, commits, clock);
  const stopPurging = startPurger({ sqlite, commits, statistics, clock });
  const close = () => {
    stopPurging();
    commits.close();
    sqlite.close();
  };
  return { ledger, keyValue, statistics, close };
}
