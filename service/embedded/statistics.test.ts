import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claim, succeed } from '../core/attempt-moves.ts';
import type { ApplyResult } from '../core/ports.ts';
import { MINUTE } from '../core/rules.ts';
import type { Sums } from '../core/statistics.ts';
import { addTo } from '../core/statistics.ts';
import type { LedgerTask } from '../core/task.ts';
import { CLAIMER, newTask, RULES } from '../testing/conformance/engine-under-test.ts';
import { clockOf, newDataDir } from '../testing/given-storage.ts';
import { VirtualTime } from '../testing/virtual-time.ts';
import { migrate, STEPS } from './schema.ts';
import type { Storage } from './storage.ts';
import { openStorage } from './storage.ts';

let dataDir: string;
let time: VirtualTime;
let offsetMs: number;
let storage: Storage;

function open(): Storage {
  const clock = { ...clockOf(time), nowMs: () => time.nowMs + offsetMs };
  return openStorage({ dataDir, clock, onBroken: () => undefined });
}
beforeEach(() => {
  [dataDir, time, offsetMs] = [newDataDir(), new VirtualTime(), 0];
  storage = open();
});
afterEach(() => {
  storage.close();
  rmSync(dataDir, { recursive: true });
});

const pass = (ms: number) => time.play(() => false, time.nowMs + ms);
const at = () => ({ nowMs: time.nowMs, rules: RULES });
const task = (taskId: string, fields: Partial<LedgerTask> = {}) => newTask(time.nowMs, { taskId, ...fields });
const taskOf = ([result]: ApplyResult[]) => (result as Extract<ApplyResult, { kind: 'applied' }>).task;

async function succeeded(taskId: string): Promise<void> {
  await storage.ledger.submit([task(taskId)]);
  const owner = { ...CLAIMER, owner: 'o' };
  const running = taskOf(await storage.ledger.apply([claim(task(taskId), owner, { ...at(), pullDue: false })]));
  await storage.ledger.apply([succeed(running, '1', at())]);
}

async function counted(spanMs: 60_000 | 3_600_000 = 60_000): Promise<Sums> {
  const sums: Sums = {};
  for (const { counters } of await storage.statistics.since('alpha', spanMs, 0)) addTo(sums, counters);
  return sums;
}

/** By another connection. */
function onDisk(sql: string): Record<string, unknown>[] {
  const database = new DatabaseSync(join(dataDir, 'ledger.sqlite'));
  const rows = /^SELECT/.test(sql) ? database.prepare(sql).all() : (database.exec(sql), []);
  database.close();
  return rows;
}

test('a transaction that is undone counts nothing, and what is done again is counted once', async () => {
  await storage.ledger.submit([task('before')]);
  const unstorable = task('bad', { payload: null as unknown as string });
  const results = await storage.ledger.submit([task('a'), unstorable, task('b')]);
  expect(results.map(({ kind }) => kind)).toEqual(['created', 'failed', 'created']);
  expect(await counted()).toMatchObject({ accepted: 3 });
  expect(await storage.ledger.counts('alpha')).toMatchObject({ queued: 3 });
});

test('counts go on after a restart within the same minute', async () => {
  await succeeded('a');
  storage.close();
  storage = open();
  await succeeded('b');
  for (const span of [60_000, 3_600_000] as const) {
    expect(await counted(span)).toMatchObject({ accepted: 2, started: 2, succeeded: 2, 'start:0': 2, 'finish:0': 2 });
  }
  expect(await storage.ledger.counts('alpha')).toMatchObject({ queued: 0, running: 0, succeeded: 2 });
});

test('a minute that is counted again, by a clock that was set back, counts on', async () => {
  await succeeded('a');
  offsetMs = 30 * MINUTE;
  await succeeded('b');
  offsetMs = 0;
  await succeeded('c');
  expect(await counted()).toMatchObject({ accepted: 3, succeeded: 3 });
  expect(await counted(3_600_000)).toMatchObject({ accepted: 3, succeeded: 3 });
  expect(await storage.ledger.counts('alpha')).toMatchObject({ succeeded: 3 });
});

test('what is purged, and what gives way to a new life, is counted no more', async () => {
  const gone = { status: 'dead', announcement: 'sent', purgeAtMs: time.nowMs + 10 } as const;
  await storage.ledger.submit([task('a', gone), task('b', gone)]);
  expect(await storage.ledger.counts('alpha')).toMatchObject({ dead: 2, inbox: 2 });
  await pass(11);
  await storage.ledger.submit([task('a')]);
  expect(await storage.ledger.counts('alpha')).toMatchObject({ queued: 1, dead: 1, inbox: 1 });
  await pass(2 * MINUTE);
  expect(await storage.ledger.counts('alpha')).toMatchObject({ queued: 1, dead: 0, inbox: 0 });
});

test('the tasks of an older data folder are counted when it is opened', async () => {
  storage.close();
  rmSync(dataDir, { recursive: true });
  dataDir = newDataDir();
  const database = new DatabaseSync(join(dataDir, 'ledger.sqlite'));
  migrate(database, STEPS.slice(0, 2));
  for (const [i, state] of ["'queued', NULL", "'dead', 'sent'", "'dead', 'pending'"].entries()) {
    database.exec(`INSERT INTO task (tenant, task_id, schema, type, payload_version, request_hash, version, fence, failures,
      crashes, lost_in_row, budget_base, rings, attempts_total, not_before_ms, expires_at_ms, created_at_ms, updated_at_ms,
      payload, status, announcement) VALUES ('alpha', ${i}, 1, 't', 1, '', 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '1', ${state})`);
  }
  database.close();
  storage = open();
  expect(await storage.ledger.counts('alpha')).toMatchObject({ queued: 1, running: 0, dead: 2, inbox: 1 });
});

test.each(['{', 'null', '7', '[1]', '{"accepted":"many","now:queued":null}'])(
  'counters that somebody has damaged count nothing and stop nobody: %s',
  async (damaged) => {
    await succeeded('a');
    await pass(MINUTE);
    await succeeded('b');
    onDisk(`UPDATE statistics SET counters = '${damaged}'`);
    await pass(MINUTE);
    await succeeded('c');
    expect(await counted(3_600_000)).toMatchObject({ accepted: 1, succeeded: 1 });
  },
);

test('a minute costs one row per type, however many transactions it has', async () => {
  for (const taskId of ['a', 'b', 'c']) await succeeded(taskId);
  expect(onDisk('SELECT span_ms, is_pending FROM statistics')).toEqual([{ span_ms: 60_000, is_pending: 1 }]);
  await pass(MINUTE);
  await storage.ledger.submit([task('d')]);
  expect(onDisk('SELECT span_ms FROM statistics WHERE is_pending IS NULL ORDER BY span_ms')).toEqual(
    [60_000, 300_000, 900_000, 3_600_000].map((span_ms) => ({ span_ms })),
  );
});

test('the oldest overdue is found behind a thousand younger ones', async () => {
  const { nowMs } = time;
  const young = Array.from({ length: 1_200 }, (_, i) =>
    task(`y${i}`, { notBeforeMs: nowMs - 5_000, dueMs: nowMs + i }),
  );
  const rung = task('rung', { notBeforeMs: nowMs - 9_000, dueMs: nowMs + 540_000, rings: 4 });
  await storage.ledger.submit([...young, rung]);
  expect(await storage.ledger.oldestOverdue('alpha', nowMs)).toMatchObject({ taskId: 'rung' });
});
