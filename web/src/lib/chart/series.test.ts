import { expect, test } from 'vitest';
import type { Line, Series } from './series.ts';
import { alone, isBlank, spanOf } from './series.ts';

const seriesOf = (...all: Line['values'][]): Series => ({
  atMs: [0, 60_000, 120_000],
  stepMs: 60_000,
  lines: all.map((values, at) => ({ name: `line ${at}`, shape: 'line', tone: 'blue', values, overall: '' })),
});

test.each<[Line['values'], number[]]>([
  [[], []],
  [[1], [0]],
  [[1, 2, null], []],
  [
    [null, 2, null, 4, 5, null, 7],
    [1, 6],
  ],
  [
    [0, null, 0],
    [0, 2],
  ],
])('of %j those that stand alone are %j', (values, expected) => {
  expect(alone(values)).toEqual(expected);
});

test('zeros and gaps are nothing to draw, one value is', () => {
  expect(isBlank(seriesOf([0, 0, 0], [null, null, null]))).toBe(true);
  expect(isBlank(seriesOf([0, 0, 0], [null, 1, null]))).toBe(false);
});

test('bars at both ends stand inside', () => {
  expect(spanOf(seriesOf([1, 2, 3]))).toEqual([-30, 150]);
});
