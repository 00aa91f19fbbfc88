/** The containers of one function: a warm one that is free, else a new one, else the invocation waits (or is throttled). */
import { randomUUID } from 'node:crypto';
import type { ContainerOptions, Outcome } from './container.ts';
import { Container } from './container.ts';

export interface Invoked {
  readonly functionName: string;
  readonly requestId: string;
  readonly event: unknown;
  readonly isCold: boolean;
  outcome?: Outcome;
}

export interface CrewOptions extends ContainerOptions {
  /** What the machine can bear; where the stage reserves fewer, more than those are throttled. */
  readonly most: number;
  /** A container that nobody has needed for so long is ended. */
  readonly idleMs: number;
  onInvoked(invoked: Invoked): void;
}

export class Crew {
  readonly #options: CrewOptions;
  readonly #free: Container[] = [];
  readonly #all = new Set<Container>();
  readonly #waiting: (() => void)[] = [];
  readonly #idle = new Map<Container, NodeJS.Timeout>();
  #isStopped = false;

  constructor(options: CrewOptions) {
    this.#options = options;
  }

  /** Never rejects. */
  async invoke(event: unknown): Promise<Outcome> {
    const { spec, most } = this.#options;
    const reserved = spec.reservedConcurrency ?? Infinity;
    while (this.#free.length === 0 && this.#all.size >= Math.min(most, reserved) && !this.#isStopped) {
      if (this.#all.size >= reserved) return { kind: 'throttled' };
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    if (this.#isStopped) return { kind: 'throttled' };
    return this.#run(event);
  }

  async #run(event: unknown): Promise<Outcome> {
    const warm = this.#free.pop();
    if (warm !== undefined) clearTimeout(this.#idle.get(warm));
    const container = warm ?? this.#start();
    const requestId = randomUUID();
    const invoked: Invoked = { functionName: this.#options.spec.name, requestId, event, isCold: warm === undefined };
    this.#options.onInvoked(invoked);
    invoked.outcome = await container.invoke(requestId, event);
    if (container.isUsable) this.#rest(container);
    this.#waiting.shift()?.();
    return invoked.outcome;
  }

  #start(): Container {
    const container = new Container(this.#options);
    this.#all.add(container);
    void container.ended.then(() => {
      this.#all.delete(container);
      clearTimeout(this.#idle.get(container));
      this.#idle.delete(container);
      const place = this.#free.indexOf(container);
      if (place >= 0) this.#free.splice(place, 1);
      this.#waiting.shift()?.();
    });
    return container;
  }

  #rest(container: Container): void {
    this.#free.push(container);
    const timer = setTimeout(() => {
      this.#free.splice(this.#free.indexOf(container), 1);
      void container.kill();
    }, this.#options.idleMs);
    timer.unref();
    this.#idle.set(container, timer);
  }

  /** Ends all its containers at once, whatever they do; answers how many there were. */
  async kill(): Promise<number> {
    const containers = [...this.#all];
    this.#free.length = 0;
    await Promise.all(containers.map((each) => each.kill()));
    return containers.length;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const wake of this.#waiting.splice(0)) wake();
    await this.kill();
  }
}
