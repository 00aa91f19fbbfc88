// The client of one Holdfast: every operation as a method. What is safe to repeat is repeated while it may help: reads,
// submits (their id makes them one task), cancel and discard (asked for again they change nothing). A redrive is repeated
// only when nothing can have happened, or when `ifVersion` keeps it from happening twice.
import type * as Api from '@holdfast/api/types';
import { isProblem, ResultWithheld, TaskFailed, type HoldfastError } from './errors.ts';
import { TaskFeed, type FollowOptions } from './feed.ts';
import { Http } from './http.ts';
import { Live } from './live.ts';
import type { WebSocketClass } from './live-socket.ts';
import { Outbox } from './outbox.ts';
import { mayHelp, retrying, retryPolicy, type RetryContext, type RetryPolicy } from './retry.ts';
import { makeTaskId } from './task-id.ts';
import { pause, realTiming, type Timing } from './timing.ts';
import type {
  Abortable,
  FinishedOptions,
  GetOptions,
  HoldfastOptions,
  ListQuery,
  MoveOptions,
  PayloadOf,
  RedriveOptions,
  ResultOf,
  RotateOptions,
  Submission,
  SubmitOptions,
  SubmitOutcome,
  TaskFilter,
  TaskOf,
  TypeName,
} from './types.ts';
import { watch } from './watch.ts';

/** What one wait asks for; the server answers sooner when its own limit is lower. */
const WAIT_SECONDS = 25;
/** A server that does not wait is not asked without pause. */
const ASK_EVERY_MS = 1000;

const FINAL: ReadonlySet<Api.TaskStatus> = new Set(['succeeded', 'dead', 'cancelled']);

export const isFinal = ({ status }: { readonly status: Api.TaskStatus }): boolean => FINAL.has(status);

export class Holdfast<Own = object> {
  readonly #http: Http;
  readonly #timing: Timing;
  readonly #policy: RetryPolicy;
  readonly #outbox: Outbox;
  readonly #live: Live;

  constructor(options: HoldfastOptions) {
    const { fetch, headers = {}, token, retry, timeoutMs = 30_000, timing = realTiming } = options;
    const baseUrl = absolute(options.baseUrl);
    this.#timing = timing;
    this.#policy = retryPolicy(retry);
    const asked = fetch ?? ((url: string, init: RequestInit) => globalThis.fetch(url, init));
    const http = new Http({ baseUrl, fetch: asked, headers, token, timing, timeoutMs });
    this.#http = http;
    this.#outbox = new Outbox({ http, policy: this.#policy, timing });
    const WebSocket = options.WebSocket ?? (globalThis as { readonly WebSocket?: WebSocketClass }).WebSocket;
    this.#live = new Live({ WebSocket, url: liveUrl(baseUrl), ticket: () => http.createTicket({}), timing });
  }

  /** Resolves when the task is stored. Submits of one turn share a request. */
  submit<Type extends TypeName<Own>>(
    type: Type,
    payload: PayloadOf<Own, Type>,
    options: SubmitOptions = {},
  ): Promise<TaskOf<Type>> {
    return this.#submit(type, payload, options) as Promise<TaskOf<Type>>;
  }

