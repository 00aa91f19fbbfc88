/** How load comes: the shapes that scenarios choose from, and what follows when it has come. */
import type { Scenario } from 'k6/options';

export interface Load {
  /** The function of the scenario's file that one iteration calls. */
  readonly exec: string;
  readonly perSecond: number;
  readonly seconds: number;
  /** The longest that one iteration takes; with less room iterations would be dropped, and the rate not be what was asked for. */
  readonly iterationSeconds: number;
}

const MOST_AT_ONCE = 2_000;

const places = ({ perSecond, iterationSeconds }: Load, times = 1) => ({
  preAllocatedVUs: Math.min(MOST_AT_ONCE, Math.max(10, Math.ceil(perSecond * times))),
  maxVUs: Math.min(MOST_AT_ONCE, Math.max(20, Math.ceil(perSecond * times * iterationSeconds))),
  gracefulStop: `${iterationSeconds}s`,
});

/** The same rate from the first second to the last, however long answers take. */
export const steady = (load: Load): Scenario => ({
  ...{ executor: 'constant-arrival-rate', exec: load.exec },
  ...{ rate: load.perSecond, timeUnit: '1s', duration: `${load.seconds}s` },
  ...places(load),
});

const SPIKE = 5;

/** A fifth of the time at five times the rate, after two fifths and before two at the rate itself. */
export const spike = (load: Load): Scenario => ({
  ...{ executor: 'ramping-arrival-rate', exec: load.exec, timeUnit: '1s', startRate: load.perSecond },
  stages: [
    { target: load.perSecond, duration: `${load.seconds * 0.4}s` },
    { target: load.perSecond * SPIKE, duration: '0s' },
    { target: load.perSecond * SPIKE, duration: `${load.seconds * 0.2}s` },
    { target: load.perSecond, duration: '0s' },
    { target: load.perSecond, duration: `${load.seconds * 0.4}s` },
  ],
  ...places(load, SPIKE),
});

/** Once, when the load is over: `exec` waits for iterations that still run (ledger.ts), and judges what was left behind. */
export const afterwards = (exec: string, { seconds }: Pick<Load, 'seconds'>, withinSeconds: number): Scenario => ({
  ...{ executor: 'per-vu-iterations', exec, vus: 1, iterations: 1 },
  ...{ startTime: `${seconds}s`, maxDuration: `${withinSeconds}s` },
});
