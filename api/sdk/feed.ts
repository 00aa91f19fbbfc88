// A live view of some tasks: a snapshot over HTTP, kept up to date by frames. A snapshot is taken again when the channel is back,
// when the server asks for it, and every 30 s, so that what frames left out heals. It says of itself whether it may be stale.
import type { Task } from '@holdfast/api/types';
import { isRefused } from './errors.ts';
import type { Follower, Live, LiveState } from './live.ts';
import { heldNothing, mergeFrame, mergeSnapshot, trim, type Held, type Includes } from './merge.ts';
import { jitterMs } from './retry.ts';
import type { Timing } from './timing.ts';

export interface FollowQuery {
  /** `tasks`, `type:<type>`, `task:<taskId>`, `stats`, `groups`; 50 of all feeds together at most. */
  readonly topics: readonly string[];
  /** Everything that is to be shown, as the ledger has it now. Frames that come meanwhile are not lost. */
  readonly snapshot?: ((signal: AbortSignal) => Promise<readonly Task[]>) | undefined;
  /** Which tasks of the topics are shown; all of them unless said otherwise. The snapshot is asked too. */
  readonly includes?: Includes | undefined;
  /** Beside each snapshot: for what has none, such as statistics. */
  readonly onResync?: ((signal: AbortSignal) => Promise<void> | void) | undefined;
}

export interface FollowOptions extends FollowQuery {
  /** 30 000 by default. */
  readonly reconcileEveryMs?: number | undefined;
  /** Without a live channel; 2 000 by default, and up to two and a half times as long, by chance. */
  readonly pollEveryMs?: number | undefined;
  /** Of the newest tasks; 10 000 by default. Up to twice as many are held. */
  readonly limit?: number | undefined;
}

export interface FeedState extends LiveState {
  /** What is shown may not be what the ledger holds: no snapshot since the channel is there, or the last one failed. */
  readonly stale: boolean;
}

/** The ids of the tasks that are shown otherwise now, none when only the state is different; `all` after another query. */
export type FeedListener = (changed: ReadonlySet<string> | 'all') => void;

/** A server that asks all its viewers for a snapshot at once shall not get them all at once. */
const RESYNC_WITHIN_MS = 1000;
const AFTER_FAILURE = { baseMs: 2000, capMs: 30_000 };
const NOTHING: ReadonlySet<string> = new Set();

export class TaskFeed {
  readonly #live: Live;
  readonly #timing: Timing;
  readonly #reconcileEveryMs: number;
  readonly #pollEveryMs: number;
  readonly #limit: number;
  readonly #listeners = new Set<FeedListener>();
  readonly #follower: Follower;
  #query: FollowQuery;
  #held: Held = heldNothing();
  #state: FeedState;
  #stale = true;
  /** How often something has happened that only a later snapshot can answer. */
  #doubts = 0;
  #snapshotError: Error | null = null;
  #failures = 0;
  /** Told by frames since the running snapshot was asked for. */
  #since = new Set<string>();
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #abort = new AbortController();
  #planned: { readonly atMs: number; readonly callOff: () => void } | undefined;
  #isPaused = false;
  #isClosed = false;

