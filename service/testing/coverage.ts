/**
 * What a run of many seeds has shown: violations first, then how much of the faults, moves and facts it really exercised,
 * and how late things were.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Fact } from './facts-of-seed.ts';
import { FACTS } from './facts-of-seed.ts';
import { CALL_FAULTS, OUTAGES, WORLD_FAULTS } from './faults.ts';
import { shortLineOf } from './history.ts';
import type { SeedReport } from './simulate.ts';
import { playSeed } from './simulate.ts';

export const MOVES = [
  ...['submit', 'claim', 'heartbeat', 'succeed', 'fail', 'die', 'release', 'checkpoint', 'cancelled', 'defer', 'reap'],
  ...['recheck', 'wake', 'ringAgain', 'announceAgain', 'unreached', 'announced', 'expire', 'pushOn'],
  ...['cancel', 'redrive', 'discard'],
];
export const FAULTS: readonly string[] = [...CALL_FAULTS, ...WORLD_FAULTS, ...OUTAGES];

/** What of a seed goes from one thread to another. */
export type Played = Omit<SeedReport, 'history' | 'events'>;

export interface Coverage {
  readonly seeds: number;
  readonly broken: readonly SeedReport[];
  /** In how many seeds each fault, move and fact occurred. */
  readonly faults: ReadonlyMap<string, number>;
  readonly moves: ReadonlyMap<string, number>;
  readonly facts: ReadonlyMap<Fact, number>;
  readonly calm: number;
  /** Sorted samples, by what they are of. */
  readonly measured: ReadonlyMap<Measure, readonly number[]>;
  readonly fewestCalls: number;
}

const MEASURES = [
  'bells per task',
  'bells per task, calm seeds',
  'scheduled start late, ms, calm seeds',
  'restart to work, ms',
  'restart to work among other faults, ms',
  'workers on to work, ms',
  'queue back to the start of each, ms',
  'reaped to claimed, ms, cloud',
  'reaped to claimed, ms, machine',
] as const;
export type Measure = (typeof MEASURES)[number];

export interface Range {
  readonly from: number;
  readonly seeds: number;
  /** Stops at the first violation: for finding one, not for counting them. */
  readonly untilBroken?: boolean;
  /** 1 plays all in this thread. However many there are, the result is the same. */
  readonly threads?: number;
}

export const mostThreads = (): number => availableParallelism();

export async function playSeeds({ from, seeds, untilBroken = false, threads = 1 }: Range): Promise<Coverage> {
  const all = Array.from({ length: seeds }, (_, i) => from + i);
  if (untilBroken || threads === 1) return coverageOf(await playHere(all, untilBroken), seeds);
  const shares = Array.from({ length: threads }, (_, i) => all.filter((seed) => seed % threads === i));
  const played = (await Promise.all(shares.map(playThere))).flat();
  const sorted = played.toSorted((a, b) => a.seed - b.seed);
  const reports: (Played | SeedReport)[] = [];
  // A seed is played again for its history, which stayed where it was made.
  for (const each of sorted) reports.push(each.violations.length > 0 ? await playSeed(each.seed) : each);
  return coverageOf(reports, seeds);
}

async function playHere(seeds: readonly number[], untilBroken: boolean): Promise<(Played | SeedReport)[]> {
  const reports: (Played | SeedReport)[] = [];
  for (const seed of seeds) {
    const { events, history, ...played } = await playSeed(seed);
    const isBroken = played.violations.length > 0;
    reports.push(isBroken ? { ...played, events, history } : played);
    if (untilBroken && isBroken) break;
  }
  return reports;
}

function playThere(seeds: readonly number[]): Promise<Played[]> {
  const { promise, resolve, reject } = Promise.withResolvers<Played[]>();
  const thread = new Worker(new URL('./simulate-thread.ts', import.meta.url), { workerData: seeds });
  thread.once('message', resolve);
  thread.once('error', reject);
  thread.once('exit', (code) => reject(new Error(`A thread of the simulation ended with ${code} and no answer.`)));
  return promise;
}

