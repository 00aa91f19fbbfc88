/**
 * Everything the core asks of the world. Ports take batches: one machine group-commits, a cloud batches.
 * Writes answer with values, per item; a read that cannot be answered throws `LedgerUnavailable`.
 */
import type { Move, MoveName } from './move.ts';
import type { EntryKey, EntryPrefix } from './entry-keys.ts';
import type { List, TaskFilter } from './search.ts';
import type {
  AttemptDetail,
  Failure,
  FailureClass,
  Lane,
  LedgerTask,
  LogLine,
  Progress,
  Status,
  TaskKey,
} from './task.ts';

/** `failed`: it may or may not have happened. */
export interface Failed {
  readonly kind: 'failed';
  readonly retryable: boolean;
}

export type SubmitResult =
  | { readonly kind: 'created'; readonly task: LedgerTask }
  /** The id is taken, by this request or another: the item as it is. */
  | { readonly kind: 'exists'; readonly task: LedgerTask }
  | Failed;

export type ApplyResult =
  | { readonly kind: 'applied'; readonly task: LedgerTask }
  /** A clause did not hold: the item as it is now, or undefined when there is none (or one that cannot be read). */
  | { readonly kind: 'lost'; readonly task: LedgerTask | undefined }
  | Failed;

/** An item of a newer schema, or a corrupt one. */
export interface Unreadable extends TaskKey {
  readonly unreadable: string;
  readonly dueMs?: number;
}

export const isUnreadable = (item: LedgerTask | Unreadable): item is Unreadable => 'unreadable' in item;

/** Where a list goes on. Opaque to all but the ledger that made it. */
export type Position = string;

export interface ListQuery {
  readonly tenant: string;
  readonly list: List;
  /** The span of the time the list is ordered by: from `sinceMs` on, before `untilMs`. */
  readonly sinceMs?: number;
  readonly untilMs?: number;
  readonly only?: TaskFilter;
  readonly limit: number;
  readonly after?: Position;
}

/** List items carry no payload (an empty text), result or checkpoint; items that cannot be read are left out. */
export interface ListPage {
  readonly tasks: readonly LedgerTask[];
  readonly next?: Position;
  /** How far a search has come, in the time of the list; only beside `next`. */
  readonly searchedToMs?: number;
}

/** `inbox`: of the dead, those announced and not discarded. */
export type TaskCounts = Readonly<Record<Status | 'inbox', number>>;
export type Overdue = Pick<LedgerTask, 'taskId' | 'type' | 'notBeforeMs'>;

export interface Ledger {
  /** Creates what is absent (or past its purge time). Never touches an existing item. Equal ids act in order. */
  submit(tasks: readonly LedgerTask[]): Promise<SubmitResult[]>;
  /** The only write to an existing task. One item's failure touches no other. */
  apply(moves: readonly Move[]): Promise<ApplyResult[]>;
  /** Consistent reads. Throws LedgerUnavailable. */
  get(keys: readonly TaskKey[]): Promise<(LedgerTask | Unreadable | undefined)[]>;
  /** The keys of items whose `due` has passed, oldest first: a hint, for an index may be stale. */
  overdue(nowMs: number, limit: number): Promise<TaskKey[]>;
  /** A query that no index answers examines at most MOST_EXAMINED items: it may answer with fewer, and `next`. */
  list(query: ListQuery): Promise<ListPage>;
  attemptDetail(key: TaskKey, fence: number): Promise<AttemptDetail | undefined>;
  /** How many tasks a tenant has now. One past its purge time may be counted until its item is gone. */
  counts(tenant: string): Promise<TaskCounts>;
  /** The ready task whose start is longest past, before `beforeMs`: of its MOST_EXAMINED with the earliest and latest `due`. */
  oldestOverdue(tenant: string, beforeMs: number): Promise<Overdue | undefined>;
}

export class LedgerUnavailable extends Error {
  override readonly name = 'LedgerUnavailable';
}

/** One value under a key, changed by compare and swap. */
export interface Stored {
  readonly value: unknown;
  readonly version: number;
}

export interface Entry {
  /** Undefined deletes. */
  readonly value: unknown;
  readonly purgeAtMs?: number;
}

export type SwapResult =
  { readonly kind: 'swapped'; readonly version: number } | { readonly kind: 'conflict' } | Failed;

/** Everything small that is not a task, under the keys of entry-keys.ts; an entry past `purgeAtMs` is absent. */
export interface KeyValue {
  get(key: EntryKey): Promise<Stored | undefined>;
  /** `expected` 0 means "must be absent". */
  swap(key: EntryKey, expected: number, entry: Entry): Promise<SwapResult>;
  /** Adds to numeric fields, creating what is absent. Counters are at-least-once: a lost reply may count twice. */
  add(key: EntryKey, counters: Readonly<Record<string, number>>, purgeAtMs?: number): Promise<'added' | 'failed'>;
  /** In key order, from behind `after` on; never anything outside the prefix. */
  list(
    prefix: EntryPrefix,
    limit: number,
    after?: string,
  ): Promise<{ readonly key: string; readonly stored: Stored }[]>;
}

/** Means "look at the ledger". Losing, doubling or delaying one changes latency, never an outcome. */
export interface Bell extends TaskKey {
  readonly lane: Lane;
  readonly notBeforeMs: number;
  /** A hint; the claim's condition verifies it. */
  readonly type: string;
}

export interface Doorbell {
  ring(bells: readonly Bell[]): Promise<('rung' | 'failed')[]>;
  /** Visible bells of a tenant in a lane, about; where nobody can tell whose they are, those of the whole lane that are more than work in progress. */
  depth(lane: Lane, tenant: string): Promise<number>;
}

