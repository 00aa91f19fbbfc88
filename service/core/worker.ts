/** Who attends to bells: what it can run, and what it is running now. */
import { taskName } from './entry-keys.ts';
import type { Ports, Runner } from './ports.ts';
import type { Rules } from './rules.ts';
import type { LedgerTask, TaskKey } from './task.ts';

/** Why we stopped a handler that had not ended by itself. */
export type StopReason = 'time-out' | 'lease' | 'cancel' | 'stopping';

export interface Stoppable {
  readonly fence: number;
  stop(reason: StopReason): void;
}

/** The attempts of one process. */
export class Running {
  readonly #attempts = new Map<string, Stoppable>();

  get size(): number {
    return this.#attempts.size;
  }

  add(key: TaskKey, attempt: Stoppable): void {
    this.#attempts.set(taskName(key), attempt);
  }

  remove(key: TaskKey, attempt: Stoppable): void {
    if (this.#attempts.get(taskName(key)) === attempt) this.#attempts.delete(taskName(key));
  }

  /** Whether this very attempt runs here. */
  has(task: LedgerTask): boolean {
    return this.#attempts.get(taskName(task))?.fence === task.fence;
  }

  /** A cancel request reaches a handler in this process at once, elsewhere with its next heartbeat. */
  stop(key: TaskKey, reason: StopReason): void {
    this.#attempts.get(taskName(key))?.stop(reason);
  }

  stopAll(reason: StopReason): void {
    for (const attempt of this.#attempts.values()) attempt.stop(reason);
  }
}

export interface Worker {
  readonly ports: Ports;
  readonly rules: Rules;
  readonly runner: Runner;
  readonly running: Running;
  /** The payload versions of a type that this worker can run; undefined for a type it does not know. */
  readonly versionsOf: (type: string) => readonly number[] | undefined;
  /** Types whose tasks wait because no worker takes them: each is told once. */
  readonly unserved: Set<string>;
  /** Whether what it runs is alone in its process. */
  readonly isolated: boolean;
  /** Begins every owner token, so that a new boot knows the claims of an old one. */
  readonly ownerPrefix: string;
}
