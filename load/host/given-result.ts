/** A result for tests, and k6's summary behind it. */
import type { Summary } from '../lib/summary.ts';
import type { About, Result } from './result.ts';
import { resultOf } from './result.ts';

export const about: About = {
  ...{
    run: 'smoke-one-machine-abc',
    scenario: 'smoke',
    engine: 'one-machine',
    url: 'http://127.0.0.1:4711',
    throwAway: true,
  },
  ...{ startedAt: '2026-11-21T10:00:00.000Z', k6: '2.2.0', holdfast: '0.1.0', options: { short: true } },
};

const counter = (count: number, bar?: string, ok = true) => ({
  ...{ type: 'counter' as const, contains: 'default' as const, values: { count, rate: count / 10 } },
  ...(bar !== undefined && { thresholds: { [bar]: { ok } } }),
});

const times = { count: 20, avg: 12, min: 2, med: 10, 'p(90)': 20, 'p(95)': 30, 'p(99)': 112.4, max: 1_320 };

export const summary: Summary = {
  state: { testRunDurationMs: 10_000 },
  metrics: {
    accept_ms: { type: 'trend', contains: 'time', values: times, thresholds: { 'p(99)<100': { ok: false } } },
    http_req_duration: { type: 'trend', contains: 'time', values: times },
    tasks_lost: counter(0, 'count==0'),
    tasks_accepted: counter(1_234),
    checks: {
      type: 'rate',
      contains: 'default',
      values: { rate: 0.99996, passes: 24_999, fails: 1 },
      thresholds: { 'rate==1': { ok: false } },
    },
    injected_crashes: counter(7),
    recovered_crashes: counter(6),
    injected_bellsLost: counter(3),
  },
};

export const givenResult = (about_: Partial<About> = {}, measured: Partial<Summary['metrics']> = {}): Result =>
  resultOf(
    { ...about, ...about_ },
    {
      summary: { ...summary, metrics: { ...summary.metrics, ...(measured as Summary['metrics']) } },
      thrown: 0,
      memory: undefined,
    },
  );
