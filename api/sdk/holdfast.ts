// The client of one Holdfast: every operation as a method, what TaskReader has among them. What is safe to repeat is repeated
// while it may help: reads, submits (their id makes them one task), cancel and discard (asked for again they change nothing). A
// redrive is repeated only when nothing can have happened, or when `ifVersion` keeps it from happening twice.
import type * as Api from '@holdfast/api/types';
import { isProblem, ResultWithheld, TaskFailed, type HoldfastError } from './errors.ts';
import { Operations } from './operations.ts';
import { Outbox } from './outbox.ts';
import { TaskReader } from './reader.ts';
import { mayHelp } from './retry.ts';
import { makeTaskId } from './task-id.ts';
import { pause } from './timing.ts';
import type {
  Abortable,
  FinishedOptions,
  GetOptions,
  HoldfastOptions,
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
  TypeShapes,
} from './types.ts';
import { watch } from './watch.ts';

/** What one wait asks for; the server answers sooner when its own limit is lower. */
const WAIT_SECONDS = 25;
/** A server that does not wait is not asked without pause. */
const ASK_EVERY_MS = 1000;

const FINAL: ReadonlySet<Api.TaskStatus> = new Set(['succeeded', 'dead', 'cancelled']);

export const isFinal = ({ status }: { readonly status: Api.TaskStatus }): boolean => FINAL.has(status);

export class Holdfast<Own = object> extends TaskReader {
  readonly #operations: Operations;
  readonly #outbox: Outbox;

