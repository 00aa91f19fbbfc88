/** Rows in which there is nobody to do the work for a while: no worker lives, or none knows a type. */
import path from 'node:path';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseSync } from 'node:sqlite';
import { until } from '../given-pool.ts';
import { signal } from './ground.ts';
import type { Plan, Play } from './play.ts';
import { isLong, PATIENTLY_MS } from './play.ts';
import type { Planned } from './planned.ts';
import { extra, requestOf } from './planned.ts';

const ON_SIGHT_MS = 20;
/** As the matrix says; a short run beside others says how long it took, and no more. */
const FRESH_WITHIN_MS = 10_000;
const MB = 1024;

const memoryMb = (pid: number): number =>
  Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / MB);

/** Each worker is ended as soon as it is seen, before it has said hello. */
async function keepWorkersOff(play: Play): Promise<void> {
  const { ground, spanMs } = play;
  const pid = ground.server.process.pid!;
  const beforeMb = memoryMb(pid);
  for (const endsAtMs = performance.now() + spanMs; performance.now() < endsAtMs;) {
    play.injected += ground.children.filter((child) => signal(child, 'SIGKILL')).length;
    await sleep(ON_SIGHT_MS);
  }
  play.notes.push(`without workers the server grew from ${beforeMb} to ${memoryMb(pid)} MB`);
  await freshStartsSoon(play);
}

async function freshStartsSoon({ ground, customer, planted, notes, wrongs, tasks }: Play): Promise<void> {
  const fresh = extra('F21-fresh', 'succeed', { ends: ['succeeded'], durationMs: 0 });
  planted.add(fresh.taskId);
  const sinceMs = performance.now();
  const { type, payload, taskId } = requestOf(fresh, ground.notes);
  await customer.sdk.submit(type, payload, { taskId });
  await until(() => ground.starts().includes(`${taskId} 1`), PATIENTLY_MS);
  const afterMs = performance.now() - sinceMs;
  notes.push(`fresh work started ${(afterMs / 1_000).toFixed(1)} s after the last worker was ended`);
  if (isLong(tasks.length) && afterMs > FRESH_WITHIN_MS) wrongs.push('fresh work started too late');
  await until(() => ground.finals().has(taskId), PATIENTLY_MS);
}

export const workersOff: Plan = {
  id: 'F21',
  fault: 'no worker lives for a while, then all do',
  leastSpanMs: 6_000,
  kills: true,
  strike: keepWorkersOff,
};

export const LATE = 'mixed-late';
const EVERY = 4;

/** They wait until the servers that know their type have gone. */
const someAreNew = (tasks: Planned[]): Planned[] =>
  tasks.map((task, i) => (i % EVERY === 0 ? { ...task, type: LATE, delaySeconds: 4 } : task));

function openOf({ ground }: Play, type: string): number {
  const database = new DatabaseSync(path.join(ground.dataDir, 'ledger.sqlite'), { readOnly: true });
  const sql = "SELECT count(*) AS count FROM task WHERE type = ? AND status IN ('scheduled', 'queued', 'retrying')";
  const { count } = database.prepare(sql).get(type) as { count: number };
  database.close();
  return count;
}

async function forgetType(play: Play): Promise<void> {
  const { ground, spanMs } = play;
  await sleep(spanMs / 3);
  await until(() => openOf(play, LATE) > 0, PATIENTLY_MS);
  await ground.kill();
  play.injected = openOf(play, LATE);
  await ground.start();
  await sleep(spanMs / 2);
  await ground.kill();
  play.notes.push(`${openOf(play, LATE)} tasks of the new type waited for a server that knows it`);
  await ground.start({ env: { TASKS_DIR: ground.grounds.newerTasksDir } });
}

export const typeUnknown: Plan = {
  id: 'F31',
  fault: 'servers in turn know a new type and do not',
  leastSpanMs: 9_000,
  kills: true,
  mix: someAreNew,
  prepare: async ({ ground, customer }) => {
    customer.comesAgain = true;
    await ground.start({ env: { TASKS_DIR: ground.grounds.newerTasksDir } });
  },
  strike: forgetType,
};
