/**
 * What won writes add to the counters. Counters are flat numbers that are only ever added up: any store can keep them,
 * and any two spans of time merge. A latency falls into a bucket 10 % wide, whose middle is off by 5 % at most.
 */
import type { MoveName } from './move.ts';
import type { TaskEvent } from './ports.ts';
import { DAY, HOUR, MINUTE } from './rules.ts';
import type { LedgerTask } from './task.ts';

export type Counters = Readonly<Record<string, number>>;
export type Sums = Record<string, number>;

/** Counters are kept for spans of these lengths, each for longer than the longest window that reads it. */
export const SPANS = [
  { spanMs: MINUTE, keptMs: 12 * HOUR },
  { spanMs: 5 * MINUTE, keptMs: DAY },
  { spanMs: 15 * MINUTE, keptMs: 3 * DAY },
  { spanMs: HOUR, keptMs: 15 * DAY },
] as const;

export type SpanMs = (typeof SPANS)[number]['spanMs'];

export const startOf = (atMs: number, spanMs: number): number => Math.floor(atMs / spanMs) * spanMs;

export function addTo(sums: Sums, counters: Counters): void {
  for (const name in counters) sums[name] = (sums[name] ?? 0) + counters[name]!;
}

/** Of the first attempt; of a success or a death. From the submit, `runAt` or, at the end, the last redrive. */
export type LatencyName = 'start' | 'finish';

const WIDTH = Math.log(1.1);
const bucketOf = (ms: number): number => (ms < 1 ? 0 : 1 + Math.round(Math.log(ms) / WIDTH));
export const middleMsOf = (bucket: number): number => (bucket === 0 ? 0 : 1.1 ** (bucket - 1));

const plus = (sums: Sums, name: string): void => {
  sums[name] = (sums[name] ?? 0) + 1;
};

/** Names made once: this runs for every attempt. */
const NAMES: Readonly<Record<LatencyName, string[]>> = { start: [], finish: [] };

/** One more in the bucket `<name>:<number>`. */
export function countLatency(sums: Sums, name: LatencyName, ms: number): void {
  const bucket = bucketOf(ms);
  plus(sums, (NAMES[name][bucket] ??= `${name}:${bucket}`));
}

type Tally = (sums: Sums, task: LedgerTask) => unknown;

const began: Tally = (sums, { fence, startedAtMs, runAtMs, createdAtMs }) => {
  if (fence === 1) countLatency(sums, 'start', startedAtMs! - (runAtMs ?? createdAtMs));
};

const attemptEnded: Tally = (sums, { attempts }) => {
  const { outcome, class: failureClass } = attempts.at(-1)!;
  plus(sums, outcome === 'lost' ? 'lostAttempts' : 'failedAttempts');
  plus(sums, `attempts:${failureClass}`);
};

const finished: Tally = (sums, { history, finishedAtMs, runAtMs, createdAtMs }) => {
  const redrivenAtMs = history.findLast(({ move }) => move === 'redrive')?.atMs;
  countLatency(sums, 'finish', finishedAtMs! - (redrivenAtMs ?? runAtMs ?? createdAtMs));
};

const died: Tally = (sums, task) => {
  if (task.status !== 'dead') return;
  plus(sums, 'dead');
  plus(sums, `deaths:${task.lastFailure!.class}`);
  finished(sums, task);
};

const cancelled: Tally = (sums, { status }) => status === 'cancelled' && plus(sums, 'cancelled');

const TALLIES: Readonly<Partial<Record<MoveName | 'submit', readonly Tally[]>>> = {
  submit: [(sums) => plus(sums, 'accepted')],
  claim: [(sums) => plus(sums, 'started'), began],
  succeed: [(sums) => plus(sums, 'succeeded'), finished],
  fail: [attemptEnded],
  die: [attemptEnded, died],
  reap: [attemptEnded, died, cancelled],
  expire: [died],
  cancelled: [cancelled],
  cancel: [cancelled],
  redrive: [(sums) => plus(sums, 'redriven')],
};

/** Adds what a won write counts, if it counts; the task is as the write left it. */
export function tally(sums: Sums, { move, task }: TaskEvent): boolean {
  for (const add of TALLIES[move] ?? []) add(sums, task);
  return TALLIES[move] !== undefined;
}
