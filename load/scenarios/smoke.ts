/** Does it stand? Tasks are submitted, waited for and submitted again: half a minute, before anything longer is tried. */
import { check } from 'k6';
import type { Options } from 'k6/options';
import { ask } from '../lib/client.ts';
import { audited } from '../lib/ledger.ts';
import { latencies, noErrors, nothingLost } from '../lib/promises.ts';
import { IS_SHORT, rate } from '../lib/settings.ts';
import { readyOrFail } from '../lib/setup.ts';
import { afterwards, steady } from '../lib/shapes.ts';
import { TREND_STATS } from '../lib/summary.ts';
import { finished, submit, taskIdOf, taskOf } from '../lib/tasks.ts';

export { handleSummary } from '../lib/summary.ts';

const load = { exec: 'runOne', perSecond: rate(5), seconds: IS_SHORT ? 5 : 20, iterationSeconds: 30 };

export const options: Options = {
  scenarios: { smoke: steady(load), audit: afterwards('audit', load, 120) },
  thresholds: { ...nothingLost, ...noErrors, ...latencies },
  summaryTrendStats: TREND_STATS,
};

export const setup = readyOrFail;

export function runOne(): void {
  const task = taskOf(taskIdOf(), {});
  const receipt = submit(task);
  if (!receipt.ok) return;
  check(finished(receipt), { 'the task succeeds': (end) => end?.status === 'succeeded' });
  const replay = ask('post', '/tasks', { body: task });
  check(replay, { 'the same submit again is a replay': ({ status }) => status === 200 });
}

export const audit = (): void => audited(60);
