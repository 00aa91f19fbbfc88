// Generated from api/openapi.yaml by `npm run generate`; do not edit.
import type { ProblemCode } from './types.ts';

export interface ProblemEntry {
  readonly status: number;
  readonly title: string;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  /** What brings it about, for people. */
  readonly when: string;
  /** What to do about it, for people. */
  readonly remedy: string;
}

/** The one table of problems. */
export const problems = {
  "invalid-json": {
    "status": 400,
    "title": "The body is not JSON",
    "retryable": false,
    "when": "The body is empty, ended early, or is no JSON by RFC 8259: comments, trailing commas, NaN, text after the end.",
    "remedy": "Send one JSON object."
  },
  "invalid-encoding": {
    "status": 400,
    "title": "The body is not UTF-8",
    "retryable": false,
    "when": "The bytes of the body are not valid UTF-8.",
    "remedy": "Encode the body as UTF-8."
  },
  "invalid-unicode": {
    "status": 400,
    "title": "The body holds half a character",
    "retryable": false,
    "when": "A string holds one half of a surrogate pair, which no UTF-8 can store.",
    "remedy": "Remove lone surrogates such as \\ud800."
  },
  "duplicate-key": {
    "status": 400,
    "title": "A key appears twice in one object",
    "retryable": false,
    "when": "An object of the body names the same key twice, also when it is written with other escapes.",
    "remedy": "Send each key once."
  },
  "forbidden-key": {
    "status": 400,
    "title": "A key is not allowed",
    "retryable": false,
    "when": "`__proto__` stands anywhere in the body, or `constructor` with an object that has the key `prototype`.",
    "remedy": "Rename __proto__ and constructor.prototype."
  },
  "json-too-deep": {
    "status": 400,
    "title": "The JSON is nested too deep",
    "retryable": false,
    "when": "Arrays and objects of the body are nested more than 32 levels.",
    "remedy": "Nest at most 32 levels."
  },
  "invalid-parameter": {
    "status": 400,
    "title": "A parameter is wrong",
    "retryable": false,
    "when": "A parameter of path, query or header does not keep its schema, or is given more than once.",
    "remedy": "Correct the parameter, and send it once."
  },
  "unknown-parameter": {
    "status": 400,
    "title": "A parameter is unknown",
    "retryable": false,
    "when": "The query names a parameter that the operation does not have.",
    "remedy": "Remove the parameter."
  },
  "invalid-cursor": {
    "status": 400,
    "title": "The cursor does not fit this list",
    "retryable": false,
    "when": "The cursor was changed, or comes from another list, filter or tenant.",
    "remedy": "Start again at the first page."
  },
  "invalid-idempotency-key": {
    "status": 400,
    "title": "The Idempotency-Key is wrong here",
    "retryable": false,
    "when": "The key is empty, too long or not printable, or was sent beside a taskId or to an operation that takes none.",
    "remedy": "Send 1 to 255 printable ASCII characters, and none with a taskId or to /tasks/batch."
  },
  "invalid-header": {
    "status": 400,
    "title": "A header is wrong",
    "retryable": false,
    "when": "A header that the operation reads is malformed, or the request is no HTTP/1.1 that can be read.",
    "remedy": "Correct the header."
  },
  "unauthenticated": {
    "status": 401,
    "title": "The caller is not known",
    "retryable": false,
    "when": "The API key or token is missing, not valid, expired or revoked; at the live channel also a used ticket. A server on loopback that has no identities asks for none, but judges the one that is sent, and knows nobody behind a proxy (`X-Forwarded-For`).",
    "remedy": "Send `Authorization: Bearer …` with a valid API key or token; at the live channel a new ticket."
  },
  "forbidden-origin": {
    "status": 403,
    "title": "Requests from this origin are refused",
    "retryable": false,
    "when": "A page of another origin asked. The `Origin` header is judged on every request, also on loopback.",
    "remedy": "Name the origin in CORS_ORIGINS if it is yours."
  },
  "insufficient-scope": {
    "status": 403,
    "title": "The caller may not do this",
    "retryable": false,
    "when": "The caller is known, but was not given the scope of this operation.",
    "remedy": "Ask for a key or token with the scope that `WWW-Authenticate` names."
  },
  "faults-not-allowed": {
    "status": 403,
    "title": "Nothing may be broken here on purpose",
    "retryable": false,
    "when": "Faults were asked for or set where the installation does not allow them.",
    "remedy": "Start an installation that is not in production with FAULTS_ALLOWED=1."
  },
  "not-found": {
    "status": 404,
    "title": "There is nothing here",
    "retryable": false,
    "when": "No such path, no task or key with this id, or one whose time of retention is over. What is another tenant's looks the same.",
    "remedy": "Check the path and the id. Finished tasks are kept for a limited time."
  },
  "method-not-allowed": {
    "status": 405,
    "title": "The method is not allowed here",
    "retryable": false,
    "when": "The path exists, but not with this method.",
    "remedy": "Use a method listed in Allow."
  },
  "request-timeout": {
    "status": 408,
    "title": "The request did not arrive in time",
    "retryable": true,
    "when": "Headers and body together took longer than a minute.",
    "remedy": "Send the whole request within a minute."
  },
  "conflict": {
    "status": 409,
    "title": "The id belongs to another request",
    "retryable": false,
    "when": "The `taskId` or `Idempotency-Key` was used before, for a request with other content. The same content is a replay: 200.",
    "remedy": "Use a new id for new content."
  },
  "task-final": {
    "status": 409,
    "title": "The task is final",
    "retryable": false,
    "when": "The operation changes running or waiting tasks only, and this one has ended.",
    "remedy": "None is needed: a final task stays as it is."
  },
  "not-dead": {
    "status": 409,
    "title": "The task is not dead",
    "retryable": false,
    "when": "Redrive and discard are for dead tasks, and this one is not dead.",
    "remedy": "Redrive only dead tasks."
  },
  "not-announced-yet": {
    "status": 409,
    "title": "The death of the task is being announced",
    "retryable": true,
    "when": "The task died a moment ago; it may be redriven or discarded once it stands in the failure inbox.",
    "remedy": "Ask again after Retry-After."
  },
  "stale-version": {
    "status": 412,
    "title": "The task changed in the meantime",
    "retryable": false,
    "when": "The version in `If-Match` is no longer that of the task: somebody was faster.",
    "remedy": "Read the task again and decide anew."
  },
  "payload-too-large": {
    "status": 413,
    "title": "The body is too large",
    "retryable": false,
    "when": "The body, or the payload as it would be stored, has more bytes than the operation takes.",
    "remedy": "Send less; keep large data elsewhere and refer to it."
  },
  "unsupported-media-type": {
    "status": 415,
    "title": "The body must be application/json",
    "retryable": false,
    "when": "The body is not declared as JSON in UTF-8, or is compressed.",
    "remedy": "Set Content-Type: application/json and no Content-Encoding."
  },
  "misdirected-host": {
    "status": 421,
    "title": "This server does not answer for that host",
    "retryable": false,
    "when": "The `Host` header names another host. It keeps web sites from reaching the server by a name of their own.",
    "remedy": "Ask by a name that the server answers to; beside loopback ALLOWED_HOSTS lists them."
  },
  "validation": {
    "status": 422,
    "title": "The request does not keep the contract",
    "retryable": false,
    "when": "The body is JSON, but fields are missing, unknown, of another type or outside their bounds.",
    "remedy": "Correct the fields listed in errors."
  },
  "unknown-task-type": {
    "status": 422,
    "title": "The task type is not known here",
    "retryable": false,
    "when": "The `type` is not installed here, or none was named where there is no default.",
    "remedy": "Name an installed type; without a default type, name one always."
  },
  "number-out-of-range": {
    "status": 422,
    "title": "A number would change on the way",
    "retryable": false,
    "when": "A number cannot be stored without changing its value, such as 9007199254740993 or 1e400.",
    "remedy": "Send numbers of that size or precision as strings."
  },
  "rate-limited": {
    "status": 429,
    "title": "Too many requests",
    "retryable": true,
    "when": "The tenant sent more requests than its rate allows, or has too many under way; or many requests of one address were not authenticated; or, at a handshake of the live channel, the identity or its tenant has as many connections as it may.",
    "remedy": "Ask again after Retry-After."
  },
  "internal": {
    "status": 500,
    "title": "The server failed",
    "retryable": true,
    "when": "Something failed that should not. The fault is in the log of the server under the request id.",
    "remedy": "Ask again; report the request id if it stays."
  },
  "ledger-unavailable": {
    "status": 503,
    "title": "The ledger cannot be reached",
    "retryable": true,
    "when": "The ledger did not answer. Nothing was promised; whether something was written shows when the request is repeated.",
    "remedy": "Ask again after Retry-After; where an API key was to be made or rotated, look at the list of keys first."
  },
  "stopping": {
    "status": 503,
    "title": "The server is stopping",
    "retryable": true,
    "when": "The server is being stopped or restarted and takes no new requests.",
    "remedy": "Ask again after Retry-After."
  },
  "too-many-viewers": {
    "status": 503,
    "title": "The live channel is full",
    "retryable": true,
    "when": "As many live connections are open as the server serves. Only a handshake of the live channel is answered so.",
    "remedy": "Close connections that nobody watches, or ask again after Retry-After."
  },
  "type-unavailable": {
    "status": 503,
    "title": "The task type failed to load",
    "retryable": true,
    "when": "The type is installed, but its schema or its handler cannot be used; the handler is judged again from time to time.",
    "remedy": "Ask again when the type is repaired; GET /types says what is wrong with it."
  },
  "key-ended": {
    "status": 409,
    "title": "The key has ended",
    "retryable": false,
    "when": "An API key that is revoked or expired was to be rotated.",
    "remedy": "Make a new key."
  },
  "too-many-keys": {
    "status": 409,
    "title": "The tenant has as many keys as it may",
    "retryable": false,
    "when": "A tenant has at most 100 usable API keys.",
    "remedy": "Revoke the keys that nobody uses; `lastUsedAt` tells."
  },
  "identity-unavailable": {
    "status": 503,
    "title": "The issuer of tokens cannot be reached",
    "retryable": true,
    "when": "The keys of the OpenID Connect issuer are needed to judge the token, and cannot be fetched now. API keys work meanwhile.",
    "remedy": "Ask again after Retry-After."
  }
} as const satisfies Readonly<Record<ProblemCode, ProblemEntry>>;
