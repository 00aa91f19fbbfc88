/** Waiting for a task to settle: woken by this process's own events, and by a poll for what happened elsewhere. */
import { taskName } from './entry-keys.ts';
import { readTask } from './operate.ts';
import type { Ports, TaskEvent } from './ports.ts';
import type { LedgerTask, TaskKey } from './task.ts';
import { isSettled } from './task.ts';

const POLL_MS = 1_000;
/** An announcement follows a death at once; that of another process is no event here. */
const POLL_PENDING_MS = 50;

/** The events of this process, by task. Fed by the publisher; holds only who is listening. */
export class Changes {
  readonly #waiters = new Map<string, Set<() => void>>();
  readonly #listeners: ((events: readonly TaskEvent[]) => void)[] = [];

  notify(events: readonly TaskEvent[]): void {
    for (const listener of this.#listeners) listener(events);
    if (this.#waiters.size === 0) return;
    for (const { task } of events) for (const wake of this.#waiters.get(taskName(task)) ?? []) wake();
  }

  /** Calls `listener` with all events from now on. It is on the way of every commit: it has to be quick, and may not throw. */
  onAny(listener: (events: readonly TaskEvent[]) => void): void {
    this.#listeners.push(listener);
  }

  /** Calls `wake` at every change of the task until the returned function is called. */
  on(key: TaskKey, wake: () => void): () => void {
    const name = taskName(key);
    const waiters = this.#waiters.get(name) ?? new Set();
    this.#waiters.set(name, waiters.add(wake));
    return () => {
      waiters.delete(wake);
      if (waiters.size === 0 && this.#waiters.get(name) === waiters) this.#waiters.delete(name);
    };
  }
}

export interface Wait {
  readonly changes: Changes;
  readonly waitMs: number;
  /** Ends the wait early: the client went away, or the server stops. */
  readonly signal: AbortSignal;
}

/** The task once it is settled, or as it is when the time is up. Throws as `readTask`. */
export async function settledTask(ports: Ports, key: TaskKey, { changes, waitMs, signal }: Wait): Promise<LedgerTask> {
  const { clock } = ports;
  const untilMs = clock.monotonicMs() + waitMs;
  for (;;) {
    const change = nextChange(changes, key, signal);
    try {
      const task = await readTask(ports, key);
      const leftMs = untilMs - clock.monotonicMs();
      if (isSettled(task) || leftMs <= 0 || signal.aborted) return task;
      const pollMs = task.announcement === 'pending' ? POLL_PENDING_MS : POLL_MS;
      const cancelTimer = clock.timer(Math.min(pollMs, leftMs), change.wake);
      await change.happened;
      cancelTimer();
    } finally {
      change.forget();
    }
  }
}

/** Listens from before the read, so that no change falls between the read and the wait. */
function nextChange(changes: Changes, key: TaskKey, signal: AbortSignal) {
  const { promise: happened, resolve } = Promise.withResolvers<undefined>();
  const wake = () => resolve(undefined);
  const off = changes.on(key, wake);
  signal.addEventListener('abort', wake, { once: true });
  const forget = () => {
    off();
    signal.removeEventListener('abort', wake);
  };
  return { happened, wake, forget };
}