  /** Over the connection of `options` when that is a client already. */
  constructor(options: HoldfastOptions | TaskReader) {
    super(options);
    const { http, policy, timing } = this.parts;
    this.#operations = new Operations(http);
    this.#outbox = new Outbox({ operations: this.#operations, policy, timing });
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
    return this.retrying({ signal }, () => this.#operations.getTask(taskId, { waitSeconds, signal }));
  }

  /**
   * Resolves when the task is final, also as dead or cancelled. Once it has been seen, an outage is waited for to end. Where
   * `withheld` is true, payload and result are null because this identity may not see them.
   */
  async finished(taskId: string, { signal, onChange }: FinishedOptions = {}): Promise<Api.TaskDetail> {
    if (onChange) for await (const task of this.watch(taskId, { signal })) onChange(task);
    const policy = { ...this.parts.policy, attempts: Infinity };
    const seen = onChange ? policy : this.parts.policy;
    let task = await this.retrying({ signal, policy: seen }, () => this.#operations.getTask(taskId, { signal }));
    while (!isFinal(task)) {
      const askedMs = this.parts.timing.nowMs();
      const call = { waitSeconds: WAIT_SECONDS, signal };
      task = await this.retrying({ signal, policy }, () => this.#operations.getTask(taskId, call));
      const restMs = ASK_EVERY_MS - (this.parts.timing.nowMs() - askedMs);
      if (!isFinal(task) && restMs > 0) await pause(this.parts.timing, restMs, signal);
    }
    return task;
  }

  /** The task as it is, then its changes as they come, until it is final. Goes on after an outage. */
  watch(taskId: string, { signal }: Abortable = {}): AsyncGenerator<Api.Task, void, undefined> {
    const get = (ended: AbortSignal): Promise<Api.Task> => this.get(taskId, { signal: ended });
    return watch({ taskId, get, follow: (options) => this.follow(options), isFinal, signal });
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
    return this.retrying({ signal }, () => this.#operations.getAttempt(taskId, fence, { signal }));
  }

  /** Where the answer of a first try was lost, a task that the next one finds cancelled is what was asked for. */
  async cancel(taskId: string, options: MoveOptions = {}): Promise<Api.TaskDetail> {
    let tries = 0;
    try {
      return await this.retrying(options, () => {
        tries += 1;
        return this.#operations.cancelTask(taskId, moveOf(options));
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
    return this.retrying({ signal, when }, () => this.#operations.redriveTask(taskId, { ...move, body }));
  }

  discard(taskId: string, options: MoveOptions = {}): Promise<Api.TaskDetail> {
    return this.retrying(options, () => this.#operations.discardTask(taskId, moveOf(options)));
  }

  async types({ signal }: Abortable = {}): Promise<readonly Api.TypeInfo[]> {
    return (await this.retrying({ signal }, () => this.#operations.listTypes({ signal }))).items;
  }

  stats(window: Api.StatsWindow = '1h', { signal }: Abortable = {}): Promise<Api.Stats> {
    return this.retrying({ signal }, () => this.#operations.getStats(window, { signal }));
  }

  /** The API keys of the tenant, newest first. This and what follows needs the scope `admin`. */
  async keys({ signal }: Abortable = {}): Promise<readonly Api.ApiKey[]> {
    return (await this.retrying({ signal }, () => this.#operations.listKeys({ signal }))).items;
  }

  /** Not repeated: if the answer was lost, revoke the key that nobody has and make another. */
  createKey(key: Api.CreateKeyRequest, { signal }: Abortable = {}): Promise<Api.NewApiKey> {
    return this.#operations.createKey(key, { signal });
  }

  /** Not repeated: each time is another secret. */
  rotateKey(keyId: string, { graceSeconds, signal }: RotateOptions = {}): Promise<Api.NewApiKey> {
    return this.#operations.rotateKey(keyId, { ...(graceSeconds !== undefined && { graceSeconds }) }, { signal });
  }

  revokeKey(keyId: string, { signal }: Abortable = {}): Promise<Api.ApiKey> {
    return this.retrying({ signal }, () => this.#operations.revokeKey(keyId, { signal }));
  }

  /** What is broken on purpose, and how much of it was put right; the problem `faults-not-allowed` where nothing may be. */
  faults({ signal }: Abortable = {}): Promise<Api.FaultLab> {
    return this.retrying({ signal }, () => this.#operations.getFaults({ signal }));
  }

  /** In place of all that is broken now; `{}` heals everything. Needs the scope `admin`. */
  setFaults(settings: Api.FaultSettings, { signal }: Abortable = {}): Promise<Api.FaultLab> {
    return this.retrying({ signal }, () => this.#operations.putFaults(settings, { signal }));
  }

  /** One look, not repeated; `status` says whether the service does its work. */
  ready({ signal }: Abortable = {}): Promise<Api.Readiness> {
    return this.#operations.getReadiness({ signal });
  }

  /** Async, so that a payload that JSON cannot hold rejects. */
  async #submit(type: string, payload: unknown, options: SubmitOptions): Promise<Api.Task> {
    const { idempotencyKey, signal, runAt, delaySeconds, tags } = options;
    const own = idempotencyKey === undefined ? makeTaskId(this.parts.timing.nowMs()) : undefined;
    const taskId = options.taskId ?? own;
    const startAt = runAt instanceof Date ? runAt.toISOString() : runAt;
    const json = JSON.stringify({ taskId, type, payload, runAt: startAt, delaySeconds, tags });
    return this.#outbox.submit({ json, idempotencyKey, signal });
  }
}

/**
 * A client of the Holdfast at `baseUrl`. Own task types by a type parameter: `createHoldfast<TaskTypes>({ baseUrl })`, with
 * TaskTypes of TASKS_DIR/.holdfast/types.ts. Throws TypeError for what is no URL.
 */
export function createHoldfast<Own extends TypeShapes<Own> = object>(options: HoldfastOptions): Holdfast<Own> {
  return new Holdfast<Own>(options);
}

/** The whole client over the connection of its part. */
export function holdfastOver<Own extends TypeShapes<Own> = object>(reader: TaskReader): Holdfast<Own> {
  return new Holdfast<Own>(reader);
}

const moveOf = ({ reason, ifVersion, signal }: MoveOptions) => ({
  body: reason === undefined ? {} : { reason },
  ifVersion,
  signal,
});

/** The server said so before it did anything. */
const nothingHappened = (error: unknown): boolean =>
  ['not-announced-yet', 'rate-limited', 'stopping', 'type-unavailable'].some((code) => isProblem(error, code));
