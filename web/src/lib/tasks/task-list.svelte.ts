/**
 * A live list of tasks: pages over HTTP, kept up to date by the SDK's feed. Changes of a row show at once, at most once a
 * frame. Rows that come or go wait in `news` while somebody is at work in the list, so that nothing moves under a pointer.
 * Rows of deeper pages are followed by frames, and by a look at what is in sight each time the feed takes its snapshot.
 */
import type { FeedState, TaskFeed, TaskPage, TaskReader } from '@holdfast/sdk';
import type { Task } from '@holdfast/api/types';
import { createSubscriber } from 'svelte/reactivity';
import { arranged } from './arranged.ts';
import type { ListFilter } from './filter.ts';
import { matches, orderKey, topicOf } from './filter.ts';
import type { Span } from './windowing.ts';

type Client = Pick<TaskReader, 'follow' | 'page'>;

export interface TaskListOptions {
  readonly reader: Client;
  readonly filter: ListFilter;
  /** Runs it once before the next frame is painted; a monotonic clock tells when. */
  readonly beforeFrame: (run: (nowMs: number) => void) => void;
}

/** Where the next older page begins; null when there is none. */
type Place = { readonly cursor: string } | null;

export interface Older {
  readonly isLoading: boolean;
  readonly error: unknown;
  readonly isThere: boolean;
  /** How far back a search has looked; null for lists that an index answers. */
  readonly searchedTo: string | null;
}

const PAGE = 100;
/** A list is for reading: whoever looks further back narrows the time. */
export const MOST_ROWS = 20_000;
/** Rows come and go no more often: whoever reads has to find the line again. */
const SETTLE_EVERY_MS = 1_000;
/** More changes than that at once, and rows are drawn no more often: nobody reads faster, and drawing all takes a frame. */
const ANY_FRAME = 16;
const STORM_EVERY_MS = 400;
/** On a page that is not painted. */
const MOST_WAITING = 2_000;
/** Of the feed, which only carries what has just changed. */
const FEED_LIMIT = 1_000;

export class TaskList {
  readonly filter: ListFilter;
  /** Ids, newest first. */
  order = $state.raw<readonly string[]>([]);
  news = $state.raw<News>(NO_NEWS);
  feed = $state.raw<FeedState | null>(null);
  older = $state.raw<Older>({ isLoading: false, error: null, isThere: false, searchedTo: null });
  /** Whether the first page has come. */
  isLoaded = $state(false);
  /** Rows that are in sight; set by whoever shows them. */
  sight: Span = { first: 0, end: 0 };

