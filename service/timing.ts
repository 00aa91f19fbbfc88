/** TIMING: how soon what a fault has left waiting is found. */
import type { Constants } from './core/rules.ts';
import { SECOND, STANDARD } from './core/rules.ts';

export const TIMINGS = ['standard', 'short'] as const;
export type Timing = (typeof TIMINGS)[number];

/** Everything that a fault leaves waiting is found within seconds: for fault tests, and a waste elsewhere. */
const SHORT: Constants = {
  ...STANDARD,
  marginMs: 500,
  leaseGraceMs: SECOND,
  ringGraceMs: 2 * SECOND,
  announceGraceMs: 2 * SECOND,
  progressEveryMs: 500,
  abortBeforeMs: 500,
  killAfterMs: 500,
  unknownTypeDeferMs: 2 * SECOND,
};

export const constantsOf = ({ timing }: { readonly timing: Timing }): Constants =>
  timing === 'short' ? SHORT : STANDARD;
