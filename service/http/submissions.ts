/** A TaskSubmit of the contract, judged by itself: what the core may take, or a refusal. */
import type { TaskSubmit } from '@holdfast/api/types';
import { Refusal } from '../core/refusal.ts';
import { DAY, MINUTE } from '../core/rules.ts';
import type { Submission } from '../core/submit.ts';
import { invalid } from './field-errors.ts';
import type { Asked, House } from './house.ts';
import { checkedPayload, refuseUnavailable } from './payload.ts';

const MAX_PAST_MS = 5 * MINUTE;
const MAX_AHEAD_MS = 30 * DAY;

/** `submit` keeps the schema. Throws unknown-task-type, validation, payload-too-large, type-unavailable. */
export function submissionOf(submit: TaskSubmit, house: House, { principal, call }: Asked): Submission {
  const type = namedType(submit.type ?? house.defaultType);
  const judged = checkedPayload({ type, payload: submit.payload }, house, call);
  if (submit.runAt !== undefined) refuseFarDate(submit.runAt, house.desk.ports.clock.nowMs());
  refuseUnavailable(type, house);
  const { traceparent } = call;
  return {
    tenant: principal.tenant,
    ...(submit.taskId !== undefined && { taskId: submit.taskId }),
    type,
    ...judged,
    ...(submit.runAt !== undefined && { runAt: submit.runAt }),
    ...(submit.delaySeconds !== undefined && { delaySeconds: submit.delaySeconds }),
    ...(submit.tags !== undefined && { tags: submit.tags }),
    ...(traceparent !== undefined && { traceparent }),
  };
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