export interface TaskEvent {
  readonly move: MoveName | 'submit';
  readonly task: LedgerTask;
}

export interface Publisher {
  /** Best effort by design: never rejects, the ledger is the truth. */
  publish(events: readonly TaskEvent[]): Promise<void>;
}

/** What was counted of one type in the span that begins at `atMs`. Several for the same span add up. */
export interface Counted {
  readonly atMs: number;
  readonly type: string;
  readonly counters: Readonly<Record<string, number>>;
}

export interface Statistics {
  /** The ledger counts each write in the transaction that makes it; `count` then has nothing to do. */
  readonly isExact: boolean;
  /** Told of every won write, by whoever follows it. Best effort: never rejects. */
  count(won: readonly TaskEvent[]): Promise<void>;
  /** From the span that begins at `sinceMs` on, in no order. `spanMs` is one of SPANS. Throws LedgerUnavailable. */
  since(tenant: string, spanMs: number, sinceMs: number): Promise<Counted[]>;
}

export interface DeadLetters {
  announce(tasks: readonly LedgerTask[]): Promise<('sent' | 'failed')[]>;
}

/** A handler's error as its process reports it: names and codes, never guessed from the message. */
export interface ReportedError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly status?: number;
  readonly class?: Failure['class'];
  readonly retryAfterMs?: number;
}

/** The last lines, ≤ 100 and ≤ 8 KB: whoever runs handlers keeps it so, with LogTail of report.ts. */
export interface AttemptLog {
  readonly lines: readonly LogLine[];
  readonly truncated: boolean;
}

export type RunOutcome =
  | { readonly kind: 'succeeded'; readonly result?: string }
  | { readonly kind: 'failed'; readonly error: ReportedError; readonly log: AttemptLog }
  | { readonly kind: 'checkpoint'; readonly state: string; readonly delayMs: number }
  /** The process is gone: by itself, killed because this attempt overran, or killed because a neighbour did. */
  | { readonly kind: 'gone'; readonly cause: 'crashed' | 'overran' | 'neighbour' };

/** The code of a failure that is one. */
export const INJECTED_FAULT = 'injected-fault';

/** What befalls an attempt on purpose, instead of its handler or before it. A delay is spent within the time-out. */
export interface InjectedFault {
  readonly delayMs: number;
  readonly then:
    { readonly kind: 'run' } | { readonly kind: 'crash' } | { readonly kind: 'fail'; readonly class: FailureClass };
}

export interface RunRequest {
  readonly task: LedgerTask;
  readonly attempt: number;
  /** Alone in its process. */
  readonly isolated: boolean;
  readonly fault?: InjectedFault;
  onProgress(progress: Progress): void;
}

/** A handler at work. */
export interface Run {
  readonly outcome: Promise<RunOutcome>;
  /** Asks the handler to stop. */
  abort(): void;
  /** Ends its process. The outcome becomes `gone`: `overran` for this run, `neighbour` for others beside it. */
  kill(): void;
}

export interface Runner {
  start(request: RunRequest): Run;
}

export interface Clock {
  /** Wall clock, epoch ms. May jump. */
  nowMs(): number;
  /** Never jumps. */
  monotonicMs(): number;
  /** Calls back once, after `ms`. Returns the way to prevent it. */
  timer(ms: number, callback: () => void): () => void;
}

export interface Random {
  /** In [0, 1). */
  uniform(): number;
  /** Unguessable, ≥ 96 bits, `[A-Za-z0-9_-]`. */
  token(): string;
  /** Sortable by time, `[a-z0-9-]`, never ending in 3. */
  taskId(nowMs: number): string;
}

type Ids = 'tenant' | 'taskId' | 'type' | 'requestId' | 'traceId' | 'operation';
type Words = 'class' | 'code' | 'outcome' | 'error' | 'place' | 'reason';
type Times = 'attempt' | 'fence' | 'status' | 'durationMs' | 'delayMs';
type Counts = 'pid' | 'lost' | 'faults' | 'looked' | 'moved' | 'dropped';

/** All that a line may say: no field holds a payload, a result, a header or a message of a handler. */
export type LogFields = Readonly<
  Partial<Record<Ids | Words, string | undefined> & Record<Times | Counts, number | undefined>>
>;

/** At `debug` alone also a line that a handler printed: it may hold anything. */
export type DebugFields = LogFields & { readonly printed?: string };

type Write<Fields> = (event: string, fields?: Fields) => void;

/** `debug`: each request and each attempt · `error`: a fault of ours. */
export type Log = Readonly<{ debug: Write<DebugFields> } & Record<'info' | 'warn' | 'error', Write<LogFields>>>;

export interface Ports {
  readonly ledger: Ledger;
  readonly keyValue: KeyValue;
  readonly statistics: Statistics;
  readonly doorbell: Doorbell;
  readonly publisher: Publisher;
  readonly deadLetters: DeadLetters;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** What stands between the core and its ports where faults are injected. */
export interface Breaking {
  /** For requests and attempts. */
  readonly ports: Ports;
  /** For what looks after the tasks of all tenants at once: the sweeper, and a start. */
  readonly upkeep: Ports;
  runner(runner: Runner): Runner;
  /** Keeps what was counted. Never rejects. */
  flush(): Promise<void>;
}

export const sleep = (clock: Clock, ms: number): Promise<void> =>
  new Promise((resolve) => {
    clock.timer(ms, resolve);
  });