  /** One outcome each, in order; never rejects for one of them. */
  async submitMany(submissions: readonly Submission<Own>[], { signal }: Abortable = {}): Promise<SubmitOutcome[]> {
    const all = submissions.map(({ type, payload, ...options }) => this.#submit(type, payload, { ...options, signal }));
    const settled = await Promise.allSettled(all);
    signal?.throwIfAborted();
    return settled.map((each) =>
      each.status === 'fulfilled'
        ? { task: each.value, error: null }
        : { task: null, error: each.reason as HoldfastError },
    );
  }

  get(taskId: string, { waitSeconds, signal }: GetOptions = {}): Promise<Api.TaskDetail> {
    return this.#retrying({ signal }, () => this.#http.getTask(taskId, { waitSeconds, signal }));
  }

  /**
   * Resolves when the task is final, also as dead or cancelled. Once it has been seen, an outage is waited for to end. Where
   * `withheld` is true, payload and result are null because this identity may not see them.
   */
  async finished(taskId: string, { signal, onChange }: FinishedOptions = {}): Promise<Api.TaskDetail> {
    if (onChange) for await (const task of this.watch(taskId, { signal })) onChange(task);
    const policy = { ...this.#policy, attempts: Infinity };
    const seen = onChange ? policy : this.#policy;
    let task = await this.#retrying({ signal, policy: seen }, () => this.#http.getTask(taskId, { signal }));
    while (!isFinal(task)) {
      const askedMs = this.#timing.nowMs();
      const call = { waitSeconds: WAIT_SECONDS, signal };
      task = await this.#retrying({ signal, policy }, () => this.#http.getTask(taskId, call));
      const restMs = ASK_EVERY_MS - (this.#timing.nowMs() - askedMs);
      if (!isFinal(task) && restMs > 0) await pause(this.#timing, restMs, signal);
    }
    return task;
  }

  /** The task as it is, then its changes as they come, until it is final. Goes on after an outage. */
  watch(taskId: string, { signal }: Abortable = {}): AsyncGenerator<Api.Task, void, undefined> {
    const get = (ended: AbortSignal): Promise<Api.Task> => this.get(taskId, { signal: ended });
    return watch({ taskId, get, follow: (options) => this.follow(options), isFinal, signal });
  }

  /** A live view of tasks; close it when nobody looks any more. All of a client share one connection. */
  follow(options: FollowOptions): TaskFeed {
    return new TaskFeed(this.#live, this.#timing, options);
  }

  /** What the handler returned. Throws TaskFailed when the task is dead or cancelled, ResultWithheld without payloads:read. */
  async result<Type extends string>(
    task: string | { readonly taskId: string; readonly type: Type },
    options: FinishedOptions = {},
  ): Promise<ResultOf<Own, Type>> {
    const finished = await this.finished(typeof task === 'string' ? task : task.taskId, options);
    if (finished.status !== 'succeeded') throw new TaskFailed(finished);
    if (finished.withheld) throw new ResultWithheld(finished);
    return finished.result as ResultOf<Own, Type>;
  }

  page(query: ListQuery = {}, { signal }: Abortable = {}): Promise<Api.TaskPage> {
    return this.#retrying({ signal }, () => this.#http.listTasks(query, { signal }));
  }

  /** Page by page to the end. A page of a search may be empty and not the last. */
  async *pages(filter: TaskFilter = {}, options: Abortable = {}): AsyncGenerator<Api.TaskPage, void, undefined> {
    let cursor: string | null | undefined;
    do {
      const page: Api.TaskPage = await this.page(cursor == null ? filter : { ...filter, cursor }, options);
      yield page;
      cursor = page.nextCursor;
    } while (cursor !== null);
  }

  /** Task by task; the next page is asked for when it is needed. */
  async *list(filter: TaskFilter = {}, options: Abortable = {}): AsyncGenerator<Api.Task, void, undefined> {
    for await (const { items } of this.pages({ limit: 100, ...filter }, options)) yield* items;
  }

  attempt(taskId: string, fence: number, { signal }: Abortable = {}): Promise<Api.AttemptDetail> {
    return this.#retrying({ signal }, () => this.#http.getAttempt(taskId, fence, { signal }));
  }

  /** Where the answer of a first try was lost, a task that the next one finds cancelled is what was asked for. */
  async cancel(taskId: string, options: MoveOptions = {}): Promise<Api.TaskDetail> {
    let tries = 0;
    try {
      return await this.#retrying(options, () => {
        tries += 1;
        return this.#http.cancelTask(taskId, moveOf(options));
      });
    } catch (error) {
      if (tries === 1 || !isProblem(error, 'task-final')) throw error;
      const task = await this.get(taskId, { signal: options.signal });
      if (task.status === 'cancelled') return task;
      throw error;
    }
  }

  redrive(taskId: string, options: RedriveOptions = {}): Promise<Api.TaskDetail> {
    const { payload, ifVersion, signal } = options;
    const move = moveOf(options);
    const body = payload === undefined ? move.body : { ...move.body, payload };
    const when = ifVersion === undefined ? nothingHappened : mayHelp;
    return this.#retrying({ signal, when }, () => this.#http.redriveTask(taskId, { ...move, body }));
  }

  discard(taskId: string, options: MoveOptions = {}): Promise<Api.TaskDetail> {
    return this.#retrying(options, () => this.#http.discardTask(taskId, moveOf(options)));
  }

  async types({ signal }: Abortable = {}): Promise<readonly Api.TypeInfo[]> {
    return (await this.#retrying({ signal }, () => this.#http.listTypes({ signal }))).items;
  }

  stats(window: Api.StatsWindow = '1h', { signal }: Abortable = {}): Promise<Api.Stats> {
    return this.#retrying({ signal }, () => this.#http.getStats(window, { signal }));
  }

  /** Who the service takes this client for. */
  identity({ signal }: Abortable = {}): Promise<Api.Identity> {
    return this.#retrying({ signal }, () => this.#http.getIdentity({ signal }));
  }

  /** The API keys of the tenant, newest first. This and what follows needs the scope `admin`. */
  async keys({ signal }: Abortable = {}): Promise<readonly Api.ApiKey[]> {
    return (await this.#retrying({ signal }, () => this.#http.listKeys({ signal }))).items;
  }

  /** Not repeated: if the answer was lost, revoke the key that nobody has and make another. */
  createKey(key: Api.CreateKeyRequest, { signal }: Abortable = {}): Promise<Api.NewApiKey> {
    return this.#http.createKey(key, { signal });
  }

  /** Not repeated: each time is another secret. */
  rotateKey(keyId: string, { graceSeconds, signal }: RotateOptions = {}): Promise<Api.NewApiKey> {
    return this.#http.rotateKey(keyId, { ...(graceSeconds !== undefined && { graceSeconds }) }, { signal });
  }

  revokeKey(keyId: string, { signal }: Abortable = {}): Promise<Api.ApiKey> {
    return this.#retrying({ signal }, () => this.#http.revokeKey(keyId, { signal }));
  }

  /** One look, not repeated; `status` says whether the service does its work. */
  ready({ signal }: Abortable = {}): Promise<Api.Readiness> {
    return this.#http.getReadiness({ signal });
  }

  /** Async, so that a payload that JSON cannot hold rejects. */
  async #submit(type: string, payload: unknown, options: SubmitOptions): Promise<Api.Task> {
    const { idempotencyKey, signal, runAt, delaySeconds, tags } = options;
    const own = idempotencyKey === undefined ? makeTaskId(this.#timing.nowMs()) : undefined;
    const taskId = options.taskId ?? own;
    const startAt = runAt instanceof Date ? runAt.toISOString() : runAt;
    const json = JSON.stringify({ taskId, type, payload, runAt: startAt, delaySeconds, tags });
    return this.#outbox.submit({ json, idempotencyKey, signal });
  }

  #retrying<T>(context: Partial<RetryContext>, call: () => Promise<T>): Promise<T> {
    return retrying(call, { policy: this.#policy, timing: this.#timing, ...context });
  }
}

const moveOf = ({ reason, ifVersion, signal }: MoveOptions) => ({
  body: reason === undefined ? {} : { reason },
  ifVersion,
  signal,
});

/** The server said so before it did anything. */
const nothingHappened = (error: unknown): boolean =>
  ['not-announced-yet', 'rate-limited', 'stopping', 'type-unavailable'].some((code) => isProblem(error, code));

/** Throws when it is none, and when it is relative where there is no page. */
function absolute(baseUrl: string): string {
  const { location } = globalThis as { readonly location?: { readonly origin: string } };
  return new URL(baseUrl, location?.origin).href;
}

const liveUrl = (baseUrl: string): string => `${baseUrl.replace(/^http/, 'ws').replace(/\/$/, '')}/live`;
