// The public surface of @holdfast/sdk. It runs in Node from 20 on and in browsers, and needs nothing of either but fetch.
// Names alone: a bundler takes what is used of them, and may load it in parts.
export type { Holdfast } from './holdfast.ts';
export type { TaskReader } from './reader.ts';
export { createHoldfast, holdfastOver, isFinal } from './holdfast.ts';
export { createTaskReader } from './reader.ts';
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
  FaultLab,
  FaultSettings,
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
