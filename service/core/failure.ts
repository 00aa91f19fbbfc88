/** What a failed attempt means: its class, and whether another attempt makes sense. By type and code, never by words. */
import type { Move } from './move.ts';
import type { At } from './drafts.ts';
import type { FailedAttempt } from './attempt-moves.ts';
import { die, fail } from './attempt-moves.ts';
import type { AttemptLog, ReportedError } from './ports.ts';
import { backoffMs, MAX_RETRY_AFTER_MS } from './rules.ts';
import type { Failure, FailureClass, LedgerTask } from './task.ts';

const CLASS_BY_CODE: Readonly<Record<string, FailureClass>> = {
  ECONNREFUSED: 'NETWORK',
  ECONNRESET: 'NETWORK',
  ECONNABORTED: 'NETWORK',
  EHOSTUNREACH: 'NETWORK',
  ENETUNREACH: 'NETWORK',
  ENOTFOUND: 'NETWORK',
  EAI_AGAIN: 'NETWORK',
  EPIPE: 'NETWORK',
  ETIMEDOUT: 'NETWORK',
  UND_ERR_SOCKET: 'NETWORK',
  UND_ERR_CONNECT_TIMEOUT: 'NETWORK',
  UND_ERR_HEADERS_TIMEOUT: 'NETWORK',
  UND_ERR_BODY_TIMEOUT: 'NETWORK',
  EMFILE: 'SYSTEM',
  ENFILE: 'SYSTEM',
  ENOMEM: 'SYSTEM',
  ENOSPC: 'SYSTEM',
  EIO: 'SYSTEM',
  EBUSY: 'SYSTEM',
};

const CLASS_BY_NAME: Readonly<Record<string, FailureClass>> = {
  TimeoutError: 'TIMEOUT',
  ValidationError: 'VALIDATION',
};

const CLASS_BY_STATUS: Readonly<Record<number, FailureClass>> = { 408: 'NETWORK', 425: 'NETWORK', 429: 'RATE_LIMIT' };

export function classify({ class: stated, code, name, status }: ReportedError): FailureClass {
  return (
    stated ??
    (code === undefined ? undefined : CLASS_BY_CODE[code]) ??
    CLASS_BY_NAME[name] ??
    (status === undefined ? undefined : (CLASS_BY_STATUS[status] ?? (status >= 500 ? 'SYSTEM' : undefined))) ??
    'UNKNOWN'
  );
}

const MAX_MESSAGE_BYTES = 2 * 1024;
const MAX_SUMMARY_CHARS = 200;
const CODE = /^[A-Za-z0-9_.:-]{1,64}$/;

/** The longest beginning of `text` within `bytes` of UTF-8, never half a character. */
export function cutToBytes(text: string, bytes: number): string {
  if (text.length * 3 <= bytes) return text;
  let used = 0;
  let end = 0;
  for (const char of text) {
    const point = char.codePointAt(0) ?? 0;
    used += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    if (used > bytes) break;
    end += char.length;
  }
  return text.slice(0, end);
}

/** The attempt's failure, cut to what an item may hold: no error makes a task unfinishable. */
export function failedAttempt(
  task: LedgerTask,
  reported: ReportedError,
  more: { log: AttemptLog; nowMs: number },
): FailedAttempt {
  const code = reported.code !== undefined && CODE.test(reported.code) ? reported.code : reported.name;
  const failure: Failure = {
    class: classify(reported),
    code: CODE.test(code) ? code : 'Error',
    message: reported.message.slice(0, MAX_SUMMARY_CHARS).toWellFormed(),
    atMs: more.nowMs,
  };
  const message = cutToBytes(reported.message, MAX_MESSAGE_BYTES);
  const { lines: log, truncated: logTruncated } = more.log;
  return { failure, detail: { fence: task.fence, message, log, logTruncated } };
}

export interface Verdict {
  readonly failed: FailedAttempt;
  readonly retryAfterMs: number | undefined;
  readonly random: number;
}

/** Another attempt after a backoff, or death: permanent failures end at attempt 1. [S7] */
export function afterFailure(task: LedgerTask, { failed, retryAfterMs = 0, random }: Verdict, at: At): Move {
  const policy = at.rules.policyOf(task.type);
  const used = task.failures + 1 - task.budgetBase;
  if (failed.failure.class === 'VALIDATION' || used >= policy.maxAttempts) return die(task, failed, at);
  const delayMs = Math.max(backoffMs(used - 1, random, policy), Math.min(Math.ceil(retryAfterMs), MAX_RETRY_AFTER_MS));
  return fail(task, failed, { ...at, delayMs });
}
