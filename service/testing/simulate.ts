/** Plays one seed: the real core in a world of faults, then a healing, then quiet until everything is settled. */
import type { Violation } from './checker.ts';
import { Clients } from './clients.ts';
import { Cloud } from './cloud.ts';
import { Machine } from './machine.ts';
import { World } from './world.ts';

const MINUTE = 60_000;
const FAULTS_LAST_MS = 5 * MINUTE;
/** From the healing to the last final state. Scheduled tasks start up to 25 minutes after their submission. */
const SETTLED_WITHIN_MS = 75 * MINUTE;
const MOST_OVERDUE_MS = 90_000;

export interface SeedReport {
  readonly seed: number;
  readonly violations: readonly Violation[];
  readonly tasks: number;
  readonly calls: number;
  readonly faults: readonly string[];
  readonly moves: readonly string[];
  readonly hash: string;
  readonly history: readonly string[];
}

/** One item that this code is too old to read: it must be left alone and must starve nobody. */
function plantNewerItem(world: World): void {
  const nowMs = world.time.nowMs;
  world.store.submit({
    ...{ tenant: 'alpha', taskId: 'newer', schema: 99, type: 'quick', payloadVersion: 1, status: 'queued', version: 1 },
    ...{ fence: 0, failures: 0, crashes: 0, lostInRow: 0, budgetBase: 0, notBeforeMs: nowMs, dueMs: nowMs + 1_000 },
    ...{ rings: 0, expiresAtMs: nowMs + 1e9, requestHash: 'x', tags: [], createdAtMs: nowMs, updatedAtMs: nowMs },
    ...{ attemptsTotal: 0, attempts: [], history: [], payload: '{}' },
  });
}

/** Even seeds play the cloud, odd ones one machine. */
export async function playSeed(seed: number): Promise<SeedReport> {
  const world = new World(seed, seed % 2 === 0 ? 'cloud' : 'machine');
  const { time, checker, faults, store } = world;
  const site = world.isCloud ? new Cloud(world) : new Machine(world);
  plantNewerItem(world);
  const tasks = world.random.between(45, 70);
  new Clients(world, site).submitSome(tasks);
  const startMs = time.nowMs;
  for (let ms = 20_000; ms < FAULTS_LAST_MS; ms += MINUTE) time.after(ms, () => site.disturb());
  const isBroken = () => checker.violations.length > 0;
  await time.play(isBroken, startMs + FAULTS_LAST_MS);
  faults.heal();
  const isSettled = () =>
    world.accepted.size === tasks &&
    [...store.items.values()].every(
      (task) => task.schema > 1 || (task.dueMs === undefined && task.status !== 'running'),
    );
  const untilMs = time.nowMs + SETTLED_WITHIN_MS;
  while (!isBroken() && time.nowMs < untilMs && !isSettled()) {
    await time.play(isBroken, time.nowMs + MINUTE);
    const grown = time.nowMs > startMs + FAULTS_LAST_MS + 3 * MINUTE;
    if (grown)
      checker.checkOverdue(
        [...store.items.values()].filter(({ schema }) => schema === 1),
        MOST_OVERDUE_MS,
      );
    // L2: an outage of n tasks leaves no more than 3n bells.
    if (site.queueSize() > 3 * tasks)
      checker.violations.push({ invariant: 'L2', taskId: '', what: `${site.queueSize()} bells` });
  }
  if (!isBroken()) checker.atEnd(store.items, world.accepted);
  return {
    seed,
    violations: checker.violations,
    tasks,
    calls: world.calls,
    faults: [...faults.applied.keys()],
    moves: [...checker.moves.keys()],
    hash: world.hash,
    history: world.history,
  };
}
