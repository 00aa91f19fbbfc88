/**
 * What a worker tells of an attempt: secrets masked and cut to size before it is sent, so that no result and no error
 * makes a task unfinishable.
 */
import type { AttemptLog, ReportedError, RunOutcome } from '../core/ports.ts';
import { redacted } from './redact.ts';
import { resultText } from './result.ts';
import type { FailureClass, LogLine } from '../core/task.ts';

/** What a process can say of an attempt while it lives. */
export type OwnOutcome = Exclude<RunOutcome, { kind: 'gone' }>;

const MAX_MESSAGE_CHARS = 64 * 1024;
/** Half a secret at the end of what was read may be no longer than this, or its pattern has known it. */
const LONGEST_SECRET_CHARS = 4 * 1024;
const MAX_NAME_CHARS = 100;
const MAX_LOG_LINES = 100;
const MAX_LOG_BYTES = 8 * 1024;
/** Within MAX_LOG_BYTES whatever the characters are: the last line always stays. */
const MAX_LINE_CHARS = 2 * 1024;
/** The core keeps less; beyond this a result is not even sent. */
const MAX_SENT_RESULT_BYTES = 1024 * 1024;
const CLASSES: readonly string[] = [
  'VALIDATION',
  'NETWORK',
  'RATE_LIMIT',
  'SYSTEM',
  'TIMEOUT',
  'UNKNOWN',
] satisfies FailureClass[];

/** What a handler wrote, masked before it is cut: a secret that a cut has halved is known by no pattern. */
export function told(text: string, chars: number): string {
  if (text.length <= MAX_MESSAGE_CHARS) return redacted(text).slice(0, chars).toWellFormed();
  return redacted(text.slice(0, MAX_MESSAGE_CHARS)).slice(0, -LONGEST_SECRET_CHARS).slice(0, chars).toWellFormed();
}

/** The last lines of an attempt. */
export class LogTail {
  readonly #lines: (LogLine & { readonly bytes: number })[] = [];
  #bytes = 0;
  #truncated = false;

  /** Handlers are not always typed: any `text` is taken. */
  add({ level, text, atMs }: Omit<LogLine, 'text'> & { readonly text: unknown }): void {
    const whole = String(text);
    const kept = told(whole, MAX_LINE_CHARS);
    const bytes = Buffer.byteLength(kept);
    this.#lines.push({ atMs, level, text: kept, bytes });
    this.#bytes += bytes;
    this.#truncated ||= whole.length > MAX_LINE_CHARS;
    while (this.#lines.length > MAX_LOG_LINES || this.#bytes > MAX_LOG_BYTES) {
      this.#bytes -= this.#lines.shift()!.bytes;
      this.#truncated = true;
    }
  }

  kept(): AttemptLog {
    return { lines: this.#lines.map(({ atMs, level, text }) => ({ atMs, level, text })), truncated: this.#truncated };
  }
}

const textAt = (from: object, name: string): string | undefined => {
  const value = (from as Record<string, unknown>)[name];
  return typeof value === 'string' && value !== '' ? told(value, MAX_NAME_CHARS) : undefined;
};

const numberAt = (from: object, name: string): number | undefined => {
  const value = (from as Record<string, unknown>)[name];
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
};

const textOf = (value: unknown): string => String(value);

/** Names and codes of what was thrown, or of its cause: `fetch` hides the code there. */
function describe(thrown: unknown): ReportedError {
  if (!(thrown instanceof Error)) return { name: 'Thrown', message: told(String(thrown), MAX_MESSAGE_CHARS) };
  const cause = thrown.cause instanceof Error ? thrown.cause : {};
  const code = textAt(thrown, 'code') ?? textAt(cause, 'code');
  const status = numberAt(thrown, 'status') ?? numberAt(thrown, 'statusCode');
  const stated = textAt(thrown, 'class');
  const retryAfterMs = numberAt(thrown, 'retryAfterMs');
  return {
    name: textAt(thrown, 'name') ?? 'Error',
    message: told(textOf(thrown.message), MAX_MESSAGE_CHARS),
    ...(code !== undefined && { code }),
    ...(status !== undefined && { status }),
    ...(stated !== undefined && CLASSES.includes(stated) && { class: stated as FailureClass }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

/** Whatever a handler may throw, an object that throws when it is looked at included. */
export function reportedError(thrown: unknown): ReportedError {
  try {
    return describe(thrown);
  } catch {
    return { name: 'Unreadable', message: 'The handler threw something that cannot be read.' };
  }
}

const refusedResult = (code: string, message: string): ReportedError => ({
  name: 'ResultError',
  code,
  message,
  class: 'VALIDATION',
});

/** The result as JSON text, or why there is none. */
export function outcomeOf(result: unknown, log: AttemptLog): OwnOutcome {
  if (result === undefined) return { kind: 'succeeded' };
  const text = resultText(result);
  if (text === undefined) {
    return { kind: 'failed', error: refusedResult('result-not-json', 'The result has no JSON form.'), log };
  }
  if (Buffer.byteLength(text) > MAX_SENT_RESULT_BYTES) {
    const message = `The result is larger than ${MAX_SENT_RESULT_BYTES} bytes.`;
    return { kind: 'failed', error: refusedResult('result-too-large', message), log };
  }
  return { kind: 'succeeded', result: text };
}
