import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ScenarioName } from './arguments.ts';
import { givenResult } from './given-result.ts';
import { keep, kept, newRun } from './store.ts';

let results: string;
beforeEach(() => (results = mkdtempSync(join(tmpdir(), 'holdfast-results-'))));
afterEach(() => rmSync(results, { recursive: true }));

function given(scenario: ScenarioName, nowMs: number): string {
  const run = newRun(`${scenario}-one-machine`, nowMs, results);
  keep(join(results, run), givenResult({ scenario, run }));
  return run;
}

test('two runs that begin at once have folders of their own', () => {
  expect([newRun('smoke-twin', 36, results), newRun('smoke-twin', 36, results)]).toEqual([
    'smoke-twin-10',
    'smoke-twin-11',
  ]);
});

test('a result is found by its name, its folder, as the last one and as the last of its scenario', () => {
  const [retry, smoke] = [given('retry', 1_795_000_000_000), given('smoke', 1_795_000_000_001)];
  newRun('soak-one-machine', 1_795_000_000_002, results); // still running, or broken off
  const found = [retry, join(results, smoke), 'last', 'last:retry'].map((wanted) => kept(wanted, results).run);
  expect(found).toEqual([retry, smoke, smoke, retry]);
});

test('what is not there is a sentence that names what is', () => {
  expect(() => kept('last', results)).toThrow('There is no result yet.');
  expect(() => kept('other', results)).toThrow('There is no result "other". There are none yet.');
  const run = given('smoke', 36);
  expect(() => kept('other', results)).toThrow(`The last are: ${run}.`);
  expect(() => kept('last:soak', results)).toThrow('There is no result of soak yet.');
});
