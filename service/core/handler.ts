/**
 * What a task type promises its worker: a folder with `handler.ts` that exports `policy` and `run`. A run may happen
 * again, late, or beside itself: only its recorded outcome is exactly-once. `idempotencyKey` is for systems that
 * deduplicate, `fence` for those that refuse what is older than what they have seen.
 */
import type { Policy } from './rules.ts';
import { DEFAULT_POLICY, SECOND } from './rules.ts';
import type { FailureClass } from './task.ts';

/** How a type is run; what is absent has the default of rules.ts. */
export interface HandlerPolicy {
  /** Which versions of the payload `run` understands; [1] by default. */
  readonly payloadVersions?: readonly number[];
  /** Attempts that end by themselves or by time-out. */
  readonly maxAttempts?: number;
  /** After it the signal is aborted; a handler that then does not end is killed with its process. */
  readonly timeoutSeconds?: number;
  /** The n-th wait is random between floor and min(cap, base · 2ⁿ). */
  readonly backoff?: { readonly floorSeconds?: number; readonly baseSeconds?: number; readonly capSeconds?: number };
  /** Not started any more so long after it was to run: dead with class EXPIRED. */
  readonly maxAgeSeconds?: number;
}

/** The last 100 lines and 8 KB are kept of an attempt that did not succeed. */
export interface HandlerLog {
  debug(text: string): void;
  info(text: string): void;
  warn(text: string): void;
  error(text: string): void;
}

export interface HandlerInput<Payload = unknown> {
  readonly payload: Payload;
  readonly payloadVersion: number;
  readonly taskId: string;
  /** Which attempt of the budget this is, from 1. Lost attempts are not counted. */
  readonly attempt: number;
  /** Rises with every start of the task, never falls. */
  readonly fence: number;
  /** The same for all attempts of the task, new after a redrive. */
  readonly idempotencyKey: string;
  /** Aborted by time-out, cancel or the end of the server. */
  readonly signal: AbortSignal;
  readonly progress: (percent: number, message?: string) => void;
  readonly log: HandlerLog;
}

/** Resolves with the result: undefined, or what JSON can hold. Whatever it throws fails the attempt. */
export type Handler<Payload = unknown, Result = unknown> = (input: HandlerInput<Payload>) => Promise<Result> | Result;

export interface TaskFailureOptions {
  /** VALIDATION is never retried. */
  readonly class: FailureClass;
  /** `[A-Za-z0-9_.:-]`, ≤ 64 characters. */
  readonly code: string;
  /** No attempt sooner than this, to at most 24 h. */
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/** A failure that says itself what it is. */
export class TaskFailure extends Error {
  override readonly name = 'TaskFailure';
  readonly class: FailureClass;
  readonly code: string;
  readonly retryAfterMs: number | undefined;

  constructor(message: string, { class: failureClass, code, retryAfterMs, cause }: TaskFailureOptions) {
    super(message, { cause });
    this.class = failureClass;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

function positive(name: string, value: number, isWhole = false): number {
  if (Number.isFinite(value) && value > 0 && (!isWhole || Number.isInteger(value))) return value;
  throw new RangeError(`policy.${name} must be a positive ${isWhole ? 'whole ' : ''}number, not ${String(value)}.`);
}

/** Throws RangeError. */
export const versionsOf = ({ payloadVersions = [1] }: HandlerPolicy): readonly number[] => {
  if (payloadVersions.length === 0) throw new RangeError('policy.payloadVersions names no version.');
  return payloadVersions.map((version) => positive('payloadVersions', version, true));
};

/** As the core knows it: complete, in milliseconds. Throws RangeError. */
export function policyOf({ maxAttempts, timeoutSeconds, backoff = {}, maxAgeSeconds }: HandlerPolicy): Policy {
  const ms = (name: string, seconds: number | undefined, standardMs: number): number =>
    seconds === undefined ? standardMs : Math.ceil(positive(name, seconds) * SECOND);
  const standard = DEFAULT_POLICY.backoff;
  return {
    maxAttempts: positive('maxAttempts', maxAttempts ?? DEFAULT_POLICY.maxAttempts, true),
    timeoutMs: ms('timeoutSeconds', timeoutSeconds, DEFAULT_POLICY.timeoutMs),
    backoff: {
      floorMs: ms('backoff.floorSeconds', backoff.floorSeconds, standard.floorMs),
      baseMs: ms('backoff.baseSeconds', backoff.baseSeconds, standard.baseMs),
      capMs: ms('backoff.capSeconds', backoff.capSeconds, standard.capMs),
    },
    ...(maxAgeSeconds !== undefined && { maxAgeMs: ms('maxAgeSeconds', maxAgeSeconds, 0) }),
  };
}
