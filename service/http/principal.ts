/** Who asks. Every operation gets one, so that no query, cursor or move can forget whose data it touches. [S14] */
import type { Identity, Scope } from '@holdfast/api/types';

export interface Principal {
  readonly tenant: string;
  /** Recorded in the history of what it moves. */
  readonly subject: string;
  readonly kind: Identity['kind'];
  /** For people. */
  readonly name: string | null;
  readonly scopes: ReadonlySet<Scope>;
  /** Epoch milliseconds; undefined when it does not end by itself. */
  readonly expiresAtMs?: number;
  /** Of a key: the hash of the secret that was sent, which may end before the key does. */
  readonly credential?: string;
}

/** Of operations that need no identity. */
export const NOBODY: Principal = { tenant: '', subject: '', kind: 'local', name: null, scopes: new Set() };

export const SCOPES: readonly Scope[] = ['tasks:submit', 'tasks:read', 'payloads:read', 'tasks:operate', 'admin'];

/** Whoever reaches a server on its own machine that has no identities. */
export const LOCAL: Principal = {
  tenant: 'local',
  subject: 'local',
  kind: 'local',
  name: null,
  scopes: new Set(SCOPES),
};
