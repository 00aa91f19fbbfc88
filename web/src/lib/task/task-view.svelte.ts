/**
 * One task as its page shows it: the detail from the ledger, asked for again when the live channel tells of a newer version.
 * What is shown never goes back: an answer that was overtaken is dropped.
 */
import type { FeedState, Holdfast, TaskFeed } from '@holdfast/sdk';
import { isProblem } from '@holdfast/sdk';
import type { Task, TaskDetail } from '@holdfast/api/types';
import type { Connection } from '#lib/connection.svelte.ts';

/** Changes of so short a time are asked for once. */
const GATHER_MS = 80;
/** Progress is no change that the channel tells of. */
const LOOK_AT_PROGRESS_MS = 2_000;

interface Life {
  readonly createdAt: string;
  readonly version: number;
}

/** An id may live again after its retention; then its version begins anew. */
export const isOlder = (task: Life, than: Life): boolean =>
  task.createdAt === than.createdAt ? task.version < than.version : task.createdAt < than.createdAt;

export interface TaskViewParts {
  readonly holdfast: Holdfast;
  readonly connection: Connection;
}

export class TaskView {
  detail = $state.raw<TaskDetail | null>(null);
  /** Of the last look; null when it went well. */
  error = $state.raw<unknown>(null);
  feed = $state.raw<FeedState | null>(null);
  /** What is shown was the last word once, and may not be any more. */
  isStale = $state(false);
  /** There is no such task, or not any more. */
  readonly isMissing = $derived(isProblem(this.error, 'not-found'));
  readonly taskId: string;
  readonly #feed: TaskFeed;
  readonly #connection: Connection;
  #wasFresh = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  #progressTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(taskId: string, { holdfast, connection }: TaskViewParts) {
    this.taskId = taskId;
    this.#connection = connection;
    const snapshot = async (signal: AbortSignal): Promise<readonly Task[]> => {
      const detail = await holdfast.get(taskId, { signal });
      this.take(detail);
      return [detail];
    };
    this.#feed = holdfast.follow({ topics: [`task:${taskId}`], snapshot });
    this.#feed.subscribe(() => this.#heard());
    document.addEventListener('visibilitychange', this.#looked);
    this.#heard();
  }

  take(detail: TaskDetail): void {
    if (this.detail && isOlder(detail, this.detail)) return;
    this.detail = detail;
    this.error = null;
    clearTimeout(this.#progressTimer);
    if (detail.status !== 'running') return;
    this.#progressTimer = setTimeout(() => {
      if (!document.hidden) void this.#feed.refresh();
    }, LOOK_AT_PROGRESS_MS);
  }

  /** Resolves when what is shown was asked for after this call. */
  refresh(): Promise<void> {
    if (this.isMissing) this.#feed.resume();
    return this.#feed.refresh();
  }

  close(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#progressTimer);
    document.removeEventListener('visibilitychange', this.#looked);
    this.#feed.close();
    this.#connection.report(null);
  }

  #heard(): void {
    const { state } = this.#feed;
    this.feed = state;
    this.#wasFresh ||= !state.stale;
    this.isStale = state.stale && (this.#wasFresh || state.connection === 'offline');
    this.error = state.lastError;
    if (this.isMissing) {
      // Looking again and again brings nothing back; `refresh` does when somebody asks.
      this.#feed.pause();
      this.#connection.report(null);
      return;
    }
    this.#connection.report(state);
    const told = this.#feed.tasks.get(this.taskId);
    if (told && this.detail && isOlder(this.detail, told)) this.#askSoon();
  }

  #askSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#feed.refresh();
    }, GATHER_MS);
  }

  #looked = (): void => {
    if (this.isMissing) return;
    if (document.hidden) this.#feed.pause();
    else this.#feed.resume();
  };
}
