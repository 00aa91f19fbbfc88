/** Reads the policy that a handler's module exports, as its author wrote it: what is wrong is said in a sentence, the rest has defaults. */
import type { Handler, HandlerPolicy } from '@holdfast/api/handler';
import type { Policy } from '../core/rules.ts';
import { DAY, DEFAULT_POLICY, SECOND } from '../core/rules.ts';

/** In seconds. More is a slip, such as milliseconds, or "never": far moments of it would be no dates any more. */
const DAY_SECONDS = DAY / SECOND;
const MOST_AGE_SECONDS = 3_650 * DAY_SECONDS;
const MOST_ATTEMPTS = 1_000;

function positive(name: string, value: number, isWhole = false): number {
  if (Number.isFinite(value) && value > 0 && (!isWhole || Number.isInteger(value))) return value;
  throw new RangeError(`policy.${name} must be a positive ${isWhole ? 'whole ' : ''}number, not ${String(value)}.`);
}

function atMost(most: number, name: string, value: number): number {
  if (value <= most) return value;
  throw new RangeError(`policy.${name} may be at most ${most}, not ${value}.`);
}

const msOf = (name: string, seconds: number, most = DAY_SECONDS): number =>
  Math.ceil(atMost(most, name, positive(name, seconds)) * SECOND);

export interface HandlerModule {
  readonly run: Handler;
  readonly policy: HandlerPolicy;
}

/** What a module has to export to be a handler. Throws Error, naming the file. */
export function exportedBy({ run, policy = {} }: Readonly<Record<string, unknown>>, file: string): HandlerModule {
  if (typeof run !== 'function') throw new Error(`${file} exports no function named run.`);
  if (typeof policy !== 'object' || policy === null) throw new Error(`${file} exports a policy that is no object.`);
  return { run: run as Handler, policy };
}

/** Throws RangeError. */
export function versionsOf({ payloadVersions = [1] }: HandlerPolicy): readonly number[] {
  if (!Array.isArray(payloadVersions) || payloadVersions.length === 0) {
    throw new RangeError('policy.payloadVersions must be a list of versions, like [1, 2].');
  }
  return payloadVersions.map((version) => positive('payloadVersions', version as number, true));
}

const FIELDS = ['payloadVersions', 'maxAttempts', 'timeoutSeconds', 'backoff', 'maxAgeSeconds'];
const BACKOFF_FIELDS = ['floorSeconds', 'baseSeconds', 'capSeconds'];

/** A misspelt field would be a default that nobody asked for. */
function refuseUnknown(name: string, given: unknown, fields: readonly string[]): void {
  if (typeof given !== 'object' || given === null) throw new RangeError(`${name} must be an object.`);
  const unknown = Object.keys(given).find((field) => !fields.includes(field));
  if (unknown !== undefined) throw new RangeError(`${name}.${unknown} is unknown; there are ${fields.join(', ')}.`);
}

/** As the core knows it: complete, in milliseconds. Throws RangeError. */
export function policyOf(policy: HandlerPolicy): Policy {
  const { maxAttempts, timeoutSeconds, backoff = {}, maxAgeSeconds } = policy;
  refuseUnknown('policy', policy, FIELDS);
  refuseUnknown('policy.backoff', backoff, BACKOFF_FIELDS);
  const attempts = positive('maxAttempts', maxAttempts ?? DEFAULT_POLICY.maxAttempts, true);
  return {
    maxAttempts: atMost(MOST_ATTEMPTS, 'maxAttempts', attempts),
    timeoutMs: msOf('timeoutSeconds', timeoutSeconds ?? DEFAULT_POLICY.timeoutMs / SECOND),
    backoff: backoffOf(backoff),
    ...(maxAgeSeconds !== undefined && { maxAgeMs: msOf('maxAgeSeconds', maxAgeSeconds, MOST_AGE_SECONDS) }),
  };
}

function backoffOf({
  floorSeconds,
  baseSeconds,
  capSeconds,
}: NonNullable<HandlerPolicy['backoff']>): Policy['backoff'] {
  const standard = DEFAULT_POLICY.backoff;
  const floorMs = msOf('backoff.floorSeconds', floorSeconds ?? standard.floorMs / SECOND);
  const baseMs = msOf('backoff.baseSeconds', baseSeconds ?? standard.baseMs / SECOND);
  const capMs = msOf('backoff.capSeconds', capSeconds ?? standard.capMs / SECOND);
  if (capMs >= floorMs) return { floorMs, baseMs, capMs };
  const floor = `policy.backoff.floorSeconds, which is ${floorMs / SECOND}`;
  throw new RangeError(`policy.backoff.capSeconds must be at least ${floor}, not ${capMs / SECOND}.`);
}
