/** How load comes: the shapes that scenarios choose from, and what follows when it has come. */
import type { Scenario } from 'k6/options';
import { SHAPE } from './settings.ts';

export interface Load {
  /** The function of the scenario's file that one iteration calls. */
  readonly exec: string;
  /** Iterations, begun whether or not those before have ended. */
  readonly perSecond: number;
  readonly seconds: number;
  /** The longest that one iteration takes; with less room iterations would be dropped, and the rate not be what was asked for. */
  readonly iterationSeconds: number;
}

const MOST_AT_ONCE = 2_000;

/** k6 makes the others while it runs, and drops what comes meanwhile. */
const LEAST_AT_ONCE = 50;

const places = ({ perSecond, iterationSeconds }: Load, times = 1) => ({
  preAllocatedVUs: Math.min(MOST_AT_ONCE, Math.max(LEAST_AT_ONCE, Math.ceil(perSecond * times))),
  maxVUs: Math.min(MOST_AT_ONCE, Math.max(LEAST_AT_ONCE, Math.ceil(perSecond * times * iterationSeconds))),
  gracefulStop: `${iterationSeconds}s`,
});

/** k6 takes whole numbers only, and a tenth of a task a second is 6 a minute. */
const aMinute = (perSecond: number): number => Math.max(1, Math.round(perSecond * 60));

/** The same rate from the first second to the last, however long answers take. */
export const steady = (load: Load): Scenario => ({
  ...{ executor: 'constant-arrival-rate', exec: load.exec },
  ...{ rate: aMinute(load.perSecond), timeUnit: '1m', duration: `${load.seconds}s` },
  ...places(load),
});

const SPIKE = 5;

/** A fifth of the time at five times the rate, after two fifths and before two at the rate itself. */
export const spike = (load: Load): Scenario => {
  const [usual, high] = [aMinute(load.perSecond), aMinute(load.perSecond * SPIKE)];
  return {
    ...{ executor: 'ramping-arrival-rate', exec: load.exec, timeUnit: '1m', startRate: usual },
    stages: [
      { target: usual, duration: `${load.seconds * 0.4}s` },
      { target: high, duration: '0s' },
      { target: high, duration: `${load.seconds * 0.2}s` },
      { target: usual, duration: '0s' },
      { target: usual, duration: `${load.seconds * 0.4}s` },
    ],
    ...places(load, SPIKE),
  };
};

/** As `--shape` says. */
export const shaped = (load: Load): Scenario => (SHAPE === 'spike' ? spike(load) : steady(load));

/** Once, when the load is over: `exec` waits for iterations that still run (ledger.ts), and judges what was left behind. */
export const afterwards = (exec: string, { seconds }: Pick<Load, 'seconds'>, withinSeconds: number): Scenario => ({
  ...{ executor: 'per-vu-iterations', exec, vus: 1, iterations: 1 },
  ...{ startTime: `${seconds}s`, maxDuration: `${withinSeconds}s` },
});
