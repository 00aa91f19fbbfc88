/**
 * A token bucket: never more than `burst` + rate · t pass within any t, and whoever keeps to the rate is never refused. Level
 * and time are one number, the moment at which it is full again, so that nothing has to be refilled. Times are monotonic, in ms.
 */

export interface Rate {
  /** Above 0. */
  readonly perSecond: number;
  /** How many may come at once. */
  readonly burst: number;
}

/** Far below what a clock tells apart, and far above what the arithmetic loses. */
const NOTHING_MS = 1e-6;

export class Bucket {
  readonly #eachMs: number;
  readonly #burst: number;
  #fullAtMs = -Infinity;

  constructor({ perSecond, burst }: Rate) {
    this.#eachMs = 1_000 / perSecond;
    this.#burst = burst;
  }

  /** Takes all of it; or takes nothing and answers false. */
  take(count: number, nowMs: number): boolean {
    if (this.missingMs(count, nowMs) > NOTHING_MS) return false;
    this.#fullAtMs = Math.max(this.#fullAtMs, nowMs) + count * this.#eachMs;
    return true;
  }

  /** How long until that much is there, if nobody else takes of it; 0 or less when it is. */
  missingMs(count: number, nowMs: number): number {
    return this.fullInMs(nowMs) + (count - this.#burst) * this.#eachMs;
  }

  /** Whole tokens. */
  left(nowMs: number): number {
    return Math.floor(this.#burst - (this.fullInMs(nowMs) - NOTHING_MS) / this.#eachMs);
  }

  /** 0 when it is: then it is like a new one. */
  fullInMs(nowMs: number): number {
    return Math.max(0, this.#fullAtMs - nowMs);
  }
}
