import { expect, test } from 'vitest';
import { clockOf, percentOf, rateOf, sayFaults } from './words.ts';
import { QUIET, ROUGH } from './fixture.ts';

test('a rate and its percentage are written without the digits of reckoning, and come back', () => {
  for (const percent of [0, 0.1, 0.07, 7, 14, 28.5, 29, 57, 58, 99.9, 100])
    expect([percentOf(rateOf(percent)), String(rateOf(percent)).length < 8]).toEqual([percent, true]);
});

test('what is on is said, and nothing else', () => {
  expect(sayFaults(QUIET.faults)).toEqual([]);
  expect(sayFaults({})).toEqual([]);
  expect(sayFaults(ROUGH.faults)).toEqual([
    '1 % of the attempts of simulate crash their process',
    '20 % of the attempts of simulate fail with NETWORK',
    '7 % of the bells are lost',
    '5 % of the replies of the ledger are lost',
  ]);
  expect(sayFaults({ types: [{ type: 'a', delaySeconds: 2 }] })).toEqual(['attempts of a begin 2 s later']);
});

test.each([
  [125_000, '2:05'],
  [59_001, '1:00'],
  [900, '0:01'],
  [3_600_000, '1:00:00'],
  [-5, '0:00'],
])('%i ms are left: %s', (leftMs, shown) => expect(clockOf(leftMs)).toBe(shown));
