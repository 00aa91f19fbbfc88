/** Tokens that were judged valid lately, by their hash: no more than there is room for, none longer than it may be believed. */
import type { Clock } from '../../core/ports.ts';
import type { Principal } from '../principal.ts';

/** About 5 MB. */
const MOST = 10_000;

interface Verified {
  readonly principal: Principal;
  /** By the wall clock, which tokens end by. */
  readonly untilMs: number;
}

export class VerifiedTokens {
  readonly #clock: Pick<Clock, 'nowMs'>;
  readonly #most: number;
  /** The one that was added first stands first. */
  readonly #byDigest = new Map<string, Verified>();

  constructor(clock: Pick<Clock, 'nowMs'>, most = MOST) {
    this.#clock = clock;
    this.#most = most;
  }

  get(digest: string): Principal | undefined {
    const found = this.#byDigest.get(digest);
    if (found === undefined) return undefined;
    if (this.#clock.nowMs() < found.untilMs) return found.principal;
    this.#byDigest.delete(digest);
    return undefined;
  }

  add(digest: string, principal: Principal, untilMs: number): void {
    this.#byDigest.delete(digest);
    this.#byDigest.set(digest, { principal, untilMs });
    if (this.#byDigest.size <= this.#most) return;
    for (const oldest of this.#byDigest.keys()) {
      this.#byDigest.delete(oldest);
      return;
    }
  }
}
