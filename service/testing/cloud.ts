/**
 * Many processes that share nothing but the store and the queue: api servers, workers that die with their handlers, one
 * for the isolated lane, two sweepers. Nobody is told of a death; leases and sweepers find out.
 */
import type { Bell, Ports } from '../core/ports.ts';
import { sweep } from '../core/sweep.ts';
import type { Lane } from '../core/task.ts';
import type { Worker } from '../core/worker.ts';
import { Running } from '../core/worker.ts';
import { Poller } from './poller.ts';
import { portsOf } from './simulated-ports.ts';
import { SimulatedProcess } from './simulated-process.ts';
import { queueDelayMs, SimulatedQueue } from './simulated-queue.ts';
import type { Group } from './simulated-runner.ts';
import { ScriptedRunner } from './simulated-runner.ts';
import { POLICIES } from './scripts.ts';
import type { World } from './world.ts';

export const SWEEP_EVERY_MS = 15_000;
const BLOCKED_FOR_MS = 30_000;
/** Whether the workers may come back. */
const ASKS_AGAIN_MS = 1_000;
/** Longer than an invocation. */
const VISIBILITY_MS = 180_000;
const SHARED_LANES: readonly Lane[] = ['fresh', 'recovery'];
const APIS = ['api-1', 'api-2'];
const SWEEPERS = ['sweeper-1', 'sweeper-2'];
const WORKERS = Array.from({ length: 10 }, (_, i) => `worker-${i + 1}`);
const ISOLATED = ['isolated-1', 'isolated-2'];

/** What clients and operators need of a topology. */
export interface Site {
  /** A process that answers this client's requests now, and what of its attempts it can stop itself. */
  api(client: string): { process: SimulatedProcess; running: Running };
  readonly queueSize: () => number;
  /** Strikes at processes until the healing. */
  disturb(): void;
}

interface Restart {
  readonly inMs: number;
  /** Whether the workers were found to be away. */
  readonly wasOff: boolean;
}

export class Cloud implements Site {
  readonly #world: World;
  readonly #queue: SimulatedQueue;
  readonly #processes = new Map<string, SimulatedProcess>();
  readonly #pumps = new Set<() => void>();
  #offSinceMs = 0;

