// The public surface of @holdfast/sdk. It runs in Node from 20 on and in browsers, and needs nothing of either but fetch.
import { Holdfast } from './holdfast.ts';
import type { HoldfastOptions, TypeShapes } from './types.ts';

/**
 * A client of the Holdfast at `baseUrl`. Own task types by a type parameter: `createHoldfast<TaskTypes>({ baseUrl })`, with
 * TaskTypes of TASKS_DIR/.holdfast/types.ts. Throws TypeError for what is no URL.
 */
export function createHoldfast<Own extends TypeShapes<Own> = object>(options: HoldfastOptions): Holdfast<Own> {
  return new Holdfast<Own>(options);
}

export type { Holdfast } from './holdfast.ts';
export { isFinal } from './holdfast.ts';
export { HoldfastError, isProblem, ProblemError, ResultWithheld, TaskFailed, Unreachable } from './errors.ts';
export type { KnownOrLaterCode } from './errors.ts';
export type { FeedListener, FeedState, FollowOptions, FollowQuery, TaskFeed } from './feed.ts';
export type { Connection } from './live.ts';
export type * from './types.ts';
export type { RetryOptions } from './retry.ts';
export type { Timing } from './timing.ts';
export type {
  ApiKey,
  AttemptDetail,
  Identity,
  NewApiKey,
  ProblemCode,
  Readiness,
  Scope,
  Stats,
  Task,
  TaskDetail,
  TaskPage,
  TaskStatus,
  TypeInfo,
} from '@holdfast/api/types';
