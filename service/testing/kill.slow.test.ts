import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import type { Stats } from '@holdfast/api/types';
import type { AuditRow, Testimony } from './audit.ts';
import { addWitness, contradictions, hear } from './audit.ts';
import { GivenTypes } from './given-types.ts';
import type { RealServer } from './real-server.ts';
import { freePort, startServer } from './real-server.ts';
import { Seeded } from './seeded.ts';

const TASKS = 1_000;
const KILLS = 20;
const SETTLED_WITHIN_MS = 120_000;

/** Counts real starts: one line is in the file before anything else happens. */
const NOTING = `
  import { appendFileSync } from 'node:fs';
  import { setTimeout } from 'node:timers/promises';
  export const run = async ({ payload, taskId, fence }) => {
    appendFileSync(payload.file, taskId + ' ' + fence + '\\n');
    await setTimeout(payload.durationMs);
  };`;
const SCHEMA = `
title: Notes its start
version: 1
payload:
  type: object
  required: [file, durationMs]
  properties: { file: { type: string }, durationMs: { type: integer } }
`;

let server: RealServer | undefined;
let dataDir = '';
const types = new GivenTypes();
afterEach(async () => {
  await server?.killAll();
  types.remove();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Submits until there is a receipt, whatever dies in between. */
async function submitUntilReceipt(url: string, taskId: string, payload: object): Promise<void> {
  for (;;) {
    try {
      const body = JSON.stringify({ taskId, type: 'noting', payload });
      const headers = { 'content-type': 'application/json' };
      const { status } = await fetch(`${url}/tasks`, { method: 'POST', headers, body });
      if (status === 202 || status === 200) return;
      if (status < 500) throw new Error(`submit answered ${status}`);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // no connection: the server is being killed or started
    }
    await sleep(50);
  }
}

async function submitAll(url: string, file: string, random: Seeded): Promise<void> {
  const ids = Array.from({ length: TASKS }, (_, i) => `kill-${i}-x`);
  const one = async (): Promise<void> => {
    for (let id; (id = ids.pop()) !== undefined;) {
      await submitUntilReceipt(url, id, { file, durationMs: random.between(5, 400) });
      await sleep(random.between(0, 60));
    }
  };
  await Promise.all(Array.from({ length: 4 }, one));
}

async function isEverythingFinal(url: string): Promise<boolean> {
  const { audit } = hear(dataDir);
  const final = [...audit.values()].filter((rows) => ['succeeded', 'dead'].includes(rows.at(-1)!.becomes));
  return final.length === TASKS && (await fetch(`${url}/ready`)).ok;
}

/** From the end of each lost attempt, at the next start, to the claim that follows it; sorted, in ms. */
function continuedAfterMs(rows: Iterable<readonly AuditRow[]>): number[] {
  const delays: number[] = [];
  for (const story of rows) {
    for (const [i, { was, becomes, atMs }] of story.entries()) {
      const next = story.slice(i).find((row) => row.becomes === 'running');
      if (was === 'running' && becomes === 'retrying' && next) delays.push(next.atMs - atMs);
    }
  }
  return delays.sort((a, b) => a - b);
}

/** The statistics say what the witness saw: each write counted once, whatever was killed around it. */
async function expectStatistics(url: string, audit: Testimony['audit'], tasks: Testimony['tasks']): Promise<void> {
  const stats = (await (await fetch(`${url}/stats?window=1h`)).json()) as Stats;
  const ended = (status: string) => tasks.filter((task) => task.status === status).length;
  const starts = [...audit.values()].map((rows) => rows.at(-1)!.fence).reduce((sum, n) => sum + n, 0);
  const [succeeded, dead] = [ended('succeeded'), ended('dead')];
  expect(stats.totals).toMatchObject({ accepted: TASKS, started: starts, succeeded, dead, cancelled: 0 });
  expect(stats.totals.lostAttempts + stats.totals.failedAttempts).toBe(starts - succeeded);
  expect([stats.startLatency?.count, stats.finishLatency?.count]).toEqual([TASKS, TASKS]);
  expect(stats.tasks).toMatchObject({ queued: 0, retrying: 0, running: 0, succeeded, dead });
}

test('20 kills of the server and its workers lose nothing and end nothing twice', { timeout: 300_000 }, async () => {
  const random = new Seeded(20);
  dataDir = mkdtempSync(path.join(tmpdir(), 'holdfast-kill-'));
  const attemptFile = path.join(dataDir, 'attempts.txt');
  expect(types.write('noting', { 'schema.yaml': SCHEMA, 'handler.mjs': NOTING }).generate().status).toBe(0);
  const env = { TASKS_DIR: types.tasksDir, LOG_LEVEL: 'warn' };
  const options = { dataDir, port: await freePort(), env };
  server = await startServer(options);
  await server.stop();
  addWitness(dataDir);
  server = await startServer(options);
  const submitted = submitAll(server.url, attemptFile, random);
  for (let kills = 0; kills < KILLS; kills += 1) {
    await sleep(random.between(150, 1_200));
    await server.killAll();
    server = await startServer(options);
  }
  await submitted;
  const giveUpAtMs = Date.now() + SETTLED_WITHIN_MS;
  while (!(await isEverythingFinal(server.url)) && Date.now() < giveUpAtMs) await sleep(200);

  const { audit, tasks } = hear(dataDir);
  expect(audit.size).toBe(TASKS);
  expect([...audit.values()].flatMap(contradictions)).toEqual([]);
  const dead = tasks.filter(({ status }) => status === 'dead');
  expect(tasks.filter(({ status }) => !['succeeded', 'dead'].includes(status))).toEqual([]);
  // A task dies only of its own recorded losses: alone in its process three times, or ten times in a row.
  expect(dead.filter((task) => task.class !== 'CRASH' || (task.crashes < 3 && task.lost < 10))).toEqual([]);
  expect(dead.length).toBeLessThanOrEqual(TASKS / 100);

  await expectStatistics(server.url, audit, tasks);

  const started = readFileSync(attemptFile, 'utf8').split('\n').filter(Boolean);
  expect(new Set(started).size).toBe(started.length);
  const claimed = new Set(
    [...audit].flatMap(([id, rows]) =>
      rows.filter(({ becomes }) => becomes === 'running').map(({ fence }) => `${id} ${fence}`),
    ),
  );
  expect(started.filter((pair) => !claimed.has(pair))).toEqual([]);
  const lost = [...audit.values()].map((rows) => rows.at(-1)!.fence - 1).reduce((sum, n) => sum + n, 0);
  expect(lost).toBeGreaterThan(KILLS / 2); // else the kills hit nothing
  const delays = continuedAfterMs(audit.values());
  const median = delays[Math.floor(delays.length / 2)]!;
  console.log(`${KILLS} kills, ${lost} attempts lost, ${dead.length} of ${TASKS} tasks dead of them`);
  console.log(`lost work is claimed again after: median ${median} ms, worst ${delays.at(-1)} ms`);
  expect(median).toBeLessThan(5_000);
});
