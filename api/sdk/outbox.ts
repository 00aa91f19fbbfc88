// Submits on their way. Those of one turn go into one POST /tasks/batch (≤ 100 items, ≤ 1 MiB), at most two posts are in flight,
// and what comes meanwhile gathers. Each caller gets its own task or error, as if it had been alone: what may still help is
// tried again item by item, after a 429 only once the service takes more, and an abort takes one item out of the queue. The id,
// or the key, makes a repeated item one task.
import type { BatchItem, Task } from '@holdfast/api/types';
import { isProblem, ProblemError, Unreachable } from './errors.ts';
import type { Operations } from './operations.ts';
import { backoffMs, mayHelp, type RetryPolicy } from './retry.ts';
import type { Timing } from './timing.ts';

const MOST_ITEMS = 100;
const MOST_BYTES = 1_048_576;
const MOST_IN_FLIGHT = 2;
/** An item beyond this goes alone: it would keep small ones waiting for its upload. */
const LARGE_BYTES = 65_536;
const ENVELOPE_BYTES = '{"tasks":[]}'.length;
/** A refusal of these is about the body as a whole; the items alone may be fine. */
const ABOUT_THE_BODY = new Set([400, 413, 422]);

export interface Submission {
  /** The body of POST /tasks, written out. */
  readonly json: string;
  readonly idempotencyKey?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface Item {
  readonly json: string;
  readonly idempotencyKey: string | undefined;
  readonly bytes: number;
  resolve: (task: Task) => void;
  reject: (error: unknown) => void;
  alone: boolean;
  tried: number;
  /** Nobody waits for it any more. */
  settled: boolean;
}

export interface OutboxOptions {
  readonly operations: Operations;
  readonly policy: RetryPolicy;
  readonly timing: Timing;
}

const encoder = new TextEncoder();

export class Outbox {
  readonly #options: OutboxOptions;
  #queue: Item[] = [];
  #inFlight = 0;
  #flushAsked = false;
  /** Waits of which each keeps all posts back. */
  #holds = 0;
  /** Waits since a post got in. */
  #refusals = 0;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  submit(submission: Submission): Promise<Task> {
    const { json, idempotencyKey, signal } = submission;
    if (signal?.aborted) return Promise.reject(signal.reason as Error);
    const bytes = encoder.encode(json).length;
    const alone = idempotencyKey !== undefined || bytes > LARGE_BYTES;
    return new Promise((resolve, reject) => {
      const item: Item = { json, idempotencyKey, bytes, alone, resolve, reject, tried: 0, settled: false };
      if (signal) untilAborted(item, signal);
      this.#enqueue([item]);
    });
  }

  #enqueue(items: readonly Item[]): void {
    this.#queue.push(...items);
    if (this.#flushAsked || this.#holds > 0 || this.#inFlight >= MOST_IN_FLIGHT) return;
    this.#flushAsked = true;
    const { timing } = this.#options;
    const afterTurn = timing.afterTurn ?? ((run) => void timing.after(0, run));
    afterTurn(() => {
      this.#flushAsked = false;
      this.#flush();
    });
  }

