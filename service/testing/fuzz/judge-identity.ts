/**
 * Whether an answer went to who may have it: 401, 403 and 404 exactly when they are due, nothing of another tenant, and no
 * credential in any answer but the one that hands a new key over.
 */
import type { Problem, ProblemCode } from '@holdfast/api/types';
import { operations } from '@holdfast/api/operations';
import { TENANTS, tenantMark } from './callers.ts';
import type { Planned } from './planned.ts';
import type { Judge } from './verdict.ts';
import type { Answered } from './wire.ts';

/** Judged before anybody is asked who he is. */
const BEFORE_IDENTITY: readonly ProblemCode[] = [
  'invalid-header',
  'misdirected-host',
  'forbidden-origin',
  'request-timeout',
];
/** What has strayed may still be one of them, under a path that is written otherwise. */
const GIVES_KEYS: readonly (string | undefined)[] = ['createKey', 'rotateKey', undefined];
const KEY = /holdfast_[a-z0-9-]+_[a-z0-9]{12}_[\w-]{20,}/;
/** Of a task that one does not have: that it is there is told as well by its state. */
const TELLS_OF_A_TASK: readonly number[] = [409, 412];

const codeOf = ({ json }: Answered): ProblemCode | undefined => (json as Partial<Problem> | undefined)?.code;

function scopeOf({ operationId }: Planned): string | null {
  return (operations as Readonly<Record<string, { readonly scope: string | null }>>)[operationId ?? '']?.scope ?? null;
}

export const letIn: Judge = (answered, planned) => {
  const { caller } = planned;
  const [scope, code] = [scopeOf(planned), codeOf(answered)];
  if (caller === undefined || scope === null || (code && BEFORE_IDENTITY.includes(code))) return undefined;
  const why = `${answered.status} ${code ?? ''} for ${scope}`;
  const isRefused = code === 'unauthenticated';
  if (caller.scopes === undefined) return isRefused ? undefined : { rule: 'let in without an identity', why };
  if (isRefused) return caller.isMade ? undefined : { rule: 'kept out though known', why };
  const isDue = scope !== 'any' && !(caller.scopes as ReadonlySet<string>).has(scope);
  const isTold = code === 'insufficient-scope';
  if (isDue === isTold) return undefined;
  return { rule: isDue ? 'let in without the scope' : 'kept out though it has the scope', why };
};

export const ofItsTenant: Judge = (answered, { caller, target, operationId }) => {
  if (caller === undefined || operationId === undefined) return undefined;
  const theirs = TENANTS.filter((tenant) => tenant !== caller.tenant).map(tenantMark);
  const { status, text } = answered;
  const isForeign = theirs.some((mark) => target.includes(mark));
  const leaked = isForeign ? undefined : theirs.find((mark) => text.includes(mark));
  if (leaked !== undefined) return { rule: 'something of another tenant', why: `${leaked} in ${text.slice(0, 200)}` };
  const isTold = status < 400 || TELLS_OF_A_TASK.includes(status);
  return isForeign && isTold ? { rule: 'something of another tenant', why: `${status} for ${target}` } : undefined;
};

export const noCredential: Judge = ({ status, text, headers }, { caller, operationId }) => {
  const told = text + JSON.stringify(headers);
  const gives = status < 300 && GIVES_KEYS.includes(operationId);
  const credential = caller?.authorization?.split(' ')[1] ?? '';
  const isEcho = credential.length > 20 && told.includes(credential);
  if (!isEcho && (gives || !KEY.test(told))) return undefined;
  return { rule: 'a credential in an answer', why: `${status} of ${operationId ?? 'nothing'}` };
};
