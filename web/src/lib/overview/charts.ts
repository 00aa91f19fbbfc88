/** Statistics as series for charts, each with its summary in words. */
import type { Latency, Stats, StatsPoint, StatsTotals } from '@holdfast/api/types';
import type { Line, Series } from '#lib/chart/series.ts';
import { count, latency, WINDOWS } from './words.ts';

export interface Charted {
  readonly series: Series;
  /** For who does not see the drawing. */
  readonly summary: string;
}

const charted = (stats: Stats, lines: readonly Line[], summary: string): Charted => ({
  series: {
    atMs: stats.points.map(({ at }) => Date.parse(at)),
    stepMs: stats.window.stepSeconds * 1_000,
    lines,
  },
  summary,
});

const FLOWS = [
  { name: 'accepted', shape: 'area', tone: 'blue', of: ({ accepted }) => accepted },
  { name: 'succeeded', shape: 'dashed', tone: 'green', of: ({ succeeded }) => succeeded },
  { name: 'attempts failed', shape: 'dotted', tone: 'amber', of: failedOf },
  { name: 'dead', shape: 'bars', tone: 'red', of: ({ dead }) => dead },
] as const satisfies readonly (Pick<Line, 'name' | 'shape' | 'tone'> & { of: (totals: StatsTotals) => number })[];

/** By themselves, by their time-out, or with their process. */
export function failedOf({ failedAttempts, lostAttempts }: StatsTotals): number {
  return failedAttempts + lostAttempts;
}

/** How many of each in each step. */
export function throughput(stats: Stats): Charted {
  const lines = FLOWS.map(({ of, ...line }) => ({
    ...line,
    values: stats.points.map(({ totals }) => of(totals)),
    overall: count(of(stats.totals)),
  }));
  const said = lines.map(({ name, overall }) => `${overall} ${name}`).join(', ');
  return charted(stats, lines, `In ${WINDOWS[stats.window.name]}: ${said}.`);
}

const PERCENTILES = [
  { name: 'p50', shape: 'line', tone: 'green', of: ({ p50Ms }) => p50Ms },
  { name: 'p95', shape: 'dashed', tone: 'blue', of: ({ p95Ms }) => p95Ms },
  { name: 'p99', shape: 'dotted', tone: 'amber', of: ({ p99Ms }) => p99Ms },
] as const satisfies readonly (Pick<Line, 'name' | 'shape' | 'tone'> & { of: (latency: Latency) => number })[];

/** A logarithm has no place for zero. */
const LEAST_MS = 0.1;

/** How long it took in each step, in milliseconds; nothing where nothing was measured. */
export function latencies(stats: Stats, which: 'startLatency' | 'finishLatency'): Charted {
  const all = stats[which];
  const valueAt = (point: StatsPoint, of: (latency: Latency) => number): number | null =>
    point[which] && Math.max(LEAST_MS, of(point[which]));
  const lines = PERCENTILES.map(({ of, ...line }) => ({
    ...line,
    values: stats.points.map((point) => valueAt(point, of)),
    overall: all ? latency(of(all)) : '–',
  }));
  const said = lines.map(({ name, overall }) => `${name} ${overall}`).join(', ');
  const summary = all ? `${said}, of ${count(all.count)} measured` : 'Nothing was measured';
  return charted(stats, lines, `In ${WINDOWS[stats.window.name]}: ${summary}.`);
}
