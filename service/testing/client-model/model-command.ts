/**
 * npm run model -- [commands|races|network …] [--engine one-machine|twin] [--runs N] [--seed N] [--path P]: what clients do, held against what they may rely on.
 * A counterexample is made smaller, and printed with its seed and path. Ends with 1 on one.
 */
import { parseArgs } from 'node:util';
import type { OpenPlace } from './given-place.ts';
import { givenGround, openPlace, openTwinPlace } from './given-place.ts';
import type { PropertyName } from './play.ts';
import { play, PROPERTIES } from './play.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '100' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    path: { type: 'string' },
    engine: { type: 'string', default: 'one-machine' },
  },
});

function count(name: 'runs' | 'seed'): number {
  const value = Number(values[name]);
  if (Number.isSafeInteger(value)) return value;
  console.error(`--${name} takes a whole number, not "${values[name]}".`);
  process.exit(2);
}

const isName = (name: string): name is PropertyName => PROPERTIES.some((each) => each === name);

function asked(): readonly PropertyName[] {
  if (positionals.length === 0) return PROPERTIES;
  if (positionals.every(isName)) return positionals;
  console.error(`Name some of these, or none for all: ${PROPERTIES.join(', ')}.`);
  process.exit(2);
}

const parameters = {
  ...{ numRuns: count('runs'), seed: count('seed') },
  ...(values.path !== undefined && { path: values.path }),
};
const OPEN = { 'one-machine': openPlace, twin: openTwinPlace };
const isEngine = (name: string): name is keyof typeof OPEN => name in OPEN;
const names = asked();
const { engine } = values;
if (!isEngine(engine)) {
  console.error(`--engine is one of these: ${Object.keys(OPEN).join(', ')}.`);
  process.exit(2);
}

async function playAll(place: OpenPlace): Promise<void> {
  for (const name of names) {
    const startMs = performance.now();
    const report = await play(name, place, parameters);
    const seconds = ((performance.now() - startMs) / 1_000).toFixed(1);
    console.log(
      `${name}: seed ${parameters.seed}, ${report ?? `${parameters.numRuns} runs, nothing to object`} (${seconds} s)`,
    );
    if (report !== undefined) process.exitCode = 1;
  }
  const answers = [...place.answers].sort(([a], [b]) => (a < b ? -1 : 1));
  console.log(`answers: ${answers.map(([name, times]) => `${name}: ${times}`).join(' · ')}`);
}

const ground = await givenGround();
try {
  const place = await OPEN[engine](ground);
  await playAll(place).finally(() => place.close());
} finally {
  await ground.clear();
}
