/**
 * What takes bells from a queue for one function: up to ten at once, one invocation at a time. Its answer names those that
 * come back, and only then the others are gone, as with SQS and service/lambda/work.ts: bells of the shared lanes are
 * attended to side by side, isolated ones alone. Before its time limit an invocation stops what still runs.
 */
import { attend } from '../core/attempt.ts';
import type { Bell } from '../core/ports.ts';
import type { Lane } from '../core/task.ts';
import type { Worker } from '../core/worker.ts';
import { Running } from '../core/worker.ts';
import type { SimulatedProcess } from './simulated-process.ts';
import type { Message, SimulatedQueue } from './simulated-queue.ts';

const MOST_AT_ONCE = 10;
/** Shorter than a real one, so that long attempts meet it. */
const STOPS_AFTER_MS = 140_000;
const STOP_AGAIN_MS = 500;
const AGAIN_MS = 1_000;
const ASKS_AGAIN_MS = 5_000;

export interface PollerOptions {
  readonly process: SimulatedProcess;
  readonly queue: SimulatedQueue;
  readonly lanes: readonly Lane[];
  readonly worker: Omit<Worker, 'running'>;
  /** Hands a bell back: it is not the core that rings. */
  readonly ringAnew: (bell: Bell) => Promise<'rung' | 'failed'>;
}

export class Poller {
  readonly #options: PollerOptions;
  #isBusy = false;
  #isClosed = false;
  #willAsk = false;

  constructor(options: PollerOptions) {
    this.#options = options;
  }

  /** Takes nothing more. */
  close(): void {
    this.#isClosed = true;
  }

  pump = (): void => {
    const { process } = this.#options;
    const { world } = process;
    if (this.#isBusy || this.#isClosed || !process.isAlive) return;
    const isAway = world.faults.isOut('queue-down');
    if (isAway || process.isFrozen) this.#pumpAfter(isAway ? ASKS_AGAIN_MS : 0);
    else this.#takeSome();
  };

  #takeSome(): void {
    const { process, queue, lanes } = this.#options;
    const { world } = process;
    const most = lanes.includes('isolated') ? 1 : MOST_AT_ONCE;
    const order = world.stream(`lanes of ${process.name}`).chance(0.25) ? lanes.toReversed() : lanes;
    for (const lane of order) {
      const messages = queue.takeSome(lane, most);
      if (messages.length === 0) continue;
      if (messages.length === MOST_AT_ONCE) world.fact('ten bells at once');
      this.#isBusy = true;
      void this.#invoke(messages).then(() => {
        this.#isBusy = false;
        this.pump();
      });
      return;
    }
  }

  /** Whoever waits for messages asks again; a frozen one does when it goes on. */
  #pumpAfter(ms: number): void {
    if (this.#willAsk) return;
    this.#willAsk = true;
    this.#options.process.after(ms, () => {
      this.#willAsk = false;
      this.pump();
    });
  }

  async #invoke(messages: readonly Message[]): Promise<void> {
    const { process, queue, worker } = this.#options;
    const running = new Running();
    const letGo = this.#stopInTime(running);
    const done = await Promise.all(messages.map(({ bell }) => this.#deliver(bell, { ...worker, running })));
    letGo();
    const returned = done.filter((isDone) => !isDone).length;
    if (returned > 0 && returned < messages.length) process.world.fact('bells returned in part');
    await process.call({
      to: 'queue',
      apply: () => {
        for (const [i, message] of messages.entries()) if (done[i]) queue.acknowledge(message);
      },
      failed: () => undefined,
    });
  }

  /** Whether the message is done with. */
  async #deliver(bell: Bell, worker: Worker): Promise<boolean> {
    const { world, name } = this.#options.process;
    const { tenant, taskId, lane } = bell;
    world.tell({ who: name, what: 'bell', tenant, taskId, lane });
    try {
      return (await attend(bell, worker)) === 'done' || (await this.#handBack(bell));
    } catch (error) {
      world.atTheDoor(error);
      return this.#handBack(bell);
    }
  }

  async #handBack(bell: Bell): Promise<boolean> {
    const { process, ringAnew } = this.#options;
    const answer = await ringAnew({ ...bell, notBeforeMs: process.nowMs + AGAIN_MS });
    if (answer === 'rung') process.world.fact('bell rung anew after its ledger was away');
    return answer === 'rung';
  }

  #stopInTime(running: Running): () => void {
    const { process } = this.#options;
    const stop = (): void => {
      if (running.size > 0) process.world.fact('invocation stopped at its time limit');
      running.stopAll('stopping');
      cancel = process.after(STOP_AGAIN_MS, stop);
    };
    let cancel = process.after(STOPS_AFTER_MS, stop);
    return () => cancel();
  }
}
