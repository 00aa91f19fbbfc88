/**
 * npm run bench -- live: 200 viewers of all tasks and 300 tasks a second, with and without one viewer that never reads, in
 * turn on one server; then what coalescing saves at 1 000 viewers. Delays are from the write of a task to its frame.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RealServer } from '../real-server.ts';
import { freePort, startServer } from '../real-server.ts';
import { fanOut } from './fan-out.ts';
import type { Report } from './live-viewers.ts';
import { Viewers } from './viewers-process.ts';

const VIEWERS = 200;
const TASKS_PER_SECOND = 300;
const BATCHES_PER_SECOND = 50;
const ROUNDS = 2;
const ROUND_SECONDS = 20;
const FILL_SECONDS = 8;
const FILL_TASKS_PER_SECOND = 2_000;
const BAR = 1.5;

let serial = 0;
const tags = Array.from({ length: 10 }, (_, n) => `${'x'.repeat(60)}${n}`);
const newTask = () => ({ taskId: `live-${(serial += 1)}-x`, type: 'simulate', payload: { failureRate: 0 }, tags });

/** Answers how many seconds it took. */
async function load({ url }: RealServer, seconds: number, tasksPerSecond = TASKS_PER_SECOND): Promise<number> {
  const startMs = performance.now();
  for (let i = 0; i < seconds * BATCHES_PER_SECOND; i += 1) {
    const tasks = Array.from({ length: tasksPerSecond / BATCHES_PER_SECOND }, newTask);
    const headers = { 'content-type': 'application/json' };
    await (
      await fetch(`${url}/tasks/batch`, { method: 'POST', headers, body: JSON.stringify({ tasks }) })
    ).arrayBuffer();
    await sleep(Math.max(0, startMs + ((i + 1) * 1_000) / BATCHES_PER_SECOND - performance.now()));
  }
  return (performance.now() - startMs) / 1_000;
}

function rssMibOf({ process: { pid } }: RealServer): number {
  const [, kib] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kib) / 1_024;
}

interface Round extends Report {
  readonly rssMib: number;
}

async function round(server: RealServer, viewers: Viewers, isWithDeaf: boolean): Promise<Round> {
  if (isWithDeaf) await viewers.tell({ kind: 'deaf', url: server.url });
  // Fills what the system takes for a connection, on both sides alike.
  await load(server, FILL_SECONDS, FILL_TASKS_PER_SECOND);
  await sleep(2_000);
  await viewers.tell({ kind: 'count' });
  const seconds = await load(server, ROUND_SECONDS);
  const rssMib = rssMibOf(server);
  await viewers.tell({ kind: 'listen' });
  const report = await viewers.tell({ kind: 'report' });
  const perSecond = report.frames / VIEWERS / seconds;
  const name = isWithDeaf ? 'one never reads' : 'all read       ';
  const deaf = isWithDeaf ? `, it was ${report.deafClosed === 0 ? 'not closed yet' : 'closed'}` : '';
  console.log(
    `  ${name}  p50 ${report.p50} ms  p99 ${report.p99} ms  ${perSecond.toFixed(1)} frames/s a viewer  ` +
      `${report.resyncs} resyncs  RSS ${rssMib.toFixed(0)} MiB${deaf}`,
  );
  return { ...report, rssMib };
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

async function rounds(server: RealServer, viewers: Viewers): Promise<boolean> {
  console.log(`${VIEWERS} viewers of all tasks, ${TASKS_PER_SECOND} tasks/s, rounds of ${ROUND_SECONDS} s`);
  await viewers.tell({ kind: 'open', url: server.url, count: VIEWERS });
  await load(server, 5);
  const [without, withDeaf]: [Round[], Round[]] = [[], []];
  for (let i = 0; i < ROUNDS; i += 1) {
    without.push(await round(server, viewers, false));
    withDeaf.push(await round(server, viewers, true));
  }
  const ratio = (part: 'p50' | 'p99') =>
    median(withDeaf.map((each) => each[part])) / median(without.map((each) => each[part]));
  const isReached = ratio('p99') <= BAR;
  const shown = `p50 ${ratio('p50').toFixed(2)}, p99 ${ratio('p99').toFixed(2)}`;
  console.log(`  with against without: ${shown}, bar ≤ ${BAR}: ${isReached ? 'reached' : 'NOT reached'}`);
  return isReached;
}

const dataDir = mkdtempSync(path.join(tmpdir(), 'holdfast-bench-'));
const server = await startServer({ dataDir, port: await freePort(), env: { LOG_LEVEL: 'warn' } });
const viewers = new Viewers();
const reached = [await rounds(server, viewers)];
await server.stop();
rmSync(dataDir, { recursive: true, force: true });
const others = new Viewers();
reached.push(await fanOut(others));
viewers.end();
others.end();
process.exitCode = reached.every(Boolean) ? 0 : 1;
