/**
 * The floor under any durable task server of this make: node:http, JSON.parse, and the same rows, indexes and commits in
 * SQLite — insert, claim, succeed, one transaction per turn of the event loop, and as many tasks between claim and end as
 * the server under test runs at once. No core, no validation, no worker.
 */
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { SQLInputValue } from 'node:sqlite';
import { openDatabase } from '../../embedded/sqlite.ts';

interface Posted {
  readonly taskId: string;
  readonly payload: unknown;
}

const DAY_MS = 86_400_000;
const CONCURRENCY = Number(process.env['WORKER_CONCURRENCY']);
const HASH = 'x'.repeat(43);
const OWNER = `${'x'.repeat(8)}.${'y'.repeat(22)}`;
const COLUMNS = [
  ...[
    'tenant',
    'task_id',
    'schema',
    'type',
    'payload_version',
    'request_hash',
    'status',
    'version',
    'fence',
    'failures',
  ],
  ...['crashes', 'lost_in_row', 'budget_base', 'rings', 'attempts_total', 'not_before_ms', 'due_ms', 'expires_at_ms'],
  ...['created_at_ms', 'updated_at_ms', 'payload'],
];
const INSERT = `INSERT INTO task (${COLUMNS.join()}) VALUES (${COLUMNS.map(() => '?').join()})`;
const CLAIM = `UPDATE task SET status = 'running', version = 2, fence = 1, attempts_total = 1, owner = ?,
  lease_until_ms = ?, started_at_ms = ?, updated_at_ms = ?, rings = 0 WHERE id = ?`;
const SUCCEED = `UPDATE task SET status = 'succeeded', version = 3, attempts = ?, result = ?, finished_at_ms = ?,
  purge_at_ms = ?, updated_at_ms = ?, due_ms = NULL, lease_until_ms = NULL WHERE id = ?`;

const sqlite = openDatabase(process.env['DATA_DIR']!);
const database = sqlite.database;
const insert = database.prepare(INSERT);
const claim = database.prepare(CLAIM);
const succeed = database.prepare(SUCCEED);

let arrived: { tasks: Posted[]; answer: () => void }[] = [];
const created: number[] = [];
let claimed: number[] = [];
let isPlanned = false;

function rowOf({ taskId, payload }: Posted, nowMs: number): SQLInputValue[] {
  const fixed = ['local', taskId, 1, 'simulate', 1, HASH, 'queued', 1, 0, 0, 0, 0, 0, 0, 0];
  return [...fixed, nowMs, nowMs + 30_000, nowMs + DAY_MS, nowMs, nowMs, JSON.stringify(payload)];
}

/** One turn: inserts of the requests that came in, claims of the last turn's inserts, ends of its claims. */
function turn(): void {
  isPlanned = false;
  const nowMs = Date.now();
  const [requests, toEnd] = [arrived, claimed];
  const toClaim = created.splice(0, CONCURRENCY);
  [arrived, claimed] = [[], []];
  database.exec('BEGIN IMMEDIATE');
  for (const { tasks } of requests) {
    for (const task of tasks) created.push(Number(insert.run(...rowOf(task, nowMs)).lastInsertRowid));
  }
  for (const id of toClaim) {
    claim.run(OWNER, nowMs + 70_000, nowMs, nowMs, id);
    claimed.push(id);
  }
  const attempts = JSON.stringify([
    { fence: 1, attempt: 1, startedAtMs: nowMs, endedAtMs: nowMs, outcome: 'succeeded' },
  ]);
  for (const id of toEnd) succeed.run(attempts, '{"ok":true,"attempt":1}', nowMs, nowMs + 14 * DAY_MS, nowMs, id);
  database.exec('COMMIT');
  for (const { answer } of requests) answer();
  if (created.length > 0 || claimed.length > 0) plan();
}

function plan(): void {
  if (isPlanned) return;
  isPlanned = true;
  setImmediate(turn);
}

function reply(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Posted & { tasks?: Posted[] };
    const tasks = body.tasks ?? [body];
    const answer = () =>
      reply(
        response,
        body.tasks ? 200 : 202,
        JSON.stringify(tasks.map(({ taskId }) => ({ taskId, status: 'queued' }))),
      );
    arrived.push({ tasks, answer });
    plan();
  });
});

server.listen(Number(process.env['PORT']), '127.0.0.1', () => console.log('The floor is ready.'));
process.on('SIGTERM', () => {
  server.closeAllConnections();
  server.close(() => {
    sqlite.close();
    process.exit(0);
  });
});
