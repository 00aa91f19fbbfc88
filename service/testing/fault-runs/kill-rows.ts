/** Rows in which processes of the server die, or stand still: each is ended by a signal that nobody can refuse. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseSync } from 'node:sqlite';
import { hear } from '../audit.ts';
import { until } from '../given-pool.ts';
import { signal } from './ground.ts';
import { LEASE_MS, MIXED } from './mixed-type.ts';
import type { Plan, Play } from './play.ts';
import { during, isAllFinal, PATIENTLY_MS } from './play.ts';
import { extra } from './planned.ts';
import { STRUCK_DATABASE } from './strikes.ts';

const SITES = 'sites.txt';
const REACHED = 'reached.txt';
/** One of them comes again a second later, with the next sweep. */
const QUIET_MS = 3_000;
/** Something is not final, and nothing dies any more: the verdict will say what. */
const STUCK_MS = 60_000;
const LEAST_SITES = 30;

const linesOf = (file: string): Set<string> =>
  new Set(existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []);
const sitesOf = (file: string): number => linesOf(file).size;
const reachedBeside = (file: string): string => path.join(path.dirname(file), REACHED);

/** Starts it until it lives, for its database may end it before it is ready. */
async function startDying(play: Play, file: string): Promise<void> {
  const env = { STRIKE: JSON.stringify({ kind: 'dies-at-each-site', file, reached: reachedBeside(file) }) };
  for (;;) {
    const before = sitesOf(file);
    try {
      await play.ground.start({ env });
      return;
    } catch (error) {
      if (sitesOf(file) === before) throw error;
    }
  }
}

/** Asks for what the mix does not: each answer comes from calls of its own. */
async function askAround({ customer: { sdk } }: Play): Promise<void> {
  await sdk.stats('1h');
  for await (const { taskId } of sdk.list({ status: 'dead' })) await sdk.get(taskId);
  const { items } = await sdk.page({ type: MIXED, limit: 1 });
  for (const { taskId } of items) await sdk.get(taskId);
}

async function dieAtEachSite(play: Play): Promise<void> {
  const file = path.join(play.ground.dataDir, SITES);
  const asking = play.submitted.then(() => askAround(play));
  let quietSinceMs = performance.now();
  let isAsked = false;
  asking.then(
    () => (isAsked = true),
    () => undefined,
  );
  const quietMs = () => performance.now() - quietSinceMs;
  while ((!isAsked || !isAllFinal(play) || quietMs() < QUIET_MS) && quietMs() < STUCK_MS) {
    await sleep(20);
    const { exitCode, signalCode } = play.ground.server.process;
    if (exitCode === null && signalCode === null) continue;
    await startDying(play, file);
    quietSinceMs = performance.now();
  }
  await asking;
  play.injected = sitesOf(file);
  play.notes.push(`killed after ${play.injected} sites of the database`);
  if (play.injected < LEAST_SITES) play.wrongs.push(`only ${play.injected} sites were struck`);
  // Read first: what is called from now on is struck a moment later.
  const reached = linesOf(reachedBeside(file));
  const struck = linesOf(file);
  for (const site of reached) if (!struck.has(site)) play.wrongs.push(`called, and never struck: ${site}`);
  await play.ground.kill();
  await play.ground.start();
}

export const diesAtEachSite: Plan = {
  id: 'F1',
  fault: 'server killed after each call site of SQLite',
  start: { nodeArgs: STRUCK_DATABASE },
  kills: true,
  prepare: (play) => startDying(play, path.join(play.ground.dataDir, SITES)),
  strike: dieAtEachSite,
};

/** Else the kills have hit nothing; how many there are is for chance to say. */
function tellLosses({ ground, notes }: Play): void {
  const { audit } = hear(ground.dataDir);
  const losses = [...audit.values()].flat().filter(({ was, becomes }) => was === 'running' && becomes === 'retrying');
  notes.push(`${losses.length} attempts ended without success, lost ones among them`);
}

/** Below the time-out, and longer than a server lives: each kill takes them, until there have been ten. */
const LONG_MS = 3_000;
const LONG = 4;

export const serverKilled: Plan = {
  id: 'F13',
  fault: 'server and workers kill -9, restart',
  leastSpanMs: 8_000,
  mix: (tasks) => [
    ...Array.from({ length: LONG }, (_, i) =>
      extra(`F13-long-${i}`, 'succeed', { ends: ['succeeded'], durationMs: LONG_MS }),
    ),
    ...tasks,
  ],
  kills: true,
  expect: tellLosses,
  strike: (play) =>
    during(
      play,
      () => play.random.between(150, 1_500),
      async () => {
        await play.ground.kill();
        play.injected += 1;
        await play.ground.start();
      },
    ),
};

export const workerKilled: Plan = {
  id: 'F14',
  fault: 'worker kill -9 every 2 s',
  leastSpanMs: 8_000,
  kills: true,
  expect: tellLosses,
  strike: (play) =>
    during(
      play,
      () => 2_000,
      () => {
        const { children } = play.ground;
        if (children.length > 0 && signal(play.random.pick(children), 'SIGKILL')) play.injected += 1;
      },
    ),
};

const RUNNING_FROM_BEFORE = "SELECT count(*) AS count FROM task WHERE status = 'running' AND started_at_ms < ?";

/** What a worker that stands still has begun, or is given soon after, is ended and begun anew while it still does. */
async function untilTakenOver({ ground, wrongs }: Play, beforeMs: number): Promise<void> {
  const database = new DatabaseSync(path.join(ground.dataDir, 'ledger.sqlite'), { readOnly: true });
  const left = () => (database.prepare(RUNNING_FROM_BEFORE).get(beforeMs) as { count: number }).count;
  await until(() => left() === 0).catch(() => wrongs.push(`${left()} attempts wait for a worker that stands still`));
  database.close();
}

/** First a worker, which the server ends before it can go on; then the server itself, whose leases are over when it does. */
async function standStill(play: Play): Promise<void> {
  const { ground, spanMs } = play;
  const endsAtMs = performance.now() + spanMs - 4 * LEASE_MS;
  do {
    await until(() => ground.children.length > 0, PATIENTLY_MS);
    await sleep(LEASE_MS / 2);
    const server = ground.server.process.pid!;
    for (const pid of [ground.children[0]!, server]) {
      ground.grounds.heir.inherit(pid);
      if (signal(pid, 'SIGSTOP')) play.injected += 1;
      const afterOneLeaseMs = Date.now() + LEASE_MS;
      await sleep(2 * LEASE_MS);
      if (pid !== server) await untilTakenOver(play, afterOneLeaseMs);
      signal(pid, 'SIGCONT');
      if (pid !== server) ground.grounds.heir.release(pid);
      await sleep(500);
    }
  } while (performance.now() < endsAtMs);
}

export const workerStopped: Plan = {
  id: 'F15',
  fault: 'worker, then server stopped for 2 leases',
  leastSpanMs: 20_000,
  kills: true,
  strike: standStill,
};
