/**
 * Plays a row on one machine: tasks come and run while the row strikes, then it heals, and everything has to become final. A row says
 * only what is its own: the strike, what it adds to the mix, and what it expects beyond the common line.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Seeded } from '../seeded.ts';
import { Customer } from './customer.ts';
import type { Grounds, StartOptions } from './ground.ts';
import { Ground } from './ground.ts';
import { judge } from './judge.ts';
import { later } from './later.ts';
import type { Planned } from './planned.ts';
import { plannedMix } from './planned.ts';
import type { Row, Verdict } from './row.ts';

export interface Play {
  readonly ground: Ground;
  readonly customer: Customer;
  readonly random: Seeded;
  readonly tasks: readonly Planned[];
  /** How long tasks come; the strike lasts about as long, and what is recovered from begins after both. */
  readonly spanMs: number;
  /** By the strike, beside what preloads have told. */
  injected: number;
  readonly wrongs: string[];
  readonly notes: string[];
  /** Rows of the ledger that nobody submitted. */
  readonly planted: Set<string>;
  /** Settles with the last receipt. */
  submitted: Promise<void>;
}

export interface Plan {
  readonly id: Row['id'];
  readonly fault: string;
  readonly start?: StartOptions;
  readonly leastSpanMs?: number;
  readonly kills?: boolean;
  readonly countsAreOff?: boolean;
  readonly isMute?: boolean;
  /** What the mix becomes in this row. */
  readonly mix?: (tasks: Planned[]) => Planned[];
  /** Before tasks come, instead of a plain start. */
  readonly prepare?: (play: Play) => Promise<void>;
  /** Over when it has struck and healed. */
  readonly strike: (play: Play) => Promise<void>;
  /** When everything is final. */
  readonly expect?: (play: Play) => Promise<void> | void;
}

const PER_TASK_MS = 100;
const LEAST_SPAN_MS = 4_000;
/** As long as the matrix says; a run with fewer tasks only shows that a row is kept at all. */
const LONG_SPAN_MS = 60_000;
const LONG_RUN_TASKS = 250;
/** Beyond what a row may take: to say how much it was. */
const FINAL_WITHIN_MS = 300_000;
/** Of a strike; on a machine with fifteen processes for its two cores the longest has taken less than half of it. */
const STEP_WITHIN_MS = 600_000;
const LOOK_EVERY_MS = 100;
/** Of what has to happen for a row to go on. */
export const PATIENTLY_MS = 180_000;

/** Struck for a full minute, and judged by all that the matrix asks. */
export const isLong = (tasks: number): boolean => tasks >= LONG_RUN_TASKS;

export const rowOf = (plan: Plan, grounds: () => Grounds): Row => ({
  ...{ id: plan.id, engine: 'one-machine', fault: plan.fault },
  play: (tasks) => playPlan(plan, grounds(), tasks),
});

async function playPlan(plan: Plan, grounds: Grounds, count: number): Promise<Verdict> {
  const { id, mix = (tasks: Planned[]) => tasks, leastSpanMs = LEAST_SPAN_MS } = plan;
  const ground = await Ground.open(grounds, id, plan.start ?? {});
  const random = new Seeded(Number(id.slice(1)));
  const customer = new Customer(ground.url, { notes: ground.notes, random });
  const spanMs = isLong(count) ? LONG_SPAN_MS : Math.max(leastSpanMs, count * PER_TASK_MS);
  const play: Play = {
    ...{ ground, customer, random, spanMs, tasks: mix(plannedMix(id, count)), injected: 0 },
    ...{ wrongs: [], notes: [], planted: new Set<string>(), submitted: Promise.resolve() },
  };
  try {
    await (plan.prepare ?? startPlainly)(play);
    const lastComesAtMs = performance.now() + spanMs;
    play.submitted = later(customer.submitAll(play.tasks, spanMs));
    await inTime(plan.strike(play), 'the strike');
    const healedAtMs = Math.max(performance.now(), lastComesAtMs);
    await inTime(play.submitted, 'the last receipt');
    await untilFinal(play);
    const recoveryMs = Math.max(0, performance.now() - healedAtMs);
    await plan.expect?.(play);
    return await inTime(verdictOf(plan, play, recoveryMs), 'the verdict');
  } finally {
    customer.leave();
    await ground.remove();
  }
}

/** A row that hangs is not kept, and keeps no other from being played. */
async function inTime<T>(work: Promise<T>, what: string): Promise<T> {
  const over = new AbortController();
  const late = later(
    sleep(STEP_WITHIN_MS, undefined, { signal: over.signal }).then((): never => {
      throw new Error(`It took longer than ${STEP_WITHIN_MS / 1_000} s: ${what}`);
    }),
  );
  return Promise.race([work, late]).finally(() => over.abort());
}

const startPlainly = ({ ground }: Play): Promise<void> => ground.start();

async function untilFinal({ ground, tasks }: Play): Promise<void> {
  const giveUpAtMs = performance.now() + FINAL_WITHIN_MS;
  while (!isAllFinal({ ground, tasks }) && performance.now() < giveUpAtMs) await sleep(LOOK_EVERY_MS);
}

export function isAllFinal({ ground, tasks }: Pick<Play, 'ground' | 'tasks'>): boolean {
  const finals = ground.finals();
  return tasks.every(({ taskId }) => finals.has(taskId));
}

async function verdictOf(plan: Plan, play: Play, recoveryMs: number): Promise<Verdict> {
  const { kills = false, countsAreOff = false, isMute = false } = plan;
  const { ground, customer, tasks, planted, wrongs, notes } = play;
  const judged = await judge({ ground, customer, tasks, planted, kills, countsAreOff, isMute });
  const { lost, twice, falseDead } = judged;
  return {
    ...{ injected: play.injected + ground.struck, tasks: tasks.length, lost, twice, falseDead, recoveryMs },
    wrongs: [...wrongs, ...judged.wrongs],
    notes: [...notes, ...(judged.notes ?? [])],
  };
}

/** Again and again until the tasks have come, or longer. */
export async function during(play: Play, everyMs: () => number, strike: () => Promise<void> | void): Promise<void> {
  const endsAtMs = performance.now() + play.spanMs;
  while (performance.now() < endsAtMs) {
    await sleep(Math.min(everyMs(), Math.max(0, endsAtMs - performance.now())));
    await strike();
  }
}
