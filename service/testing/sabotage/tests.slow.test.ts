import { afterAll, describe, expect, test } from 'vitest';
import type { Row } from './plays.ts';
import { describeTable, playOnTests, rowOfTests } from './plays.ts';
import { TEST_SABOTAGES } from './test-sabotages.ts';

/** Each starts a run of tests of its own, on a machine that may be busy. */
const WITHIN = { timeout: 300_000 };
const rows: Row[] = [];

afterAll(() => console.log(describeTable(rows, true)));

describe('a sabotage of one line that the simulation is not asked for', () => {
  test('is not needed for what passes: on an unchanged copy each named test passes', WITHIN, async () => {
    expect(await playOnTests(undefined, TEST_SABOTAGES)).toEqual([]);
  });

  test.each(TEST_SABOTAGES)('is caught by a test: $name', WITHIN, async (sabotage) => {
    const row = await rowOfTests(sabotage);
    rows.push(row);
    expect(row.caughtBy).toBe(sabotage.caughtBy);
  });
});
