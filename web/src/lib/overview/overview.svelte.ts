/**
 * What the overview knows: statistics of a window, whether the service is ready, and the newest dead tasks. Asked for again
 * when the live channel says that something changed, at most every 1.5 s, and not while nobody looks. What was known stays
 * until something newer has come; `error` says why nothing newer came.
 */
import type { FeedState, FollowQuery, Holdfast, TaskFeed } from '@holdfast/sdk';
import type { Readiness, Stats, StatsWindow, Task } from '@holdfast/api/types';
import { troubleOf } from '#lib/problem.ts';
import type { Verdict } from './verdict.ts';
import { verdictOf } from './verdict.ts';

export interface OverviewOptions {
  readonly holdfast: Pick<Holdfast, 'follow' | 'stats' | 'page' | 'ready'>;
  readonly window: StatsWindow;
  readonly nowMs: () => number;
  /** Rejects when the signal is aborted. */
  readonly rest: (restMs: number, signal: AbortSignal) => Promise<void>;
}

const APART_MS = 1_500;
/** An answer of the server may be so old: one that is asked for sooner after a change may not know of it. */
const KEPT_MS = 1_000;
const READINESS_EVERY_MS = 10_000;
/** Also when no number about them has changed: two changes may have cancelled out. */
const DEAD_EVERY_MS = 25_000;
const DEAD_SHOWN = 10;
/** A state that comes and goes is not read aloud each time. */
const ANNOUNCED_EVERY_MS = 10_000;

/** What is asked for less often than the rest. */
interface Part {
  readonly sign: string;
  readonly atMs: number;
}

const NEVER: Part = { sign: '', atMs: -Infinity };

export class Overview {
  stats = $state.raw<Stats | null>(null);
  readiness = $state.raw<Readiness | null>(null);
  /** Newest first; null until they are known. */
  dead = $state.raw<readonly Task[] | null>(null);
  feed = $state.raw<FeedState | null>(null);
  error = $state.raw<unknown>(null);
  /** When `stats` came; epoch milliseconds of this machine. */
  heardAtMs = $state.raw<number | null>(null);
  window = $state.raw<StatsWindow>('1h');
  /** The verdict to be read aloud. */
  announced = $state.raw('');

  readonly #options: OverviewOptions;
  readonly #feed: TaskFeed;
  #askedAtMs = -Infinity;
  #readinessPart = NEVER;
  #deadPart = NEVER;
  #isHeld = false;
  #waiting: readonly Task[] | null = null;
  #announcedKind = '';
  #announcedAtMs = -Infinity;

  constructor(options: OverviewOptions) {
    this.#options = options;
    this.window = options.window;
    this.#feed = options.holdfast.follow(this.#query());
    this.#feed.subscribe(() => (this.feed = this.#feed.state));
    this.feed = this.#feed.state;
  }

  /** Whether what is shown is of another window than the one that was asked for. */
  get isTurning(): boolean {
    return this.stats !== null && this.stats.window.name !== this.window;
  }

  /** The channel may be offline for a while after the server answers again. */
  get isLost(): boolean {
    const { feed, heardAtMs, error } = this;
    const isOffline = feed?.connection === 'offline' && (heardAtMs ?? 0) < feed.since.getTime();
    return isOffline || error !== null;
  }

  /** By the clock of the server, reckoned from its last answer; `nowMs` by that of this machine. */
  serverNowMs(nowMs: number): number {
    const { stats, heardAtMs } = this;
    return stats && heardAtMs !== null ? nowMs + Date.parse(stats.window.until) - heardAtMs : nowMs;
  }

  verdict(nowMs: number): Verdict {
    const { stats, readiness, error } = this;
    const trouble = error ? troubleOf(error) : this.isLost ? troubleOf(this.feed?.lastError) : null;
    return verdictOf({ stats, readiness, trouble, nowMs: this.serverNowMs(nowMs) });
  }

  show(window: StatsWindow): void {
    if (window === this.window) return;
    this.window = window;
    this.#askedAtMs = -Infinity;
    this.#feed.replace(this.#query());
  }

  /** Nobody sees a hidden page. */
  look(isVisible: boolean): void {
    if (isVisible) this.#feed.resume();
    else this.#feed.pause();
  }

  /** Now, whatever is planned. */
  async again(): Promise<void> {
    this.#readinessPart = this.#deadPart = NEVER;
    this.#askedAtMs = -Infinity;
    await this.#feed.refresh();
  }

  /** While somebody points at the dead tasks, they stay where they are. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    if (isHeld || this.#waiting === null) return;
    this.dead = this.#waiting;
    this.#waiting = null;
  }

  close(): void {
    this.#feed.close();
  }

  #query(): FollowQuery {
    return { topics: ['stats'], onResync: (signal) => this.#load(signal) };
  }

  /** Rejects when something did not come, so that the feed asks again. */
  async #load(signal: AbortSignal): Promise<void> {
    const { holdfast, nowMs, rest } = this.#options;
    if (this.#askedAtMs > -Infinity) await rest(Math.max(this.#askedAtMs + APART_MS - nowMs(), KEPT_MS), signal);
    this.#askedAtMs = nowMs();
    try {
      const [stats] = await Promise.all([holdfast.stats(this.window, { signal }), this.#askReadiness(signal)]);
      if (signal.aborted) return;
      this.stats = stats;
      this.heardAtMs = nowMs();
      await this.#askDead(stats, signal);
      if (!signal.aborted) this.error = null;
    } catch (error) {
      if (!signal.aborted) this.error = error;
      throw error;
    } finally {
      if (!signal.aborted) this.#announce();
    }
  }

  async #askReadiness(signal: AbortSignal): Promise<void> {
    const atMs = this.#options.nowMs();
    if (atMs - this.#readinessPart.atMs < READINESS_EVERY_MS) return;
    const readiness = await this.#options.holdfast.ready({ signal });
    if (signal.aborted) return;
    this.readiness = readiness;
    this.#readinessPart = { sign: '', atMs };
  }

  async #askDead({ tasks, totals }: Stats, signal: AbortSignal): Promise<void> {
    const atMs = this.#options.nowMs();
    const sign = [tasks.inbox, tasks.dead, totals.dead, totals.redriven].join();
    if (sign === this.#deadPart.sign && atMs - this.#deadPart.atMs < DEAD_EVERY_MS) return;
    const { items } = await this.#options.holdfast.page({ status: 'dead', limit: DEAD_SHOWN }, { signal });
    if (signal.aborted) return;
    this.#deadPart = { sign, atMs };
    if (this.#isHeld && this.dead !== null) this.#waiting = items;
    else this.dead = items;
  }

  #announce(): void {
    const nowMs = this.#options.nowMs();
    const { kind, title, note } = this.verdict(nowMs);
    if (kind === this.#announcedKind || nowMs - this.#announcedAtMs < ANNOUNCED_EVERY_MS) return;
    this.#announcedKind = kind;
    this.#announcedAtMs = nowMs;
    this.announced = `${title}. ${note}`;
  }
}

/** Of the browser. */
export function resting(restMs: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const timer = setTimeout(resolve, restMs, undefined);
  const abort = (): void => {
    clearTimeout(timer);
    reject(signal.reason as Error);
  };
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  return promise.finally(() => signal.removeEventListener('abort', abort));
}
