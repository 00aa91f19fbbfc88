/**
 * The numbers of the core and the arithmetic on them: lease, backoff and the rule of `due`.
 * Three clocks that are never merged: `notBefore` (no start earlier), `leaseUntil` (how long the attempt may live),
 * `due` (an upper bound for when somebody must look).
 */
import type { LedgerTask } from './task.ts';
import { isReady } from './task.ts';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A move never rings for a moment further ahead than this; `due` never lies further behind `notBefore`. */
export const HORIZON_MS = 10 * MINUTE;
/** How far clocks may differ before a claim counts as early. [S11] */
export const CLOCK_TOLERANCE_MS = SECOND;
/** A bell this early waits in the worker; an earlier one is acknowledged in silence. */
export const EARLY_BELL_MS = 2 * SECOND;
export const MAX_CRASHES = 3;
/** Losses in a row, of whatever cause, that end a task. */
export const MAX_LOST_IN_ROW = 10;
/** Losses in a row with the server's own death that make a task run isolated. */
export const SUSPECT_AFTER_LOST = 3;
export const MAX_RETRY_AFTER_MS = DAY;
export const KEPT_ATTEMPTS = 10;
export const KEPT_HISTORY = 20;
export const MAX_RESULT_BYTES = 64 * 1024;
export const MAX_CHECKPOINT_BYTES = 4 * 1024;

/** What an installation may tune; tests shorten it. */
export interface Constants {
  readonly marginMs: number;
  readonly leaseGraceMs: number;
  readonly leaseCapMs: number;
  readonly ringGraceMs: number;
  readonly announceGraceMs: number;
  readonly progressEveryMs: number;
  /** The handler is aborted this long before the end of the lease that was last confirmed. */
  readonly abortBeforeMs: number;
  /** An aborted handler that does not end within this is killed with its process. */
  readonly killAfterMs: number;
  readonly unknownTypeDeferMs: number;
  readonly maxAgeMs: number;
  readonly retentionMs: number;
}

export const STANDARD: Constants = {
  marginMs: 3 * SECOND,
  leaseGraceMs: 10 * SECOND,
  leaseCapMs: MINUTE,
  ringGraceMs: 30 * SECOND,
  announceGraceMs: 30 * SECOND,
  progressEveryMs: 10 * SECOND,
  abortBeforeMs: 3 * SECOND,
  killAfterMs: 2 * SECOND,
  unknownTypeDeferMs: MINUTE,
  maxAgeMs: DAY,
  retentionMs: 14 * DAY,
};

/** How one task type is run. Reported as data by whoever can run it. */
export interface Policy {
  readonly maxAttempts: number;
  readonly timeoutMs: number;
  readonly backoff: { readonly floorMs: number; readonly baseMs: number; readonly capMs: number };
  readonly maxAgeMs?: number;
}

export const DEFAULT_POLICY: Policy = {
  maxAttempts: 3,
  timeoutMs: MINUTE,
  backoff: { floorMs: 100, baseMs: SECOND, capMs: 5 * MINUTE },
};

export interface Rules {
  readonly constants: Constants;
  /** The policy of a type; the default one for a type nobody here knows. */
  readonly policyOf: (type: string) => Policy;
}

export function leaseMsOf(type: string, { constants, policyOf }: Rules): number {
  return Math.min(policyOf(type).timeoutMs, constants.leaseCapMs) + constants.leaseGraceMs;
}

/** Exponential with full jitter. `random` is in [0, 1); `n` counts from 0 for the first wait. */
export function backoffMs(n: number, random: number, { backoff }: Policy): number {
  const ceiling = Math.min(backoff.capMs, backoff.baseMs * 2 ** Math.min(n, 30));
  return Math.max(backoff.floorMs, Math.round(random * ceiling));
}

export interface DueFields extends Pick<LedgerTask, 'status' | 'type' | 'notBeforeMs'> {
  readonly leaseUntilMs?: number | undefined;
  readonly announcement?: LedgerTask['announcement'] | undefined;
}

/** When somebody must look at an item in this state at the latest; undefined when nobody has to. */
export function neededDueMs(task: DueFields, nowMs: number, rules: Rules): number | undefined {
  const { constants } = rules;
  if (isReady(task)) {
    if (task.notBeforeMs - nowMs > HORIZON_MS) return task.notBeforeMs - HORIZON_MS;
    // Never so late that the claim's clause on `due` would fail without a fault.
    const leaseSpanMs = leaseMsOf(task.type, rules) + constants.marginMs - CLOCK_TOLERANCE_MS;
    return task.notBeforeMs + Math.min(constants.ringGraceMs, leaseSpanMs);
  }
  if (task.status === 'running') return (task.leaseUntilMs ?? nowMs) + constants.marginMs;
  if (task.announcement === 'pending') return nowMs + constants.announceGraceMs;
  return undefined;
}

/** `due` after a move: left alone where it is a bound already, for each rewrite costs an index entry. [S18] */
export function dueAfter(current: number | undefined, next: DueFields, at: { nowMs: number; rules: Rules }) {
  const needed = neededDueMs(next, at.nowMs, at.rules);
  if (needed === undefined) return undefined;
  return current === undefined || current > needed || current <= at.nowMs ? needed : current;
}

/** The growing gap after a bell that the sweeper rang: 30 s, 1 min, 2 min … 10 min. */
export function ringGapMs(rings: number, { ringGraceMs }: Constants): number {
  return Math.min(HORIZON_MS, ringGraceMs * 2 ** Math.min(rings, 20));
}
