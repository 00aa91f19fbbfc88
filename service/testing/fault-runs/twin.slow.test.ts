// The rows of the fault matrix on AWS: real functions behind proxies that lose, double, delay and refuse. Every row ends with each task where
// it belongs, once. `npm run faults` plays the same rows with more tasks, for longer.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Played } from './table.ts';
import { isKept, tableOf } from './table.ts';
import { twinRows } from './twin-rows.ts';

const TASKS = 600;
/** How soon is for the command to judge; here each is final before the verdict gives up, or it is wrong. */
const IN_TIME_MS = Infinity;
const twin = twinRows();
const played: Played[] = [];

beforeAll(() => twin.start());
afterAll(async () => {
  await twin.stop();
  console.log(tableOf(played));
});

test.each(twin.rows)('$id: $fault: nothing is lost, nothing is done twice', { timeout: 300_000 }, async (row) => {
  const one = { row, verdict: await row.play(Math.ceil(TASKS / twin.rows.length)) };
  played.push(one);
  expect(one.verdict.wrongs).toEqual([]);
  expect(isKept(one, IN_TIME_MS), tableOf([one])).toBe(true);
});
