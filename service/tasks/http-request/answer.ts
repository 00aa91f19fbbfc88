/**
 * What an answer means: a result that fits into the ledger, or a failure with its class, and when to try again. Nothing of it
 * is told before every known secret in it is masked: some servers repeat what they were sent.
 */
import type { FailureClass, HttpRequestResult } from '@holdfast/api/types';
import { TaskFailure } from '@holdfast/api/handler';
import { LONGEST_SECRET_BYTES } from './secrets.ts';
import type { Secrets } from './secrets.ts';
import type { Answer } from './send.ts';

const MOST_BODY_BYTES = 16 * 1024;
/** A secret that the end of what is read cuts in two is masked by nobody, so that end is not kept. */
export const MOST_READ_BYTES = MOST_BODY_BYTES + LONGEST_SECRET_BYTES;
/** Written as JSON a text may grow sixfold, and a result has 64 KB in all. */
const MOST_WRITTEN_BYTES = 32 * 1024;
const MOST_HEADERS = 50;
const MOST_HEADERS_BYTES = 8 * 1024;
const MOST_DEPTH = 32;
/** More digits than a number of JavaScript keeps for certain. */
const MOST_DIGITS = 15;
const MOST_RETRY_AFTER_MS = 24 * 60 * 60 * 1_000;

const CREDENTIAL = /cookie|auth|token|secret|password|key|signature/;

export function resultOf(answer: Answer, more: { secrets: Secrets; durationMs: number }): HttpRequestResult {
  const { secrets, durationMs } = more;
  const { text, isCut } = textOf(answer, secrets);
  const isJson = !isCut && /[/+]json\b/i.test(answer.headers['content-type'] ?? '');
  const json = isJson ? jsonOf(text, secrets) : undefined;
  return {
    status: answer.status,
    headers: headersOf(answer, secrets),
    body: json === undefined ? text : json,
    bodyTruncated: isCut,
    // A clock may be set back.
    durationMs: Math.max(0, Math.round(durationMs)),
  };
}

/** The body as text, masked, cut between two characters. Empty when it is no UTF-8. */
export function textOf({ body, isWhole }: Pick<Answer, 'body' | 'isWhole'>, secrets: Secrets) {
  const read = utf8(body, isWhole);
  if (read === undefined) return { text: '', isCut: true };
  const masked = Buffer.from(secrets.masked(read));
  const certain = isWhole ? masked.length : Math.max(0, masked.length - LONGEST_SECRET_BYTES);
  let text = new TextDecoder().decode(masked.subarray(0, Math.min(certain, MOST_BODY_BYTES)), { stream: true });
  const fitting = text.length;
  while (writtenBytes(text) > MOST_WRITTEN_BYTES) text = text.slice(0, text.length / 2).toWellFormed();
  return { text, isCut: !isWhole || masked.length > MOST_BODY_BYTES || text.length < fitting };
}

const writtenBytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

function utf8(bytes: Buffer, isWhole: boolean): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !isWhole });
  } catch {
    return undefined; // some other encoding, or no text at all
  }
}

/** Undefined when it is none, or would not be kept as it is. `text` is masked, though not what JSON can write differently. */
function jsonOf(text: string, secrets: Secrets): unknown {
  try {
    const value = parsed(text);
    if (isDeeperThan(MOST_DEPTH, value) || writtenBytes(value) > MOST_WRITTEN_BYTES) return undefined;
    const written = JSON.stringify(value);
    const masked = secrets.masked(written);
    return masked === written ? value : parsed(masked);
  } catch {
    return undefined;
  }
}

type Reviver = (key: string, value: unknown, context: { source?: string }) => unknown;

function parsed(text: string): unknown {
  const reviver: Reviver = (_, value, { source = '' }) => {
    if (typeof value !== 'number') return value;
    const digits = source.replace(/e.*$/i, '').replace(/\D/g, '');
    if (digits.length > MOST_DIGITS || !Number.isFinite(value)) throw new RangeError('a number that would change');
    return value;
  };
  return JSON.parse(text, reviver as (key: string, value: unknown) => unknown);
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((each) => isDeeperThan(levels - 1, each));
}

function headersOf({ headers }: Answer, secrets: Secrets): Record<string, string> {
  const kept: Record<string, string> = {};
  let bytes = 0;
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value !== 'string' || CREDENTIAL.test(name)) continue;
    const masked = secrets.masked(value);
    bytes += writtenBytes(name) + writtenBytes(masked);
    if (bytes > MOST_HEADERS_BYTES || Object.keys(kept).length === MOST_HEADERS) break;
    kept[secrets.masked(name)] = masked;
  }
  return kept;
}

const CLASS_BY_STATUS: Readonly<Record<number, FailureClass>> = { 408: 'NETWORK', 425: 'NETWORK', 429: 'RATE_LIMIT' };

/** Of an answer that is no success. Whoever redirects could lead anywhere, so that is a no, too. */
export function failureOf({ status, headers }: Answer, { host, nowMs }: { host: string; nowMs: number }): TaskFailure {
  const isRedirect = status < 400 && headers.location !== undefined;
  const failureClass = CLASS_BY_STATUS[status] ?? (status >= 500 ? 'SYSTEM' : 'VALIDATION');
  const isFinal = failureClass === 'VALIDATION';
  return new TaskFailure(
    isRedirect ? `${host} answered ${status}, and redirects are not followed.` : `${host} answered ${status}.`,
    {
      class: failureClass,
      code: isRedirect ? 'redirect-refused' : `http-${status}`,
      retryAfterMs: isFinal ? undefined : retryAfterMsOf(headers['retry-after'], nowMs),
    },
  );
}

const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** Seconds or a date, at most a day; undefined when it is neither. */
export function retryAfterMsOf(text: string | undefined, nowMs: number): number | undefined {
  const trimmed = text?.trim() ?? '';
  const isSeconds = /^\d{1,12}$/.test(trimmed);
  if (!isSeconds && !HTTP_DATE.test(trimmed)) return undefined;
  const waitMs = isSeconds ? Number(trimmed) * 1_000 : Date.parse(trimmed) - nowMs;
  return Number.isNaN(waitMs) ? undefined : Math.min(MOST_RETRY_AFTER_MS, Math.max(0, waitMs));
}

/** What the machine itself lacks, or an answer that is no HTTP; every other code is the network's, a bad certificate included. */
const OF_SYSTEM = /^(?:HPE_|EMFILE$|ENFILE$|ENOMEM$|ENOBUFS$)/;

/** Of an exchange that broke. What has no code is no such thing, and comes back as it is. */
export function brokenExchange(error: unknown, host: string): unknown {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  if (error instanceof TaskFailure || typeof code !== 'string') return error;
  const failureClass = OF_SYSTEM.test(code) ? 'SYSTEM' : 'NETWORK';
  return new TaskFailure(`There was no answer from ${host}: ${code}.`, { class: failureClass, code });
}
