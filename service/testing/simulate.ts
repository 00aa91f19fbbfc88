/** Plays one seed: the real core in a world of faults, then a healing, then quiet until everything is settled. */
import type { LedgerTask } from '../core/task.ts';
import type { Violation } from './checker.ts';
import { Clients } from './clients.ts';
import type { Site } from './cloud.ts';
import { Cloud } from './cloud.ts';
import type { Fact } from './facts-of-seed.ts';
import { Machine } from './machine.ts';
import type { Fault } from './faults.ts';
import type { SimulationEvent } from './history.ts';
import { shortLineOf } from './history.ts';
import type { Measured } from './promptness.ts';
import { isReadable } from './simulated-store.ts';
import { checkAccepted, checkEnd, checkOverdue, checkQueue } from './state-checks.ts';
import { FAULTS_OF, World } from './world.ts';

const MINUTE = 60_000;
const FAULTS_LAST_MS = 5 * MINUTE;
/** From the healing to the last final state. Scheduled tasks start up to 25 minutes after their submission. */
const SETTLED_WITHIN_MS = 75 * MINUTE;

export interface SeedReport {
  readonly seed: number;
  readonly topology: World['topology'];
  readonly isCalm: boolean;
  readonly violations: readonly Violation[];
  readonly tasks: number;
  readonly calls: number;
  readonly faults: readonly string[];
  readonly moves: readonly string[];
  readonly facts: readonly Fact[];
  readonly measured: Measured;
  readonly hash: string;
  readonly events: readonly SimulationEvent[];
  /** The events as short lines. */
  readonly history: readonly string[];
}

/** A part of what a seed plays: what is left when a violation has been made small. Absent is all. */
export interface Reduction {
  /** Tasks by their number. */
  readonly tasks?: ReadonlySet<number>;
  readonly faults?: ReadonlySet<Fault>;
}

/**
 * Items that this code cannot read, one too new and the others damaged: they must be left alone and must starve nobody,
 * even where they fill the sweeper's page.
 */
function plantUnreadable(world: World): void {
  const { nowMs } = world.time;
  const count = world.stream('unreadable').pick([1, 3, 12]);
  for (let i = 0; i <= count; i += 1) {
    const item: LedgerTask = {
      ...{ tenant: 'alpha', taskId: `unreadable-${i}`, schema: 1, type: 'quick', payloadVersion: 1, status: 'queued' },
      ...{ version: 1, fence: 0, failures: 0, crashes: 0, lostInRow: 0, budgetBase: 0, notBeforeMs: nowMs },
      ...{ dueMs: nowMs + 1_000 + i, rings: 0, expiresAtMs: nowMs + 1e9, requestHash: 'x', tags: [] },
      ...{ createdAtMs: nowMs, updatedAtMs: nowMs, attemptsTotal: 0, attempts: [], history: [], payload: '' },
    };
    const planted = i === 0 ? { ...item, schema: 99, payload: '{}' } : item;
    world.store.submit(planted);
    const { tenant, taskId, status: after, dueMs } = planted;
    const detail = i === 0 ? 'of a newer schema' : 'damaged';
    world.tell({ who: 'world', what: 'planted', tenant, taskId, after, dueMs: dueMs! - nowMs, detail });
  }
}

/** Even seeds play the cloud, odd ones one machine. */
export async function playSeed(seed: number, reduction: Reduction = {}): Promise<SeedReport> {
  const topology = seed % 2 === 0 ? 'cloud' : 'machine';
  const kinds = FAULTS_OF[topology].filter((fault) => reduction.faults?.has(fault) ?? true);
  const world = new World(seed, topology, kinds);
  const site = world.isCloud ? new Cloud(world) : new Machine(world);
  plantUnreadable(world);
  const planned = world.stream('plan').between(50, 70);
  const tasks = new Clients(world, site).submitSome(planned, reduction.tasks);
  await disturbed({ world, site, tasks, planned });
  world.heal();
  await healed({ world, site, tasks, planned });
  const { checker, faults, calls, history, facts, promptness } = world;
  return {
    ...{ seed, topology, isCalm: faults.isCalm, violations: checker.violations, tasks, calls },
    ...{ faults: [...faults.applied.keys()], moves: [...checker.moves.keys()], facts: [...facts.keys()] },
    ...{ measured: promptness.ended(), hash: history.hash },
    ...{ events: history.events, history: history.events.map(shortLineOf) },
  };
}

interface Play {
  readonly world: World;
  readonly site: Site;
  readonly tasks: number;
  /** With those that are left out: what a few bells too many are judged by must not shrink with the tasks. */
  readonly planned: number;
}

const isBroken = ({ checker }: World): boolean => checker.violations.length > 0;

/** Until the healing. S1 and L2 are looked at every minute. */
async function disturbed({ world, site, planned }: Play): Promise<void> {
  const { time } = world;
  const healsAtMs = time.nowMs + FAULTS_LAST_MS;
  for (let ms = 20_000; ms < FAULTS_LAST_MS; ms += MINUTE) time.after(ms, () => site.disturb());
  while (time.nowMs < healsAtMs && !isBroken(world)) {
    await time.play(() => isBroken(world), time.nowMs + MINUTE);
    checkAccepted(world);
    checkQueue(world, site.queueSize(), planned);
  }
}

/** Until every task is settled: L1, and L2 on the way: an outage of n tasks leaves no more than 3n bells. */
async function healed({ world, site, tasks, planned }: Play): Promise<void> {
  const { time, store } = world;
  const readable = () => [...store.items.values()].filter(isReadable);
  const isSettled = () =>
    world.accepted.size === tasks &&
    readable().every(({ dueMs, status }) => dueMs === undefined && status !== 'running');
  const healedAtMs = time.nowMs;
  while (!isBroken(world) && time.nowMs < healedAtMs + SETTLED_WITHIN_MS && !isSettled()) {
    await time.play(() => isBroken(world), time.nowMs + MINUTE);
    if (time.nowMs > healedAtMs + 3 * MINUTE) checkOverdue(world, readable());
    checkAccepted(world);
    checkQueue(world, site.queueSize(), planned);
  }
  if (!isBroken(world)) checkEnd(world, tasks);
}
