import { expect, test } from 'vitest';
import type { Measure } from './coverage.ts';
import { describeCoverage } from './coverage.ts';

test('what was measured is told in whole milliseconds, in columns that do not touch', () => {
  const none = new Map<never, number>();
  const measured = new Map<Measure, readonly number[]>([['restart to work, ms', [656.333_333, 4_499_999.75]]]);
  const counts = { seeds: 1, broken: [], calm: 0, fewestCalls: 0 };
  const lines = describeCoverage({ ...counts, faults: none, moves: none, facts: none, measured }).split('\n');
  expect(lines.at(-1)!.trim().split(/ {2,}/)).toEqual(['restart to work, ms', '4500000', '4500000', '4500000', 'of 2']);
});
