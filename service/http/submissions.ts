/** A TaskSubmit of the contract, judged by itself: what the core may take, or a refusal. */
import { taskTypes } from '@holdfast/api/task-types';
import type { TaskSubmit } from '@holdfast/api/types';
import { payloads } from '@holdfast/api/validators';
import { Refusal } from '../core/refusal.ts';
import { DAY, MINUTE } from '../core/rules.ts';
import type { Submission } from '../core/submit.ts';
import type { Call } from './call.ts';
import { checked, invalid } from './field-errors.ts';
import type { Asked, House } from './house.ts';

const MAX_PAST_MS = 5 * MINUTE;
const MAX_AHEAD_MS = 30 * DAY;
const MAX_PAYLOAD_BYTES = 256 * 1024;
/** Printed again, JSON grows at most so much: `1e20,` becomes 22 characters. */
const MOST_GROWTH = 5;

type PayloadType = keyof typeof payloads;

/** `submit` keeps the schema. Throws unknown-task-type, validation, payload-too-large, type-unavailable. */
export function submissionOf(submit: TaskSubmit, house: House, { principal, call }: Asked): Submission {
  const type = knownType(submit.type ?? house.defaultType);
  const payload = checkedPayload(type, submit.payload, call);
  if (submit.runAt !== undefined) refuseFarDate(submit.runAt, house.desk.ports.clock.nowMs());
  if (house.isBroken(type)) {
    throw new Refusal('type-unavailable', 'The handler of this task type cannot be loaded; the log says why.');
  }
  const { traceparent } = call;
  return {
    tenant: principal.tenant,
    ...(submit.taskId !== undefined && { taskId: submit.taskId }),
    type,
    payloadVersion: versionOf(type),
    payload,
    ...(submit.runAt !== undefined && { runAt: submit.runAt }),
    ...(submit.delaySeconds !== undefined && { delaySeconds: submit.delaySeconds }),
    ...(submit.tags !== undefined && { tags: submit.tags }),
    ...(traceparent !== undefined && { traceparent }),
  };
}

/** Throws unknown-task-type. */
export function knownType(type: string | undefined): PayloadType {
  if (type === undefined) throw new Refusal('unknown-task-type', 'This installation has no default type: name one.');
  if (!Object.hasOwn(payloads, type)) {
    const known = Object.keys(payloads).join(', ');
    throw new Refusal('unknown-task-type', `This installation knows the types ${known}.`);
  }
  return type as PayloadType;
}

export const versionOf = (type: PayloadType): number => taskTypes[type].payloadVersion;

/** Throws validation, payload-too-large. */
export function checkedPayload(type: PayloadType, payload: unknown, { bodyBytes }: Call): unknown {
  checked<unknown>(payloads[type], payload, '/payload');
  refuseLargePayload(payload, bodyBytes);
  return payload;
}

/** A batch may be larger than a payload, and a short body may print long. */
function refuseLargePayload(payload: unknown, bodyBytes: number): void {
  if (bodyBytes * MOST_GROWTH <= MAX_PAYLOAD_BYTES) return;
  if (Buffer.byteLength(JSON.stringify(payload)) > MAX_PAYLOAD_BYTES) {
    throw new Refusal('payload-too-large', `A payload may have at most ${MAX_PAYLOAD_BYTES} bytes of JSON.`);
  }
}

function refuseFarDate(runAt: string, nowMs: number): void {
  const aheadMs = Date.parse(runAt) - nowMs;
  if (aheadMs < -MAX_PAST_MS) throw farDate('is more than 5 minutes past');
  if (aheadMs > MAX_AHEAD_MS) throw farDate('is more than 30 days ahead');
}

const farDate = (message: string): Refusal => invalid([{ pointer: '/runAt', message }]);
