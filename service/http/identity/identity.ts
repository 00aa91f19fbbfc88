/** Who sent a request, for every operation and every engine alike, and whether who was let in once still is. */
import type { Call } from '../call.ts';
import type { Principal } from '../principal.ts';
import { LOCAL } from '../principal.ts';

export interface Identity {
  /** Throws unauthenticated, rate-limited, identity-unavailable, ledger-unavailable. */
  readonly of: (call: Call) => Principal | Promise<Principal>;
  /** Whether it has neither expired nor been revoked since. Throws as `of`. */
  readonly stands: (principal: Principal) => boolean | Promise<boolean>;
  /** Calls back when what a subject of a tenant stands for has ended or changed by an operation of this server. */
  readonly onEnded: (listener: (ended: Pick<Principal, 'tenant' | 'subject'>) => void) => void;
}

/** Whoever can reach the server is its owner. */
export const localIdentity: Identity = {
  of: () => LOCAL,
  stands: () => true,
  onEnded: () => undefined,
};