  readonly #reader: Client;
  readonly #beforeFrame: TaskListOptions['beforeFrame'];
  readonly #feed: TaskFeed;
  readonly #tasks = new Map<string, Task>();
  readonly #shown = new Set<string>();
  readonly #arrivals = new Set<string>();
  readonly #leavers = new Set<string>();
  /** Told of since the running snapshot was asked for. */
  #told = new Set<string>();
  /** A page that has no row in common with the list: too much happened unseen. It takes the list's place. */
  #replacement: TaskPage | null = null;
  #place: Place = null;
  #asking: Promise<void> | undefined;
  /** Whether nothing older than the last row is part of the list. */
  #isWhole = false;
  #frameCame: () => void = () => undefined;
  /** Whoever reads it reads again when a frame has come in which something changed. */
  readonly #nextFrame = createSubscriber((update) => {
    this.#frameCame = update;
  });
  /** What was heard and is not taken in yet. */
  readonly #heard: Task[] = [];
  #settledAtMs = -SETTLE_EVERY_MS;
  #drawnAtMs = -STORM_EVERY_MS;
  #isFrameAsked = false;
  #isHeld = false;
  #isPaused = false;

  constructor({ reader, filter, beforeFrame }: TaskListOptions) {
    this.#reader = reader;
    this.filter = filter;
    this.#beforeFrame = beforeFrame;
    this.#feed = reader.follow({
      topics: [topicOf(filter)],
      snapshot: (signal) => this.#snapshot(signal),
      limit: FEED_LIMIT,
    });
    this.#feed.subscribe((changed) => this.#hear(changed));
    this.feed = this.#feed.state;
  }

  /** As they are in this frame. */
  rows({ first, end }: Span): readonly Row[] {
    this.#nextFrame();
    return this.order
      .slice(first, end)
      .map((taskId) => ({ task: this.#tasks.get(taskId)!, hasLeft: this.#leavers.has(taskId) }));
  }

  /** While somebody is at work in the list, rows stay where they are. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    if (!isHeld) this.#askFrame();
  }

  /** Rows come and go now. */
  settle(): void {
    if (this.#replacement !== null) this.#replace(this.#replacement);
    const arrivals = [...this.#arrivals].map((taskId) => ({ taskId, key: this.#keyOf(taskId) }));
    const gone = new Set(this.#leavers);
    for (const { taskId } of arrivals) if (this.#shown.has(taskId)) gone.add(taskId);
    const order = arranged({ order: this.order, arrivals, gone, keyOf: (taskId) => this.#keyOf(taskId) });
    for (const taskId of [...this.#leavers]) this.#forget(taskId);
    for (const { taskId } of arrivals) this.#shown.add(taskId);
    this.#arrivals.clear();
    this.order = this.#cut(order);
    this.news = NO_NEWS;
  }

  /** The next older page, if there is one. Never rejects: `older.error` says why it did not come. */
  more(): Promise<void> {
    return (this.#asking ??= this.#askMore().finally(() => (this.#asking = undefined)));
  }

  async #askMore(): Promise<void> {
    const place = this.#place;
    if (place === null) return;
    this.older = { ...this.older, isLoading: true, error: null };
    try {
      const page = await this.#reader.page({ ...this.filter, ...place, limit: PAGE });
      // The list may have begun anew meanwhile: then this is not what comes next.
      if (this.#place === place) this.#append(page);
    } catch (error) {
      if (this.#place === place) this.older = { ...this.older, isLoading: false, error };
    }
  }

  refresh(): void {
    void this.#feed.refresh();
  }

  /** For a page that nobody sees: what is new is not kept then, and comes with the snapshot after it. */
  pause(isPaused: boolean): void {
    this.#isPaused = isPaused;
    if (isPaused) this.#feed.pause();
    else this.#feed.resume();
  }

  close(): void {
    this.#feed.close();
  }

  #keyOf(taskId: string): string {
    return orderKey(this.#tasks.get(taskId)!, this.filter);
  }

  #hear(changed: ReadonlySet<string> | 'all'): void {
    this.feed = this.#feed.state;
    const { tasks } = this.#feed;
    for (const taskId of changed === 'all' ? tasks.keys() : changed) {
      const task = tasks.get(taskId);
      if (task === undefined) continue; // what the feed no longer carries may well be on one of our pages
      if (this.#isPaused && !this.#shown.has(taskId)) continue;
      this.#told.add(taskId);
      this.#heard.push(task);
    }
    if (this.#heard.length > MOST_WAITING) this.#take(this.#heard.splice(0));
    this.#askFrame();
  }

  #take(tasks: readonly Task[]): void {
    for (const task of tasks) {
      const { taskId } = task;
      const known = this.#tasks.get(taskId);
      if (!isNewer(task, known)) continue;
      const isPart = matches(task, this.filter);
      if (this.#shown.has(taskId)) this.#change(task, isPart, known!);
      else if (isPart && this.#reaches(task)) this.#arrive(task);
      else this.#forget(taskId);
    }
  }

  #change(task: Task, isPart: boolean, known: Task): void {
    const { taskId } = task;
    this.#tasks.set(taskId, task);
    if (isPart) this.#leavers.delete(taskId);
    else {
      this.#leavers.add(taskId);
      this.#arrivals.delete(taskId);
    }
    // Died again, or lives again under the same id: its place is another now.
    if (isPart && orderKey(task, this.filter) !== orderKey(known, this.filter)) this.#arrivals.add(taskId);
  }

  #arrive(task: Task): void {
    this.#tasks.set(task.taskId, task);
    this.#arrivals.add(task.taskId);
  }

  /** Whether its place is among the pages that are there; what is older comes with its page. */
  #reaches(task: Task): boolean {
    const last = this.order.at(-1);
    return this.#isWhole || last === undefined || orderKey(task, this.filter) >= this.#keyOf(last);
  }

  #forget(taskId: string): void {
    this.#tasks.delete(taskId);
    this.#shown.delete(taskId);
    this.#leavers.delete(taskId);
    this.#arrivals.delete(taskId);
  }

  #askFrame(): void {
    if (this.#isFrameAsked) return;
    this.#isFrameAsked = true;
    this.#beforeFrame((nowMs) => {
      this.#isFrameAsked = false;
      const isStorm = this.#heard.length > ANY_FRAME;
      if (isStorm && nowMs - this.#drawnAtMs < STORM_EVERY_MS) {
        this.#askFrame();
        return;
      }
      this.#drawnAtMs = nowMs;
      this.#take(this.#heard.splice(0));
      this.#settleOrTell(nowMs);
      this.#frameCame();
    });
  }

  #settleOrTell(nowMs: number): void {
    const isNews = this.#arrivals.size > 0 || this.#leavers.size > 0 || this.#replacement !== null;
    if (this.#isHeld || !isNews) this.#tellNews();
    else if (nowMs - this.#settledAtMs < SETTLE_EVERY_MS) this.#askFrame();
    else {
      this.#settledAtMs = nowMs;
      this.settle();
    }
  }

  #tellNews(): void {
    const news = { arrived: this.#arrivals.size, left: this.#leavers.size, isMore: this.#replacement !== null };
    const { arrived, left, isMore } = this.news;
    if (news.arrived !== arrived || news.left !== left || news.isMore !== isMore) this.news = news;
  }

  async #snapshot(signal: AbortSignal): Promise<readonly Task[]> {
    this.#told = new Set();
    const newest = await this.#reader.page({ ...this.filter, limit: PAGE }, { signal });
    if (!this.isLoaded) this.#replace(newest);
    else this.#reconcile(newest, null);
    const inSight = this.order[this.sight.first];
    if (inSight === undefined || this.sight.first < PAGE) return newest.items;
    const until = after(this.#keyOf(inSight));
    this.#reconcile(await this.#reader.page({ ...this.filter, until, limit: PAGE }, { signal }), until);
    return newest.items;
  }

  /** The ledger's word on a stretch of the list: what it does not name has gone, unless it was told of meanwhile. */
  #reconcile(page: TaskPage, from: string | null): void {
    const told = new Set(this.#told);
    const listed = new Set(page.items.map(({ taskId }) => taskId));
    const oldest = page.items.at(-1);
    const isApart =
      from === null && page.nextCursor !== null && !page.items.some(({ taskId }) => this.#shown.has(taskId));
    if (isApart && page.items.length > 0) {
      this.#replacement = page;
      this.#forgetArrivalsBefore(page);
      this.#askFrame();
      return;
    }
    this.#take(page.items);
    this.#askFrame();
    const end = page.nextCursor === null || oldest === undefined ? '' : orderKey(oldest, this.filter);
    if (page.nextCursor !== null && oldest === undefined) return;
    for (const taskId of this.order) {
      const key = this.#keyOf(taskId);
      if (key <= end) break;
      const isAfter = from !== null && key >= from;
      if (!isAfter && !listed.has(taskId) && !told.has(taskId)) this.#leavers.add(taskId);
    }
  }

  /** They come with their pages: a list that begins anew has no place for them, and what waits must not pile up. */
  #forgetArrivalsBefore({ items, nextCursor }: TaskPage): void {
    const oldest = items.at(-1);
    if (nextCursor === null || oldest === undefined) return;
    const key = orderKey(oldest, this.filter);
    for (const taskId of [...this.#arrivals]) {
      if (!this.#shown.has(taskId) && this.#keyOf(taskId) < key) this.#forget(taskId);
    }
  }

  #replace(page: TaskPage): void {
    this.#replacement = null;
    const listed = new Set(page.items.map(({ taskId }) => taskId));
    // What frames told of since is kept: it may be newer than the page.
    for (const taskId of this.order) if (!listed.has(taskId)) this.#forget(taskId);
    this.#shown.clear();
    this.#leavers.clear();
    this.order = [];
    this.isLoaded = true;
    this.#append(page);
    this.#forgetArrivalsBefore(page);
  }

  #append(page: TaskPage): void {
    const fresh = page.items.filter(({ taskId }) => !this.#shown.has(taskId));
    for (const task of fresh) {
      if (isNewer(task, this.#tasks.get(task.taskId))) this.#tasks.set(task.taskId, task);
      this.#arrivals.delete(task.taskId);
      this.#shown.add(task.taskId);
      if (!matches(this.#tasks.get(task.taskId)!, this.filter)) this.#leavers.add(task.taskId);
    }
    this.#place = page.nextCursor === null ? null : { cursor: page.nextCursor };
    this.#isWhole = this.#place === null;
    this.order = this.#cut([...this.order, ...fresh.map(({ taskId }) => taskId)]);
    this.older = { isLoading: false, error: null, isThere: this.#place !== null, searchedTo: page.searchedTo };
  }

  /** Beyond the bound the oldest go. */
  #cut(order: readonly string[]): readonly string[] {
    if (order.length <= MOST_ROWS) return order;
    const kept = order.slice(0, MOST_ROWS);
    for (const taskId of order.slice(MOST_ROWS)) this.#forget(taskId);
    this.#place = null;
    this.#isWhole = false;
    this.older = { ...this.older, isThere: false };
    return kept;
  }
}

export interface Row {
  readonly task: Task;
  /** It is no longer part of what was asked for, and goes when nobody is at work in the list. */
  readonly hasLeft: boolean;
}

export interface News {
  readonly arrived: number;
  readonly left: number;
  /** More than can be counted. */
  readonly isMore: boolean;
}

const NO_NEWS: News = { arrived: 0, left: 0, isMore: false };

/** A later life of an id begins at version 1 again. */
const isNewer = (task: Task, than: Task | undefined): boolean =>
  than === undefined ||
  task.createdAt > than.createdAt ||
  (task.createdAt === than.createdAt && task.version > than.version);

/** The moment after, so that what happened at it is before. */
const after = (moment: string): string => new Date(Date.parse(moment) + 1).toISOString();
