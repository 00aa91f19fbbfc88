/**
 * npm run simulate -- --seeds N [--from N] [--threads N] [--until-broken] [--no-shrink]
 * | --seed N [--tasks 3,9] [--faults KIND,KIND] [--jsonl FILE or -]. Ends with 1 when an invariant was broken.
 * The history of one seed is JSON lines for a machine, else short lines.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { describeBroken, describeCoverage, FAULTS, mostThreads, playSeeds } from './coverage.ts';
import { jsonLineOf } from './history.ts';
import { describeShrunk, reductionOf, shrink, shrinkFirst } from './shrink.ts';
import type { Reduction, SeedReport } from './simulate.ts';
import { playSeed } from './simulate.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    from: { type: 'string', default: '0' },
    threads: { type: 'string', default: String(mostThreads()) },
    seed: { type: 'string' },
    tasks: { type: 'string' },
    faults: { type: 'string' },
    jsonl: { type: 'string' },
    'until-broken': { type: 'boolean', default: false },
    shrink: { type: 'boolean', default: true },
  },
  allowNegative: true,
});

function refuse(sentence: string): never {
  console.error(sentence);
  process.exit(2);
}

function count(name: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  return refuse(`--${name} takes a whole number, not "${text}".`);
}

function reduction(): Reduction {
  try {
    return reductionOf(values, FAULTS);
  } catch (error) {
    return refuse((error as Error).message);
  }
}

async function one(seed: number): Promise<boolean> {
  const report = await playSeed(seed, reduction());
  const isBroken = report.violations.length > 0;
  if (values.jsonl !== undefined) {
    const lines = report.events.map(jsonLineOf).join('');
    if (values.jsonl === '-') {
      process.stdout.write(lines);
      return isBroken;
    }
    writeFileSync(values.jsonl, lines);
  } else console.log(report.history.join('\n'));
  console.log(describeBroken(report));
  console.log(`${report.tasks} tasks, ${report.calls} port calls, hash ${report.hash}`);
  return isBroken;
}

async function many(): Promise<boolean> {
  const seeds = count('seeds', values.seeds);
  const from = count('from', values.from);
  const threads = Math.max(1, count('threads', values.threads));
  const untilBroken = values['until-broken'];
  const coverage = await playSeeds({ from, seeds, untilBroken, threads });
  const next = async (later: number) =>
    (await playSeeds({ from: later, seeds: from + seeds - later, untilBroken, threads })).broken[0];
  const small = (report: SeedReport) => (untilBroken ? shrinkFirst(report, next) : shrink(report));
  for (const report of coverage.broken.slice(0, 5)) {
    console.log(values.shrink ? describeShrunk(await small(report)) : describeBroken(report));
  }
  console.log(describeCoverage(coverage));
  console.log(`${seeds} seeds, ${coverage.broken.length} with a violation`);
  return coverage.broken.length > 0;
}

const isBroken = values.seed === undefined ? await many() : await one(count('seed', values.seed));
process.exitCode = isBroken ? 1 : 0;
