/** Fails before a run begins, with a sentence, where it could only fail later. */
import type { Scope, TypePolicy } from '@holdfast/api/types';
import type { Answer } from './client.ts';
import { ask } from './client.ts';
import { URL } from './settings.ts';

/** What `setup` hands to every iteration, and to the audit. */
export interface Ready {
  /** Of `simulate`, the type of all tasks. */
  readonly policy: TypePolicy;
}

/** Needs what any scenario does: submits and reads. */
export const readyOrFail = (): Ready => allowedOrFail(['tasks:submit', 'tasks:read']);

/** Throws what is missing, as a sentence. */
export function allowedOrFail(scopes: readonly Scope[]): Ready {
  const ready = ask('get', '/ready');
  if (!ready.ok) throw new Error(`${URL} is not ready: ${failingCheckOf(ready.said) ?? ready.why}`);
  const identity = answered(ask('get', '/identity'), 'does not take the key of this run (--key, or HOLDFAST_API_KEY)');
  const missing = scopes.filter((scope) => !identity.scopes.includes(scope));
  if (missing.length > 0) throw new Error(`The key of this run lacks the scope ${missing.join(' and ')} at ${URL}.`);
  const types = answered(ask('get', '/types'), 'does not list its task types');
  const simulate = types.items.find(({ type }) => type === 'simulate');
  if (simulate?.state !== 'available' || simulate.policy === null)
    throw new Error(`${URL} cannot run the task type "simulate": ${simulate?.problem ?? 'it is not installed'}`);
  return { policy: simulate.policy };
}

/** For scenarios that break things on purpose. */
export function breakableOrFail(): Ready {
  const ready = allowedOrFail(['tasks:submit', 'tasks:read', 'tasks:operate', 'admin']);
  answered(ask('get', '/faults'), 'does not let itself be broken (FAULTS_ALLOWED=1 does, and never in production)');
  return ready;
}

function answered<Body>(answer: Answer<Body>, otherwise: string): Body {
  if (!answer.ok) throw new Error(`${URL} ${otherwise}: ${answer.why}`);
  return answer.body;
}

/** A service that is not ready says which of its checks fails. */
function failingCheckOf(said: unknown): string | undefined {
  const { checks = [] } = (said ?? {}) as { checks?: { name: string; ok: boolean; detail: string | null }[] };
  const failing = checks.find(({ ok }) => !ok);
  return failing && `${failing.name}: ${failing.detail ?? 'no word of why'}`;
}
