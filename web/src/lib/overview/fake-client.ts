/** For tests: a client that answers what it is given, counts what it was asked, and a clock that moves when told to. */
import type { Connection, FeedState, FollowOptions, FollowQuery, Holdfast } from '@holdfast/sdk';
import type { Readiness, Stats, StatsWindow, Task } from '@holdfast/api/types';
import { statsLike, UNTIL_MS } from './fixture.ts';
import type { OverviewOptions } from './overview.svelte.ts';

export const READY: Readiness = { status: 'ready', checks: [] };

export class FakeClient {
  stats: Stats | Error = statsLike();
  readiness: Readiness = READY;
  dead: readonly Task[] = [];
  nowMs = UNTIL_MS;
  readonly asked = { stats: [] as StatsWindow[], ready: 0, page: 0 };
  readonly rests: number[] = [];
  /** The channel is so from now on. */
  connect: (connection: Connection) => void = () => undefined;
  #query: FollowQuery | undefined;
  #abort = new AbortController();

  get options(): OverviewOptions {
    return {
      holdfast: this.#client(),
      window: '1h',
      nowMs: () => this.nowMs,
      rest: (restMs) => {
        this.rests.push(restMs);
        this.nowMs += restMs;
        return Promise.resolve();
      },
    };
  }

  /** What the feed does when something has changed; a failure is the feed's to repeat. */
  async resync(): Promise<void> {
    await Promise.resolve(this.#query!.onResync!(this.#abort.signal)).catch(() => undefined);
  }

  #state(connection: Connection): FeedState {
    return { connection, since: new Date(this.nowMs), lastError: null, nextTryAt: null, stale: false };
  }

  #client(): OverviewOptions['holdfast'] {
    const feed = {
      state: this.#state('live'),
      subscribe: (listener: () => void) => {
        this.connect = (connection) => {
          feed.state = this.#state(connection);
          listener();
        };
        return () => undefined;
      },
      replace: (query: FollowQuery) => {
        this.#abort.abort();
        this.#abort = new AbortController();
        this.#query = query;
      },
      close: () => undefined,
    };
    return {
      follow: (options: FollowOptions) => {
        this.#query = options;
        return feed;
      },
      stats: (window: StatsWindow) => {
        this.asked.stats.push(window);
        return this.stats instanceof Error ? Promise.reject(this.stats) : Promise.resolve(this.stats);
      },
      ready: () => {
        this.asked.ready += 1;
        return Promise.resolve(this.readiness);
      },
      page: () => {
        this.asked.page += 1;
        return Promise.resolve({ items: this.dead, nextCursor: null, searchedTo: null });
      },
    } as unknown as Pick<Holdfast, 'follow' | 'stats' | 'page' | 'ready'>;
  }
}
