/**
 * The ledger on DynamoDB: each task one item, each move one guarded write of it. Losing is an answer. What lies beside an item
 * is written before it, so that what an item names is there. A write whose reply was lost is sent again by the SDK: a
 * submit recognises its own item, and of a move the core does.
 */
import { isDeepStrictEqual } from 'node:util';
import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Move } from '../core/move.ts';
import type { ApplyResult, Clock, Ledger, SubmitResult, Unreadable } from '../core/ports.ts';
import { isUnreadable, LedgerUnavailable } from '../core/ports.ts';
import type { AttemptDetail, LedgerTask, TaskKey } from '../core/task.ts';
import { taskName } from '../core/entry-keys.ts';
import { DayBook } from './day-book.ts';
import type { Store } from './dynamo-calls.ts';
import { failureOf, getItems, nameOf, refusing } from './dynamo-calls.ts';
import type { PastCounts } from './attention.ts';
import { Attention } from './attention.ts';
import { DynamoLists } from './dynamo-lists.ts';
import type { Item } from './item-size.ts';
import { isStorable } from './item-size.ts';
import type { Changes } from './move-expression.ts';
import { changesOf, expressionOf } from './move-expression.ts';
import type { Text, Texts } from './siblings.ts';
import { neededUntilMs, Siblings } from './siblings.ts';
import { storedTask, textsOf } from './stored-task.ts';
import type { Table } from './table.ts';
import { isPurged, itemKey, PAYLOAD_AT, RESULT_AT, taskOf } from './task-item.ts';

const UNSTORABLE = { kind: 'failed', retryable: false } as const;
const PERHAPS = { kind: 'failed', retryable: true } as const;

export interface LedgerParts {
  readonly table: Table;
  readonly clock: Clock;
  readonly pastCounts?: PastCounts;
  /** `read` unless said otherwise. */
  readonly texts?: Texts;
}

export function openLedger({ table, clock, pastCounts, texts = 'read' }: LedgerParts): Ledger {
  const store = { table, clock };
  const days = new DayBook(store);
  const lists = new DynamoLists(store, days);
  const attention = new Attention(store, pastCounts);
  const tasks = new DynamoTasks({ store, days, texts });
  return {
    submit: (all) => tasks.submit(all),
    apply: (moves) => tasks.apply(moves),
    get: (keys) => tasks.get(keys),
    attemptDetail: (key, fence) => tasks.attemptDetail(key, fence),
    list: (query) => lists.list(query),
    overdue: (nowMs, limit) => attention.overdue(nowMs, limit),
    counts: (tenant) => attention.counts(tenant),
    oldestOverdue: (tenant, beforeMs) => attention.oldestOverdue(tenant, beforeMs),
  };
}

interface TaskParts extends Pick<Required<LedgerParts>, 'texts'> {
  readonly store: Store;
  readonly days: DayBook;
}

class DynamoTasks {
  readonly #store: Store;
  readonly #siblings: Siblings;
  readonly #days: DayBook;

  constructor({ store, days, texts }: TaskParts) {
    this.#store = store;
    this.#siblings = new Siblings(store, texts);
    this.#days = days;
  }

