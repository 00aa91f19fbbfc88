/**
 * node service/testing/sabotage/mutants-command.ts [--from FILE] [--seeds N]: plays every mutant of the core against the
 * simulation, and those it misses against the core's tests. Prints what only the tests notice, and what nobody does.
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openCopy, playIn, simulationOf, testsOf } from './copies.ts';
import type { Mutant } from './mutants.ts';
import { mutantsOf } from './mutants.ts';

const { values } = parseArgs({
  options: { from: { type: 'string', default: '' }, seeds: { type: 'string', default: '100' } },
});
const SIDE_BY_SIDE = 2;
const SIMULATION = simulationOf(Number(values.seeds), ['--no-shrink']);
const TESTED = ['core', 'testing/conformance.test.ts'];
const TESTS = testsOf(TESTED, ['--bail=1']);
/** A loop that has lost its end. */
const ENDED_AFTER_MS = 90_000;

async function noticedBy(root: string, { file, becomes }: Mutant): Promise<string> {
  const place = path.join(root, 'service', file);
  const whole = await readFile(place, 'utf8');
  await writeFile(place, becomes);
  try {
    for (const play of [SIMULATION, TESTS]) {
      const { isBroken, output } = await playIn(root, play, ENDED_AFTER_MS);
      if (isBroken)
        return play === TESTS ? 'tests' : (/seed \d+: \[\w+\]/.exec(output)?.[0] ?? 'a fault in the simulation');
    }
    return 'NOBODY';
  } finally {
    await writeFile(place, whole);
  }
}

const queue = (await mutantsOf(path.resolve(import.meta.dirname, '../..'))).filter(({ file }) => file >= values.from);
const counts = new Map<string, number>();

async function work(number: number): Promise<void> {
  const copy = await openCopy(undefined, `mutants ${number}`, TESTED);
  try {
    for (let mutant; (mutant = queue.shift());) {
      const noticed = await noticedBy(copy.root, mutant);
      const [kind = ''] = noticed.split(' ');
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      console.log(`${noticed.padEnd(24)} ${mutant.file}:${mutant.line} ${mutant.what}`);
    }
  } finally {
    await copy.remove();
  }
}

await Promise.all(Array.from({ length: SIDE_BY_SIDE }, (_, i) => work(i + 1)));
console.log(Object.fromEntries(counts));
