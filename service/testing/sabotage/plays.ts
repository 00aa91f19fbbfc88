/** Plays one sabotage against what ought to notice it, and says who did: a row of the table. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { openCopy, playIn, simulationOf, TEST_REPORT, testsOf } from './copies.ts';
import type { Sabotage } from './core-sabotages.ts';
import type { Patch } from './patch.ts';
import type { NamedTest, TestSabotage } from './test-sabotages.ts';
import { AWAITED } from './test-sabotages.ts';

const SEEDS = 200;

export interface Row {
  readonly sabotage: string;
  readonly playedWith: string;
  /** An invariant, or the name of a test; undefined when nobody noticed. */
  readonly caughtBy: string | undefined;
  readonly seed?: string;
  /** Of the violation made small, shown or not; and how many with repetitions, when there are any. */
  readonly events?: string;
}

export interface SimulatedRow extends Row {
  /** What the simulation printed. */
  readonly output: string;
  /** Whether what it printed as the way to play it again breaks the same. */
  readonly isReplayed: boolean;
}

/** The seed's line, that of the command, that of the events. */
const FOUND =
  /^(seed (\d+): \[(\w+)\] .*)\n +again: npm run simulate -- (.*)\n +(\d+(?: \(\d+ with repetitions\))?) events/m;

/** Until the first seed that breaks an invariant, which is made small and played again as it was printed. */
export async function playOnSimulation(sabotage: Sabotage): Promise<SimulatedRow> {
  const copy = await openCopy(sabotage);
  const row = { sabotage: sabotage.name, playedWith: 'simulation' };
  try {
    const { output } = await playIn(copy.root, simulationOf(SEEDS));
    const [, broken, seed, caughtBy, again, events] = FOUND.exec(output) ?? [];
    if (broken === undefined) return { ...row, caughtBy: undefined, output, isReplayed: false };
    const replay = await playIn(copy.root, { ...simulationOf(1), args: again!.split(' ') });
    const isReplayed = replay.isBroken && replay.output.includes(broken);
    return { ...row, caughtBy, seed: seed!, events: events!, output, isReplayed };
  } finally {
    await copy.remove();
  }
}

/** Those that failed of the tests of these names in these files, below service/. Without a patch: the control run. */
export async function playOnTests(patch: Patch | undefined, named: readonly NamedTest[]): Promise<string[]> {
  const files = [...new Set(named.map(({ tests }) => tests))];
  const names = named.map(({ caughtBy }) => caughtBy.replaceAll(/[^\w ]/g, '.'));
  const play = testsOf(files, ['--testNamePattern', `(${names.join('|')})$`]);
  const copy = await openCopy(patch, `${patch?.name ?? 'control'} of tests`, files);
  try {
    const { output } = await playIn(copy.root, play);
    return await failedIn(path.join(copy.root, TEST_REPORT), output);
  } finally {
    await copy.remove();
  }
}

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly title: string; readonly status: string }[];
  }[];
}

/** Throws when no test ran: a copy that cannot be loaded, or a test of another name, shows nothing. */
async function failedIn(report: string, output: string): Promise<string[]> {
  const { testResults } = JSON.parse(await readFile(report, 'utf8')) as Report;
  const results = testResults.flatMap(({ assertionResults }) => assertionResults);
  const ran = results.filter(({ status }) => status === 'passed' || status === 'failed');
  if (ran.length === 0) throw new Error(`No test of this name ran:\n${output}`);
  return ran.filter(({ status }) => status === 'failed').map(({ title }) => title);
}

export async function rowOfTests(sabotage: TestSabotage): Promise<Row> {
  const [caughtBy] = await playOnTests(sabotage, [sabotage]);
  return { sabotage: sabotage.name, playedWith: sabotage.tests, caughtBy };
}

const HEAD = ['sabotage', 'played with', 'caught by', 'seed', 'events after shrinking'];

/** `isWhole`: with what comes with features that do not exist yet. */
export function describeTable(rows: readonly Row[], isWhole = false): string {
  const lines = [
    HEAD,
    ...rows.map(({ sabotage, playedWith, caughtBy = 'NOBODY', seed = '', events = '' }) =>
      [sabotage, playedWith, caughtBy, seed, events].map(String),
    ),
    ...(isWhole ? AWAITED.map(({ name, comesWith }) => [name, `comes with ${comesWith}`, '', '', '']) : []),
  ];
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  return lines
    .map((line) =>
      line
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join(' | ')
        .trimEnd(),
    )
    .join('\n');
}
