/** Identities in memory for tests: whoever sends a known bearer token is its principal, until a test ends it. */
import type { Scope } from '@holdfast/api/types';
import { Refusal } from '../core/refusal.ts';
import type { Call } from '../http/call.ts';
import type { Identity } from '../http/identity/identity.ts';
import type { Principal } from '../http/principal.ts';

const ALL_SCOPES: readonly Scope[] = ['tasks:submit', 'tasks:read', 'payloads:read', 'tasks:operate', 'admin'];

export const keyOf = (tenant: string, subject: string, more: Partial<Principal> = {}): Principal => ({
  ...{ tenant, subject, kind: 'key', name: null, scopes: new Set(ALL_SCOPES), ...more },
});

export const bearer = (token: string): Readonly<Record<string, string>> => ({ Authorization: `Bearer ${token}` });

export class GivenIdentity implements Identity {
  readonly #principals = new Map<string, Principal>();
  readonly #listeners: ((ended: Pick<Principal, 'tenant' | 'subject'>) => void)[] = [];
  readonly #nowMs: () => number;
  /** Thrown instead of every answer about who stands. */
  fault: Error | undefined;
  /** How often it was asked whether one stands. */
  looks = 0;

  /** Of its tokens, which are their subjects. */
  constructor(principals: readonly Principal[], nowMs: () => number = () => 0) {
    this.#nowMs = nowMs;
    for (const principal of principals) this.#principals.set(principal.subject, principal);
  }

  of(call: Call): Principal {
    const token = call.header('authorization')?.replace('Bearer ', '') ?? '';
    const principal = this.#principals.get(token);
    if (principal === undefined) throw new Refusal('unauthenticated', 'Send a key.');
    return principal;
  }

  stands: Identity['stands'] = async ({ subject, expiresAtMs = Infinity }) => {
    this.looks += 1;
    await Promise.resolve();
    if (this.fault !== undefined) throw this.fault;
    return this.#principals.has(subject) && expiresAtMs > this.#nowMs();
  };

  onEnded(listener: (ended: Pick<Principal, 'tenant' | 'subject'>) => void): void {
    this.#listeners.push(listener);
  }

  /** As another process does: nobody here is told. */
  revokeElsewhere(subject: string): void {
    this.#principals.delete(subject);
  }

  /** By an operation of this server. */
  revoke(subject: string): void {
    const { tenant } = this.#principals.get(subject)!;
    this.#principals.delete(subject);
    for (const listener of this.#listeners) listener({ tenant, subject });
  }
}
