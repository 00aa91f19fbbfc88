/**
 * What a DynamoDB-shaped ledger and key-value hold: single-item conditional writes, consistent reads by key, and an
 * index on `due` that follows the items late. Synchronous: the network in front of it is somebody else's.
 */
import type { Move } from '../core/move.ts';
import { changed, unmet } from '../core/move.ts';
import type {
  ApplyResult,
  Entry,
  ListPage,
  ListQuery,
  Overdue,
  Stored,
  SubmitResult,
  SwapResult,
  TaskCounts,
  Unreadable,
} from '../core/ports.ts';
import { isIndexed, matches, MOST_EXAMINED } from '../core/search.ts';
import type { AttemptDetail, LedgerTask, TaskKey } from '../core/task.ts';
import { isInInbox, isReady, ITEM_SCHEMA } from '../core/task.ts';

export interface Write {
  readonly name: Move['name'] | 'submit';
  readonly before: LedgerTask | undefined;
  readonly after: LedgerTask;
}

export interface StoreOptions {
  readonly nowMs: () => number;
  /** How long the index may lag behind a write to the task of this name. */
  readonly indexLagMs?: (name: string) => number;
  readonly schedule?: (ms: number, run: () => void) => void;
}

const nameOf = ({ tenant, taskId }: TaskKey): string => `${tenant}/${taskId}`;

/** Of eight, by name. */
export function shardOf(name: string): number {
  let sum = 0;
  for (let i = 0; i < name.length; i += 1) sum = (31 * sum + name.charCodeAt(i)) % 1_009;
  return sum % 8;
}

/** An item of a newer schema is not; neither is a damaged one, whose payload is gone. */
export const isReadable = ({ schema, payload }: LedgerTask): boolean => schema <= ITEM_SCHEMA && payload !== '';

export class SimulatedStore {
  readonly items = new Map<string, LedgerTask>();
  readonly #details = new Map<string, AttemptDetail>();
  readonly #entries = new Map<string, { stored: Stored; purgeAtMs: number | undefined }>();
  /** What the index on `due` shows now. */
  readonly #index = new Map<string, { key: TaskKey; dueMs: number }>();
  readonly #options: StoreOptions;

  constructor(options: StoreOptions) {
    this.#options = options;
  }

