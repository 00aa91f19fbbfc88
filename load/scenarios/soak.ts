/**
 * Half an hour of everything, at a rate that one machine hardly feels: what leaks, piles up or slows down shows here. Judged is
 * what the ledger holds at the end, and the last third against the first.
 */
import type { Task, TaskDetail } from '@holdfast/api/types';
import { check } from 'k6';
import exec from 'k6/execution';
import { Gauge, Trend } from 'k6/metrics';
import type { Options } from 'k6/options';
import type { Answer } from '../lib/client.ts';
import { ask } from '../lib/client.ts';
import { audited } from '../lib/ledger.ts';
import { latencies, loadCame, noErrors, noGrowth, nothingLost, reads } from '../lib/promises.ts';
import { IS_SHORT, rate } from '../lib/settings.ts';
import { readyOrFail } from '../lib/setup.ts';
import { afterwards, steady } from '../lib/shapes.ts';
import { TREND_STATS } from '../lib/summary.ts';
import type { Accepted } from '../lib/tasks.ts';
import { finished, finishedAll, noteError, submit, submitAll, taskIdOf, taskOf } from '../lib/tasks.ts';

export { handleSummary } from '../lib/summary.ts';

const readMs = new Trend('read_ms', true);
/** Of the time from the submit to the final state, by the clock of the server, for tasks that succeed at once. */
const growth = { median: new Gauge('growth_of_median'), p95: new Gauge('growth_of_p95') };

const BATCH = 5;
const DELAY_S = 2;
/** Of what one iteration does, in turn; a batch submits five. */
const MIX = [one, one, failing, batch, delayed, cancelled, replayed, read, list, inbox];
const TASKS_PER_ITERATION = (6 + BATCH) / MIX.length;

const perSecond = rate(33) / TASKS_PER_ITERATION;
const load = { exec: 'runNext', perSecond, seconds: IS_SHORT ? 20 : 30 * 60, iterationSeconds: 30 };

/** Thirds of seconds differ by what else the machine does. */
const judgedGrowth = IS_SHORT ? {} : noGrowth;

export const options: Options = {
  scenarios: { soak: steady(load), audit: afterwards('audit', load, 600) },
  thresholds: { ...nothingLost, ...noErrors, ...latencies, ...reads, ...loadCame(load), ...judgedGrowth },
  summaryTrendStats: TREND_STATS,
  ...{ batch: 100, batchPerHost: 100 },
};

export const setup = readyOrFail;

export function runNext(): void {
  MIX[exec.scenario.iterationInTest % MIX.length]!();
}

/** The task at its end, as `status` says. */
function ends(receipt: Accepted, status: Task['status'][]): void {
  check(finished(receipt), {
    'each task ends as it should': (end) => end !== undefined && status.includes(end.status),
  });
}

function one(): void {
  const receipt = submit(taskOf(taskIdOf('one')));
  if (receipt.ok) ends(receipt, ['succeeded']);
}

/** Nobody waits for its end but the audit: retries would be measured as latency. */
function failing(): void {
  submit(taskOf(taskIdOf('failing'), { failureRate: 0.5, failureClass: 'NETWORK' }));
}

function batch(): void {
  const accepted = submitAll(Array.from({ length: BATCH }, (_, part) => taskOf(taskIdOf(`batch${part}`))));
  check(finishedAll(accepted), { 'each batch ends whole': ({ length }) => length === accepted.length });
}

function delayed(): void {
  submit(taskOf(taskIdOf('delayed'), {}, { delaySeconds: DELAY_S }));
}

function cancelled(): void {
  const receipt = submit(taskOf(taskIdOf('cancelled'), {}, { delaySeconds: 60 }));
  if (!receipt.ok) return;
  const { taskId } = receipt.body;
  const answer = ask('post', '/tasks/{taskId}/cancel', { path: { taskId }, body: { reason: 'part of a load run' } });
  if (!answer.ok) noteError(answer);
  else check(answer.body, { 'what waits is cancelled at once': ({ status }) => status === 'cancelled' });
}

function replayed(): void {
  const task = taskOf(taskIdOf('replayed'));
  if (!submit(task).ok) return;
  check(ask('post', '/tasks', { body: task }), {
    'the same submit again is a replay': ({ status }) => status === 200,
  });
}

function read(): void {
  const [task] = listed({});
  if (task !== undefined) timed(ask('get', '/tasks/{taskId}', { path: { taskId: task.taskId } }));
}

function list(): void {
  listed({ type: 'simulate' });
}

function inbox(): void {
  listed({ status: 'dead' });
}

function listed(query: { type?: string; status?: Task['status'] }): Task[] {
  return timed(ask('get', '/tasks', { query: { ...query, limit: 25 } }))?.items ?? [];
}

function timed<Body>(answer: Answer<Body>): Body | undefined {
  if (answer.ok) readMs.add(answer.tookMs);
  else noteError(answer);
  return answer.ok ? answer.body : undefined;
}

export const audit = (): void => audited(300, judge);

function judge(tasks: readonly TaskDetail[]): void {
  const late = tasks.filter(({ taskId }) => taskId.endsWith('-delayed'));
  check(late, { 'what was delayed did not start before': () => late.every(startedInTime) });
  const took = tasks.filter(({ taskId }) => /-(?:one|replayed|batch\d+)$/.test(taskId)).map(tookMsOf);
  // Newest first.
  const third = Math.ceil(took.length / 3);
  const [last, first] = [took.slice(0, third), took.slice(-third)];
  for (const [of, share, leastMs] of QUANTILES)
    growth[of].add(quantile(last, share) / Math.max(leastMs, quantile(first, share)));
}

/** Below so many milliseconds a first third is noise, and twice of it as well. */
const QUANTILES = [
  ['median', 0.5, 10],
  ['p95', 0.95, 50],
] as const;

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;

const tookMsOf = ({ createdAt, finishedAt }: TaskDetail): number =>
  Date.parse(finishedAt ?? '') - Date.parse(createdAt);

/** Clocks may differ by a second. */
const startedInTime = ({ createdAt, attempts: [first] }: TaskDetail): boolean =>
  first !== undefined && Date.parse(first.startedAt) - Date.parse(createdAt) >= (DELAY_S - 1) * 1_000;
