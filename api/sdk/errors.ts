// What a call can end with instead of an answer. A ProblemError is the server's word; an Unreachable is the lack of one: the
// request may have been carried out all the same. A signal that the caller aborted passes its own reason through.
import type { FieldError, Problem, ProblemCode, TaskDetail } from '@holdfast/api/types';

/** Every error of this package is one. */
export class HoldfastError extends Error {
  override readonly name: string = 'HoldfastError';
}

/** Codes of this version; a later server may have more. */
export type KnownOrLaterCode = ProblemCode | (string & {});

export interface ProblemContext {
  readonly requestId: string | null;
  readonly retryAfterSeconds: number | null;
}

/** The server refused, or had a fault and said so (RFC 9457). */
export class ProblemError extends HoldfastError {
  override readonly name = 'ProblemError';
  readonly code: KnownOrLaterCode;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  readonly errors: readonly FieldError[];
  /** Finds this request in the server's log. */
  readonly requestId: string | null;
  readonly retryAfterSeconds: number | null;

  constructor(problem: ForeignProblem, { requestId, retryAfterSeconds }: ProblemContext) {
    super(`${problem.code} (${problem.status}): ${problem.detail || problem.title}`);
    this.code = problem.code;
    this.status = problem.status;
    this.title = problem.title;
    this.detail = problem.detail;
    this.retryable = problem.retryable;
    this.errors = problem.errors ?? [];
    this.requestId = requestId;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** A problem whose code may be one of a later server, or of something that stands before it. */
export type ForeignProblem = Pick<Problem, 'status' | 'title' | 'detail' | 'retryable' | 'errors'> & {
  readonly code: KnownOrLaterCode;
};

/** No answer, or none that could be read: `cause` says why. Whether the request was carried out is unknown. */
export class Unreachable extends HoldfastError {
  override readonly name = 'Unreachable';
}

/** The task ended without a result: dead or cancelled. `task` has its attempts and its reason. */
export class TaskFailed extends HoldfastError {
  override readonly name = 'TaskFailed';
  readonly task: TaskDetail;

  constructor(task: TaskDetail) {
    const { taskId, status, lastFailure } = task;
    super(`Task ${taskId} is ${status}${lastFailure ? `: ${lastFailure.class} ${lastFailure.message}` : ''}`);
    this.task = task;
  }
}

/** The task succeeded, but this client may not see its result: its identity has no scope `payloads:read`. */
export class ResultWithheld extends HoldfastError {
  override readonly name = 'ResultWithheld';
  readonly task: TaskDetail;

  constructor(task: TaskDetail) {
    super(`The result of task ${task.taskId} needs the scope payloads:read`);
    this.task = task;
  }
}

/** Whether it is a problem and, with `code`, this one. */
export function isProblem(error: unknown, code?: KnownOrLaterCode): error is ProblemError {
  return error instanceof ProblemError && (code === undefined || error.code === code);
}

/** Of who asks, not of what is asked: another token may help, and nothing else. */
export const isRefused = (error: unknown): boolean =>
  isProblem(error) && (error.status === 401 || error.status === 403);
