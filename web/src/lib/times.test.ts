import { expect, test } from 'vitest';
import { relativeTime } from './times.ts';
import { localOf, momentOf } from './tasks/moments.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');

test.each([
  [400, 'now'],
  [-400, 'now'],
  [12_900, '12 s ago'],
  [-3 * 60_000, 'in 3 min'],
  [-(86_400_000 - 2_000), 'in 24 h'],
  [-(3 * 86_400_000 - 2_000), 'in 3 d'],
  [47 * 3_600_000, '47 h ago'],
  [49 * 3_600_000, '2 d ago'],
])('%i ms before now is %s', (agoMs, words) => {
  expect(relativeTime(NOW - agoMs, NOW)).toBe(words);
});

test('a moment survives the field of the browser to the second', () => {
  expect(momentOf(localOf('2026-11-21T12:34:56Z'))).toBe('2026-11-21T12:34:56.000Z');
  expect([localOf(undefined), localOf('no moment'), momentOf('')]).toEqual(['', '', '']);
});
