/** Reads the policy that a handler exports, as its author wrote it: what is wrong is said in a sentence, the rest has defaults. */
import type { HandlerPolicy } from '@holdfast/api/handler';
import type { Policy } from './rules.ts';
import { DEFAULT_POLICY, SECOND } from './rules.ts';

function positive(name: string, value: number, isWhole = false): number {
  if (Number.isFinite(value) && value > 0 && (!isWhole || Number.isInteger(value))) return value;
  throw new RangeError(`policy.${name} must be a positive ${isWhole ? 'whole ' : ''}number, not ${String(value)}.`);
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
  const ms = (name: string, seconds: number | undefined, standardMs: number): number =>
    seconds === undefined ? standardMs : Math.ceil(positive(name, seconds) * SECOND);
  const standard = DEFAULT_POLICY.backoff;
  return {
    maxAttempts: positive('maxAttempts', maxAttempts ?? DEFAULT_POLICY.maxAttempts, true),
    timeoutMs: ms('timeoutSeconds', timeoutSeconds, DEFAULT_POLICY.timeoutMs),
    backoff: {
      floorMs: ms('backoff.floorSeconds', backoff.floorSeconds, standard.floorMs),
      baseMs: ms('backoff.baseSeconds', backoff.baseSeconds, standard.baseMs),
      capMs: ms('backoff.capSeconds', backoff.capSeconds, standard.capMs),
    },
    ...(maxAgeSeconds !== undefined && { maxAgeMs: ms('maxAgeSeconds', maxAgeSeconds, 0) }),
  };
}
