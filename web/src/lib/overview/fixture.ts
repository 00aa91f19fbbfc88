/** Statistics for tests and screenshots: a day in the life of a service, the same at each call. */
import type { Latency, Stats, StatsPoint, StatsTotals } from '@holdfast/api/types';

export const NO_TOTALS: StatsTotals = {
  accepted: 0,
  started: 0,
  succeeded: 0,
  dead: 0,
  cancelled: 0,
  redriven: 0,
  failedAttempts: 0,
  lostAttempts: 0,
};

export const NO_TASKS: Stats['tasks'] = {
  scheduled: 0,
  queued: 0,
  retrying: 0,
  running: 0,
  succeeded: 0,
  dead: 0,
  cancelled: 0,
  inbox: 0,
};

export const UNTIL_MS = Date.parse('2026-11-21T14:07:12.000Z');

const MINUTE_MS = 60_000;

/** Waves with a bump of failures two thirds on; of minute `at` of `of`. */
function totalsAt(at: number, of: number): StatsTotals {
  const accepted = Math.round(34 + 14 * Math.sin(at / 5) + 7 * Math.cos(at / 2.3));
  const isOutage = at > of * 0.62 && at < of * 0.74;
  const failedAttempts = isOutage ? 24 + (at % 5) * 3 : 3 + (at % 4);
  const dead = isOutage && at % 2 === 0 ? 2 : 0;
  const succeeded = Math.max(0, accepted - dead - (isOutage ? 13 : -1));
  return { ...NO_TOTALS, accepted, started: accepted + failedAttempts, succeeded, dead, failedAttempts };
}

const latencyAt = (at: number, baseMs: number): Latency => ({
  count: 30,
  p50Ms: baseMs * (1 + 0.2 * Math.sin(at / 3)),
  p95Ms: baseMs * (6 + 2 * Math.cos(at / 4)),
  p99Ms: baseMs * (22 + 8 * Math.sin(at / 2)),
});

export const sum = (all: readonly StatsTotals[]): StatsTotals =>
  all.reduce((left, right) => {
    const names = Object.keys(NO_TOTALS) as (keyof StatsTotals)[];
    return Object.assign({}, ...names.map((name) => ({ [name]: left[name] + right[name] }))) as StatsTotals;
  }, NO_TOTALS);

export function pointsOf(length: number, { stepMs = MINUTE_MS, untilMs = UNTIL_MS } = {}): StatsPoint[] {
  const lastMs = Math.floor(untilMs / stepMs) * stepMs;
  return Array.from({ length }, (_, at) => ({
    at: new Date(lastMs - (length - 1 - at) * stepMs).toISOString(),
    totals: totalsAt(at, length),
    startLatency: latencyAt(at, 2.1),
    finishLatency: latencyAt(at, 84),
  }));
}

/** An hour, with whatever shall be different. */
export function statsLike(different: Partial<Stats> = {}): Stats {
  const points = different.points ?? pointsOf(60);
  const totals = sum(points.map((point) => point.totals));
  const ofType = (type: string, part: number): Stats['types'][number] => ({
    type,
    totals: sum(points.map((point) => point.totals).filter((_, at) => at % part === 0)),
    startLatency: latencyAt(part, 2.1),
    finishLatency: latencyAt(part, 84),
  });
  return {
    window: {
      name: '1h',
      since: points[0]?.at ?? new Date(UNTIL_MS - 60 * MINUTE_MS).toISOString(),
      until: new Date(UNTIL_MS).toISOString(),
      stepSeconds: 60,
    },
    exact: true,
    tasks: { scheduled: 3, queued: 12, retrying: 4, running: 38, succeeded: 52_310, dead: 9, cancelled: 12, inbox: 7 },
    oldestOverdue: null,
    totals,
    startLatency: latencyAt(1, 2.1),
    finishLatency: latencyAt(1, 84),
    failures: [
      { class: 'NETWORK', attempts: 212, deaths: 5 },
      { class: 'SYSTEM', attempts: 74, deaths: 2 },
      { class: 'TIMEOUT', attempts: 19, deaths: 0 },
      { class: 'VALIDATION', attempts: 1, deaths: 1 },
    ],
    types: [ofType('http-request', 1), ofType('simulate', 3), ofType('send-invoice', 7)],
    points,
    ...different,
  };
}

/** Nothing has ever been submitted. */
export const nothingYet = (): Stats =>
  statsLike({
    tasks: NO_TASKS,
    totals: NO_TOTALS,
    startLatency: null,
    finishLatency: null,
    failures: [],
    types: [],
    points: pointsOf(60).map(({ at }) => ({ at, totals: NO_TOTALS, startLatency: null, finishLatency: null })),
  });
