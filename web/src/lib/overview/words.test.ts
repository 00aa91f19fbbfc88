import { expect, test } from 'vitest';
import { count, counted, latency, share } from './words.ts';

test.each([
  [0, '0'],
  [999, '999'],
  [52_310, '52,310'],
  [999_999, '999,999'],
  [1_234_567, '1.2M'],
])('a count of %d reads %s', (n, words) => {
  expect(count(n)).toBe(words);
});

test('one is not many', () => {
  expect([counted(1, 'task'), counted(2, 'task'), counted(0, 'task')]).toEqual(['1 task', '2 tasks', '0 tasks']);
});

test.each([
  [0, '0 ms'],
  [2.14, '2.1 ms'],
  [2, '2 ms'],
  [9.96, '10 ms'],
  [84.4, '84 ms'],
  [999.6, '1 s'],
  [3_940, '3.9 s'],
  [12_300, '12 s'],
  [59_960, '1 min'],
  [150_000, '2.5 min'],
  [3_600_000, '1 h'],
  [11_160_000, '3.1 h'],
])('%d ms reads %s', (ms, words) => {
  expect(latency(ms)).toBe(words);
});

test.each([
  [0, 0, '–'],
  [0, 10, '0 %'],
  [1, 10_000, '< 0.1 %'],
  [5, 97, '5.2 %'],
  [1, 10, '10 %'],
  [3, 8, '38 %'],
  [8, 8, '100 %'],
])('%d of %d reads %s', (part, of, words) => {
  expect(share(part, of)).toBe(words);
});
