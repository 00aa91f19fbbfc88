/**
 * Submit to final, at a rate that does not wait for answers: what does it take, and is each task there once at the end?
 * `--batch 10` submits ten with one request, `--shape spike` five times the rate for a fifth of the time.
 */
import { check } from 'k6';
import type { Options } from 'k6/options';
import { audited } from '../lib/ledger.ts';
import { latencies, loadCame, noErrors, nothingLost } from '../lib/promises.ts';
import { BATCH, IS_SHORT, rate, SHAPE } from '../lib/settings.ts';
import { readyOrFail } from '../lib/setup.ts';
import { afterwards, shaped } from '../lib/shapes.ts';
import { TREND_STATS } from '../lib/summary.ts';
import { finishedAll, submit, submitAll, taskIdOf, taskOf } from '../lib/tasks.ts';

export { handleSummary } from '../lib/summary.ts';

/** Of a spike the usual rate, so that its height is still one that k6 and a server reach on two cores. */
const PER_SECOND = { steady: 300, spike: 100 };

const load = {
  exec: 'runAll',
  perSecond: rate(PER_SECOND[SHAPE]) / BATCH,
  seconds: IS_SHORT ? 10 : 60,
  iterationSeconds: 30,
};

export const options: Options = {
  scenarios: { flow: shaped(load), audit: afterwards('audit', load, 240) },
  thresholds: { ...nothingLost, ...noErrors, ...latencies, ...loadCame(load) },
  summaryTrendStats: TREND_STATS,
  ...{ batch: 100, batchPerHost: 100 },
};

export const setup = readyOrFail;

export function runAll(): void {
  const tasks = Array.from({ length: BATCH }, (_, part) => taskOf(taskIdOf(part)));
  const accepted = BATCH === 1 ? tasks.map(submit).filter((receipt) => receipt.ok) : submitAll(tasks);
  const succeeded = finishedAll(accepted).filter(({ status }) => status === 'succeeded');
  check(succeeded, { 'all tasks succeed': ({ length }) => length === accepted.length });
}

export const audit = (): void => audited(120);