function coverageOf(reports: readonly (Played | SeedReport)[], seeds: number): Coverage {
  const counted = <T extends string>(names: readonly T[], of: (report: Played) => readonly string[]) =>
    new Map(names.map((name) => [name, reports.filter((report) => of(report).includes(name)).length]));
  return {
    seeds,
    broken: reports.filter((report) => 'history' in report),
    faults: counted(FAULTS, ({ faults }) => faults),
    moves: counted(MOVES, ({ moves }) => moves),
    facts: counted(FACTS, ({ facts }) => facts),
    calm: reports.filter(({ isCalm }) => isCalm).length,
    measured: measuredOf(reports),
    fewestCalls: Math.min(...reports.map(({ calls }) => calls)),
  };
}

function measuredOf(reports: readonly Played[]): Map<Measure, number[]> {
  const calm = reports.filter(({ isCalm }) => isCalm);
  const reclaims = (of: Played['topology']) =>
    reports.filter(({ topology }) => topology === of).flatMap(({ measured }) => measured.reclaimMs);
  const samples: Record<Measure, number[]> = {
    'bells per task': reports.flatMap(({ measured }) => measured.bells),
    'bells per task, calm seeds': calm.flatMap(({ measured }) => measured.bells),
    'scheduled start late, ms, calm seeds': calm.flatMap(({ measured }) => measured.scheduledLateMs),
    'restart to work among other faults, ms': reports.flatMap(({ measured }) => measured.hinderedRestartMs),
    'restart to work, ms': reports.flatMap(({ measured }) => measured.restartMs),
    'workers on to work, ms': reports.flatMap(({ measured }) => measured.workersOnMs),
    'queue back to the start of each, ms': reports.flatMap(({ measured }) => measured.queueBackMs),
    'reaped to claimed, ms, cloud': reclaims('cloud'),
    'reaped to claimed, ms, machine': reclaims('machine'),
  };
  return new Map(MEASURES.map((name) => [name, samples[name].sort((a, b) => a - b)]));
}

/** Of sorted samples; 0 where there is none. */
export const quantile = (sorted: readonly number[], q: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;

const HISTORY_SHOWN = 20;

/** The violation, how to play it again, and the last events of its task. */
export function describeBroken({ seed, violations, events, hash }: SeedReport): string {
  const [first] = violations;
  if (first === undefined) return `seed ${seed}: no violation, hash ${hash}`;
  const story = events.filter(({ taskId }) => taskId === first.taskId).slice(-HISTORY_SHOWN);
  const again = `npm run simulate -- --seed ${seed}`;
  const head = `seed ${seed}: [${first.invariant}] ${first.taskId}: ${first.what}`;
  return [head, `  again: ${again}`, ...story.map(shortLineOf)].join('\n  ');
}

export function describeCoverage({ seeds, faults, moves, facts, calm, measured }: Coverage): string {
  const share = ([name, n]: readonly [string, number]) =>
    `  ${name.padEnd(42)}${((100 * n) / seeds).toFixed(1).padStart(6)} %`;
  // Whole: a clock that is off shows fractions of a millisecond.
  const numberAt = (q: number, sorted: readonly number[]) => String(Math.round(quantile(sorted, q))).padStart(9);
  const quantiles = ([name, sorted]: readonly [string, readonly number[]]) =>
    `  ${name.padEnd(42)}${[0.5, 0.99, 1].map((q) => numberAt(q, sorted)).join('')}  of ${sorted.length}`;
  return [
    'in how many seeds each fault struck',
    ...[...faults].map(share),
    share(['(none at all)', calm]),
    'and each move was made',
    ...[...moves].map(share),
    'and this came about',
    ...[...facts].map(share),
    'how much, and how late: p50, p99, most',
    ...[...measured].map(quantiles),
  ].join('\n');
}
