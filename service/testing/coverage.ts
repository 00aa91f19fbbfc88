/** What a run of many seeds has shown: violations first, then how much of the faults and moves it really exercised. */
import { CALL_FAULTS, WORLD_FAULTS } from './faults.ts';
import type { SeedReport } from './simulate.ts';
import { playSeed } from './simulate.ts';

export const MOVES = [
  ...['submit', 'claim', 'heartbeat', 'succeed', 'fail', 'die', 'release', 'checkpoint', 'cancelled', 'defer', 'reap'],
  ...['recheck', 'wake', 'ringAgain', 'announceAgain', 'announced', 'expire', 'pushOn', 'cancel', 'redrive', 'discard'],
];
export const FAULTS: readonly string[] = [...CALL_FAULTS, ...WORLD_FAULTS];

export interface Coverage {
  readonly seeds: number;
  readonly broken: readonly SeedReport[];
  /** In how many seeds each fault and each move occurred. */
  readonly faults: ReadonlyMap<string, number>;
  readonly moves: ReadonlyMap<string, number>;
  readonly fewestTasks: number;
  readonly fewestCalls: number;
}

function count(into: Map<string, number>, names: readonly string[]): void {
  for (const name of names) into.set(name, (into.get(name) ?? 0) + 1);
}

export interface Range {
  readonly from: number;
  readonly seeds: number;
  /** Stops at the first violation: for finding one, not for counting them. */
  readonly untilBroken?: boolean;
}

export async function playSeeds({ from, seeds, untilBroken = false }: Range): Promise<Coverage> {
  const faults = new Map(FAULTS.map((name) => [name, 0]));
  const moves = new Map(MOVES.map((name) => [name, 0]));
  const broken: SeedReport[] = [];
  let fewestTasks = Infinity;
  let fewestCalls = Infinity;
  for (let seed = from; seed < from + seeds; seed += 1) {
    const report = await playSeed(seed);
    count(faults, report.faults);
    count(moves, report.moves);
    fewestTasks = Math.min(fewestTasks, report.tasks);
    fewestCalls = Math.min(fewestCalls, report.calls);
    if (report.violations.length > 0) broken.push(report);
    if (untilBroken && broken.length > 0) break;
  }
  return { seeds, broken, faults, moves, fewestTasks, fewestCalls };
}

const HISTORY_SHOWN = 20;

/** The violation, how to play it again, and the last events of its task. */
export function describeBroken({ seed, violations, history, hash }: SeedReport): string {
  const [first] = violations;
  if (first === undefined) return `seed ${seed}: no violation, hash ${hash}`;
  const story = history.filter((line) => line.includes(`/${first.taskId} `)).slice(-HISTORY_SHOWN);
  const again = `npm run simulate -- --seed ${seed}`;
  return [`seed ${seed}: [${first.invariant}] ${first.taskId}: ${first.what}`, `  again: ${again}`, ...story].join(
    '\n  ',
  );
}

export function describeCoverage({ seeds, faults, moves }: Coverage): string {
  const share = ([name, n]: [string, number]) => `  ${name.padEnd(18)}${((100 * n) / seeds).toFixed(1).padStart(6)} %`;
  return [
    'in how many seeds each fault struck',
    ...[...faults].map(share),
    'and each move was made',
    ...[...moves].map(share),
  ].join('\n');
}
