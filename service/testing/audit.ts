/**
 * A witness inside the ledger: a trigger that writes every change of a task in the same transaction as the change. Only
 * for tests; the product knows nothing of it.
 */
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Nothing may fail here that the change itself does not: a damaged failure has no class. */
const WRITTEN = `NEW.status, NEW.version, NEW.updated_at_ms, NEW.failures,
  CASE WHEN json_valid(NEW.last_failure) THEN NEW.last_failure ->> '$.class' END`;
const COLUMNS = 'task_id, fence, was, becomes, version, at_ms, failures, class';
const WITNESS = `
  CREATE TABLE audit (
    seq INTEGER PRIMARY KEY, task_id TEXT, fence INTEGER, was TEXT, becomes TEXT, version INTEGER, at_ms INTEGER,
    failures INTEGER, class TEXT
  );
  CREATE TABLE server_start (after_seq INTEGER);
  CREATE TRIGGER audit_insert AFTER INSERT ON task BEGIN
    INSERT INTO audit (${COLUMNS}) VALUES (NEW.task_id, NEW.fence, NULL, ${WRITTEN});
  END;
  CREATE TRIGGER audit_update AFTER UPDATE ON task BEGIN
    INSERT INTO audit (${COLUMNS}) VALUES (NEW.task_id, NEW.fence, OLD.status, ${WRITTEN});
  END;
`;

export interface AuditRow {
  readonly taskId: string;
  readonly fence: number;
  readonly was: string | null;
  readonly becomes: string;
  readonly version: number;
  readonly atMs: number;
}

export interface WitnessRow extends AuditRow {
  /** Over all tasks. */
  readonly seq: number;
  readonly failures: number;
  /** Of the last failure. */
  readonly class: string | null;
}

const tell = (dataDir: string, sql: string): void => {
  const database = new DatabaseSync(path.join(dataDir, 'ledger.sqlite'));
  database.exec(sql);
  database.close();
};

/** To a ledger whose server is not running. */
export const addWitness = (dataDir: string): void => tell(dataDir, WITNESS);

/** That a server is about to be started, and none runs: what was claimed before is lost with the one before. */
export const noteStart = (dataDir: string): void =>
  tell(dataDir, 'INSERT INTO server_start SELECT ifnull(max(seq), 0) FROM audit');

export interface Testimony {
  /** By task, in the order in which it happened. */
  readonly audit: ReadonlyMap<string, readonly WitnessRow[]>;
  /** Of each start of a server the number of the last write before it. */
  readonly starts: readonly number[];
  /** The rows of the ledger itself, with what a test asks of them. */
  readonly tasks: readonly {
    readonly taskId: string;
    readonly status: string;
    readonly class: string | null;
    /** Attempts that their process or their time took: beside others, alone or overrun. */
    readonly lost: number;
    readonly lostInRow: number;
    readonly crashes: number;
    readonly suspect: 1 | null;
  }[];
}

export function hear(dataDir: string): Testimony {
  const database = new DatabaseSync(path.join(dataDir, 'ledger.sqlite'), { readOnly: true });
  const rows = database
    .prepare(
      `SELECT seq, task_id AS taskId, fence, was, becomes, version, at_ms AS atMs, failures, class
       FROM audit ORDER BY seq`,
    )
    .all() as unknown as WitnessRow[];
  const starts = database.prepare('SELECT after_seq AS seq FROM server_start').all() as { seq: number }[];
  const tasks = database
    .prepare(
      // What is damaged has lost none.
      `SELECT task_id AS taskId, status, last_failure ->> '$.class' AS class, crashes, suspect, lost_in_row AS lostInRow,
        (SELECT count(*) FROM json_each(CASE WHEN json_valid(attempts) THEN attempts ELSE '[]' END)
          WHERE value ->> '$.outcome' IN ('lost', 'timed-out')) AS lost
       FROM task`,
    )
    .all() as unknown as Testimony['tasks'];
  database.close();
  return { audit: Map.groupBy(rows, ({ taskId }) => taskId), starts: starts.map(({ seq }) => seq), tasks };
}

/** What the witness saw that must not be: versions and fences without gap, at most one success, final is final. */
export function contradictions(rows: readonly AuditRow[]): string[] {
  const found: string[] = [];
  const expect = (holds: boolean, what: string, row: AuditRow): void => {
    if (!holds) found.push(`${what}: ${JSON.stringify(row)}`);
  };
  let fence = 0;
  for (const [i, row] of rows.entries()) {
    expect(row.version === i + 1, '[S5] version', row);
    const isClaim = row.becomes === 'running' && row.was !== 'running';
    if (isClaim) fence += 1;
    expect(row.fence === fence, '[S3] fence', row);
    expect(row.was === (rows[i - 1]?.becomes ?? null), '[S2] history', row);
    expect(!['succeeded', 'cancelled'].includes(row.was ?? ''), '[S2] a final task changed', row);
    if (row.becomes === 'succeeded') expect(row.was === 'running', '[S4] success without an attempt', row);
  }
  const successes = rows.filter(({ becomes }) => becomes === 'succeeded').length;
  if (successes > 1) found.push(`[S4] ${successes} successes of ${rows[0]!.taskId}`);
  return found;
}
