// Generated from api/openapi.yaml by `npm run generate`; do not edit.
import type { ProblemCode } from './types.ts';

export interface ProblemEntry {
  readonly status: number;
  readonly title: string;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  /** What to do about it, for people. */
  readonly remedy: string;
}

/** The one table of problems. */
export const problems = {
  "invalid-json": {
    "status": 400,
    "title": "The body is not JSON",
    "retryable": false,
    "remedy": "Send one JSON object."
  },
  "invalid-encoding": {
    "status": 400,
    "title": "The body is not UTF-8",
    "retryable": false,
    "remedy": "Encode the body as UTF-8."
  },
  "invalid-unicode": {
    "status": 400,
    "title": "The body holds half a character",
    "retryable": false,
    "remedy": "Remove lone surrogates such as \\ud800."
  },
  "duplicate-key": {
    "status": 400,
    "title": "A key appears twice in one object",
    "retryable": false,
    "remedy": "Send each key once."
  },
  "forbidden-key": {
    "status": 400,
    "title": "A key is not allowed",
    "retryable": false,
    "remedy": "Rename __proto__ and constructor.prototype."
  },
  "json-too-deep": {
    "status": 400,
    "title": "The JSON is nested too deep",
    "retryable": false,
    "remedy": "Nest at most 32 levels."
  },
  "invalid-parameter": {
    "status": 400,
    "title": "A parameter is wrong",
    "retryable": false,
    "remedy": "Correct the parameter, and send it once."
  },
  "unknown-parameter": {
    "status": 400,
    "title": "A parameter is unknown",
    "retryable": false,
    "remedy": "Remove the parameter."
  },
  "invalid-cursor": {
    "status": 400,
    "title": "The cursor does not fit this list",
    "retryable": false,
    "remedy": "Start again at the first page."
  },
  "invalid-idempotency-key": {
    "status": 400,
    "title": "The Idempotency-Key is wrong here",
    "retryable": false,
    "remedy": "Send 1 to 255 printable ASCII characters, and none to /tasks/batch."
  },
  "invalid-header": {
    "status": 400,
    "title": "A header is wrong",
    "retryable": false,
    "remedy": "Correct the header."
  },
  "unauthenticated": {
    "status": 401,
    "title": "The caller is not known",
    "retryable": false,
    "remedy": "Send a valid token."
  },
  "forbidden-origin": {
    "status": 403,
    "title": "Requests from this origin are refused",
    "retryable": false,
    "remedy": "Allow the origin in the server's configuration."
  },
  "insufficient-scope": {
    "status": 403,
    "title": "The caller may not do this",
    "retryable": false,
    "remedy": "Ask for a token with the scope of the operation."
  },
  "not-found": {
    "status": 404,
    "title": "There is nothing here",
    "retryable": false,
    "remedy": "Check the path and the id. Finished tasks are kept for a limited time."
  },
  "method-not-allowed": {
    "status": 405,
    "title": "The method is not allowed here",
    "retryable": false,
    "remedy": "Use a method listed in Allow."
  },
  "conflict": {
    "status": 409,
    "title": "The id belongs to another request",
    "retryable": false,
    "remedy": "Use a new id for new content."
  },
  "task-final": {
    "status": 409,
    "title": "The task is final",
    "retryable": false,
    "remedy": "None is needed: a final task stays as it is."
  },
  "not-dead": {
    "status": 409,
    "title": "The task is not dead",
    "retryable": false,
    "remedy": "Redrive only dead tasks."
  },
  "not-announced-yet": {
    "status": 409,
    "title": "The death of the task is being announced",
    "retryable": true,
    "remedy": "Ask again after Retry-After."
  },
  "stale-version": {
    "status": 412,
    "title": "The task changed in the meantime",
    "retryable": false,
    "remedy": "Read the task again and decide anew."
  },
  "payload-too-large": {
    "status": 413,
    "title": "The body is too large",
    "retryable": false,
    "remedy": "Send less; keep large data elsewhere and refer to it."
  },
  "unsupported-media-type": {
    "status": 415,
    "title": "The body must be application/json",
    "retryable": false,
    "remedy": "Set Content-Type: application/json and no Content-Encoding."
  },
  "misdirected-host": {
    "status": 421,
    "title": "This server does not answer for that host",
    "retryable": false,
    "remedy": "Ask by a host name the server knows."
  },
  "validation": {
    "status": 422,
    "title": "The request does not keep the contract",
    "retryable": false,
    "remedy": "Correct the fields listed in errors."
  },
  "unknown-task-type": {
    "status": 422,
    "title": "The task type is not known here",
    "retryable": false,
    "remedy": "Name an installed type; without a default type, name one always."
  },
  "number-out-of-range": {
    "status": 422,
    "title": "A number would change on the way",
    "retryable": false,
    "remedy": "Send numbers of that size or precision as strings."
  },
  "rate-limited": {
    "status": 429,
    "title": "Too many requests",
    "retryable": true,
    "remedy": "Ask again after Retry-After."
  },
  "internal": {
    "status": 500,
    "title": "The server failed",
    "retryable": true,
    "remedy": "Ask again; report the request id if it stays."
  },
  "ledger-unavailable": {
    "status": 503,
    "title": "The ledger cannot be reached",
    "retryable": true,
    "remedy": "Ask again after Retry-After."
  },
  "stopping": {
    "status": 503,
    "title": "The server is stopping",
    "retryable": true,
    "remedy": "Ask again after Retry-After."
  },
  "type-unavailable": {
    "status": 503,
    "title": "The task type failed to load",
    "retryable": true,
    "remedy": "Ask again when the type is repaired; the catalogue names its error."
  }
} as const satisfies Readonly<Record<ProblemCode, ProblemEntry>>;
