/**
 * Does a viewer see what the ledger holds, and how soon? Viewers follow all tasks, or those of a type, while tasks come at a steady
 * rate; every fourth loses its connection halfway. At the end the picture of each is compared with the ledger: nothing may be missing.
 */
import { check } from 'k6';
import exec from 'k6/execution';
import { Counter } from 'k6/metrics';
import type { Options } from 'k6/options';
import { setTimeout } from 'k6/timers';
import { audited, isFinal, tasksOfRun } from '../lib/ledger.ts';
import { Viewer } from '../lib/live.ts';
import { deliveries, loadCame, noErrors, nothingLost, picturesComplete } from '../lib/promises.ts';
import { ENGINE, IS_SHORT, rate, VIEWERS } from '../lib/settings.ts';
import { readyOrFail } from '../lib/setup.ts';
import { afterwards, steady } from '../lib/shapes.ts';
import { TREND_STATS } from '../lib/summary.ts';
import { submit, taskIdOf, taskOf } from '../lib/tasks.ts';

export { handleSummary } from '../lib/summary.ts';

/** Of the load: viewers are there before it, also where functions have to be loaded for them first. */
const STARTS_AFTER_S = ENGINE === 'one-machine' ? 3 : 12;
/** After the last task: what could not be pushed is told by then on every engine, and read. */
const PICTURE_WITHIN_S = 35;
const AGAIN_MS = 500;
const TOPICS = ['tasks', 'type:simulate'];
const CUT_EVERY = 4;

const load = {
  ...{ exec: 'runOne', perSecond: rate(IS_SHORT ? 20 : 50) },
  ...{ seconds: IS_SHORT ? 6 : 30, iterationSeconds: 30 },
};
const endS = STARTS_AFTER_S + load.seconds;

const missed = new Counter('missed_after_resync');
const judged = new Counter('viewers_judged');

export const options: Options = {
  scenarios: {
    load: { ...steady(load), startTime: `${STARTS_AFTER_S}s` },
    viewers: {
      ...{ executor: 'per-vu-iterations', exec: 'watch', vus: VIEWERS, iterations: 1 },
      maxDuration: `${endS + 2 * PICTURE_WITHIN_S}s`,
    },
    audit: afterwards('audit', { seconds: endS }, 4 * PICTURE_WITHIN_S),
  },
  thresholds: { ...nothingLost, ...noErrors, ...picturesComplete(VIEWERS), ...deliveries, ...loadCame(load) },
  summaryTrendStats: TREND_STATS,
};

export const setup = readyOrFail;

export const runOne = (): void => void submit(taskOf(taskIdOf()));

export function watch(): void {
  const me = exec.scenario.iterationInTest;
  const viewer = new Viewer(TOPICS[me % TOPICS.length]!);
  viewer.connect();
  const inMs = (seconds: number): number => exec.scenario.startTime + seconds * 1_000 - Date.now();
  if (me % CUT_EVERY === 0) setTimeout(() => viewer.cut(), inMs(STARTS_AFTER_S + load.seconds / 2));
  // Not all at once: each of them reads the whole list.
  setTimeout(() => judge(viewer, Date.now() + PICTURE_WITHIN_S * 1_000), inMs(endS + 1 + 2 * Math.random()));
}

/** The ledger is only compared here, and never put into the picture. */
function judge(viewer: Viewer, untilMs: number): void {
  const tasks = tasksOfRun();
  const differences = viewer.differencesFrom(tasks);
  if ((differences > 0 || !tasks.every(isFinal)) && Date.now() < untilMs) {
    setTimeout(() => judge(viewer, untilMs), AGAIN_MS);
    return;
  }
  check(differences, { 'a viewer shows what the ledger holds': (count) => count === 0 });
  missed.add(differences);
  judged.add(1);
  viewer.end();
}

export const audit = (): void => audited(PICTURE_WITHIN_S);