  submit(task: LedgerTask): { result: SubmitResult; write?: Write } {
    const before = this.#kept(task);
    if (before) return { result: { kind: 'exists', task: before } };
    for (const name of this.#details.keys()) if (name.startsWith(`${nameOf(task)}/`)) this.#details.delete(name);
    return { result: { kind: 'created', task }, write: this.#write('submit', undefined, task) };
  }

  apply(move: Move): { result: ApplyResult; write?: Write } {
    const before = this.#kept(move);
    if (!before || (!isReadable(before) && move.when.length > 0)) return { result: { kind: 'lost', task: undefined } };
    if (unmet(move, before).length > 0) return { result: { kind: 'lost', task: before } };
    if (move.detail) this.#details.set(`${nameOf(move)}/${move.detail.fence}`, move.detail);
    const after = changed(move, before);
    return { result: { kind: 'applied', task: after }, write: this.#write(move.name, before, after) };
  }

  get(key: TaskKey): LedgerTask | Unreadable | undefined {
    const item = this.#kept(key);
    if (item === undefined || isReadable(item)) return item;
    const { tenant, taskId, dueMs, schema } = item;
    const unreadable = schema > ITEM_SCHEMA ? 'newer schema' : 'damaged';
    return { tenant, taskId, unreadable, ...(dueMs !== undefined && { dueMs }) };
  }

  overdue(nowMs: number, limit: number): TaskKey[] {
    const due = [...this.#index.values()].filter(({ dueMs }) => dueMs <= nowMs);
    return due
      .sort((a, b) => a.dueMs - b.dueMs)
      .slice(0, limit)
      .map(({ key }) => key);
  }

  list(query: ListQuery): ListPage {
    const { tenant, list, after, limit, only = {}, sinceMs = 0, untilMs = Infinity } = query;
    const rank = (task: LedgerTask) => (list === 'all' ? task.createdAtMs : (task.finishedAtMs ?? 0));
    const listed = this.#itemsOf(tenant)
      .filter((task) => list === 'all' || isInInbox(task))
      .filter((task) => rank(task) >= sinceMs && rank(task) < untilMs)
      .map((task) => ({ task, place: `${String(rank(task)).padStart(16, '0')}/${task.taskId}` }))
      .filter(({ place }) => after === undefined || place < after)
      .sort((a, b) => (a.place < b.place ? 1 : -1));
    const isBounded = isIndexed(query);
    const examined = listed.slice(0, isBounded ? Infinity : MOST_EXAMINED);
    const found = examined.filter(({ task }) => matches(task, only));
    const tasks = found.slice(0, limit).map(({ task }) => withoutTexts(task));
    if (found.length <= limit && examined.length === listed.length) return { tasks };
    const last = found.length > limit ? found[limit - 1]! : examined.at(-1)!;
    return { tasks, next: last.place, ...(!isBounded && { searchedToMs: rank(last.task) }) };
  }

  attemptDetail(key: TaskKey, fence: number): AttemptDetail | undefined {
    return this.#kept(key) && this.#details.get(`${nameOf(key)}/${fence}`);
  }

  counts(tenant: string): TaskCounts {
    const none = { scheduled: 0, queued: 0, retrying: 0, running: 0, succeeded: 0, dead: 0, cancelled: 0, inbox: 0 };
    return this.#itemsOf(tenant).reduce(
      (counts, task) => ({
        ...counts,
        [task.status]: counts[task.status] + 1,
        inbox: counts.inbox + (isInInbox(task) ? 1 : 0),
      }),
      none,
    );
  }

  oldestOverdue(tenant: string, beforeMs: number): Overdue | undefined {
    const overdue = this.#itemsOf(tenant).filter((task) => isReady(task) && task.notBeforeMs < beforeMs);
    const [oldest] = overdue.sort((a, b) => a.notBeforeMs - b.notBeforeMs);
    return oldest && { taskId: oldest.taskId, type: oldest.type, notBeforeMs: oldest.notBeforeMs };
  }

  getEntry(key: string): Stored | undefined {
    const entry = this.#entries.get(key);
    const isPast = entry?.purgeAtMs !== undefined && entry.purgeAtMs <= this.#options.nowMs();
    return isPast ? undefined : entry?.stored;
  }

  swap(key: string, expected: number, { value, purgeAtMs }: Entry): SwapResult {
    const version = this.getEntry(key)?.version ?? 0;
    if (version !== expected) return { kind: 'conflict' };
    if (value === undefined) this.#entries.delete(key);
    else this.#entries.set(key, { stored: { value: structuredClone(value), version: version + 1 }, purgeAtMs });
    return { kind: 'swapped', version: value === undefined ? 0 : version + 1 };
  }

  add(key: string, counters: Readonly<Record<string, number>>, purgeAtMs: number | undefined): void {
    const stored = this.getEntry(key);
    const value = { ...(stored?.value as Record<string, number> | undefined) };
    for (const [name, by] of Object.entries(counters)) value[name] = (value[name] ?? 0) + by;
    const kept = purgeAtMs ?? (stored && this.#entries.get(key)?.purgeAtMs);
    this.#entries.set(key, { stored: { value, version: (stored?.version ?? 0) + 1 }, purgeAtMs: kept });
  }

  listEntries(prefix: string, limit: number, after = ''): { key: string; stored: Stored }[] {
    const keys = [...this.#entries.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
    return keys
      .flatMap((key) => {
        const stored = this.getEntry(key);
        return stored ? [{ key, stored }] : [];
      })
      .slice(0, limit);
  }

  #itemsOf(tenant: string): LedgerTask[] {
    return [...this.items.values()].filter((task) => task.tenant === tenant && this.#kept(task) !== undefined);
  }

  #kept(key: TaskKey): LedgerTask | undefined {
    const item = this.items.get(nameOf(key));
    return item?.purgeAtMs !== undefined && item.purgeAtMs <= this.#options.nowMs() ? undefined : item;
  }

  #write(name: Write['name'], before: LedgerTask | undefined, after: LedgerTask): Write {
    this.items.set(nameOf(after), after);
    this.#follow({ tenant: after.tenant, taskId: after.taskId });
    return { name, before, after };
  }

  /** The index shows an item as it is when the index gets to it, not as it was when it was written. */
  #follow(key: TaskKey): void {
    const { schedule, indexLagMs } = this.#options;
    const update = () => {
      const dueMs = this.items.get(nameOf(key))?.dueMs;
      if (dueMs === undefined) this.#index.delete(nameOf(key));
      else this.#index.set(nameOf(key), { key, dueMs });
    };
    if (schedule && indexLagMs) schedule(indexLagMs(nameOf(key)), update);
    else update();
  }
}

function withoutTexts({ result, checkpoint, ...task }: LedgerTask): LedgerTask {
  return { ...task, payload: '' };
}
