/** What goes wrong in one seed: a random subset of the kinds, each with its own probability, until the healing. */
import type { Seeded } from './seeded.ts';

/** Faults of one call to a port: the call, its reply, or the process that made it is hit. */
export const CALL_FAULTS = [
  'drop-request',
  'drop-reply',
  'duplicate-call',
  'late-duplicate',
  'throttle',
  'slow-call',
  'crash-before-call',
  'crash-after-call',
] as const;

/** Faults of the world around the calls. */
export const WORLD_FAULTS = [
  'lose-bell',
  'duplicate-bell',
  'delay-bell',
  'stale-index',
  'clock-offset',
  'clock-jump',
  'crash-process',
  'freeze-process',
  'lose-announcement',
] as const;

export type CallFault = (typeof CALL_FAULTS)[number];
export type WorldFault = (typeof WORLD_FAULTS)[number];
export type Fault = CallFault | WorldFault;

/** The highest probability per chance to strike. `crash-process` and `freeze-process` strike once per minute and process. */
const WORST: Readonly<Record<Fault, number>> = {
  'drop-request': 0.15,
  'drop-reply': 0.15,
  'duplicate-call': 0.15,
  'late-duplicate': 0.1,
  throttle: 0.2,
  'slow-call': 0.2,
  'crash-before-call': 0.012,
  'crash-after-call': 0.012,
  'lose-bell': 0.3,
  'duplicate-bell': 0.3,
  'delay-bell': 0.3,
  'stale-index': 0.6,
  'clock-offset': 0.7,
  'clock-jump': 0.6,
  'crash-process': 0.8,
  'freeze-process': 0.5,
  'lose-announcement': 0.6,
};

/** A seed in this share of all has no fault at all, so that the undisturbed course is checked too. */
const CALM = 0.05;
const CHOSEN = 0.7;

export class Faults {
  readonly #probabilities = new Map<Fault, number>();
  readonly #random: Seeded;
  readonly applied = new Map<Fault, number>();
  #healed = false;

  constructor(random: Seeded, kinds: readonly Fault[]) {
    this.#random = random;
    if (random.chance(CALM)) return;
    for (const kind of kinds) {
      if (random.chance(CHOSEN)) this.#probabilities.set(kind, WORST[kind] * (0.3 + 0.7 * random.uniform()));
    }
  }

  /** From now on nothing goes wrong any more. */
  heal(): void {
    this.#healed = true;
  }

  get areOver(): boolean {
    return this.#healed;
  }

  /** Whether the fault strikes now; counted when it does. */
  strikes(kind: Fault): boolean {
    const probability = this.#healed ? 0 : (this.#probabilities.get(kind) ?? 0);
    if (probability === 0 || !this.#random.chance(probability)) return false;
    this.applied.set(kind, (this.applied.get(kind) ?? 0) + 1);
    return true;
  }

  /** The one fault of a call, if any. */
  ofCall(kinds: readonly CallFault[]): CallFault | undefined {
    return kinds.find((kind) => this.strikes(kind));
  }
}
