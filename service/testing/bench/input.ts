/**
 * npm run bench -- input: what judging a body costs beside JSON.parse of it, on one thread, both alternating in one run.
 * Strict JSON includes its own JSON.parse; both decode the bytes, as every server must. Figures are ratios.
 */
import { bodies } from '@holdfast/api/validators';
import { asValue } from '../../core/refusal.ts';
import { strictJson } from '../../http/strict-json.ts';
import { BODIES, SUBMITS } from './bodies.ts';

const ROUNDS = 9;
/** Parsed so many bytes in each round, so that a clock can see it. */
const BYTES_A_ROUND = 3_000_000;
const STRICT_BAR = 3;
const VALIDATOR_BAR = 0.25;

/** Whatever was measured last, so that no compiler can leave it out. */
let sink: unknown;

function timeOf(act: () => unknown, times: number): number {
  const startMs = performance.now();
  for (let i = 0; i < times; i += 1) sink = act();
  return performance.now() - startMs;
}

interface Sides {
  readonly bytes: number;
  readonly act: () => unknown;
  readonly beside: () => unknown;
}

/** The median of the rounds' ratios, and how far from it they lie. */
function compared({ bytes, act, beside }: Sides): { ratio: number; spread: number } {
  const times = Math.max(2, Math.ceil(BYTES_A_ROUND / bytes));
  const ratios: number[] = [];
  for (let i = -2; i < ROUNDS; i += 1) {
    const ratio = timeOf(act, times) / timeOf(beside, times);
    if (i >= 0) ratios.push(ratio); // the first rounds warm up
  }
  const ratio = ratios.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)]!;
  return { ratio, spread: Math.max(...ratios.map((each) => Math.abs(each / ratio - 1))) };
}

function report(name: string, sides: Sides, bar: number): boolean {
  const { ratio, spread } = compared(sides);
  const verdict = ratio <= bar ? 'reached' : 'NOT reached';
  const spreadText = `±${(100 * spread).toFixed(0)} %`;
  console.log(
    `  ${name.padEnd(36)} ${ratio.toFixed(2).padStart(6)} ${spreadText.padStart(7)}  bar ≤ ${bar}: ${verdict}`,
  );
  return ratio <= bar;
}

function strictSides(text: string): Sides {
  const bytes = Buffer.from(text);
  const beside = () => JSON.parse(bytes.toString()) as unknown;
  return { bytes: bytes.length, act: () => asValue(() => strictJson(bytes)), beside };
}

function validatorSides(value: unknown): Sides {
  const text = JSON.stringify(value);
  return { bytes: text.length, act: () => bodies.TaskSubmit(value), beside: () => JSON.parse(text) as unknown };
}

/** The same size and shape; the one passes until its last character. */
function patternSides(): Sides {
  const [hostile, harmless] = [`${'a'.repeat(50_000)}!`, 'a'.repeat(50_001)];
  const judge = (taskId: string, data: string) => {
    const bytes = Buffer.from(JSON.stringify({ taskId, payload: { data } }));
    return () => asValue(() => bodies.TaskSubmit(strictJson(bytes)));
  };
  return { bytes: hostile.length, act: judge(hostile, 'x'), beside: judge('x', harmless) };
}

const reached: boolean[] = [];
console.log('\nstrict JSON / JSON.parse');
for (const [name, text] of BODIES) reached.push(report(name, strictSides(text), STRICT_BAR));
console.log('\nvalidator of a submit / JSON.parse');
for (const [name, value] of SUBMITS) reached.push(report(name, validatorSides(value), VALIDATOR_BAR));
console.log('\nhostile / harmless');
reached.push(report('50 000 × a and ! as an id', patternSides(), STRICT_BAR));
console.log(sink === undefined ? '' : `\n${reached.filter(Boolean).length} of ${reached.length} reached`);
process.exitCode = reached.every(Boolean) ? 0 : 1;
