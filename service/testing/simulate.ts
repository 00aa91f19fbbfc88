/** Plays one seed: the real core in a world of faults, then a healing, then quiet until everything is settled. */
import type { Violation } from './checker.ts';
import { Clients } from './clients.ts';
import type { Site } from './cloud.ts';
import { Cloud } from './cloud.ts';
import { ITEM_SCHEMA } from '../core/task.ts';
import { Machine } from './machine.ts';
import type { Fault } from './faults.ts';
import { FAULTS_OF, World } from './world.ts';

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

/** A part of what a seed plays: what is left when a violation has been made small. Absent is all. */
export interface Reduction {
  /** Tasks by their number. */
  readonly tasks?: ReadonlySet<number>;
  readonly faults?: ReadonlySet<Fault>;
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
export async function playSeed(seed: number, reduction: Reduction = {}): Promise<SeedReport> {
  const topology = seed % 2 === 0 ? 'cloud' : 'machine';
  const kinds = FAULTS_OF[topology].filter((fault) => reduction.faults?.has(fault) ?? true);
  const world = new World(seed, topology, kinds);
  const site = world.isCloud ? new Cloud(world) : new Machine(world);
  plantNewerItem(world);
  const planned = world.random.between(50, 70);
  const tasks = new Clients(world, site).submitSome(planned, reduction.tasks);
  await disturbed(world, site);
  world.faults.heal();
  await healed({ world, site, tasks });
  const { checker, faults, calls, hash, history } = world;
  return {
    seed,
    violations: checker.violations,
    tasks,
    calls,
    faults: [...faults.applied.keys()],
    moves: [...checker.moves.keys()],
    hash,
    history,
  };
}

const isBroken = ({ checker }: World): boolean => checker.violations.length > 0;

async function disturbed(world: World, site: Site): Promise<void> {
  const { time } = world;
  for (let ms = 20_000; ms < FAULTS_LAST_MS; ms += MINUTE) time.after(ms, () => site.disturb());
  await time.play(() => isBroken(world), time.nowMs + FAULTS_LAST_MS);
}

/** Until every task is settled: L1, and L2 on the way: an outage of n tasks leaves no more than 3n bells. */
async function healed({ world, site, tasks }: { world: World; site: Site; tasks: number }): Promise<void> {
  const { time, checker, store } = world;
  const readable = () => [...store.items.values()].filter(({ schema }) => schema === ITEM_SCHEMA);
  const isSettled = () =>
    world.accepted.size === tasks &&
    readable().every(({ dueMs, status }) => dueMs === undefined && status !== 'running');
  const healedAtMs = time.nowMs;
  while (!isBroken(world) && time.nowMs < healedAtMs + SETTLED_WITHIN_MS && !isSettled()) {
    await time.play(() => isBroken(world), time.nowMs + MINUTE);
    if (time.nowMs > healedAtMs + 3 * MINUTE) checker.checkOverdue(readable(), MOST_OVERDUE_MS);
    checker.checkQueue(site.queueSize(), tasks);
  }
  if (!isBroken(world)) checker.atEnd(store.items, world.accepted);
}
