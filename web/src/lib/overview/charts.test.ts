import { expect, test } from 'vitest';
import { latencies, throughput } from './charts.ts';
import { NO_TOTALS, pointsOf, statsLike } from './fixture.ts';

test('throughput has four lines over the steps of the window, told apart by their shape', () => {
  const stats = statsLike();
  const { series } = throughput(stats);
  expect(series.atMs).toEqual(stats.points.map(({ at }) => Date.parse(at)));
  expect(series.lines.map(({ name, values }) => [name, values.length])).toEqual([
    ['accepted', 60],
    ['succeeded', 60],
    ['attempts failed', 60],
    ['dead', 60],
  ]);
  expect(new Set(series.lines.map(({ shape }) => shape)).size).toBe(4);
});

test('attempts that were lost have failed too', () => {
  const [point] = pointsOf(1);
  const totals = { ...NO_TOTALS, failedAttempts: 3, lostAttempts: 2 };
  const { series } = throughput(statsLike({ points: [{ ...point!, totals }], totals }));
  expect(series.lines[2]).toMatchObject({ values: [5], overall: '5' });
});

test('its summary says in words what the drawing shows', () => {
  const totals = { ...NO_TOTALS, accepted: 1_240, succeeded: 1_236, dead: 2 };
  expect(throughput(statsLike({ totals })).summary).toBe(
    'In the last hour: 1,240 accepted, 1,236 succeeded, 0 attempts failed, 2 dead.',
  );
});

test('a step in which nothing was measured is a gap, and no latency is zero on a logarithm', () => {
  const [first, second] = pointsOf(2);
  const startLatency = { count: 1, p50Ms: 0, p95Ms: 4, p99Ms: 9 };
  const points = [
    { ...first!, startLatency: null },
    { ...second!, startLatency },
  ];
  const { series } = latencies(statsLike({ points }), 'startLatency');
  expect(series.lines.map(({ values }) => values)).toEqual([
    [null, 0.1],
    [null, 4],
    [null, 9],
  ]);
});

test('a window without any measurement says so', () => {
  const { series, summary } = latencies(statsLike({ finishLatency: null }), 'finishLatency');
  expect([series.lines[0]!.overall, summary]).toEqual(['–', 'In the last hour: Nothing was measured.']);
});
