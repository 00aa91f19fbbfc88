/** Rows in which the database fails: items that nobody can read, single writes, a full disk, a broken one, and slowness. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseSync } from 'node:sqlite';
import { hear } from '../audit.ts';
import { until } from '../given-pool.ts';
import type { Plan, Play } from './play.ts';
import { PATIENTLY_MS } from './play.ts';
import { extra, requestOf } from './planned.ts';
import { STRUCK_DATABASE } from './strikes.ts';

const CONSTRAINT = 19;
const IOERR_WRITE = 778;
const BATCH = 5;
const BATCH_IDS = Array.from({ length: BATCH }, (_, i) => `F25-batch-${i}`);

/** As one request of five, whose answer says of each what became of it; then once more, as a client does. */
async function submitBatch({ ground, tasks, wrongs }: Play): Promise<void> {
  const batch = tasks.filter(({ taskId }) => BATCH_IDS.includes(taskId)).map((task) => requestOf(task, ground.notes));
  const send = async (): Promise<string> => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ tasks: batch });
    const response = await fetch(`${ground.url}/tasks/batch`, { method: 'POST', headers, body });
    const { results } = (await response.json()) as { results: { status: number }[] };
    return results.map(({ status }) => (status >= 500 ? '5xx' : status)).join(' ');
  };
  const answers = [await send(), await send()];
  const expected = ['202 202 202 202 5xx', '200 200 200 200 202'];
  if (answers.join() !== expected.join()) wrongs.push(`a batch of five was answered ${answers.join(', then ')}`);
}

const FAILING_INSERT = { kind: 'throws', sql: 'INSERT INTO task (', errcode: CONSTRAINT, every: BATCH, times: 2 };

export const oneOfFive: Plan = {
  id: 'F25',
  fault: '1 of 5 writes of a batch fails',
  start: { nodeArgs: STRUCK_DATABASE, env: { STRIKE: JSON.stringify(FAILING_INSERT) } },
  mix: (tasks) => [...tasks, ...BATCH_IDS.map((id) => extra(id, 'succeed', { ends: ['succeeded'] }))],
  prepare: async (play) => {
    await play.ground.start();
    await submitBatch(play);
  },
  strike: ({ submitted }) => submitted,
};

const STOPS = /takes no more writes/;

/** First it is full for a while, then it is broken, which a server answers with its end. */
async function fillDisk({ ground, customer, spanMs, ...play }: Play): Promise<void> {
  await sleep(spanMs / 6);
  ground.tell({ strike: { kind: 'full' } });
  await sleep(spanMs / 2);
  await until(() => ground.struck > 0 && customer.answers.has(503), PATIENTLY_MS);
  wasRefused({ customer, ...play });
  ground.tell({ strike: { kind: 'none' } });
  await sleep(spanMs / 6);
  ground.tell({ strike: { kind: 'throws', sql: 'COMMIT', errcode: IOERR_WRITE, every: 1, times: 1 } });
  await until(() => ground.server.process.exitCode !== null, PATIENTLY_MS);
  // What it said last may come after its end.
  const exitCode = await ground.stop();
  if (!STOPS.test(ground.output)) play.wrongs.push('a broken disk was not said');
  if (exitCode !== 1) play.wrongs.push('a broken disk did not end the server with 1');
  await ground.start();
}

/** Before the disk breaks, of which a customer is told in the same way. */
function wasRefused({ customer, wrongs, notes }: Pick<Play, 'customer' | 'wrongs' | 'notes'>): void {
  notes.push(`${customer.answers.get(503) ?? 0} requests were answered 503 while the disk was full`);
  const astray = [...customer.answers.keys()].filter((status) => status >= 500 && status !== 503);
  if (astray.length > 0) wrongs.push(`while the disk was full requests were answered ${astray.join()}`);
}

const PAD_EVERY = 3;
/** Too much to go with others: each is a request of its own, with a status of its own. */
const PAD_BYTES = 70_000;

export const diskFull: Plan = {
  id: 'F28',
  fault: 'disk full, then broken, then repaired',
  start: { nodeArgs: STRUCK_DATABASE },
  leastSpanMs: 6_000,
  kills: true,
  isMute: true,
  // What is small finds room for long in pages that are there.
  mix: (tasks) => tasks.map((task, i) => (i % PAD_EVERY === 0 ? { ...task, padBytes: PAD_BYTES } : task)),
  strike: fillDisk,
};

const SLOWER_MS = 200;
/** Without any other load there are none; a busy machine alone may stop an attempt at its time-out. */
const MOST_LOST_SHARE = 0.2;

function isNothingLost({ ground, tasks, wrongs, notes }: Play): void {
  const lost = hear(ground.dataDir).tasks.reduce((sum, task) => sum + task.lost, 0);
  notes.push(`${lost} attempts were lost`);
  if (lost > tasks.length * MOST_LOST_SHARE) wrongs.push(`${lost} attempts were lost by slowness alone`);
}

