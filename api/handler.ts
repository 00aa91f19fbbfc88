/**
 * What a task type promises its worker: a folder with `handler.ts` that exports `run` and, if it likes, `policy`. A run may
 * happen again, late, or beside itself: only its recorded outcome is exactly-once. `idempotencyKey` is for systems that
 * deduplicate, `fence` for those that refuse what is older than what they have seen.
 */
import type { FailureClass } from './generated/types.ts';

/** How a type is run. Every field has a default. */
export interface HandlerPolicy {
  /** Which versions of the payload `run` understands; [1] by default. */
  readonly payloadVersions?: readonly number[];
  /** Attempts that end by themselves or by time-out; 3 by default. */
  readonly maxAttempts?: number;
  /** After it the signal is aborted; a handler that then does not end is killed with its process. 60 by default. */
  readonly timeoutSeconds?: number;
  /** The n-th wait is random between floor and min(cap, base · 2ⁿ); 0.1, 1 and 300 by default. */
  readonly backoff?: { readonly floorSeconds?: number; readonly baseSeconds?: number; readonly capSeconds?: number };
  /** Not started any more so long after it was to run: dead with class EXPIRED. One day by default. */
  readonly maxAgeSeconds?: number;
}

/**
 * The last 100 lines and 8 KB are kept of an attempt that did not succeed, with known shapes of secrets masked. What a
 * handler prints (`console.log`) is kept nowhere: the server's log shows it at LOG_LEVEL=debug alone, likewise masked.
 */
export interface HandlerLog {
  debug(text: string): void;
  info(text: string): void;
  warn(text: string): void;
  error(text: string): void;
}

export interface HandlerInput<Payload = unknown> {
  readonly payload: Payload;
  /** The version of the type's schema that the payload was judged by. */
  readonly payloadVersion: number;
  /** Whose task it is. */
  readonly tenant: string;
  /** Of one task of this tenant; another tenant may have a task with the same. */
  readonly taskId: string;
  /** Which attempt of the budget this is, from 1. Lost attempts are not counted. */
  readonly attempt: number;
  /** Rises with every start of the task, never falls. */
  readonly fence: number;
  /** The same for all attempts of the task, new after a redrive. */
  readonly idempotencyKey: string;
  /** The W3C `traceparent` of the submit, when it came with one: for calls that belong to the same trace. */
  readonly traceparent?: string;
  /** Aborted by time-out, cancel or the end of the server. */
  readonly signal: AbortSignal;
  readonly progress: (percent: number, message?: string) => void;
  readonly log: HandlerLog;
}

/**
 * Resolves with the result: undefined, or what JSON can hold. Half characters in it become U+FFFD, and the keys
 * `__proto__` and `constructor.prototype` are left out. Whatever it throws fails the attempt.
 */
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
