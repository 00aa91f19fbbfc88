/**
 * The tables, as a list of steps: step n takes a database from version n to n + 1. A step that was released never
 * changes. Long texts come last, so that a list reads no overflow page; `id` only orders and joins. All indexes on tasks
 * but the first are partial: a happy task enters and leaves `due` once, and enters `purge` at its end.
 */
import type { DatabaseSync } from 'node:sqlite';

const TASKS_AND_KEYS = `
  CREATE TABLE task (
    id INTEGER PRIMARY KEY, tenant TEXT NOT NULL, task_id TEXT NOT NULL, schema INTEGER NOT NULL,
    type TEXT NOT NULL, payload_version INTEGER NOT NULL, request_hash TEXT NOT NULL,
    status TEXT NOT NULL, version INTEGER NOT NULL, fence INTEGER NOT NULL, owner TEXT,
    failures INTEGER NOT NULL, crashes INTEGER NOT NULL, lost_in_row INTEGER NOT NULL, suspect INTEGER,
    budget_base INTEGER NOT NULL, rings INTEGER NOT NULL, announcement TEXT, attempts_total INTEGER NOT NULL,
    not_before_ms INTEGER NOT NULL, lease_until_ms INTEGER, due_ms INTEGER, expires_at_ms INTEGER NOT NULL,
    created_at_ms INTEGER NOT NULL, updated_at_ms INTEGER NOT NULL, run_at_ms INTEGER, started_at_ms INTEGER,
    finished_at_ms INTEGER, purge_at_ms INTEGER, cancel_requested INTEGER, discarded INTEGER, payload_edited INTEGER,
    group_id TEXT, ordering_key TEXT, seq INTEGER, limit_key TEXT, plan_id TEXT, traceparent TEXT, tags TEXT,
    progress TEXT, waiting TEXT, last_failure TEXT, attempts TEXT, history TEXT,
    checkpoint TEXT, payload TEXT NOT NULL, result TEXT,
    UNIQUE (tenant, task_id)
  ) STRICT;
  CREATE INDEX task_newest ON task (tenant, created_at_ms);
  CREATE INDEX task_due ON task (due_ms) WHERE due_ms IS NOT NULL;
  CREATE INDEX task_purge ON task (purge_at_ms) WHERE purge_at_ms IS NOT NULL;
  CREATE INDEX task_inbox ON task (tenant, finished_at_ms)
    WHERE status = 'dead' AND announcement = 'sent' AND discarded IS NULL;

  CREATE TABLE attempt_detail (
    task INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE, fence INTEGER NOT NULL,
    message TEXT NOT NULL, log TEXT NOT NULL, log_truncated INTEGER NOT NULL,
    PRIMARY KEY (task, fence)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE key_value (
    key TEXT PRIMARY KEY, version INTEGER NOT NULL, purge_at_ms INTEGER, value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX key_value_purge ON key_value (purge_at_ms) WHERE purge_at_ms IS NOT NULL;
`;

const INBOX_BY_TYPE = `
  CREATE INDEX task_inbox_by_type ON task (tenant, type, finished_at_ms)
    WHERE status = 'dead' AND announcement = 'sent' AND discarded IS NULL;
`;

const STATISTICS = `
  CREATE TABLE task_count (
    tenant TEXT PRIMARY KEY, scheduled INTEGER NOT NULL, queued INTEGER NOT NULL, retrying INTEGER NOT NULL,
    running INTEGER NOT NULL, succeeded INTEGER NOT NULL, dead INTEGER NOT NULL, cancelled INTEGER NOT NULL,
    inbox INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  INSERT INTO task_count SELECT tenant, sum(status = 'scheduled'), sum(status = 'queued'), sum(status = 'retrying'),
    sum(status = 'running'), sum(status = 'succeeded'), sum(status = 'dead'), sum(status = 'cancelled'),
    sum(status = 'dead' AND announcement IS 'sent' AND discarded IS NULL) FROM task GROUP BY tenant;

  CREATE TABLE statistics (
    id INTEGER PRIMARY KEY, tenant TEXT NOT NULL, span_ms INTEGER NOT NULL, at_ms INTEGER NOT NULL, type TEXT NOT NULL,
    is_pending INTEGER, purge_at_ms INTEGER NOT NULL, counters TEXT NOT NULL
  ) STRICT;
  CREATE INDEX statistics_span ON statistics (tenant, span_ms, at_ms, type);
  CREATE INDEX statistics_pending ON statistics (is_pending) WHERE is_pending IS NOT NULL;
  CREATE INDEX statistics_purge ON statistics (purge_at_ms);
`;

/**
 * Every entry says whose it is (tickets of before are over within seconds), and every index on open tasks and fresh
 * counters begins with the tenant, so that nobody's rows stand in another one's way.
 */
const TENANTS = `
  DROP INDEX task_due;
  CREATE INDEX task_due ON task (tenant, due_ms) WHERE due_ms IS NOT NULL;
  DROP INDEX statistics_pending;
  CREATE INDEX statistics_pending ON statistics (is_pending, tenant) WHERE is_pending IS NOT NULL;
  UPDATE key_value SET key = 'installation/cursor-secret' WHERE key = 'http/cursor-secret';
  UPDATE key_value SET key = 'installation/sweeps' WHERE key = 'engine/sweeps';
`;

export const STEPS: readonly string[] = [TASKS_AND_KEYS, INBOX_BY_TYPE, STATISTICS, TENANTS];

/** The data folder cannot be used. The message is a sentence that the person who starts the server can act on. */
export class UnusableDataDir extends Error {
  override readonly name = 'UnusableDataDir';
}

/** Its server may be asked instead. */
export class DataDirInUse extends UnusableDataDir {}

/** Brings the database to the newest version, each step in its own transaction. Throws UnusableDataDir for a newer one. */
export function migrate(database: DatabaseSync, steps = STEPS): void {
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version > steps.length) {
    throw new UnusableDataDir(
      `The data is of version ${version} and this Holdfast knows versions up to ${steps.length}. ` +
        'Start the newer Holdfast that wrote it, or restore a copy made before the upgrade.',
    );
  }
  for (const [i, step] of steps.slice(version).entries()) {
    database.exec(`BEGIN IMMEDIATE; ${step}; PRAGMA user_version = ${version + i + 1}; COMMIT`);
  }
}
