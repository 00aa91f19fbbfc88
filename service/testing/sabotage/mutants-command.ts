/**
 * node service/testing/sabotage/mutants-command.ts [--from FILE] [--seeds N] [--at-once N] [FILE ...]: plays every mutant of
 * the core, or of these files (core/sweep.ts), against the simulation, and those it misses against the core's tests. Prints
 * who notices each: an invariant, only the tests, or nobody.
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openCopy, playIn, removeCopiesAtTheEnd, simulationOf, testsOf } from './copies.ts';
import type { Mutant } from './mutants.ts';
import { mutantsOf } from './mutants.ts';

const { values, positionals: files } = parseArgs({
  options: {
    from: { type: 'string', default: '' },
    seeds: { type: 'string', default: '100' },
    'at-once': { type: 'string', default: '2' },
  },
  allowPositionals: true,
});
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

const all = await mutantsOf(path.resolve(import.meta.dirname, '../..'));
const isAsked = (file: string): boolean => file >= values.from && (files.length === 0 || files.includes(file));
const queue = all.filter(({ file }) => isAsked(file));
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

removeCopiesAtTheEnd();
await Promise.all(Array.from({ length: Number(values['at-once']) }, (_, i) => work(i + 1)));
console.log(Object.fromEntries(counts));
