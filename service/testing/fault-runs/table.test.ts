import { expect, test } from 'vitest';
import type { Row, Verdict } from './row.ts';
import { isKept, played, tableOf } from './table.ts';

const WELL: Verdict = { injected: 3, tasks: 10, lost: 0, twice: 0, falseDead: 0, recoveryMs: 1_500, wrongs: [] };
const rowOf = (play: Row['play']): Row => ({ id: 'F1', engine: 'twin', fault: 'a fault', play });
const rowWith = (verdict: Partial<Verdict>): Row => rowOf(() => Promise.resolve({ ...WELL, ...verdict }));

test('a row is kept when it was struck and nothing is wrong', async () => {
  expect(isKept(await played(rowWith({}), 10))).toBe(true);
});

test.for([
  ['was not struck', { injected: 0 }],
  ['has lost a task', { lost: 1 }],
  ['has a task that succeeded twice', { twice: 1 }],
  ['has a task that is dead for no reason', { falseDead: 1 }],
  ['has something else wrong', { wrongs: ['a sentence'] }],
  ['took longer than a minute to recover', { recoveryMs: 60_001 }],
] as const)('a row is not kept that %s', async ([, verdict]) => {
  expect(isKept(await played(rowWith(verdict), 10))).toBe(false);
});

test('a row that throws is not kept, and the table says why', async () => {
  const one = await played(
    rowOf(() => Promise.reject(new Error('no server'))),
    10,
  );
  expect(isKept(one)).toBe(false);
  expect(tableOf([one])).toContain('WRONG F1 twin: Error: no server');
});

test('the table sums up its rows, with the worst recovery', async () => {
  const rows = [await played(rowWith({ lost: 1 }), 10), await played(rowWith({ recoveryMs: 2_000 }), 10)];
  expect(tableOf(rows)).toContain('2 rows, 20 tasks: lost 1, twice 0, false dead 0, worst recovery 2.0 s');
});
