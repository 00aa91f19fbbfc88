/**
 * The places for attempts of one kind, shared by tenants without a setting: with several about, one may hold at most nine times
 * what it leaves free, and the last place is for one that holds none. So one alone has nine tenths of them, a second one most
 * of the rest, and while places come free all tend to equal shares. A single tenant has all of them.
 */
import type { Clock } from '../core/ports.ts';
import { DAY } from '../core/rules.ts';

/** Of each other: a larger one leaves fewer places free, and smaller shares to those that come later. */
const TIMES_WHAT_IS_FREE = 9;

/** Tenants that had something to run within a day. */
export class TenantsAbout {
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  /** Who was seen longest ago first. */
  readonly #seenAtMs = new Map<string, number>();

  constructor(clock: Pick<Clock, 'monotonicMs'>, tenants: readonly string[] = []) {
    this.#clock = clock;
    for (const tenant of tenants) this.see(tenant);
  }

  see(tenant: string): void {
    const nowMs = this.#clock.monotonicMs();
    this.#seenAtMs.delete(tenant);
    this.#seenAtMs.set(tenant, nowMs);
    for (const [oldest, seenAtMs] of this.#seenAtMs) {
      if (nowMs - seenAtMs <= DAY) return;
      this.#seenAtMs.delete(oldest);
    }
  }

  get areSeveral(): boolean {
    return this.#seenAtMs.size > 1;
  }
}

export class Places {
  readonly isolated: boolean;
  readonly #about: TenantsAbout;
  readonly #heldBy = new Map<string, number>();
  taken = 0;

  constructor(isolated: boolean, about: TenantsAbout) {
    this.isolated = isolated;
    this.#about = about;
  }

  /** Whether a tenant may have one of those that are free, at least one. */
  mayTake(tenant: string, free: number): boolean {
    if (!this.#about.areSeveral) return true;
    const held = this.#heldBy.get(tenant) ?? 0;
    return held === 0 || held + 1 <= TIMES_WHAT_IS_FREE * (free - 1);
  }

  take(tenant: string): void {
    this.#about.see(tenant);
    this.#heldBy.set(tenant, (this.#heldBy.get(tenant) ?? 0) + 1);
    this.taken += 1;
  }

  leave(tenant: string): void {
    const held = this.#heldBy.get(tenant)! - 1;
    if (held === 0) this.#heldBy.delete(tenant);
    else this.#heldBy.set(tenant, held);
    this.taken -= 1;
  }
}
