/**
 * The world of one seed: time, the store, what goes wrong, and who watches. It makes the ports through which the real
 * core sees it; the topologies (cloud.ts, machine.ts) say which processes there are.
 */
import { LedgerUnavailable } from '../core/ports.ts';
import type { Rules } from '../core/rules.ts';
import { DEFAULT_POLICY, STANDARD } from '../core/rules.ts';
import type { TaskKey } from '../core/task.ts';
import { Checker } from './checker.ts';
import type { Fact } from './facts-of-seed.ts';
import type { Fault, Outage } from './faults.ts';
import { CALL_FAULTS, Faults, OUTAGES, WORLD_FAULTS } from './faults.ts';
import type { SimulationEvent } from './history.ts';
import { History } from './history.ts';
import { Promptness } from './promptness.ts';
import type { Seeded } from './seeded.ts';
import { Streams } from './seeded.ts';
import type { Write } from './simulated-store.ts';
import { shardOf, SimulatedStore } from './simulated-store.ts';
import { POLICIES } from './scripts.ts';
import { VirtualTime } from './virtual-time.ts';

export type Topology = 'cloud' | 'machine';

export const FAULTS_OF: Readonly<Record<Topology, readonly Fault[]>> = {
  // A cloud cannot tell a clock that jumps from work that has died: there it costs attempts, as it may.
  cloud: [
    ...CALL_FAULTS,
    ...WORLD_FAULTS.filter((fault) => fault !== 'clock-jump' && fault !== 'commit-fails'),
    ...OUTAGES.filter((fault) => fault !== 'disk-full'),
  ],
  machine: [
    ...(['slow-call', 'crash-before-call', 'crash-after-call'] as const),
    ...(['clock-offset', 'clock-jump', 'crash-process', 'commit-fails'] as const),
    ...(['workers-off', 'all-slow', 'disk-full'] as const),
  ],
};

/** Who has written, and by which clock. */
interface Writer {
  readonly name: string;
  readonly nowMs: number;
  readonly clockOffsetMs: number;
}

type Told = Omit<SimulationEvent, 'atMs'>;

export class World {
  readonly time = new VirtualTime();
  readonly streams: Streams;
  readonly faults: Faults;
  readonly store: SimulatedStore;
  readonly checker: Checker;
  readonly promptness: Promptness;
  readonly topology: Topology;
  readonly rules: Rules = { constants: STANDARD, policyOf: (type) => POLICIES[type] ?? DEFAULT_POLICY };
  readonly accepted = new Map<string, TaskKey>();
  readonly history = new History();
  readonly facts = new Map<Fact, number>();
  /** Called after every write. */
  readonly listeners: ((write: Write) => void)[] = [];
  /** Called when an outage begins. */
  readonly onOutage: ((kind: Outage) => void)[] = [];
  /** Called when one is over, be it by the healing. */
  readonly onReturn: ((kind: Outage) => void)[] = [];
  readonly #throttledShard: number;
  readonly #beganAtMs = this.time.nowMs;
  calls = 0;

  constructor(seed: number, topology: Topology, kinds: readonly Fault[] = FAULTS_OF[topology]) {
    this.topology = topology;
    this.streams = new Streams(seed);
    this.faults = new Faults({ streams: this.streams, kinds: FAULTS_OF[topology], wanted: new Set(kinds) });
    this.#throttledShard = this.stream('shard').between(0, 7);
    const { rules, isCloud, faults } = this;
    const nowMs = () => this.time.nowMs;
    const fact = (name: Fact) => this.fact(name);
    this.checker = new Checker({ rules, isCloud, fact, chosen: faults.chosen });
    this.promptness = new Promptness({ nowMs, isCloud, faults, violations: this.checker.violations });
    this.store = new SimulatedStore({
      nowMs,
      ...(isCloud && {
        indexLagMs: (name) => this.#indexLagMs(name),
        schedule: (ms: number, run: () => void) => void this.time.after(ms, run),
      }),
    });
    for (const span of faults.spans) this.#plan(span);
  }

  get isCloud(): boolean {
    return this.topology === 'cloud';
  }

  get elapsedMs(): number {
    return this.time.nowMs - this.#beganAtMs;
  }

  stream(name: string): Seeded {
    return this.streams.of(name);
  }

  tell(event: Told): void {
    this.history.add({ atMs: this.elapsedMs, ...event });
  }

  /** Something that a seed should have come by: counted. */
  fact(name: Fact): void {
    this.facts.set(name, (this.facts.get(name) ?? 0) + 1);
  }

  /** What a loop meets at its door: a ledger that is away is met again, anything else is a fault of the core. */
  atTheDoor(error: unknown): void {
    if (error instanceof LedgerUnavailable) return;
    this.checker.violations.push({ invariant: 'fault', taskId: '', what: String(error) });
  }

  /** Whether writes of this task meet the index shard that is throttled now. */
  isShardOut(name: string): boolean {
    return this.faults.isOut('shard-throttled') && shardOf(name) === this.#throttledShard;
  }

  /** Notes and checks what a process has written, if it has. */
  record<T>(by: Writer, { result, write }: { result: T; write?: Write }): T {
    if (write === undefined) return result;
    const { name, before, after } = write;
    const { tenant, taskId, fence, version, dueMs } = after;
    this.tell({
      ...{ who: by.name, what: name, tenant, taskId, before: before?.status ?? 'absent', after: after.status },
      ...{ fence, version, ...(dueMs !== undefined && { dueMs: dueMs - this.#beganAtMs }) },
    });
    // A clock that is corrected while a write travels shows the later of both times.
    this.checker.wrote(write, Math.max(by.nowMs, this.time.nowMs + by.clockOffsetMs), by);
    this.promptness.wrote(write);
    for (const listener of this.listeners) listener(write);
    return result;
  }

  #indexLagMs(name: string): number {
    const random = this.stream(`index ${name}`);
    if (this.isShardOut(name)) return random.between(30_000, 60_000);
    return this.faults.strikes('stale-index', name) ? random.between(1_000, 30_000) : 20;
  }

  #plan({ kind, fromMs, lastsMs }: Faults['spans'][number]): void {
    this.time.after(fromMs, () => {
      if (this.faults.areOver) return;
      this.faults.begin(kind);
      this.tell({ who: 'world', what: 'outage', detail: `${kind} for ${lastsMs} ms` });
      for (const listener of this.onOutage) listener(kind);
    });
    this.time.after(fromMs + lastsMs, () => this.#end(kind));
  }

  #end(kind: Outage): void {
    if (!this.faults.isOut(kind)) return;
    this.faults.end(kind);
    this.tell({ who: 'world', what: 'outage-ends', detail: kind });
    for (const listener of this.onReturn) listener(kind);
  }

  /** From now on nothing goes wrong any more. */
  heal(): void {
    for (const { kind } of this.faults.spans) this.#end(kind);
    this.faults.heal();
    this.tell({ who: 'world', what: 'healed' });
  }
}
