/**
 * Exact counters of what tasks use on AWS: whoever makes a task dearer learns it here. Totals over all tasks of a run, which is
 * the same every time; a figure that falls may be written down.
 */
import type { Handler } from '@holdfast/api/handler';
import { TaskFailure } from '@holdfast/api/handler';
import { expect, test } from 'vitest';
import type { Usage } from '../meter/usage.ts';
import { perTask } from '../meter/usage.ts';
import { dollarsPerMillion, failureBars, happyBars, isKept, priceBars } from './bars.ts';
import { QUEUES, recordsOf } from './functions.ts';
import { failsBySeed, runHoldfast, setStage, settled, startSources, taskOf } from './holdfast.ts';
import { runNaive } from './naive.ts';
import type { CostRun, Workload } from './workload.ts';
import { WORKLOAD } from './workload.ts';

const SMALL: Workload = { ...WORKLOAD, tasks: 200, hasLists: false };

const runs = new Map<boolean, Promise<CostRun>>();

/** Of the small workload; the same for all who ask. */
function small(inBatches: boolean): Promise<CostRun> {
  const run = runs.get(inBatches) ?? runHoldfast({ ...SMALL, inBatches });
  runs.set(inBatches, run);
  return run;
}

const rounded = (usage: Usage, names: readonly (keyof Usage)[]): Partial<Usage> =>
  Object.fromEntries(names.map((name) => [name, Math.round(usage[name] * 100) / 100]));

const COUNTED = [
  'ownWriteUnits',
  'sharedWriteUnits',
  'readUnits',
  'sqsRequests',
  'invocations',
  'httpRequests',
  'webSocketMessages',
  'logBytes',
] as const;

test('a task submitted by itself uses exactly this', async () => {
  const { usage, succeeded } = await small(false);
  expect(succeeded).toBe(200);
  expect(rounded(usage, COUNTED)).toEqual({
    ownWriteUnits: 6 * 200,
    sharedWriteUnits: 42,
    readUnits: 20,
    sqsRequests: 274,
    invocations: 227,
    httpRequests: 200,
    webSocketMessages: 35,
    logBytes: 0,
  });
});

test('tasks submitted in batches use exactly this', async () => {
  const { usage } = await small(true);
  expect(rounded(usage, COUNTED)).toEqual({
    ownWriteUnits: 6 * 200,
    sharedWriteUnits: 42,
    readUnits: 19,
    sqsRequests: 94,
    invocations: 47,
    httpRequests: 20,
    webSocketMessages: 35,
    logBytes: 0,
  });
});

test.each([false, true])('every bar is kept (in batches: %s)', async (inBatches) => {
  const workload = { ...SMALL, inBatches };
  expect(happyBars({ workload, run: await small(inBatches) }).filter((bar) => !isKept(bar))).toEqual([]);
});

test('a million tasks with five viewers cost a quarter of the naive design, and less than 8 dollars', async () => {
  const workload = { ...SMALL, hasLists: true };
  const [own, naive] = [
    { workload, run: await runHoldfast(workload) },
    { workload, run: await runNaive(workload) },
  ];
  expect(priceBars(own, naive).filter((bar) => !isKept(bar))).toEqual([]);
  expect(dollarsPerMillion(naive)).toBeLessThan(35.8);
});

/** What one task uses whose first attempts fail. */
async function failing(failures: number, message = 'no'): Promise<Usage> {
  const handler: Handler = ({ attempt }) => {
    if (attempt <= failures) throw new TaskFailure(message, { class: 'NETWORK', code: 'no-answer' });
    return undefined;
  };
  const workload = { ...SMALL, tasks: 1 };
  const stage = await setStage(workload, handler);
  const sources = startSources(stage, workload);
  stage.book.reset();
  await settled(stage, stage.request('POST', '/tasks', taskOf(1, workload)));
  await stage.play(() => stage.ended.succeeded + stage.ended.dead === 1 && sources.isIdle());
  sources.stop();
  return stage.book.usage;
}

test.each([
  ['none', 0, 6],
  ['one', 1, 6 + 2 + 1],
  ['two', 2, 6 + 4 + 2],
  ['all three, and is announced', 3, 6 + 6 + 3],
])('a task of whose attempts %s fail (%d) writes at most %d units', async (_, ...[failures, units]) => {
  expect((await failing(failures)).ownWriteUnits).toBeLessThanOrEqual(units);
});

test('a message of a failure costs a unit for each KB that it begins', async () => {
  const [short, long] = [await failing(1), await failing(1, 'x'.repeat(1800))];
  expect(long.ownWriteUnits - short.ownWriteUnits).toBeLessThanOrEqual(1);
});

test('a fifth of failing attempts costs two write units each, and one for what is kept of it', async () => {
  const workload = { ...SMALL, failureRate: 0.2 };
  const run = await runHoldfast(workload);
  expect(run.failures).toBeGreaterThan(30);
  expect(failureBars({ workload, run }).filter((bar) => !isKept(bar))).toEqual([]);
});

test.each([
  ['2 KB', 2048, 6 + 3],
  ['10 KB', 10_240, 6 + 11],
])('a payload of %s costs a unit for each KB that it begins', async (_, ...[payloadBytes, units]) => {
  const { usage } = await runHoldfast({ ...SMALL, tasks: 20, payloadBytes });
  expect(perTask(usage, 20).ownWriteUnits).toBeLessThanOrEqual(units);
});

test.each([1, 4, 10])('%d messages of a batch that are no bells are given back, and no others', async (bad) => {
  const stage = await setStage(SMALL, failsBySeed(SMALL));
  for (let number = 0; number < 10 - bad; number += 1)
    await settled(stage, stage.request('POST', '/tasks', taskOf(number, SMALL)));
  const bells = stage.queues.poll(QUEUES.fresh, 10);
  const nonsense = Array.from({ length: bad }, (_, place) => ({ id: `bad-${place}`, body: '{}' }));
  const Records = recordsOf(QUEUES.fresh, [...nonsense, ...bells]);
  const answer = await settled(
    stage,
    stage.functions.work.run((work) => work({ Records }, { getRemainingTimeInMillis: () => 300_000 })),
  );
  expect(answer.batchItemFailures.map((each) => each.itemIdentifier)).toEqual(nonsense.map(({ id }) => id));
});
