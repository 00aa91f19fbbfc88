/** Deletes what is past its purge time, in slices so small that no turn notices, and sleeps when nothing is left. */
import type { Clock } from '../core/ports.ts';
import { MINUTE } from '../core/rules.ts';
import type { GroupCommit } from './group-commit.ts';
import type { Sqlite } from './sqlite.ts';

const SLICE = 100;
const PAUSE_MS = 5;

/** The details of an attempt go with its task. */
const PURGES = [
  'DELETE FROM task WHERE id IN (SELECT id FROM task WHERE purge_at_ms <= ? LIMIT ?)',
  'DELETE FROM key_value WHERE key IN (SELECT key FROM key_value WHERE purge_at_ms <= ? LIMIT ?)',
];

/** Returns the way to stop it. A slice that could not be deleted is tried again with the next. */
export function startPurger(sqlite: Sqlite, commits: GroupCommit, clock: Clock): () => void {
  let isStopped = false;
  let cancel = (): void => undefined;
  const round = async (): Promise<void> => {
    const nowMs = clock.nowMs();
    const deleted = await commits.write(PURGES, (sql) => sqlite.run(sql, nowMs, SLICE));
    if (!isStopped) cancel = clock.timer(deleted.includes(SLICE) ? PAUSE_MS : MINUTE, () => void round());
  };
  void round();
  return () => {
    isStopped = true;
    cancel();
  };
}
