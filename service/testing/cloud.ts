/**
 * Many processes that share nothing but the store and the queue: api servers, workers that die with their handlers, a
 * worker for the isolated lane, two sweepers. Nobody is told of a death; leases and sweepers find out.
 */
import { attend } from '../core/attempt.ts';
import type { Ports, Bell } from '../core/ports.ts';
import { sweep } from '../core/sweep.ts';
import type { Lane } from '../core/task.ts';
import type { Worker } from '../core/worker.ts';
import { Running } from '../core/worker.ts';
import { portsOf } from './simulated-ports.ts';
import { SimulatedProcess } from './simulated-process.ts';
import type { Message } from './simulated-queue.ts';
import { queueDelayMs, SimulatedQueue } from './simulated-queue.ts';
import type { Group } from './simulated-runner.ts';
import { ScriptedRunner } from './simulated-runner.ts';
import { POLICIES } from './scripts.ts';
import type { World } from './world.ts';

export const SWEEP_EVERY_MS = 15_000;
const BLOCKED_FOR_MS = 30_000;
const SHARED_LANES: readonly Lane[] = ['fresh', 'recovery'];

/** What clients and operators need of a topology. */
export interface Site {
  /** A process that answers requests now, and what of its attempts it can stop itself. */
  api(): { process: SimulatedProcess; running: Running };
  readonly queueSize: () => number;
  /** Strikes at processes until the healing. */
  disturb(): void;
}

export class Cloud implements Site {
  readonly #world: World;
  readonly #queue: SimulatedQueue;
  readonly #processes = new Map<string, SimulatedProcess>();
  readonly #pumps = new Set<() => void>();

  constructor(world: World) {
    this.#world = world;
    this.#queue = new SimulatedQueue({
      after: (ms, run) => void world.time.after(ms, run),
      pick: (count) => (world.random.chance(0.8) ? 0 : world.random.between(0, Math.max(0, count - 1))),
      visibilityMs: 90_000,
    });
    this.#queue.onVisible = () => {
      for (const pump of this.#pumps) pump();
    };
    for (const name of ['api-1', 'api-2']) this.#keep(name, () => undefined);
    for (const name of ['sweeper-1', 'sweeper-2']) this.#keep(name, (process) => this.#sweepOn(process));
    for (const name of ['worker-1', 'worker-2', 'worker-3']) this.#keep(name, (process) => this.#work(process, false));
    this.#keep('isolated-1', (process) => this.#work(process, true));
  }

  queueSize = (): number => this.#queue.size;

  api() {
    const up = ['api-1', 'api-2'].filter((name) => this.#processes.get(name)?.isAlive);
    return {
      process: this.#processes.get(this.#world.random.pick(up.length > 0 ? up : ['api-1']))!,
      running: new Running(),
    };
  }

  disturb(): void {
    const { faults, random } = this.#world;
    for (const process of this.#processes.values()) {
      if (faults.strikes('crash-process')) process.crash();
      else if (faults.strikes('freeze-process')) process.freeze(random.between(5_000, 150_000));
    }
  }

  /** A process under this name, started again whenever it dies. */
  #keep(name: string, start: (process: SimulatedProcess) => void): void {
    const { time, random } = this.#world;
    const process = new SimulatedProcess(name, this.#world);
    process.ports = this.#portsOf(process);
    this.#processes.set(name, process);
    void process.died.then(() => time.after(random.between(500, 4_000), () => this.#keep(name, start)));
    start(process);
  }

  #portsOf(process: SimulatedProcess): Ports {
    return portsOf(process, {
      ring: (bell) => process.call({ apply: () => this.#deliver(bell, process), failed: () => 'failed' as const }),
      depth: (lane, tenant) => Promise.resolve(this.#queue.depth(lane, tenant)),
    });
  }

  /** Lost, doubled or late when a fault strikes. */
  #deliver(bell: Bell, process: SimulatedProcess): 'rung' {
    const { faults, random } = this.#world;
    const wholeMs = queueDelayMs(bell.notBeforeMs - process.nowMs);
    if (faults.strikes('lose-bell')) return 'rung';
    const lateMs = faults.strikes('delay-bell') ? random.between(1_000, 60_000) : 0;
    this.#queue.send(bell, wholeMs + lateMs);
    if (faults.strikes('duplicate-bell')) this.#queue.send(bell, wholeMs + random.between(0, 5_000));
    return 'rung';
  }

  #sweepOn(process: SimulatedProcess): void {
    const { world } = process;
    const round = async (): Promise<void> => {
      try {
        let report;
        do report = await sweep(process.ports, world.rules, { limit: 10 });
        while (report.looked === 10 && report.moved > 0);
      } catch {
        world.faultsOfLoops += 1; // counted at the door: the next round finds the same items
      }
      process.after(SWEEP_EVERY_MS, () => void round());
    };
    process.after(world.random.between(0, SWEEP_EVERY_MS), () => void round());
  }

  #work(process: SimulatedProcess, isolated: boolean): void {
    const lanes: readonly Lane[] = isolated ? ['isolated'] : SHARED_LANES;
    const limit = isolated ? 1 : 4;
    let busy = 0;
    // A process that must be killed for one attempt gives the others time to be released, and takes nothing new.
    const retire = (): void => {
      this.#pumps.delete(pump);
      busy = Infinity;
      process.after(2_500, () => process.crash());
    };
    const worker = this.#workerOf(process, { isolated, retire });
    const pump = (): void => {
      while (process.isAlive && busy < limit) {
        const message = this.#take(lanes);
        if (message === undefined) return;
        busy += 1;
        void this.#attendTo(message, worker).finally(() => {
          busy -= 1;
          pump();
        });
      }
    };
    this.#pumps.add(pump);
    void process.died.then(() => this.#pumps.delete(pump));
    process.after(0, pump);
  }

  /** Its handlers run in the process itself, and take it with them when they crash or block it. */
  #workerOf(process: SimulatedProcess, { isolated, retire }: { isolated: boolean; retire: () => void }): Worker {
    const { world } = process;
    const group: Group = {
      runs: new Set(),
      isBlocked: false,
      crash: () => process.crash(),
      // Frozen, and ended by its platform when its time is over.
      block: () => {
        process.freeze(BLOCKED_FOR_MS);
        world.time.after(BLOCKED_FOR_MS, () => process.crash());
      },
      killed: retire,
    };
    return {
      ports: process.ports,
      rules: world.rules,
      runner: new ScriptedRunner({ process, groupFor: () => group }),
      running: new Running(),
      versionsOf: (type) => this.#versionsOf(process, type),
      unserved: new Set(),
      isolated,
      ownerPrefix: '',
    };
  }

  async #attendTo(message: Message, worker: Worker): Promise<void> {
    try {
      if ((await attend(message.bell, worker)) === 'done') this.#queue.acknowledge(message);
    } catch {
      this.#world.faultsOfLoops += 1; // not acknowledged: the queue brings it back
    }
  }

  #take(lanes: readonly Lane[]): Message | undefined {
    const order = this.#world.random.chance(0.25) ? [...lanes].reverse() : lanes;
    for (const lane of order) {
      const message = this.#queue.take(lane);
      if (message) return message;
    }
    return undefined;
  }

  #versionsOf(process: SimulatedProcess, type: string): readonly number[] | undefined {
    if (type === 'ghost' || !(type in POLICIES)) return undefined;
    if (type === 'late' && !this.#world.faults.areOver && process.name !== 'worker-1') return undefined;
    return [1];
  }
}
