/** Counters of many spans in, the statistics of one window out: totals, percentiles, classes of failure, points. */
import type {
  FailureCount,
  Latency,
  Stats,
  StatsPoint,
  StatsTotals,
  StatsWindow,
  TypeStats,
} from '@holdfast/api/types';
import type { Counted } from '../core/ports.ts';
import { HOUR, MINUTE, SECOND } from '../core/rules.ts';
import type { Counters, LatencyName, SpanMs, Sums } from '../core/statistics.ts';
import { addTo, middleMsOf, startOf } from '../core/statistics.ts';
import { timestamp } from './view.ts';

interface Shape {
  /** What is read. */
  readonly spanMs: SpanMs;
  readonly stepMs: number;
  readonly points: number;
}

const SHAPES: Readonly<Record<StatsWindow, Shape>> = {
  '15m': { spanMs: MINUTE, stepMs: MINUTE, points: 15 },
  '1h': { spanMs: MINUTE, stepMs: MINUTE, points: 60 },
  '6h': { spanMs: 5 * MINUTE, stepMs: 5 * MINUTE, points: 72 },
  '24h': { spanMs: 15 * MINUTE, stepMs: 15 * MINUTE, points: 96 },
  '7d': { spanMs: HOUR, stepMs: HOUR, points: 168 },
  '14d': { spanMs: HOUR, stepMs: 2 * HOUR, points: 168 },
};

export interface Span extends Shape {
  readonly name: StatsWindow;
  readonly sinceMs: number;
  readonly untilMs: number;
}

/** A window ends now; its points begin at whole steps, and the last one is not over. */
export function windowOf(name: StatsWindow, nowMs: number): Span {
  const shape = SHAPES[name];
  const sinceMs = startOf(nowMs, shape.stepMs) - (shape.points - 1) * shape.stepMs;
  return { ...shape, name, sinceMs, untilMs: nowMs };
}

/** The last two points may still change: the one that is not over, and one whose last minute has just been written. */
const OPEN_POINTS = 2;

export const openSinceMs = ({ sinceMs, stepMs, points }: Span): number => sinceMs + (points - OPEN_POINTS) * stepMs;

/** What is over of a window, good as long as the window begins at the same step: most of it, and most of the work. */
export interface Past {
  readonly sinceMs: number;
  readonly byType: ReadonlyMap<string, Counters>;
  readonly points: readonly StatsPoint[];
}

function addUp(byType: Map<string, Sums>, counted: readonly Counted[]): Map<string, Sums> {
  for (const { type, counters } of counted) {
    const sums = byType.get(type) ?? {};
    addTo(sums, counters);
    byType.set(type, sums);
  }
  return byType;
}

/** The points from one on, with whatever lies before or behind them left out. */
function pointsOf(counted: readonly Counted[], fromMs: number, { stepMs, count }: { stepMs: number; count: number }) {
  const byPoint = Array.from({ length: count }, (): Sums => ({}));
  for (const { atMs, counters } of counted) {
    const point = byPoint[Math.floor((atMs - fromMs) / stepMs)];
    if (point) addTo(point, counters);
  }
  return byPoint.map((sums, i) => ({ at: timestamp(fromMs + i * stepMs), ...summary(sums) }));
}

/** From the counters of the whole window. */
export function pastOf(counted: readonly Counted[], span: Span): Past {
  const { sinceMs, stepMs, points } = span;
  const over = counted.filter(({ atMs }) => atMs < openSinceMs(span));
  return {
    sinceMs,
    byType: addUp(new Map(), over),
    points: pointsOf(over, sinceMs, { stepMs, count: points - OPEN_POINTS }),
  };
}

function totalsOf(sums: Counters): StatsTotals {
  const { accepted = 0, started = 0, succeeded = 0, dead = 0 } = sums;
  const { cancelled = 0, redriven = 0, failedAttempts = 0, lostAttempts = 0 } = sums;
  return { accepted, started, succeeded, dead, cancelled, redriven, failedAttempts, lostAttempts };
}

/** By nearest rank, from the middles of the buckets: off by 5 % at most. */
export function latencyOf(sums: Counters, name: LatencyName): Latency | null {
  const prefix = `${name}:`;
  const buckets: [bucket: number, count: number][] = [];
  for (const key in sums) if (key.startsWith(prefix)) buckets.push([Number(key.slice(prefix.length)), sums[key]!]);
  if (buckets.length === 0) return null;
  buckets.sort(([a], [b]) => a - b);
  const count = buckets.reduce((sum, [, n]) => sum + n, 0);
  const msAt = (share: number): number => {
    let below = 0;
    const [bucket] = buckets.find(([, n]) => (below += n) >= Math.ceil(share * count))!;
    return Math.round(middleMsOf(bucket) * 100) / 100;
  };
  return { count, p50Ms: msAt(0.5), p95Ms: msAt(0.95), p99Ms: msAt(0.99) };
}

const summary = (sums: Counters) => ({
  totals: totalsOf(sums),
  startLatency: latencyOf(sums, 'start'),
  finishLatency: latencyOf(sums, 'finish'),
});

const ATTEMPTS = 'attempts:';
const DEATHS = 'deaths:';

function failuresOf(sums: Counters): FailureCount[] {
  const names = Object.keys(sums).filter((name) => name.startsWith(ATTEMPTS) || name.startsWith(DEATHS));
  const classes = new Set(names.map((name) => name.slice(name.indexOf(':') + 1) as FailureCount['class']));
  return [...classes]
    .map((each) => ({
      class: each,
      attempts: sums[ATTEMPTS + each] ?? 0,
      deaths: sums[DEATHS + each] ?? 0,
    }))
    .sort((a, b) => b.attempts - a.attempts || b.deaths - a.deaths);
}

function typesOf(byType: ReadonlyMap<string, Sums>): TypeStats[] {
  const types = [...byType].map(([type, sums]) => ({ type, ...summary(sums) }));
  return types.sort((a, b) => b.totals.accepted - a.totals.accepted || (a.type < b.type ? -1 : 1));
}

/** All of the statistics that comes from counters: those of the past, and those since `openSinceMs`. */
export function statsOf(
  past: Past,
  counted: readonly Counted[],
  span: Span,
): Omit<Stats, 'exact' | 'tasks' | 'oldestOverdue'> {
  const { name, sinceMs, untilMs, stepMs } = span;
  const recent = counted.filter(({ atMs }) => atMs >= openSinceMs(span) && atMs <= untilMs);
  const byType = addUp(new Map([...past.byType].map(([type, sums]) => [type, { ...sums }])), recent);
  const all: Sums = {};
  for (const sums of byType.values()) addTo(all, sums);
  return {
    window: { name, since: timestamp(sinceMs), until: timestamp(untilMs), stepSeconds: stepMs / SECOND },
    ...summary(all),
    failures: failuresOf(all),
    types: typesOf(byType),
    points: [...past.points, ...pointsOf(recent, openSinceMs(span), { stepMs, count: OPEN_POINTS })],
  };
}
