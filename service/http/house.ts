/** What the door needs of the house behind it. An engine provides it; nothing here knows which. */
import type { FaultLab, FaultSettings } from '@holdfast/api/types';
import type { Desk } from '../core/operate.ts';
import type { Changes } from '../core/watch.ts';
import type { Call } from './call.ts';
import type { Catalogue, Loaded } from './catalogue.ts';
import type { Identity } from './identity/identity.ts';
import type { KeyStore } from './identity/key-store.ts';
import type { Entry, Limits } from './limits.ts';
import type { Principal } from './principal.ts';

/** What readiness is judged by. Times are epoch milliseconds. */
export interface Facts {
  readonly lastWriteAtMs: number | undefined;
  readonly lastSweepAtMs: number | undefined;
  readonly workersReady: number;
  /** Why workers cannot start, in words. */
  readonly workersProblem: string | undefined;
}

/** The faults of each tenant. Both throw LedgerUnavailable. */
export interface FaultDesk {
  read(tenant: string): Promise<FaultLab>;
  /** Replaces all of them. Resolves when they are kept and this process obeys. */
  replace(tenant: string, settings: FaultSettings): Promise<FaultLab>;
}

export interface House {
  readonly desk: Desk;
  readonly changes: Changes;
  readonly catalogue: Catalogue;
  /** What the workers say of a type's handler; undefined before one has spoken, and for a type that has none. */
  readonly loaded: (type: string) => Loaded | undefined;
  /** Never rejects: what cannot be asked is not known. */
  readonly facts: () => Facts | Promise<Facts>;
  readonly identity: Identity;
  readonly keys: KeyStore;
  readonly limits: Limits;
  /** The type of a task that names none; undefined where every task must. */
  readonly defaultType: string | undefined;
  /** However long a client asks to wait. */
  readonly maxWaitMs: number;
  /** Aborted when the server stops: waits end, and nothing new begins. */
  readonly stopping: AbortSignal;
  readonly version: string;
  /** Undefined where nothing may be broken on purpose. */
  readonly faults?: FaultDesk | undefined;
  /** Of the live channel, where it is none of this server: ws: or wss:. */
  readonly liveUrl?: string;
}

/** The request around a validated input. */
export interface Asked {
  readonly principal: Principal;
  readonly call: Call;
  /** Undefined for operations that need no identity. */
  readonly admitted?: Entry;
}