export const slowDatabase: Plan = {
  id: 'F29',
  fault: 'every database call slower, a commit by 200 ms',
  start: { nodeArgs: STRUCK_DATABASE },
  leastSpanMs: 6_000,
  // Nothing else may cost an attempt.
  mix: (tasks) =>
    tasks.map((task) => (task.does === 'abort' ? { ...task, does: 'succeed', ends: ['succeeded'] } : task)),
  strike: async ({ ground, spanMs }) => {
    ground.tell({ strike: { kind: 'slow', delayMs: SLOWER_MS } });
    await sleep(spanMs);
    ground.tell({ strike: { kind: 'none' } });
  },
  expect: isNothingLost,
};

const open = ({ ground }: Play): DatabaseSync => new DatabaseSync(path.join(ground.dataDir, 'ledger.sqlite'));

const RING_WITNESS = `
  CREATE TABLE rung (seq INTEGER PRIMARY KEY, task_id TEXT, fence INTEGER, rings INTEGER, at_ms INTEGER);
  CREATE TRIGGER rung_again AFTER UPDATE OF rings ON task WHEN NEW.rings > OLD.rings BEGIN
    INSERT INTO rung (task_id, fence, rings, at_ms) VALUES (NEW.task_id, NEW.fence, NEW.rings, NEW.updated_at_ms);
  END;`;
/** Of TIMING=short, less what two looks at a clock may differ. */
const LEAST_GAP_MS = 1_900;
/** Of the sweeper, after it has found something and before it has written anything. */
const MID_SWEEP = 'due_ms <= ? ORDER BY due_ms LIMIT ?';
const MID_SWEEPS = 3;
const CORRUPT: Readonly<Record<string, string>> = {
  'corrupt-newer': "schema = 99, payload = '{}'",
  'corrupt-list': "attempts = '[{'",
  'corrupt-history': "history = 'no JSON'",
  'corrupt-running': "status = 'running', owner = NULL, lease_until_ms = NULL",
};

/** Copies of a task that is there, each damaged in its own way and due at once. */
function plant(play: Play): void {
  const database = open(play);
  const columns = database.prepare('PRAGMA table_info(task)').all() as { name: string }[];
  const names = columns.map(({ name }) => name).filter((name) => name !== 'id' && name !== 'task_id');
  for (const [taskId, damage] of Object.entries(CORRUPT)) {
    database.exec(`INSERT INTO task (task_id, ${names.join()}) SELECT '${taskId}', ${names.join()} FROM task LIMIT 1`);
    const due = `due_ms = ${Date.now()}, not_before_ms = ${Date.now()}, expires_at_ms = ${Date.now() + 86_400_000}`;
    const ready = `status = 'queued', purge_at_ms = NULL, finished_at_ms = NULL, result = NULL, announcement = NULL`;
    database.exec(`UPDATE task SET ${ready}, ${due} WHERE task_id = '${taskId}'`);
    database.exec(`UPDATE task SET ${damage} WHERE task_id = '${taskId}'`);
    play.planted.add(taskId);
    play.injected += 1;
  }
  database.close();
}

async function strikeSweeper(play: Play): Promise<void> {
  const { ground, customer, spanMs } = play;
  await customer.sdk.setFaults({ doorbell: { loseRate: 0.5 } });
  await sleep(spanMs / 3);
  await until(() => customer.receipts.size > 0, PATIENTLY_MS);
  await ground.stop();
  plant(play);
  const file = path.join(ground.dataDir, 'sweeps.txt');
  const struck = () => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').length - 1 : 0);
  for (let sweeps = 1; sweeps <= MID_SWEEPS; sweeps += 1) {
    // Its first sweep may be over before it is ready.
    const env = { STRIKE: JSON.stringify({ kind: 'dies-after', sql: MID_SWEEP, file }) };
    await ground.start({ env }).catch(() => undefined);
    await until(() => struck() === sweeps, PATIENTLY_MS);
  }
  play.injected += struck();
  await ground.start();
  await customer.sdk.setFaults({});
}

function sweptWell(play: Play): void {
  const { wrongs, ground, notes } = play;
  if (!ground.output.includes('item-skipped')) wrongs.push('no item that nobody can read was skipped');
  const database = open(play);
  const rung = database.prepare('SELECT task_id AS taskId, fence, rings, at_ms AS atMs FROM rung ORDER BY seq').all();
  database.close();
  const last = new Map<string, { fence: number; rings: number; atMs: number }>();
  for (const ring of rung as { taskId: string; fence: number; rings: number; atMs: number }[]) {
    const before = last.get(ring.taskId);
    const isNext = before?.fence === ring.fence && before.rings + 1 === ring.rings;
    if (isNext && ring.atMs - before.atMs < LEAST_GAP_MS)
      wrongs.push(`${ring.taskId} was rung twice within ${ring.atMs - before.atMs} ms`);
    last.set(ring.taskId, ring);
  }
  notes.push(`${rung.length} bells were rung again`);
}

export const sweeperStruck: Plan = {
  id: 'F22',
  fault: 'bells lost, items corrupt, sweeper killed in mid page',
  start: { nodeArgs: STRUCK_DATABASE, env: { FAULTS_ALLOWED: '1' } },
  leastSpanMs: 6_000,
  kills: true,
  countsAreOff: true,
  prepare: async (play) => {
    const database = open(play);
    database.exec(RING_WITNESS);
    database.close();
    await play.ground.start();
  },
  strike: strikeSweeper,
  expect: sweptWell,
};
