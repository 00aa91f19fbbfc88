/**
 * Tokens that were judged valid lately, by their hash: no more than there is room for. For a minute that is believed; until
 * the token ends it still tells that whoever sends it is no guesser.
 */
import type { Clock } from '../../core/ports.ts';
import { MINUTE } from '../../core/rules.ts';
import type { Principal } from '../principal.ts';

/** At most 10 MB. */
const MOST = 10_000;
/** How long a key that the issuer withdrew may be believed on. */
const BELIEVED_MS = MINUTE;

interface Verified {
  readonly principal: Principal;
  /** On the clock that does not jump. */
  readonly believedUntilMs: number;
  /** By the wall clock, which tokens end by. */
  readonly endsAtMs: number;
}

export class VerifiedTokens {
  readonly #clock: Pick<Clock, 'nowMs' | 'monotonicMs'>;
  readonly #most: number;
  /** The one that was added first stands first. */
  readonly #byDigest = new Map<string, Verified>();

  constructor(clock: Pick<Clock, 'nowMs' | 'monotonicMs'>, most = MOST) {
    this.#clock = clock;
    this.#most = most;
  }

  /** Undefined when it is to be judged again. */
  get(digest: string): Principal | undefined {
    const found = this.#find(digest);
    return found !== undefined && this.#clock.monotonicMs() < found.believedUntilMs ? found.principal : undefined;
  }

  has(digest: string): boolean {
    return this.#find(digest) !== undefined;
  }

  add(digest: string, principal: Principal, endsAtMs: number): void {
    this.#byDigest.delete(digest);
    if (this.#byDigest.size >= this.#most) this.#byDigest.delete(this.#byDigest.keys().next().value!);
    this.#byDigest.set(digest, { principal, endsAtMs, believedUntilMs: this.#clock.monotonicMs() + BELIEVED_MS });
  }

  /** It was good, and is not. */
  forget(digest: string): void {
    this.#byDigest.delete(digest);
  }

  #find(digest: string): Verified | undefined {
    const found = this.#byDigest.get(digest);
    if (found === undefined || this.#clock.nowMs() < found.endsAtMs) return found;
    this.#byDigest.delete(digest);
    return undefined;
  }
}