  constructor(world: World) {
    this.#world = world;
    const order = world.stream('order of the queue');
    this.#queue = new SimulatedQueue({
      after: (ms, run) => void world.time.after(ms, run),
      pick: (count) => (order.chance(0.8) ? 0 : order.between(0, Math.max(0, count - 1))),
      visibilityMs: VISIBILITY_MS,
    });
    this.#queue.onVisible = () => this.#pumpAll();
    for (const name of APIS) this.#keep(name, () => undefined);
    for (const name of SWEEPERS) this.#keep(name, (process) => this.#sweepOn(process));
    for (const name of WORKERS) this.#keep(name, (process) => this.#work(process, false));
    for (const name of ISOLATED) this.#keep(name, (process) => this.#work(process, true));
    world.onOutage.push((kind) => {
      if (kind === 'queue-emptied') this.#queue.loseAll();
      if (kind !== 'workers-off') return;
      this.#offSinceMs = world.time.nowMs;
      for (const name of [...WORKERS, ...ISOLATED]) this.#processes.get(name)?.crash();
    });
    world.onReturn.push((kind) => {
      if (kind === 'queue-down') world.promptness.queueReturns(world.store.items.values());
    });
  }

  queueSize = (): number => this.#queue.size;

  api(client: string) {
    const up = APIS.filter((name) => this.#processes.get(name)?.isAlive);
    const name = this.#world.stream(`api for ${client}`).pick(up.length > 0 ? up : APIS);
    return { process: this.#processes.get(name)!, running: new Running() };
  }

  disturb(): void {
    const { faults } = this.#world;
    for (const [name, process] of this.#processes) {
      if (faults.strikes('crash-process', name)) process.crash();
      else if (faults.strikes('freeze-process', name)) {
        process.freeze(this.#world.stream(`freezes of ${name}`).between(5_000, 150_000));
      }
    }
  }

  #pumpAll(): void {
    for (const pump of this.#pumps) pump();
  }

  /** A process under this name, started again whenever it dies. */
  #keep(name: string, start: (process: SimulatedProcess) => void): void {
    const process = new SimulatedProcess(name, this.#world);
    process.ports = this.#portsOf(process);
    this.#processes.set(name, process);
    const restart = this.#world.stream(`restarts of ${name}`);
    void process.died.then(() => this.#again(name, start, { inMs: restart.between(500, 4_000), wasOff: false }));
    start(process);
  }

  #again(name: string, start: (process: SimulatedProcess) => void, { inMs, wasOff }: Restart): void {
    const { time, faults, store, promptness } = this.#world;
    time.after(inMs, () => {
      const isOff = faults.isOut('workers-off') && !APIS.includes(name) && !SWEEPERS.includes(name);
      if (isOff) {
        this.#again(name, start, { inMs: ASKS_AGAIN_MS, wasOff: true });
        return;
      }
      if (wasOff && name === WORKERS[0]) promptness.workersReturn(store.items.values(), this.#offSinceMs);
      this.#keep(name, start);
    });
  }

  #portsOf(process: SimulatedProcess): Ports {
    return portsOf(process, {
      ring: (bell) => this.#send(bell, process),
      depth: (lane, tenant) =>
        process.call({ to: 'queue', apply: () => this.#queue.depth(lane, tenant), failed: () => 0 }),
    });
  }

  #send(bell: Bell, process: SimulatedProcess): Promise<'rung' | 'failed'> {
    const about = `${bell.tenant}/${bell.taskId}`;
    return process.call<'rung' | 'failed'>({
      ...{ to: 'queue', about },
      apply: () => this.#deliver(bell, process.nowMs, about),
      failed: () => 'failed',
    });
  }

  /** Lost, doubled or late when a fault strikes. */
  #deliver(bell: Bell, nowMs: number, about: string): 'rung' {
    const { faults } = this.#world;
    const random = this.#world.stream(`bells of ${about}`);
    const wholeMs = queueDelayMs(bell.notBeforeMs - nowMs);
    const lost = (what: string) => {
      const { tenant, taskId, lane } = bell;
      this.#world.tell({ who: 'world', what, tenant, taskId, lane });
    };
    if (faults.strikes('lose-bell', about)) {
      lost('bell-lost');
      return 'rung';
    }
    const lateMs = faults.strikes('delay-bell', about) ? random.between(1_000, 60_000) : 0;
    this.#queue.send(bell, wholeMs + lateMs);
    if (faults.strikes('duplicate-bell', about)) this.#queue.send(bell, wholeMs + random.between(0, 5_000));
    return 'rung';
  }

  #sweepOn(process: SimulatedProcess): void {
    const { world } = process;
    const round = async (): Promise<void> => {
      try {
        let report;
        do report = await sweep(process.ports, world.rules, { limit: 10 });
        while (report.looked === 10 && report.moved > 0);
      } catch (error) {
        world.atTheDoor(error); // the next round finds the same items
      }
      process.after(SWEEP_EVERY_MS, () => void round());
    };
    process.after(world.stream(`rounds of ${process.name}`).between(0, SWEEP_EVERY_MS), () => void round());
  }

  #work(process: SimulatedProcess, isolated: boolean): void {
    // A process that must be killed for one attempt gives the others time to be released, and takes nothing new.
    const retire = (): void => {
      poller.close();
      process.after(2_500, () => process.crash());
    };
    const poller = new Poller({
      process,
      queue: this.#queue,
      lanes: isolated ? ['isolated'] : SHARED_LANES,
      worker: this.#workerOf(process, { isolated, retire }),
      ringAnew: (bell) => this.#send(bell, process),
    });
    this.#pumps.add(poller.pump);
    void process.died.then(() => this.#pumps.delete(poller.pump));
    process.after(0, poller.pump);
  }

  /** Its handlers run in the process itself, and take it with them when they crash or block it. */
  #workerOf(process: SimulatedProcess, { isolated, retire }: { isolated: boolean; retire: () => void }) {
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
      versionsOf: (type) => this.#versionsOf(process, type),
      unserved: new Set<string>(),
      isolated,
      ownerPrefix: '',
    } satisfies Omit<Worker, 'running'>;
  }

  #versionsOf(process: SimulatedProcess, type: string): readonly number[] | undefined {
    if (type === 'ghost' || !(type in POLICIES)) return undefined;
    const isOld = !this.#world.faults.areOver && WORKERS.indexOf(process.name) % 2 === 1;
    if (type === 'late' && isOld) return undefined;
    return [1];
  }
}
