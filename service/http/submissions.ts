/** A TaskSubmit of the contract: what its client asks for, and what of it the core may take. */
import type { TaskSubmit } from '@holdfast/api/types';
import { Refusal } from '../core/refusal.ts';
import { DAY, MINUTE } from '../core/rules.ts';
import type { Request, Submission } from '../core/submit.ts';
import { invalid } from './field-errors.ts';
import type { Asked, House } from './house.ts';
import { checkedPayload, refuseUnavailable } from './payload.ts';

const MAX_PAST_MS = 5 * MINUTE;
const MAX_AHEAD_MS = 30 * DAY;

/** `submit` keeps the schema. Throws unknown-task-type where it names no type and there is no default. */
export function requestOf(submit: TaskSubmit, { defaultType }: House, { principal, call }: Asked): Request {
  const { taskId, payload, runAt, delaySeconds, tags } = submit;
  const { traceparent } = call;
  return {
    tenant: principal.tenant,
    ...(taskId !== undefined && { taskId }),
    type: namedType(submit.type ?? defaultType),
    payload,
    ...(runAt !== undefined && { runAt }),
    ...(delaySeconds !== undefined && { delaySeconds }),
    ...(tags !== undefined && { tags }),
    ...(traceparent !== undefined && { traceparent }),
  };
}

/** Throws unknown-task-type, validation, payload-too-large, type-unavailable. */
export function submissionOf(request: Request, house: House, { call }: Asked): Submission {
  const { type, payload, runAt } = request;
  const judged = checkedPayload({ type, payload }, house, call);
  if (runAt !== undefined) refuseFarDate(runAt, house.desk.ports.clock.nowMs());
  refuseUnavailable(type, house);
  return { ...request, ...judged };
}

function namedType(type: string | undefined): string {
  if (type !== undefined) return type;
  throw new Refusal('unknown-task-type', 'This installation has no default type: name one.');
}

function refuseFarDate(runAt: string, nowMs: number): void {
  const aheadMs = Date.parse(runAt) - nowMs;
  if (aheadMs < -MAX_PAST_MS) throw farDate('is more than 5 minutes past');
  if (aheadMs > MAX_AHEAD_MS) throw farDate('is more than 30 days ahead');
}

const farDate = (message: string): Refusal => invalid([{ pointer: '/runAt', message }]);
