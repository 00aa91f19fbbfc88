/** npm run simulate -- --seeds N [--from N] | --seed N. Ends with 1 when an invariant was broken. */
import { parseArgs } from 'node:util';
import { describeBroken, describeCoverage, playSeeds } from './coverage.ts';
import { playSeed } from './simulate.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    from: { type: 'string', default: '0' },
    seed: { type: 'string' },
    'until-broken': { type: 'boolean', default: false },
  },
});

function count(name: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  console.error(`--${name} takes a whole number, not "${text}".`);
  process.exit(2);
}

async function one(seed: number): Promise<boolean> {
  const report = await playSeed(seed);
  console.log(report.history.join('\n'));
  console.log(describeBroken(report));
  console.log(`${report.tasks} tasks, ${report.calls} port calls, hash ${report.hash}`);
  return report.violations.length > 0;
}

async function many(): Promise<boolean> {
  const seeds = count('seeds', values.seeds);
  const from = count('from', values.from);
  const coverage = await playSeeds({ from, seeds, untilBroken: values['until-broken'] });
  for (const report of coverage.broken.slice(0, 5)) console.log(describeBroken(report));
  console.log(describeCoverage(coverage));
  console.log(`${seeds} seeds, ${coverage.broken.length} with a violation`);
  return coverage.broken.length > 0;
}

const isBroken = values.seed === undefined ? await many() : await one(count('seed', values.seed));
process.exitCode = isBroken ? 1 : 0;