  constructor(live: Live, timing: Timing, options: FollowOptions) {
    const { reconcileEveryMs = 30_000, pollEveryMs = 2000, limit = 10_000 } = options;
    this.#live = live;
    this.#timing = timing;
    this.#query = options;
    this.#reconcileEveryMs = reconcileEveryMs;
    this.#pollEveryMs = pollEveryMs;
    this.#limit = limit;
    this.#follower = this.#makeFollower();
    this.#state = { ...live.stateOf(this.#follower), stale: true };
    live.join(this.#follower);
    // At once, not only when the channel is there: what is shown first shall not wait for it.
    void this.refresh();
  }

  get state(): FeedState {
    return this.#state;
  }

  get tasks(): ReadonlyMap<string, Task> {
    return this.#held.tasks;
  }

  /** Answers the way to stop listening. */
  subscribe(listener: FeedListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes a snapshot; resolves when one that began after this call is shown, or has failed (`state.lastError`). */
  refresh(): Promise<void> {
    if (this.#running) return (this.#next ??= this.#running.then(() => this.refresh()));
    this.#next = undefined;
    const running = this.#takeSnapshot().finally(() => {
      if (this.#running === running) this.#running = undefined;
    });
    this.#running = running;
    return running;
  }

  /** Shows something else from now on; what was shown is dropped. */
  replace(query: FollowQuery): void {
    this.#query = query;
    this.#held = heldNothing();
    this.#doubt();
    this.#restart();
    this.#live.topicsChanged(this.#follower);
    this.#changed('all');
    void this.refresh();
  }

  /** For a page that nobody sees: no more snapshots. Frames are still taken in. */
  pause(): void {
    this.#isPaused = true;
    this.#callOff();
  }

  resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#live.tryNow();
    void this.refresh();
  }

  close(): void {
    this.#isClosed = true;
    this.#callOff();
    this.#abort.abort();
    this.#live.leave(this.#follower);
    this.#listeners.clear();
  }

  #makeFollower(): Follower {
    const topics = (): readonly string[] => this.#query.topics;
    return {
      get topics() {
        return topics();
      },
      tasks: (tasks) => this.#frame(tasks),
      ready: () => {
        if (!this.#isPaused) void this.refresh();
      },
      resync: (named) => {
        if (!named.some((topic) => topics().includes(topic))) return;
        this.#doubt();
        this.#changed(NOTHING);
        this.#plan(this.#timing.random() * RESYNC_WITHIN_MS);
      },
      connectionChanged: () => this.#connectionChanged(),
    };
  }

  #frame(tasks: readonly Task[]): void {
    const own = tasks.filter((task) => this.#query.topics.some((topic) => covers(topic, task)));
    if (this.#running) for (const { taskId } of own) this.#since.add(taskId);
    const changed = mergeFrame(this.#held, own, this.#includes);
    for (const taskId of trim(this.#held, this.#limit)) changed.add(taskId);
    if (changed.size > 0) this.#changed(changed);
  }

  #includes: Includes = (task) => this.#query.includes?.(task) ?? true;

  #connectionChanged(): void {
    const { connection } = this.#live.stateOf(this.#follower);
    const before = this.#state.connection;
    if (connection !== 'live' && before === 'live') this.#doubt();
    this.#changed(NOTHING);
    if (connection === 'refused') this.#callOff();
    if (connection === 'polling' && before !== 'polling') this.#plan(this.#restMs());
  }

  async #takeSnapshot(): Promise<void> {
    this.#callOff();
    this.#since = new Set();
    const { signal } = this.#abort;
    const { snapshot, onResync } = this.#query;
    const { connection } = this.#live.stateOf(this.#follower);
    const doubts = this.#doubts;
    try {
      const tasks = (await snapshot?.(signal)) ?? [];
      await onResync?.(signal);
      if (signal.aborted) return;
      const context = { includes: this.#includes, since: this.#since };
      const changed = snapshot ? mergeSnapshot(this.#held, tasks, context) : NOTHING;
      this.#failures = 0;
      this.#snapshotError = null;
      this.#stale = doubts !== this.#doubts || !(connection === 'live' || connection === 'polling');
      if (connection === 'refused') this.#live.tryNow();
      this.#changed(changed);
    } catch (error) {
      if (signal.aborted) return;
      this.#failures = isRefused(error) ? Infinity : this.#failures + 1;
      this.#snapshotError = error as Error;
      this.#stale = true;
      this.#changed(NOTHING);
    }
    this.#plan(this.#restMs());
  }

  #doubt(): void {
    this.#doubts++;
    this.#stale = true;
  }

  /** Until the next snapshot. */
  #restMs(): number {
    const { random } = this.#timing;
    if (this.#failures > 0) return jitterMs(this.#failures, AFTER_FAILURE, random);
    if (this.#live.stateOf(this.#follower).connection === 'polling') return this.#pollEveryMs * (1 + 1.5 * random());
    return this.#reconcileEveryMs;
  }

  /** The earliest of what is planned. */
  #plan(delayMs: number): void {
    const atMs = this.#timing.nowMs() + delayMs;
    const isRefused = this.#live.stateOf(this.#follower).connection === 'refused';
    if (isRefused || this.#isPaused || this.#isClosed || (this.#planned && this.#planned.atMs <= atMs)) return;
    this.#callOff();
    this.#planned = { atMs, callOff: this.#timing.after(delayMs, () => void this.refresh()) };
  }

  #callOff(): void {
    this.#planned?.callOff();
    this.#planned = undefined;
  }

  /** A snapshot of the query before is nothing to this one. */
  #restart(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#running = this.#next = undefined;
  }

  #changed(changed: ReadonlySet<string> | 'all'): void {
    const live = this.#live.stateOf(this.#follower);
    const before = this.#state;
    const connection = isRefused(this.#snapshotError) ? 'refused' : live.connection;
    const state = {
      ...live,
      connection,
      lastError: this.#snapshotError ?? live.lastError,
      stale: this.#stale,
    } as const;
    const isSame = (Object.keys(state) as (keyof FeedState)[]).every((key) => state[key] === before[key]);
    this.#state = isSame ? before : state;
    if (isSame && changed !== 'all' && changed.size === 0) return;
    for (const listener of [...this.#listeners]) this.#tell(listener, changed);
  }

  /** A fault of a listener is its own: it is thrown where nothing of the feed is lost by it. */
  #tell(listener: FeedListener, changed: ReadonlySet<string> | 'all'): void {
    try {
      listener(changed);
    } catch (error) {
      this.#timing.after(0, () => {
        throw error;
      });
    }
  }
}

const covers = (topic: string, { taskId, type }: Task): boolean =>
  topic === 'tasks' || topic === `task:${taskId}` || topic === `type:${type}`;
