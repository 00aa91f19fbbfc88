/** How much a tenant may ask: nothing here knows which operation it was. */
import type { Principal } from './principal.ts';

/** One request that was let in. */
export interface Entry {
  /** Takes as much again for each task of a batch after the first. Throws rate-limited. */
  readonly charge: (more: number) => void;
  /** The request has been answered. */
  readonly leave: () => void;
  /** RateLimit and RateLimit-Policy as they stand; empty where the tenant has no rate. */
  readonly headers: () => Readonly<Record<string, string>>;
}

export interface Limits {
  /** Takes one request. Throws rate-limited. */
  readonly enter: (principal: Principal) => Entry;
}

const FREE: Entry = { charge: () => undefined, leave: () => undefined, headers: () => ({}) };

/** For a server that its owner alone can reach. */
export const noLimits: Limits = { enter: () => FREE };
