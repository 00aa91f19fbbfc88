/** What each scope allows, and who can give it, in words. */
import type { Identity, Scope } from '@holdfast/api/types';

interface Words {
  /** Completes "may …". */
  readonly can: string;
  readonly means: string;
}

/** In the order of their weight. */
export const SCOPES: Readonly<Record<Scope, Words>> = {
  'tasks:submit': { can: 'submit tasks', means: 'Submit tasks, one or many at once.' },
  'tasks:read': {
    can: 'see tasks',
    means: 'See tasks, their attempts and errors, and the statistics; not their payloads.',
  },
  'payloads:read': { can: 'see payloads', means: 'See payloads, results and log lines too. Only beside tasks:read.' },
  'tasks:operate': { can: 'cancel, redrive and discard tasks', means: 'Cancel, redrive and discard tasks.' },
  admin: {
    can: 'manage API keys and faults',
    means:
      'Make, rotate and revoke API keys of every scope, its own too; break things on purpose where that is allowed.',
  },
};

/** Also of a scope that a later server knows. */
export const canOf = (scope: string): string => (SCOPES as Record<string, Words | undefined>)[scope]?.can ?? scope;

/** What carries the scopes: "your key", "your sign-in". */
export const bearerOf = (identity: Identity | null): string => (identity?.kind === 'token' ? 'sign-in' : 'key');

export function whoGives(identity: Identity | null): string {
  if (identity?.kind === 'token') return 'Whoever manages the groups of your sign-in can give it.';
  const who = identity?.scopes.includes('admin') ? 'You' : 'Whoever has the scope admin';
  return `${who} can make a key that has it, on the page Keys.`;
}
