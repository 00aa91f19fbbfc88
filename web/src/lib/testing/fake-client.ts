/** A ledger of a few tasks, and a feed that tells what a test has it tell: for what thinks about lists, without a server. */
import type { FeedListener, FeedState, FollowOptions, ListQuery, TaskFeed, TaskPage } from '@holdfast/sdk';
import type { Task } from '@holdfast/api/types';
import type { TaskListOptions } from '#lib/tasks/task-list.svelte.ts';
import { matches, orderKey } from '#lib/tasks/filter.ts';

const EPOCH_MS = Date.parse('2026-11-21T10:00:00.000Z');

/** Created `number` seconds after the others began. */
export const taskNumber = (number: number, fields: Partial<Task> = {}): Task => ({
  taskId: `task-${number}`,
  type: 'simulate',
  status: 'queued',
  version: 1,
  attempt: 0,
  maxAttempts: 3,
  attemptsTotal: 0,
  createdAt: new Date(EPOCH_MS + number * 1_000).toISOString(),
  updatedAt: new Date(EPOCH_MS + number * 1_000).toISOString(),
  expiresAt: new Date(EPOCH_MS + 1e9).toISOString(),
  waiting: null,
  cancelRequested: false,
  progress: null,
  lastFailure: null,
  tags: [],
  payloadEdited: false,
  discarded: false,
  ...fields,
});

export const taskNumbers = (from: number, to: number): Task[] =>
  Array.from({ length: to - from + 1 }, (_, index) => taskNumber(from + index));

const LIVE: FeedState = {
  connection: 'live',
  since: new Date(EPOCH_MS),
  lastError: null,
  nextTryAt: null,
  stale: false,
};

export class FakeClient {
  readonly ledger = new Map<string, Task>();
  readonly #told = new Map<string, Task>();
  readonly #listeners = new Set<FeedListener>();
  #snapshot: FollowOptions['snapshot'];
  /** Frames that were asked for. */
  readonly #frames: ((nowMs: number) => void)[] = [];
  #nowMs = 0;

  constructor(tasks: readonly Task[]) {
    this.store(tasks);
  }

  /** Without a word to anybody. */
  store(tasks: readonly Task[]): void {
    for (const task of tasks) this.ledger.set(task.taskId, task);
  }

  /** As a frame of the live channel does. */
  tell(...tasks: readonly Task[]): void {
    for (const task of tasks) this.#told.set(task.taskId, task);
    for (const listener of this.#listeners) listener(new Set(tasks.map(({ taskId }) => taskId)));
  }

  /** The feed looks at the ledger. */
  async snapshot(): Promise<void> {
    await this.#snapshot?.(new AbortController().signal);
  }

  readonly beforeFrame: TaskListOptions['beforeFrame'] = (run) => void this.#frames.push(run);

  frame(laterMs = 1_000): void {
    this.#nowMs += laterMs;
    for (const run of this.#frames.splice(0)) run(this.#nowMs);
  }

  readonly client: TaskListOptions['reader'] = {
    page: ({ cursor, limit = 25, ...filter }: ListQuery): Promise<TaskPage> => {
      const all = [...this.ledger.values()].filter((task) => matches(task, filter));
      all.sort((a, b) => (orderKey(a, filter) < orderKey(b, filter) ? 1 : -1));
      const from = Number(cursor ?? 0);
      const nextCursor = from + limit < all.length ? String(from + limit) : null;
      return Promise.resolve({ items: all.slice(from, from + limit), nextCursor, searchedTo: null, indexed: true });
    },
    follow: ({ snapshot }): TaskFeed => {
      this.#snapshot = snapshot;
      return {
        state: LIVE,
        tasks: this.#told,
        subscribe: (listener: FeedListener) => this.#listeners.add(listener),
        refresh: () => this.snapshot(),
        pause: () => undefined,
        resume: () => undefined,
        close: () => this.#listeners.clear(),
      } as unknown as TaskFeed;
    },
  };
}
