/** Randomness that repeats: everything a simulation decides comes from one seed. */
import type { Random } from '../core/ports.ts';

export class Seeded {
  #state: number;

  constructor(seed: number) {
    this.#state = (seed ^ 0x9e3779b9) >>> 0;
    for (let i = 0; i < 8; i += 1) this.uniform();
  }

  /** In [0, 1): Mulberry32. */
  uniform(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  /** An integer in [from, to]. */
  between(from: number, to: number): number {
    return from + Math.floor(this.uniform() * (to - from + 1));
  }

  pick<T>(from: readonly T[]): T {
    return from[this.between(0, from.length - 1)]!;
  }

  /** As the core's port. */
  random(): Random {
    return {
      uniform: () => this.uniform(),
      token: () => this.#word() + this.#word() + this.#word(),
      taskId: (nowMs) => `${nowMs.toString(36)}-${this.#word()}k`,
    };
  }

  #word(): string {
    return Math.floor(this.uniform() * 2 ** 32).toString(36);
  }
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** Streams of one seed, by name: what is drawn from one changes nothing of what another gives. */
export class Streams {
  readonly #seed: number;
  readonly #streams = new Map<string, Seeded>();

  constructor(seed: number) {
    this.#seed = Math.imul(seed + 1, 0x9e3779b1);
  }

  /** The stream of this name, where it stands. */
  of(name: string): Seeded {
    const known = this.#streams.get(name);
    if (known) return known;
    const made = new Seeded(hashOf(name) ^ this.#seed);
    this.#streams.set(name, made);
    return made;
  }
}
