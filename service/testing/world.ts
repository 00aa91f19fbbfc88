/**
 * The world of one seed: time, the store, what goes wrong, and who watches. It makes the ports through which the real
 * core sees it; the topologies (cloud.ts, machine.ts) say which processes there are.
 */
import { createHash } from 'node:crypto';
import type { Rules } from '../core/rules.ts';
import { DEFAULT_POLICY, STANDARD } from '../core/rules.ts';
import type { TaskKey } from '../core/task.ts';
import { Checker } from './checker.ts';
import type { Fault } from './faults.ts';
import { CALL_FAULTS, Faults, WORLD_FAULTS } from './faults.ts';
import { Seeded } from './seeded.ts';
import type { Write } from './simulated-store.ts';
import { SimulatedStore } from './simulated-store.ts';
import { POLICIES } from './scripts.ts';
import { VirtualTime } from './virtual-time.ts';

export type Topology = 'cloud' | 'machine';

export const FAULTS_OF: Readonly<Record<Topology, readonly Fault[]>> = {
  // A cloud cannot tell a clock that jumps from work that has died: there it costs attempts, as it may.
  cloud: [...CALL_FAULTS, ...WORLD_FAULTS.filter((fault) => fault !== 'clock-jump')],
  machine: ['slow-call', 'crash-before-call', 'crash-after-call', 'clock-offset', 'clock-jump', 'crash-process'],
};

/** Who has written, and by which clock. */
interface Writer {
  readonly name: string;
  readonly nowMs: number;
  readonly clockOffsetMs: number;
}

export class World {
  readonly time = new VirtualTime();
  readonly random: Seeded;
  readonly faults: Faults;
  readonly store: SimulatedStore;
  readonly checker: Checker;
  readonly topology: Topology;
  readonly rules: Rules = { constants: STANDARD, policyOf: (type) => POLICIES[type] ?? DEFAULT_POLICY };
  readonly accepted = new Map<string, TaskKey>();
  readonly history: string[] = [];
  /** Called after every write. */
  readonly listeners: ((write: Write) => void)[] = [];
  readonly #digest = createHash('sha256');
  calls = 0;
  faultsOfLoops = 0;

  constructor(seed: number, topology: Topology, kinds: readonly Fault[] = FAULTS_OF[topology]) {
    this.topology = topology;
    this.random = new Seeded(seed);
    this.faults = new Faults(this.random, kinds);
    this.checker = new Checker({ rules: this.rules, nowMs: () => this.time.nowMs, isCloud: this.isCloud });
    this.store = new SimulatedStore({
      nowMs: () => this.time.nowMs,
      ...(this.isCloud && {
        indexLagMs: () => (this.faults.strikes('stale-index') ? this.random.between(1_000, 30_000) : 20),
        schedule: (ms: number, run: () => void) => void this.time.after(ms, run),
      }),
    });
  }

  get isCloud(): boolean {
    return this.topology === 'cloud';
  }

  get hash(): string {
    return this.#digest.copy().digest('hex').slice(0, 16);
  }

  note(line: string): void {
    const full = `${this.time.nowMs} ${line}`;
    this.#digest.update(full);
    this.history.push(full);
  }

  /** Notes and checks what a process has written, if it has. */
  record<T>(by: Writer, { result, write }: { result: T; write?: Write }): T {
    if (write === undefined) return result;
    const { name, before, after } = write;
    this.note(
      `${by.name} ${name} ${after.tenant}/${after.taskId} ${before?.status ?? '-'}>${after.status} f${after.fence} v${after.version}`,
    );
    // A clock that is corrected while a write travels shows the later of both times.
    this.checker.wrote(write, Math.max(by.nowMs, this.time.nowMs + by.clockOffsetMs));
    for (const listener of this.listeners) listener(write);
    return result;
  }
}
