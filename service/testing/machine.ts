/**
 * One server that holds api, dispatcher and sweeper, with child processes for handlers and a doorbell in its memory.
 * A child's death is known at once; the server's own death takes everything, and the next boot reaps what it left.
 */
import { attend } from '../core/attempt.ts';
import { taskName } from '../core/entry-keys.ts';
import { bellOf } from '../core/follow.ts';
import { reapLostWithServer } from '../core/restart.ts';
import { sweep } from '../core/sweep.ts';
import type { Lane, LedgerTask } from '../core/task.ts';
import { isReady } from '../core/task.ts';
import type { Worker } from '../core/worker.ts';
import { Running } from '../core/worker.ts';
import type { RunRequest } from '../core/ports.ts';
import type { Site } from './cloud.ts';
import { SWEEP_EVERY_MS } from './cloud.ts';
import { portsOf } from './simulated-ports.ts';
import { SimulatedProcess } from './simulated-process.ts';
import { isReadable } from './simulated-store.ts';
import { SimulatedQueue } from './simulated-queue.ts';
import type { Group } from './simulated-runner.ts';
import { ScriptedRunner } from './simulated-runner.ts';
import { POLICIES } from './scripts.ts';
import type { World } from './world.ts';

const SLOTS = { shared: 16, isolated: 8 };
const CHILDREN = 2;

export class Machine implements Site {
  readonly #world: World;
  #server!: SimulatedProcess;
  #queue!: SimulatedQueue;
  #running = new Running();
  #children: Group[] = [];
  #boot = 0;

  constructor(world: World) {
    this.#world = world;
    world.onOutage.push((kind) => {
      if (kind === 'workers-off') this.#server.crash();
      else world.promptness.disturbed();
    });
    this.#start();
  }

  queueSize = (): number => this.#queue.size;

  api() {
    return { process: this.#server, running: this.#running };
  }

  disturb(): void {
    const { faults } = this.#world;
    if (faults.strikes('crash-process', 'server')) this.#server.crash();
    const jumpMs = this.#world.stream('clock jumps').pick([-600_000, 90_000, 600_000]);
    if (faults.strikes('clock-jump')) this.#server.jumpClock(jumpMs);
    const child = this.#world.stream('children that die').pick(this.#children);
    if (faults.strikes('crash-process', 'child')) child.crash();
  }

  #start(): void {
    this.#boot += 1;
    const server = new SimulatedProcess(`server-${this.#boot}`, this.#world);
    this.#server = server;
    this.#running = new Running();
    this.#children = Array.from({ length: CHILDREN }, () => newChild());
    this.#queue = new SimulatedQueue({
      after: (ms, run) => void server.after(ms, run),
      pick: () => 0,
      visibilityMs: Infinity,
    });
    server.ports = portsOf(server, {
      ring: (bell) => {
        this.#queue.send(bell, Math.max(0, bell.notBeforeMs - server.nowMs));
        return Promise.resolve('rung');
      },
      depth: (lane, tenant) => Promise.resolve(this.#queue.depth(lane, tenant)),
    });
    void server.died.then(() => {
      this.#notePause();
      this.#again(this.#world.stream('restarts').between(300, 1_500));
    });
    server.after(0, () => void this.#boots(server));
  }

  /** Once there is power. */
  #again(inMs: number): void {
    const { time, faults } = this.#world;
    time.after(inMs, () => {
      if (faults.isOut('workers-off')) {
        this.#notePause();
        this.#again(300);
      } else this.#start();
    });
  }

  #notePause(): void {
    const { promptness, store, faults } = this.#world;
    promptness.wentDown(store.items.values());
    if (faults.isOut('disk-full') || faults.isOut('all-slow')) promptness.disturbed();
  }

  /** First the attempts of the dead, then the bells of the waiting, then work. */
  async #boots(server: SimulatedProcess): Promise<void> {
    const { store, rules } = this.#world;
    const prefix = `${server.name}.`;
    const items = [...store.items.values()].filter(isReadable);
    const lost = items.filter((task) => task.status === 'running' && !task.owner?.startsWith(prefix));
    if (lost.length > 0) {
      this.#world.fact('attempt of an old boot reaped');
      // As the real one: what it cannot end at its start it must not take for its own later.
      const left = await reapLostWithServer(server.ports, rules, lost);
      if (left > 0) server.crash();
      if (left > 0) return;
    }
    const lostNames = new Set(lost.map(taskName));
    for (const task of items) if (isReady(task) && !lostNames.has(taskName(task))) this.#refill(server, task);
    this.#sweepOn(server);
    this.#dispatch(server, prefix);
  }

  #refill(server: SimulatedProcess, task: LedgerTask): void {
    const aheadMs = task.notBeforeMs - server.nowMs;
    if (aheadMs <= 600_000) this.#queue.send(bellOf(task), Math.max(0, aheadMs));
  }

  #sweepOn(server: SimulatedProcess): void {
    const running = this.#running;
    const round = async (): Promise<void> => {
      await sweep(server.ports, this.#world.rules, { limit: 10, isAlive: (task) => running.has(task) });
      server.after(SWEEP_EVERY_MS, () => void round());
    };
    server.after(this.#world.stream('rounds').between(0, SWEEP_EVERY_MS), () => void round());
  }

  #dispatch(server: SimulatedProcess, ownerPrefix: string): void {
    const queue = this.#queue;
    const runner = new ScriptedRunner({ process: server, groupFor: (request) => this.#childFor(request) });
    const common = {
      ports: server.ports,
      rules: this.#world.rules,
      runner,
      running: this.#running,
      versionsOf: (type: string) => (type === 'ghost' || !(type in POLICIES) ? undefined : [1]),
      unserved: new Set<string>(),
      ownerPrefix,
    };
    const pump = (slots: { free: number }, lanes: readonly Lane[], worker: Worker): void => {
      for (const lane of lanes) {
        for (let message; slots.free > 0 && (message = queue.take(lane));) {
          const { bell } = message;
          queue.acknowledge(message);
          slots.free -= 1;
          void attend(bell, worker).then((ended) => {
            if (ended === 'again') queue.send(bell, 1_000);
            slots.free += 1;
            pumpAll();
          });
        }
      }
    };
    const shared = { free: SLOTS.shared };
    const isolated = { free: SLOTS.isolated };
    const pumpAll = (): void => {
      pump(shared, ['fresh', 'recovery'], { ...common, isolated: false });
      pump(isolated, ['isolated'], { ...common, isolated: true });
    };
    queue.onVisible = pumpAll;
    pumpAll();
  }

  #childFor({ isolated, task }: RunRequest): Group {
    return isolated ? newChild() : this.#world.stream(`child for ${taskName(task)}`).pick(this.#children);
  }
}

/** A child process: its death ends its runs, and the next one takes its place at once. */
function newChild(): Group {
  const child: Group = {
    runs: new Set(),
    isBlocked: false,
    crash: () => {
      for (const run of [...child.runs]) run.end({ kind: 'gone', cause: 'crashed' });
      child.isBlocked = false;
    },
    block: () => undefined,
    killed: () => undefined,
  };
  return child;
}
