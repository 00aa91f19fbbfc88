// One task as it changes, until it is final: what the live channel tells, or looks every second where there is none.
import type { Task } from '@holdfast/api/types';
import { isProblem } from './errors.ts';
import type { FollowOptions, TaskFeed } from './feed.ts';

const POLL_EVERY_MS = 1000;
/** Progress is no change that the channel tells of. */
const RECONCILE_EVERY_MS = 2000;

export interface Watched {
  readonly taskId: string;
  readonly get: (signal: AbortSignal) => Promise<Task>;
  readonly follow: (options: FollowOptions) => TaskFeed;
  readonly isFinal: (task: Task) => boolean;
  readonly signal: AbortSignal | undefined;
}

/** Versions rise; of two soon after another perhaps only the second is seen. Throws what no later look would change. */
export async function* watch({ taskId, get, follow, isFinal, signal }: Watched): AsyncGenerator<Task, void, undefined> {
  const first = await get(signal ?? new AbortController().signal);
  yield first;
  if (isFinal(first)) return;
  let refusal: unknown;
  // Its own: what the feed tells may be about the channel, and the task is there all the same.
  const snapshot = async (ended: AbortSignal): Promise<readonly Task[]> => {
    try {
      return [await get(ended)];
    } catch (error) {
      if (isProblem(error) && !error.retryable) refusal = error;
      throw error;
    }
  };
  const feed = follow({
    topics: [`task:${taskId}`],
    snapshot,
    pollEveryMs: POLL_EVERY_MS,
    reconcileEveryMs: RECONCILE_EVERY_MS,
  });
  const wake = new Wake();
  const stop = feed.subscribe(() => wake.ring());
  const abort = (): void => wake.ring();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    for (let seen = first; !isFinal(seen);) {
      signal?.throwIfAborted();
      const task = feed.tasks.get(taskId);
      if (task && (task.version !== seen.version || task.createdAt !== seen.createdAt)) yield (seen = task);
      else if (feed.state.connection === 'refused') throw feed.state.lastError!;
      else if (refusal !== undefined) throw refusal;
      else await wake.rung();
    }
  } finally {
    signal?.removeEventListener('abort', abort);
    stop();
    feed.close();
  }
}

/** A bell that is not lost when it rings before anybody listens. */
class Wake {
  #hasRung = false;
  #listener: () => void = () => undefined;

  ring(): void {
    this.#hasRung = true;
    this.#listener();
  }

  async rung(): Promise<void> {
    if (!this.#hasRung) await new Promise<void>((resolve) => (this.#listener = resolve));
    this.#hasRung = false;
  }
}
