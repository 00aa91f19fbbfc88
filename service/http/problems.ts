/**
 * The one table at the door: whatever was thrown becomes an RFC 9457 problem. A refusal says itself what it is; anything
 * unknown is a fault of ours, of which the client learns the request id and the log a name and a place, never a message.
 */
import { problems } from '@holdfast/api/problems';
import type { Problem, ProblemCode, Scope } from '@holdfast/api/types';
import { namesOf } from '../core/names-of.ts';
import type { Log } from '../core/ports.ts';
import { LedgerUnavailable } from '../core/ports.ts';
import { Refusal } from '../core/refusal.ts';

/** When asking again may help, where the refusal does not know better. */
const RETRY_AFTER_SECONDS: Partial<Record<ProblemCode, number>> = {
  'not-announced-yet': 1,
  'rate-limited': 1,
  'ledger-unavailable': 2,
  stopping: 5,
  'too-many-viewers': 30,
  'type-unavailable': 30,
  'identity-unavailable': 5,
};

const MOST_ERRORS = 20;

export const ledgerUnavailable = (): Refusal =>
  new Refusal('ledger-unavailable', 'The ledger gave no answer; asking again is safe.');

/** The refusal that a client gets to see for whatever was thrown. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof LedgerUnavailable) return ledgerUnavailable();
  return new Refusal('internal', 'The fault is recorded under this request id.');
}

export function problemOf({ code, message, errors }: Refusal, requestId: string): Problem {
  const { title, status, retryable } = problems[code];
  return {
    type: `/docs/problems#${code}`,
    title,
    status,
    detail: message,
    instance: `/requests/${requestId}`,
    code,
    retryable,
    ...(errors.length > 0 && { errors: errors.slice(0, MOST_ERRORS) }),
  };
}

export function retryAfter({ code, retryAfterSeconds }: Refusal): Readonly<Record<string, string>> {
  const seconds = retryAfterSeconds ?? RETRY_AFTER_SECONDS[code];
  return seconds === undefined ? {} : { 'Retry-After': String(seconds) };
}

/** Whoever asks has no such scope. */
export class MissingScope extends Refusal {
  readonly scope: Scope;

  constructor(scope: Scope) {
    super('insufficient-scope', `This operation needs the scope ${scope}.`);
    this.scope = scope;
  }
}

const SCHEME = 'Bearer realm="holdfast"';

/** How to say who asks (RFC 6750, 3): the same for all who are not known. */
function challenge(refusal: Refusal): Readonly<Record<string, string>> {
  if (refusal.code === 'unauthenticated') return { 'WWW-Authenticate': SCHEME };
  if (!(refusal instanceof MissingScope)) return {};
  return { 'WWW-Authenticate': `${SCHEME}, error="insufficient_scope", scope="${refusal.scope}"` };
}

/** What a refusal says outside of its problem. */
export const headersOf = (refusal: Refusal): Readonly<Record<string, string>> => ({
  ...retryAfter(refusal),
  ...challenge(refusal),
});

export interface Fault {
  readonly error: unknown;
  readonly requestId: string;
  readonly operation: string;
  readonly traceId?: string | undefined;
  readonly tenant?: string | undefined;
}

/** Refusals are the client's business; faults are ours. */
export function noteFault(log: Log, { error, ...asked }: Fault): void {
  if (error instanceof Refusal) return;
  log.error('request-failed', { ...asked, ...namesOf(error) });
}
