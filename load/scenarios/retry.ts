/**
 * Are retries what the policy of the type says? Tasks of every class of failure are submitted; then each attempt, each announced
 * wait and each wait that really was is read from the ledger and measured: how many, how long, how evenly spread, how punctual.
 */
import type { SimulatePayload, TaskDetail } from '@holdfast/api/types';
import { check } from 'k6';
import { Counter, Rate, Trend } from 'k6/metrics';
import type { Options } from 'k6/options';
import type { Fate } from '../lib/backoff.ts';
import { isWithin, positionOf, waitsOf, wrongAttempts } from '../lib/backoff.ts';
import { audited } from '../lib/ledger.ts';
import { noErrors, nothingLost, retriesKept } from '../lib/promises.ts';
import { IS_SHORT, rate } from '../lib/settings.ts';
import type { Ready } from '../lib/setup.ts';
import { readyOrFail } from '../lib/setup.ts';
import { afterwards, steady } from '../lib/shapes.ts';
import { TREND_STATS } from '../lib/summary.ts';
import { submitAll, taskIdOf, taskOf } from '../lib/tasks.ts';

export { handleSummary } from '../lib/summary.ts';

const ASKED_S = 3;

/** One iteration submits one of each. */
const KINDS: Readonly<Record<string, { readonly payload: SimulatePayload; readonly fate: Fate }>> = {
  network: { payload: { failureRate: 1, failureClass: 'NETWORK' }, fate: 'fails' },
  limit: { payload: { failureRate: 1, failureClass: 'RATE_LIMIT' }, fate: 'fails' },
  system: { payload: { failureRate: 1, failureClass: 'SYSTEM' }, fate: 'fails' },
  unknown: { payload: { failureRate: 1, failureClass: 'UNKNOWN' }, fate: 'fails' },
  asked: { payload: { failureRate: 1, failureClass: 'RATE_LIMIT', retryAfterSeconds: ASKED_S }, fate: 'fails' },
  half: { payload: { failureRate: 0.5, failureClass: 'NETWORK' }, fate: 'may succeed' },
  invalid: { payload: { failureRate: 1, failureClass: 'VALIDATION' }, fate: 'fails for good' },
};
const TASKS = Object.keys(KINDS).length;
/** 160 waits of each length in a short run, for the mean of the jitter is judged: then it is off by 0.02, and the bar is 0.1. */
const ITERATIONS = IS_SHORT ? 40 : 300;

const attemptsWrong = new Counter('attempts_wrong');
/** Announced waits that the policy does not allow. */
const waitsWrong = new Counter('waits_wrong');
/** An attempt may begin this much early, for clocks differ, when a spare bell rings: few do, and none begins earlier. */
const EARLY_MS = 1_000;
const waitsCutShort = new Counter('waits_cut_short');
const early = new Rate('retries_early');
const lateMs = new Trend('retry_late_ms', true);
/** Of an announced wait in its range, by `retry`. */
const position = new Trend('backoff_position');

const perSecond = rate(100) / TASKS;
const load = { exec: 'submitOneOfEach', perSecond, seconds: Math.ceil(ITERATIONS / perSecond), iterationSeconds: 10 };

export const options: Options = {
  scenarios: { retry: steady(load), audit: afterwards('audit', load, 180) },
  thresholds: { ...nothingLost, ...noErrors, ...retriesKept },
  summaryTrendStats: TREND_STATS,
  ...{ batch: 100, batchPerHost: 100 },
};

export const setup = readyOrFail;

export function submitOneOfEach(): void {
  const accepted = submitAll(Object.entries(KINDS).map(([kind, { payload }]) => taskOf(taskIdOf(kind), payload)));
  check(accepted, { 'each task of the batch is accepted': ({ length }) => length === TASKS });
}

export const audit = ({ policy }: Ready): void => audited(90, (tasks) => tasks.forEach((task) => judge(task, policy)));

function judge(task: TaskDetail, policy: Ready['policy']): void {
  const kind = task.taskId.slice(task.taskId.lastIndexOf('-') + 1);
  const wrong = wrongAttempts(task, KINDS[kind]!.fate, policy);
  attemptsWrong.add(wrong === undefined ? 0 : 1);
  if (wrong !== undefined) console.warn(`${task.taskId} is ${wrong}.`);
  for (const wait of waitsOf(task, policy)) {
    if (kind === 'asked') {
      waitsWrong.add(wait.announcedMs >= ASKED_S * 1_000 ? 0 : 1);
    } else {
      waitsWrong.add(isWithin(wait) ? 0 : 1);
      position.add(positionOf(wait), { retry: String(wait.retry) });
    }
    const lateByMs = wait.waitedMs - wait.announcedMs;
    waitsCutShort.add(lateByMs < -EARLY_MS ? 1 : 0);
    early.add(lateByMs < 0);
    lateMs.add(Math.max(0, lateByMs));
  }
}
