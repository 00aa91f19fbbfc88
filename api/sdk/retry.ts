// When a call is made again, and after how long: full jitter under a bound that doubles, and never sooner than the server
// asked for. Only what is safe to repeat comes here; an error goes to the caller once the attempts are spent.
import { ProblemError, Unreachable } from './errors.ts';
import { pause, type Timing } from './timing.ts';

export interface RetryOptions {
  /**
   * Tries in all, the first one included; 4 by default. A 429 spends one of a submit only when no submit of this client got in since
   * the last.
   */
  readonly attempts?: number | undefined;
  /** The bound of the first wait; 500 by default. */
  readonly baseMs?: number | undefined;
  /** The bound that no wait exceeds, also when the server asks for a longer one; 30 000 by default. */
  readonly capMs?: number | undefined;
}

export type RetryPolicy = Readonly<Record<keyof RetryOptions, number>>;

export const retryPolicy = ({ attempts = 4, baseMs = 500, capMs = 30_000 }: RetryOptions = {}): RetryPolicy => ({
  attempts,
  baseMs,
  capMs,
});

export const mayHelp = (error: unknown): boolean =>
  error instanceof Unreachable || (error instanceof ProblemError && error.retryable);

/** The wait after the n-th failed try, from 1. Random also on top of what the server asks for, or all would come at once. */
export const backoffMs = (tried: number, policy: RetryPolicy, { error, random }: BackoffContext): number =>
  Math.min(policy.capMs, askedMs(error) + jitterMs(tried, policy, random));

type Bounds = Pick<RetryPolicy, 'baseMs' | 'capMs'>;

export const jitterMs = (tried: number, { baseMs, capMs }: Bounds, random: () => number): number =>
  random() * Math.min(capMs, baseMs * 2 ** (tried - 1));

/** By Retry-After; an hour at most, beyond which it would be no answer but a mistake. */
export const askedMs = (error: unknown): number =>
  error instanceof ProblemError ? Math.min(3600, error.retryAfterSeconds ?? 0) * 1000 : 0;

export interface BackoffContext {
  readonly error?: unknown;
  readonly random: () => number;
}

export interface RetryContext {
  readonly policy: RetryPolicy;
  readonly timing: Timing;
  readonly signal?: AbortSignal | undefined;
  /** Which errors are worth another try; those that are retryable unless said otherwise. */
  readonly when?: (error: unknown) => boolean;
}

export async function retrying<T>(call: () => Promise<T>, context: RetryContext): Promise<T> {
  const { policy, timing, signal, when = mayHelp } = context;
  for (let tried = 1; ; tried++) {
    try {
      return await call();
    } catch (error) {
      if (tried >= policy.attempts || !when(error)) throw error;
      await pause(timing, backoffMs(tried, policy, { error, random: timing.random }), signal);
    }
  }
}
