import { expect, test } from 'vitest';
import { dollarsOf } from '../meter/prices.ts';
import { perTask } from '../meter/usage.ts';
import { runNaive } from './naive.ts';
import { WORKLOAD } from './workload.ts';

test('the naive design uses what it says: four writes, three requests of its queue, a message to each viewer for each change', async () => {
  const { usage, succeeded } = await runNaive({ ...WORKLOAD, tasks: 50, hasLists: false });
  expect(succeeded).toBe(50);
  expect(perTask(usage, 50)).toMatchObject({
    ownWriteUnits: 4,
    sqsRequests: 3,
    invocations: 2,
    httpRequests: 1,
    webSocketMessages: 4 * 5,
    readUnits: 4 * 0.5,
  });
});

test('its price grows with those who look on', async () => {
  const [few, many] = [
    await runNaive({ ...WORKLOAD, tasks: 20, viewers: 1 }),
    await runNaive({ ...WORKLOAD, tasks: 20 }),
  ];
  expect(dollarsOf(many.usage) - dollarsOf(few.usage)).toBeGreaterThan(20 * 4 * 4e-6);
});
