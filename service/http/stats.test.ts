import type { OperationInput } from '@holdfast/api/operation';
import type { Stats, StatsWindow } from '@holdfast/api/types';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { submitAll } from '../core/submit.ts';
import type { Sums } from '../core/statistics.ts';
import { addTo, countLatency } from '../core/statistics.ts';
import { openDoor } from './door-under-test.ts';
import type { Asked } from './house.ts';
import { statsOperations } from './stats-operations.ts';
import { latencyOf, windowOf } from './stats-view.ts';

const latencies = fc.array(fc.oneof(fc.nat(50), fc.nat(10_000), fc.nat(1_209_600_000)), {
  minLength: 1,
  maxLength: 200,
});

const histogramOf = (values: readonly number[]): Sums => {
  const sums: Sums = { accepted: 3 };
  for (const ms of values) countLatency(sums, 'start', ms);
  return sums;
};

describe('percentiles', () => {
  test('are off by 5 % at most', () => {
    const property = fc.property(latencies, (values) => {
      const sorted = [...values].sort((a, b) => a - b);
      const exact = (share: number) => sorted[Math.ceil(share * sorted.length) - 1]!;
      const { count, p50Ms, p95Ms, p99Ms } = latencyOf(histogramOf(values), 'start')!;
      expect(count).toBe(values.length);
      for (const [share, ms] of [
        [0.5, p50Ms],
        [0.95, p95Ms],
        [0.99, p99Ms],
      ] as const) {
        expect(Math.abs(ms - exact(share))).toBeLessThanOrEqual(0.05 * exact(share));
      }
    });
    fc.assert(property, { numRuns: 500, seed: 5 });
  });

  test('of merged histograms are those of all values together', () => {
    const property = fc.property(latencies, latencies, (some, others) => {
      const merged = histogramOf(some);
      addTo(merged, histogramOf(others));
      expect(latencyOf(merged, 'start')).toEqual(latencyOf(histogramOf([...some, ...others]), 'start'));
    });
    fc.assert(property, { numRuns: 200, seed: 5 });
  });

  test('of nothing are null, and other latencies are others', () => {
    expect(latencyOf({}, 'start')).toBeNull();
    expect(latencyOf(histogramOf([5]), 'finish')).toBeNull();
  });
});

test.each<[StatsWindow, number, number]>([
  ['15m', 60, 15],
  ['1h', 60, 60],
  ['6h', 300, 72],
  ['24h', 900, 96],
  ['7d', 3_600, 168],
  ['14d', 7_200, 168],
])('a window of %s has points %i s apart, %i of them, the last one not over', async (name, stepSeconds, points) => {
  const { ask, time } = openDoor();
  await time.play(() => false, time.nowMs + 4_321);
  const { window, points: shown } = (await ask<Stats>(`GET /stats?window=${name}`)).body;
  const times = shown.map(({ at }) => Date.parse(at));
  expect(window).toMatchObject({ name, stepSeconds, since: shown[0]!.at, until: new Date(time.nowMs).toISOString() });
  expect(times).toEqual(times.map((_, i) => times[0]! + i * stepSeconds * 1_000));
  expect(times).toHaveLength(points);
  expect(times.every((atMs) => atMs % (stepSeconds * 1_000) === 0)).toBe(true);
  const lastMs = times.at(-1)!;
  expect(lastMs <= time.nowMs && time.nowMs < lastMs + stepSeconds * 1_000).toBe(true);
});

test('a window reaches back as far as its name says, less the part of its last step that is to come', () => {
  const nowMs = Date.UTC(2026, 10, 21, 9, 30, 12);
  expect(new Date(windowOf('1h', nowMs).sinceMs).toISOString()).toBe('2026-11-21T08:31:00.000Z');
  expect(new Date(windowOf('14d', nowMs).sinceMs).toISOString()).toBe('2026-11-07T10:00:00.000Z');
});

type Input = OperationInput<'getStats'>;

const submissionOf = (taskId: string, tenant = 'local') => ({
  ...{ tenant, taskId, type: 'simulate', payload: {}, payloadVersion: 1 },
});

test('what was counted shows in totals, by type and at its point, to its own tenant alone [S14]', async () => {
  const { ask, house, time } = openDoor();
  const { ports, rules } = house.desk;
  await submitAll(ports, rules, [submissionOf('a'), submissionOf('b'), submissionOf('c', 'beta')]);
  await time.play(() => false, time.nowMs + 120_000);
  await submitAll(ports, rules, [submissionOf('d')]);
  const { body } = await ask<Stats>('GET /stats');
  expect(body.totals).toMatchObject({ accepted: 3, started: 0 });
  expect(body.types.map(({ type, totals }) => [type, totals.accepted])).toEqual([['simulate', 3]]);
  expect(body.points.slice(-3).map(({ totals }) => totals.accepted)).toEqual([2, 0, 1]);
  expect(body.tasks).toMatchObject({ queued: 3, inbox: 0 });
  expect(body.exact).toBe(false);
});

test('the oldest task that should have started a second ago and has not is named', async () => {
  const { ask, house, time } = openDoor();
  const { ports, rules } = house.desk;
  await submitAll(ports, rules, [submissionOf('late'), { ...submissionOf('later'), delaySeconds: 3_600 }]);
  const since = new Date(time.nowMs).toISOString();
  await time.play(() => false, time.nowMs + 1_000);
  expect((await ask<Stats>('GET /stats')).body.oldestOverdue).toBeNull();
  await time.play(() => false, time.nowMs + 1_001);
  expect((await ask<Stats>('GET /stats')).body.oldestOverdue).toEqual({ taskId: 'late', type: 'simulate', since });
});

test('whoever asks again and again is told the same as who asks once', async () => {
  const { house, time } = openDoor();
  const { ports, rules } = house.desk;
  const [often, once] = [statsOperations(house), statsOperations(house)];
  const ask = async ({ getStats }: typeof often, window: StatsWindow) =>
    (await getStats({ query: { window } } as Input, { principal: { tenant: 'local' } } as Asked)).body;
  const passes = fc.sample(fc.oneof(fc.nat(90_000), fc.nat(7_200_000)), { numRuns: 60, seed: 4 });
  for (const [i, ms] of passes.entries()) {
    await submitAll(ports, rules, [submissionOf(`t${i}`)]);
    for (const window of ['15m', '6h', '14d'] as const) await ask(often, window);
    await time.play(() => false, time.nowMs + ms + 1_000);
  }
  for (const window of ['15m', '6h', '14d'] as const) expect(await ask(often, window)).toEqual(await ask(once, window));
  expect((await ask(often, '14d')).totals.accepted).toBe(60);
});

test('however many ask, the ledger is asked once a second, and again at once after a failure', async () => {
  const { ask, house, time } = openDoor();
  const counts = vi.spyOn(house.desk.ports.ledger, 'counts').mockRejectedValueOnce(new Error('lost'));
  expect((await ask('GET /stats')).status).toBe(500);
  await Promise.all(Array.from({ length: 50 }, () => ask('GET /stats')));
  expect(counts).toHaveBeenCalledTimes(2);
  await ask('GET /stats?window=15m');
  await time.play(() => false, time.nowMs + 1_000);
  await ask('GET /stats');
  expect(counts).toHaveBeenCalledTimes(4);
});