  submit(tasks: readonly LedgerTask[]): Promise<SubmitResult[]> {
    return eachInTurn(tasks, (task, isFirst) => this.#create(task, isFirst).catch(failed));
  }

  apply(moves: readonly Move[]): Promise<ApplyResult[]> {
    return eachInTurn(moves, (move) => this.#carryOut(move).catch(failed));
  }

  async get(keys: readonly TaskKey[]): Promise<(LedgerTask | Unreadable | undefined)[]> {
    const places = keys.map(itemKey);
    const items = await getItems(this.#store, places, { consistent: true });
    return this.#siblings.whole(places.map((place) => this.#kept(items.get(nameOf(place)))));
  }

  /** Only of an attempt that has ended by itself: whoever lost the race for its end may have written one as well. */
  async attemptDetail(key: TaskKey, fence: number): Promise<AttemptDetail | undefined> {
    const item = await this.#read(key);
    const task = item && taskOf(item);
    if (task === undefined || isUnreadable(task)) return undefined;
    const isGoingOn = fence > task.fence || (fence === task.fence && task.status === 'running');
    const wasLost = task.attempts.some((ended) => ended.fence === fence && ended.outcome === 'lost');
    return isGoingOn || wasLost ? undefined : this.#siblings.detail(itemKey(key).PK, fence, task);
  }

  async #read(key: TaskKey): Promise<Item | undefined> {
    const place = itemKey(key);
    return this.#kept((await getItems(this.#store, [place], { consistent: true })).get(nameOf(place)));
  }

  readonly #kept = (item: Item | undefined): Item | undefined =>
    item === undefined || isPurged(item, this.#store.clock.nowMs()) ? undefined : item;

  /** An item past its purge time gives way to a new life. */
  async #create(task: LedgerTask, isFirst: boolean): Promise<SubmitResult> {
    const { client, name } = this.#store.table;
    const { item, beside } = storedTask(task);
    if (!isStorable(item)) return UNSTORABLE;
    const { PK } = itemKey(task);
    await Promise.all([this.#days.keep(task), ...beside.map((text) => this.#siblings.keepText(PK, text))]);
    try {
      const put = {
        TableName: name,
        Item: item,
        ConditionExpression: 'attribute_not_exists(#pk) OR #pu <= :now',
        ExpressionAttributeNames: { '#pk': 'PK', '#pu': 'pu' },
        ExpressionAttributeValues: { ':now': this.#store.clock.nowMs() },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
      };
      await client.send(new PutCommand(put));
      return { kind: 'created', task };
    } catch (error) {
      const found = await this.#refusing(error, task);
      if (found === undefined) return PERHAPS; // it was deleted in between
      return isFirst && isDeepStrictEqual(found, item) ? { kind: 'created', task } : this.#existing(found);
    }
  }

  async #existing(found: Item): Promise<SubmitResult> {
    const [task] = await this.#siblings.whole([found]);
    return task === undefined || isUnreadable(task) ? UNSTORABLE : { kind: 'exists', task };
  }

  async #carryOut(move: Move): Promise<ApplyResult> {
    const { client, name } = this.#store.table;
    const changes = { ...changesOf(move), ...(await this.#keepBeside(move)) };
    const update = expressionOf(move, changes, this.#store.clock.nowMs());
    if (update === undefined) return UNSTORABLE;
    try {
      const command = new UpdateCommand({
        TableName: name,
        ...update,
        ReturnValues: 'ALL_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      const { Attributes } = await client.send(command);
      const task = await this.#readable(Attributes as Item);
      return task ? { kind: 'applied', task } : { kind: 'lost', task };
    } catch (error) {
      return { kind: 'lost', task: await this.#readable(await this.#refusing(error, move)) };
    }
  }

  /** Writes what the move keeps beside its item, and says where. A redrive keeps a payload that lies there for longer. */
  async #keepBeside(move: Move): Promise<Changes> {
    const { PK } = itemKey(move);
    const texts = textsOf(move);
    const changes: Changes = {};
    if (move.remove.includes('result')) changes[RESULT_AT] = undefined;
    if (move.name === 'redrive') texts.push(...(await this.#keptForLonger(move)));
    const kept = texts.map(async (text) => {
      const place = await this.#siblings.keepText(PK, text);
      changes[text.kind === 'P' ? PAYLOAD_AT : RESULT_AT] = place;
      changes[text.kind === 'P' ? 'p' : 're'] = undefined;
    });
    const { detail, set } = move;
    const untilMs = neededUntilMs(set.expiresAtMs ?? this.#store.clock.nowMs());
    await Promise.all([...kept, detail && this.#siblings.keepDetail(PK, detail, untilMs)]);
    return changes;
  }

  /** What a redriven task needs for another life: its day in the timeline, and its payload. */
  async #keptForLonger(move: Move): Promise<Text[]> {
    const item = await this.#read(move);
    const [task] = await this.#siblings.whole([item], 'read');
    if (item === undefined || task === undefined || isUnreadable(task)) return [];
    const { expiresAtMs } = { ...task, ...move.set };
    await this.#days.keep({ ...task, expiresAtMs });
    const isReplaced = item[PAYLOAD_AT] === undefined || move.set.payload !== undefined;
    return isReplaced ? [] : [{ kind: 'P', text: task.payload, untilMs: neededUntilMs(expiresAtMs) }];
  }

  /** The item that refused the write, unless it is absent; throws what was no refusal. */
  async #refusing(error: unknown, key: TaskKey): Promise<Item | undefined> {
    const found = refusing(error);
    if (found === undefined) throw error;
    return found === 'unknown' ? this.#read(key) : this.#kept(found);
  }

  async #readable(item: Item | undefined): Promise<LedgerTask | undefined> {
    const [task] = await this.#siblings.whole([item]);
    return task && !isUnreadable(task) ? task : undefined;
  }
}

const failed = (error: unknown) => (error instanceof LedgerUnavailable ? PERHAPS : failureOf(error));

/** Side by side; those of one task one after the other, in their order. `isFirst` says that none came before. */
async function eachInTurn<T extends TaskKey, Result>(
  all: readonly T[],
  act: (one: T, isFirst: boolean) => Promise<Result>,
): Promise<Result[]> {
  const before = new Map<string, Promise<unknown>>();
  const results = all.map((one) => {
    const earlier = before.get(taskName(one));
    const result = earlier ? earlier.then(() => act(one, false)) : act(one, true);
    before.set(taskName(one), result);
    return result;
  });
  return Promise.all(results);
}