  #flush(): void {
    while (this.#holds === 0 && this.#inFlight < MOST_IN_FLIGHT) {
      // What is small finds room between the large ones of others.
      const most = Math.max(1, MOST_ITEMS >> this.#refusals);
      const [items, rest] = nextPost(
        this.#queue.filter(({ settled }) => !settled),
        most,
      );
      this.#queue = rest;
      if (items.length === 0) return;
      this.#inFlight++;
      void this.#post(items).finally(() => {
        this.#inFlight--;
        this.#enqueue([]);
      });
    }
  }

  /** Never rejects: whatever happens is somebody's answer. */
  async #post(items: readonly Item[]): Promise<void> {
    const { operations } = this.#options;
    try {
      if (items.length === 1) items[0]!.resolve(await operations.submitTask(items[0]!.json, items[0]!));
      else this.#answer(items, (await operations.submitTasks(envelope(items), {})).results);
      this.#refusals = 0;
    } catch (error) {
      if (items.length > 1 && error instanceof ProblemError && ABOUT_THE_BODY.has(error.status)) this.#split(items);
      else this.#failed(items, error);
    }
  }

  #answer(items: readonly Item[], results: readonly BatchItem[]): void {
    const byIndex = new Map(results.map((result) => [result.index, result]));
    const again: Item[] = [];
    for (const [index, item] of items.entries()) {
      const { task, problem } = byIndex.get(index) ?? {};
      if (task) item.resolve(task);
      else again.push(...this.#spent(item, problem ? new ProblemError(problem, OF_AN_ITEM) : leftOut()));
    }
    this.#later(again, undefined);
  }

  #split(items: readonly Item[]): void {
    for (const item of items) item.alone = true;
    this.#enqueue(items);
  }

  #failed(items: readonly Item[], error: unknown): void {
    if (isProblem(error) && error.status === 429 && mayHelp(error)) this.#hold(items, error);
    else
      this.#later(
        items.flatMap((item) => this.#spent(item, error)),
        error,
      );
  }

  /** Nothing when the item has its answer now; itself when another try may help. */
  #spent(item: Item, error: unknown): Item[] {
    item.tried++;
    if (mayHelp(error) && item.tried < this.#options.policy.attempts && !item.settled) return [item];
    item.reject(error);
    return [];
  }

  /** Together, after one wait. */
  #later(items: readonly Item[], error: unknown): void {
    if (items.length === 0) return;
    const tried = Math.max(...items.map((item) => item.tried));
    this.#afterWait(tried, error, () => this.#enqueue(items));
  }

  /**
   * It asks too much: what is sent meanwhile would be refused as well. That spends a try of what waits only when nothing at all
   * got in since the wait before, or whoever shares the rate with others would give up while it moves on.
   */
  #hold(items: readonly Item[], error: unknown): void {
    if (this.#holds === 0) this.#refusals++;
    const tried = this.#refusals;
    if (tried < this.#options.policy.attempts) this.#queue = [...items, ...this.#queue];
    else {
      this.#refusals = 0;
      for (const item of items) item.reject(error);
    }
    this.#holds++;
    this.#afterWait(tried, error, () => {
      this.#holds--;
      this.#enqueue([]);
    });
  }

  #afterWait(tried: number, error: unknown, run: () => void): void {
    const { policy, timing } = this.#options;
    timing.after(backoffMs(tried, policy, { error, random: timing.random }), run);
  }
}

const OF_AN_ITEM = { requestId: null, retryAfterSeconds: null };

const leftOut = (): Unreachable => new Unreachable('The answer to the batch left this task out');

const envelope = (items: readonly Item[]): string => `{"tasks":[${items.map(({ json }) => json).join(',')}]}`;

/** An item whose caller has left is not sent any more; one that is on its way may be accepted all the same. */
function untilAborted(item: Item, signal: AbortSignal): void {
  const { resolve, reject } = item;
  const settle = (): void => {
    item.settled = true;
    signal.removeEventListener('abort', abort);
  };
  const abort = (): void => {
    settle();
    reject(signal.reason);
  };
  signal.addEventListener('abort', abort, { once: true });
  item.resolve = (task) => {
    settle();
    resolve(task);
  };
  item.reject = (error) => {
    settle();
    reject(error);
  };
}

/** The longest beginning of the queue that fits one post, without those that go alone, which are posts of their own. */
function nextPost(queue: Item[], most: number): [Item[], Item[]] {
  if (queue[0]?.alone === true) return [queue.slice(0, 1), queue.slice(1)];
  let bytes = ENVELOPE_BYTES;
  let count = 0;
  for (const item of queue) {
    bytes += item.bytes + 1;
    if (item.alone || count === most || bytes > MOST_BYTES) break;
    count++;
  }
  return [queue.slice(0, count), queue.slice(count)];
}
