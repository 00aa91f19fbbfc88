/**
 * Processes that share nothing but a store and queues: one that answers requests, one that runs attempts and dies with its
 * handlers, one that runs each alone, a sweeper. Whoever dies is replaced; nobody is told.
 */
import { attend } from '../../core/attempt.ts';
import type { Desk } from '../../core/operate.ts';
import type { Bell, Ports, RunRequest } from '../../core/ports.ts';
import { sweep } from '../../core/sweep.ts';
import type { Worker } from '../../core/worker.ts';
import { Running } from '../../core/worker.ts';
import { noteSwept } from '../../lambda/swept.ts';
import { handlersOf } from './handlers.ts';
import { House, RESTART_MS, RULES } from './house.ts';
import { Mortal } from './mortal.ts';

const ROLES = ['api', 'worker', 'isolated', 'sweeper'] as const;
type Role = (typeof ROLES)[number];
const SWEEP_PAGE = 20;
const AGAIN_MS = 1_000;

/** The ports of a process, and what is kept back until it calls this. */
export type OwnPorts = Ports & { readonly flush?: () => Promise<void> };

interface Process {
  readonly by: Mortal;
  readonly ports: OwnPorts;
  readonly running: Running;
}

export abstract class CloudHouse extends House {
  readonly #processes = new Map<Role, Process>();

  protected abstract portsOf(by: Mortal): OwnPorts;
  /** There is somebody to take bells again. */
  protected abstract onWorker(): void;
  /** For whoever checks more than the end of a run. */
  protected onStart: ((request: RunRequest, isAlive: () => boolean) => void) | undefined;

  protected start(): void {
    for (const role of ROLES) this.#begin(role);
  }

  #begin(role: Role): void {
    const by: Mortal = new Mortal(role, this, () => {
      if (this.#processes.get(role)?.by === by) this.after(RESTART_MS, () => this.#begin(role));
    });
    this.#processes.set(role, { by, ports: this.portsOf(by), running: new Running() });
    if (role === 'sweeper') by.clock.timer(this.sweepEveryMs / 2, () => void this.#sweepOn(role));
    else if (role !== 'api') this.onWorker();
  }

  async #sweepOn(role: Role): Promise<void> {
    const { by, ports } = this.#processes.get(role)!;
    await sweep(ports, RULES, { limit: SWEEP_PAGE });
    await noteSwept(ports.keyValue, by.clock.nowMs());
    await ports.flush?.();
    by.clock.timer(this.sweepEveryMs, () => void this.#sweepOn(role));
  }

  desk(): { desk: Desk; by: Mortal } | undefined {
    const { by, ports, running } = this.#processes.get('api')!;
    return by.isAlive ? { by, desk: { ports, rules: RULES, running } } : undefined;
  }

  stopWorker(): void {
    const { by, running } = this.#processes.get('worker')!;
    if (!by.isAlive) return;
    this.#begin('worker');
    running.stopAll('stopping');
  }

  killWorker(): void {
    this.#processes.get('worker')!.by.die();
  }

  loseHandler(by: Mortal): void {
    by.die();
  }

  protected isTaking(lane: Bell['lane']): boolean {
    return this.#processes.get(lane === 'isolated' ? 'isolated' : 'worker')!.by.isAlive;
  }

  /** As the work function does. True when the message is done with. */
  protected async deliver(bell: Bell): Promise<boolean> {
    const isolated = bell.lane === 'isolated';
    const { by, ports, running } = this.#processes.get(isolated ? 'isolated' : 'worker')!;
    const runner = handlersOf(by, this, (request) => this.onStart?.(request, () => by.isAlive));
    const worker: Worker = {
      ...{ ports, rules: RULES, running, runner, isolated, unserved: new Set(), ownerPrefix: '' },
      versionsOf: () => [1],
    };
    const attending = async (): Promise<boolean> => {
      const answer = await attend(bell, worker);
      const [rung] =
        answer === 'done' ? [] : await ports.doorbell.ring([{ ...bell, notBeforeMs: this.time.nowMs + AGAIN_MS }]);
      await ports.flush?.();
      return answer === 'done' || rung === 'rung';
    };
    return Promise.race([attending(), by.died.then(() => false)]);
  }
}
