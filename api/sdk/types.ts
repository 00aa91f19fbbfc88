// The shapes of this package that the contract does not own: what a client is made with, and what its calls take.
import type { TaskTypes } from '@holdfast/api/task-types';
import type { StatsWindow, Task } from '@holdfast/api/types';
import type { HoldfastError } from './errors.ts';
import type { Fetch, ListQuery } from './http.ts';
import type { WebSocketClass } from './live-socket.ts';
import type { RetryOptions } from './retry.ts';
import type { Timing } from './timing.ts';
import type { Token } from './tokens.ts';

/** Payload and result by the name of the type, as `.holdfast/types.ts` of a TASKS_DIR exports it. */
export type TypeShapes<Own> = { readonly [Type in keyof Own]: { payload: object; result: unknown } };

/** For who submits types that are not known when it is compiled. */
export type AnyTypes = Record<string, { payload: Readonly<Record<string, unknown>>; result: unknown }>;

/** Built-in types and your own. */
export type Known<Own> = string extends keyof Own ? Own : Own & Omit<TaskTypes, keyof Own>;

export type TypeName<Own> = keyof Known<Own> & string;
export type PayloadOf<Own, Type> = Type extends keyof Known<Own> ? Shape<Known<Own>[Type]>['payload'] : never;
export type ResultOf<Own, Type> = Type extends keyof Known<Own> ? Shape<Known<Own>[Type]>['result'] : unknown;
type Shape<T> = T extends { payload: infer Payload; result: infer Result }
  ? { payload: Payload; result: Result }
  : { payload: never; result: never };

/** A task whose type the compiler knows, so that `result` knows what it will be. */
export type TaskOf<Type extends string> = Task & { readonly type: Type };

export interface HoldfastOptions {
  /** Where the service answers: http://localhost:4000, or '' or a path on the page's own host. */
  readonly baseUrl: string;
  readonly fetch?: Fetch | undefined;
  /** For Node 20, which has none: the class of the package ws fits. Without any, changes are polled for. */
  readonly WebSocket?: WebSocketClass | undefined;
  /**
   * The API key or token that says who asks, or what answers it before each request: after a sign-in, or fresh from an issuer.
   * A function is asked once more after a 401, for all calls under way, and they try once more if it answers another one; else
   * a 401 is not repeated. When it throws, that is `Unreachable`. None where a server on loopback asks for none.
   */
  readonly token?: Token | undefined;
  /** On every request. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly retry?: RetryOptions | undefined;
  /** Of one try; 30 000 by default. */
  readonly timeoutMs?: number | undefined;
  /** For tests: a clock and chance of their own. */
  readonly timing?: Timing | undefined;
}

export interface Abortable {
  readonly signal?: AbortSignal | undefined;
}

export interface RotateOptions extends Abortable {
  /** How long the secret before works on; a day by default. */
  readonly graceSeconds?: number | undefined;
}

export interface SubmitOptions extends Abortable {
  /** Made by this package when there is none; the same over all tries, so that it is one task. */
  readonly taskId?: string | undefined;
  /** Instead of an id. Each goes in a request of its own. */
  readonly idempotencyKey?: string | undefined;
  readonly runAt?: Date | string | undefined;
  readonly delaySeconds?: number | undefined;
  readonly tags?: readonly string[] | undefined;
}

/** One of each name with a type, and the payload that belongs to it. */
export type Submission<Own> = {
  [Type in TypeName<Own>]: Omit<SubmitOptions, 'signal'> & {
    readonly type: Type;
    readonly payload: PayloadOf<Own, Type>;
  };
}[TypeName<Own>];

/** Of one of many: its task, or why there is none. */
export type SubmitOutcome =
  { readonly task: Task; readonly error: null } | { readonly task: null; readonly error: HoldfastError };

export interface MoveOptions extends Abortable {
  /** Recorded in the task's history. */
  readonly reason?: string | undefined;
  /** Only if the task still has this version; else it is `stale-version`. */
  readonly ifVersion?: number | undefined;
}

export interface RedriveOptions extends MoveOptions {
  /** In the place of the task's own. */
  readonly payload?: Readonly<Record<string, unknown>> | undefined;
}

export interface GetOptions extends Abortable {
  /** The answer comes when the task is final, at the latest after so long. */
  readonly waitSeconds?: number | undefined;
}

export interface FinishedOptions extends Abortable {
  /** Told of every change that is seen on the way; of two soon after another perhaps only the second. */
  readonly onChange?: ((task: Task) => void) | undefined;
}

export type TaskFilter = Omit<ListQuery, 'cursor'>;
export type { ListQuery, StatsWindow, Token };
