/**
 * What goes wrong in one seed, until the healing: a random subset of the kinds. Most strike by chance, an outage lasts
 * for a span. Each kind draws from streams of its own, so that leaving one out changes none of the others.
 */
import type { Streams, Seeded } from './seeded.ts';

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
  'commit-fails',
] as const;

/** What is out for a while, once a seed: no call there succeeds, or everything is slow. */
export const OUTAGES = [
  'ledger-down',
  'ledger-throttled',
  'shard-throttled',
  'queue-down',
  'queue-emptied',
  'announcer-down',
  'workers-off',
  'all-slow',
  'disk-full',
] as const;

export type CallFault = (typeof CALL_FAULTS)[number];
export type WorldFault = (typeof WORLD_FAULTS)[number];
export type Outage = (typeof OUTAGES)[number];
export type Fault = CallFault | WorldFault | Outage;

/** The highest probability per chance to strike. `crash-process` and `freeze-process` strike once per minute and process. */
const WORST: Readonly<Record<CallFault | WorldFault, number>> = {
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
  'commit-fails': 0.15,
};

/** How long an outage lasts. `queue-emptied` is a moment. */
const LASTS_MS: Readonly<Record<Outage, readonly [number, number]>> = {
  'ledger-down': [30_000, 60_000],
  'ledger-throttled': [30_000, 60_000],
  'shard-throttled': [30_000, 90_000],
  'queue-down': [30_000, 240_000],
  'queue-emptied': [0, 0],
  'announcer-down': [60_000, 240_000],
  'workers-off': [60_000, 200_000],
  'all-slow': [60_000, 120_000],
  'disk-full': [20_000, 60_000],
};

/** A seed in this share of all has no fault at all, so that the undisturbed course is checked too. */
const CALM = 0.05;
/** And one in this share has a single kind: what it may cost shows only alone. */
const ALONE = 0.1;
const CHOSEN = 0.7;
const CHOSEN_OUTAGE = 0.4;

const isOutage = (kind: Fault): kind is Outage => (OUTAGES as readonly string[]).includes(kind);

export interface Span {
  readonly kind: Outage;
  readonly fromMs: number;
  readonly lastsMs: number;
}

export interface FaultsOptions {
  readonly streams: Streams;
  /** All that can happen here; the choice is made among these. */
  readonly kinds: readonly Fault[];
  /** Of those chosen, what does happen. */
  readonly wanted: ReadonlySet<Fault>;
}

export class Faults {
  readonly #probabilities = new Map<Fault, number>();
  readonly #streams: Streams;
  readonly #out = new Set<Outage>();
  readonly spans: readonly Span[];
  readonly applied = new Map<Fault, number>();
  /** What was chosen and is wanted, whether or not it has happened yet. */
  readonly chosen: ReadonlySet<Fault>;
  /** A seed that has no fault, not one whose faults are left out. */
  readonly isCalm: boolean;
  #healed = false;

  constructor({ streams, kinds, wanted }: FaultsOptions) {
    this.#streams = streams;
    const chosen = choiceOf(streams.of('faults'), kinds, (kind) => streams.of(`choice ${kind}`));
    this.isCalm = chosen.length === 0;
    this.chosen = new Set(chosen.filter((kind) => wanted.has(kind)));
    const spans: Span[] = [];
    for (const kind of this.chosen) {
      const random = streams.of(`course ${kind}`);
      if (!isOutage(kind)) this.#probabilities.set(kind, WORST[kind] * (0.3 + 0.7 * random.uniform()));
      else spans.push({ kind, fromMs: random.between(15_000, 200_000), lastsMs: random.between(...LASTS_MS[kind]) });
    }
    this.spans = spans;
  }

  /** From now on nothing goes wrong any more. */
  heal(): void {
    this.#healed = true;
    this.#out.clear();
  }

  get areOver(): boolean {
    return this.#healed;
  }

  begin(kind: Outage): void {
    this.#out.add(kind);
    this.#count(kind);
  }

  end(kind: Outage): void {
    this.#out.delete(kind);
  }

  isOut(kind: Outage): boolean {
    return this.#out.has(kind);
  }

  /** Whether the fault strikes now at this subject, which has chances of its own; counted when it does. */
  strikes(kind: CallFault | WorldFault, subject = ''): boolean {
    const struck = this.#draws(kind, subject);
    if (struck) this.#count(kind);
    return struck;
  }

  /** The one fault of a call, if any. All are drawn: whether one strikes moves no other. */
  ofCall(kinds: readonly CallFault[], subject: string): CallFault | undefined {
    if (this.#healed) return undefined;
    let first: CallFault | undefined;
    for (const kind of kinds) if (this.#draws(kind, subject)) first ??= kind;
    if (first) this.#count(first);
    return first;
  }

  #draws(kind: CallFault | WorldFault, subject: string): boolean {
    const probability = this.#healed ? 0 : (this.#probabilities.get(kind) ?? 0);
    return probability > 0 && this.#streams.of(`${kind} ${subject}`).chance(probability);
  }

  #count(kind: Fault): void {
    this.applied.set(kind, (this.applied.get(kind) ?? 0) + 1);
  }
}

function choiceOf(random: Seeded, kinds: readonly Fault[], streamOf: (kind: Fault) => Seeded): Fault[] {
  const lot = random.uniform();
  if (lot < CALM || kinds.length === 0) return [];
  if (lot < CALM + ALONE) return [random.pick(kinds)];
  return kinds.filter((kind) => streamOf(kind).chance(isOutage(kind) ? CHOSEN_OUTAGE : CHOSEN));
}
