/**
 * Takes bells while there is room for attempts: fresh ones first, every fourth from recovery, isolated ones into places
 * of their own; tenants take turns, and leave each other places. As many as there is room for in one turn, so that their
 * claims share a transaction; a place is free as soon as its handler has ended, so that the next claim shares the
 * transaction of that outcome.
 */
import { attend } from '../core/attempt.ts';
import { namesOf } from '../core/names-of.ts';
import type { Bell, Log, Run, Runner, RunRequest } from '../core/ports.ts';
import { SECOND } from '../core/rules.ts';
import type { Lane } from '../core/task.ts';
import type { Worker } from '../core/worker.ts';
import type { MemoryDoorbell } from './memory-doorbell.ts';
import { Places, TenantsAbout } from './places.ts';
import type { Pool } from './pool.ts';

const RECOVERY_EVERY = 4;
const AGAIN_MS = SECOND;

export interface DispatchOptions {
  readonly doorbell: MemoryDoorbell;
  readonly pool: Pick<Pool, 'slots' | 'onChange'>;
  /** Starts in the pool. */
  readonly runner: Runner;
  readonly worker: Omit<Worker, 'isolated' | 'runner'>;
  /** The doorbell had lost bells of these tenants and has room again. */
  readonly refill: (tenants: ReadonlySet<string>) => void;
  /** Who has anything in the ledger at the start. */
  readonly tenants: readonly string[];
  readonly log: Log;
}

export class Dispatch {
  readonly #options: DispatchOptions;
  readonly #places: readonly Places[];
  #turns = 0;
  readonly #attending = new Set<Promise<void>>();
  #isStopped = false;

  /** Begins at once. */
  constructor(options: DispatchOptions) {
    this.#options = options;
    const about = new TenantsAbout(options.worker.ports.clock, options.tenants);
    this.#places = [new Places(false, about), new Places(true, about)];
    options.doorbell.onVisible(() => this.#pump());
    options.pool.onChange = () => this.#pump();
    this.#pump();
  }

  /** Takes no more bells. Resolves when every attempt that was begun has been committed. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all(this.#attending);
  }

  #pump(): void {
    if (this.#isStopped) return;
    const { doorbell, pool, refill } = this.#options;
    for (const places of this.#places) {
      for (let room = pool.slots(places.isolated) - places.taken; room > 0; room -= 1) {
        const bell = this.#next(places, room);
        if (bell === undefined) break;
        this.#begin(bell, places);
      }
    }
    const losers = doorbell.takeLosers();
    if (losers.size > 0) refill(losers);
  }

  #next(places: Places, free: number): Bell | undefined {
    const { doorbell } = this.#options;
    const mayTake = (tenant: string) => places.mayTake(tenant, free);
    if (places.isolated) return doorbell.take('isolated', mayTake);
    this.#turns += 1;
    const [first, second]: readonly Lane[] =
      this.#turns % RECOVERY_EVERY === 0 ? ['recovery', 'fresh'] : ['fresh', 'recovery'];
    return doorbell.take(first!, mayTake) ?? doorbell.take(second!, mayTake);
  }

  #begin(bell: Bell, places: Places): void {
    const attending = this.#attend(bell, places).finally(() => this.#attending.delete(attending));
    this.#attending.add(attending);
  }

  async #attend(bell: Bell, places: Places): Promise<void> {
    const { doorbell, runner, worker, log } = this.#options;
    places.take(bell.tenant);
    let isTaken = true;
    const leave = () => {
      if (isTaken) places.leave(bell.tenant);
      isTaken = false;
      this.#pump();
    };
    const start = (request: RunRequest): Run => {
      const run = runner.start(request);
      void run.outcome.then(leave);
      return run;
    };
    try {
      const answer = await attend(bell, { ...worker, runner: { start }, isolated: places.isolated });
      if (answer !== 'again') return;
      await doorbell.ring([{ ...bell, notBeforeMs: worker.ports.clock.nowMs() + AGAIN_MS }]);
    } catch (error) {
      // The task is still due in the ledger: the sweeper will ring for it.
      const { tenant, taskId } = bell;
      log.error('attend-failed', { tenant, taskId, ...namesOf(error) });
    } finally {
      if (isTaken) leave();
    }
  }
}
