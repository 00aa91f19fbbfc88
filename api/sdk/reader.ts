// The part of the client that whatever shows tasks needs first: pages, live views, who asks. Apart from the rest, so that a page
// can show its first tasks before it has loaded how to submit one; Holdfast is the rest, over the same connection.
import type * as Api from '@holdfast/api/types';
import { TaskFeed, type FollowOptions } from './feed.ts';
import { Http } from './http.ts';
import { Live } from './live.ts';
import type { WebSocketClass } from './live-socket.ts';
import { retrying, retryPolicy, type RetryContext, type RetryPolicy } from './retry.ts';
import { realTiming, type Timing } from './timing.ts';
import type { Abortable, HoldfastOptions, ListQuery } from './types.ts';

interface Parts {
  readonly http: Http;
  readonly live: Live;
  readonly policy: RetryPolicy;
  readonly timing: Timing;
}

export class TaskReader {
  protected readonly parts: Parts;

  constructor(options: HoldfastOptions | TaskReader) {
    this.parts = options instanceof TaskReader ? options.parts : partsOf(options);
  }

  /** A live view of tasks; close it when nobody looks any more. All of a client share one connection. */
  follow(options: FollowOptions): TaskFeed {
    return new TaskFeed(this.parts.live, this.parts.timing, options);
  }

  page(query: ListQuery = {}, { signal }: Abortable = {}): Promise<Api.TaskPage> {
    const { http } = this.parts;
    const params = { query };
    return this.retrying({ signal }, () =>
      http.ask({ signal }, (init) => http.client.GET('/tasks', { ...init, params })),
    );
  }

  /** Who the service takes this client for. */
  identity({ signal }: Abortable = {}): Promise<Api.Identity> {
    const { http } = this.parts;
    return this.retrying({ signal }, () => http.ask({ signal }, (init) => http.client.GET('/identity', init)));
  }

  protected retrying<T>(context: Partial<RetryContext>, call: () => Promise<T>): Promise<T> {
    return retrying(call, { policy: this.parts.policy, timing: this.parts.timing, ...context });
  }
}

/** The part of a client that shows tasks, for a page that loads the rest later: `holdfastOver(reader)`. */
export function createTaskReader(options: HoldfastOptions): TaskReader {
  return new TaskReader(options);
}

function partsOf(options: HoldfastOptions): Parts {
  const { fetch, headers = {}, token, retry, timeoutMs = 30_000, timing = realTiming } = options;
  const baseUrl = absolute(options.baseUrl);
  const asked = fetch ?? ((url: string, init: RequestInit) => globalThis.fetch(url, init));
  const http = new Http({ baseUrl, fetch: asked, headers, token, timing, timeoutMs });
  const WebSocket = options.WebSocket ?? (globalThis as { readonly WebSocket?: WebSocketClass }).WebSocket;
  const ticket = (): Promise<Api.LiveTicket> => http.ask({}, (init) => http.client.POST('/live-tickets', init));
  const live = new Live({ WebSocket, url: liveUrl(baseUrl), ticket, timing });
  return { http, live, policy: retryPolicy(retry), timing };
}

/** Throws when it is none, and when it is relative where there is no page. */
function absolute(baseUrl: string): string {
  const { location } = globalThis as { readonly location?: { readonly origin: string } };
  return new URL(baseUrl, location?.origin).href;
}

const liveUrl = (baseUrl: string): string => `${baseUrl.replace(/^http/, 'ws').replace(/\/$/, '')}/live`;
