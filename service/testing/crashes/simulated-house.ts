/** The simulated store and queue, with the checker that sees every write, ring and start. */
import type { Bell } from '../../core/ports.ts';
import type { LedgerTask } from '../../core/task.ts';
import type { AuditRow } from '../audit.ts';
import { Checker } from '../checker.ts';
import type { Fault } from '../faults.ts';
import { portsOf } from '../simulated-ports.ts';
import { SimulatedProcess } from '../simulated-process.ts';
import { queueDelayMs, SimulatedQueue } from '../simulated-queue.ts';
import { World } from '../world.ts';
import type { OwnPorts } from './cloud-house.ts';
import { CloudHouse } from './cloud-house.ts';
import type { Observed } from './house.ts';
import { guardedPorts, RULES, TENANT } from './house.ts';
import type { Fate, Mortal } from './mortal.ts';

const LANES: readonly Bell['lane'][] = ['fresh', 'recovery', 'isolated'];
const VISIBILITY_MS = 20_000;

class CheckedWorld extends World {
  override readonly checker = new Checker({
    ...{ rules: RULES, isCloud: true, fact: () => undefined },
    // What only a slow world may not do is not judged in one whose processes die.
    chosen: new Set<Fault>(['freeze-process']),
  });
}

export class SimulatedHouse extends CloudHouse {
  readonly #world: World;
  readonly #queue: SimulatedQueue;
  readonly #rows = new Map<string, AuditRow[]>();

  constructor(fate: Fate) {
    const world = new CheckedWorld(1, 'cloud', []);
    super(fate, world.time);
    this.#world = world;
    this.#queue = new SimulatedQueue({
      after: (ms, run) => void this.after(ms, run),
      pick: () => 0,
      visibilityMs: VISIBILITY_MS,
    });
    this.#queue.onVisible = () => this.onWorker();
    world.listeners.push(({ before, after }) => {
      const { taskId, fence, status, version } = after;
      const row = { taskId, fence, was: before?.status ?? null, becomes: status, version, atMs: world.time.nowMs };
      this.#rows.set(taskId, [...(this.#rows.get(taskId) ?? []), row]);
    });
    this.onStart = (request, isAlive) => world.checker.started(request, 0, { isAlive, isFrozen: () => false });
    this.start();
  }

  /** Calls travel in virtual time. */
  override waitFor(): void {
    // Nobody waits for real.
  }

  protected portsOf(by: Mortal): OwnPorts {
    // It lives on as the network: what its owner has asked for arrives, and whom the answer reaches is another matter.
    const process = new SimulatedProcess(by.name, this.#world);
    const ring = (bell: Bell): Promise<'rung'> =>
      process.call({
        apply: () => {
          this.#queue.send(bell, queueDelayMs(bell.notBeforeMs - this.time.nowMs));
          return 'rung';
        },
        failed: () => 'rung',
      });
    const depth = (lane: Bell['lane'], tenant: string) => Promise.resolve(this.#queue.depth(lane, tenant));
    const ports = portsOf(process, { ring, depth });
    const { doorbell, deadLetters } = ports;
    return guardedPorts(by, {
      ...ports,
      doorbell: this.countedBells(doorbell),
      deadLetters: this.countedDeaths(deadLetters),
    });
  }

  protected onWorker(): void {
    // Not at once: who begins is not there yet.
    this.after(0, () => {
      for (const lane of LANES) {
        for (let message; this.isTaking(lane) && (message = this.#queue.take(lane));) {
          const taken = message;
          void this.deliver(taken.bell).then((isDone) => isDone && this.#queue.acknowledge(taken));
        }
      }
    });
  }

  statusOf(taskId: string): LedgerTask['status'] | undefined {
    return this.#world.store.items.get(`${TENANT}/${taskId}`)?.status;
  }

  observe(taskId: string): Promise<Observed> {
    const task = this.#world.store.items.get(`${TENANT}/${taskId}`);
    const history = this.#rows.get(taskId) ?? [];
    return Promise.resolve({ history, task, bells: this.bellsOf(taskId), told: this.toldOf(taskId) });
  }

  complaints(): string[] {
    return this.#world.checker.violations.map(({ invariant, what }) => `[${invariant}] ${what}`);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
