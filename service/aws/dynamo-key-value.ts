/**
 * Everything small that is not a task, as items of the one table. Keys of entry-keys.ts in; an item is `K#<tenant and kind>` /
 * `#<the rest>`, so that a list is one Query. A value is JSON text `j`; counters are attributes of their own, `+<name>`, for
 * DynamoDB adds to them without a read. Past its purge time `pu` an item is absent, whether DynamoDB has deleted it or not.
 */
import { randomBytes } from 'node:crypto';
import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Entry, KeyValue, Stored, SwapResult } from '../core/ports.ts';
import type { Key, Store } from './dynamo-calls.ts';
import { entriesOf, failureOf, read, refusing } from './dynamo-calls.ts';
import { KEYS, TTL } from './table.ts';
import { ttlOf } from './task-item.ts';

/**
 * An item holds 400 KB; 4 KB are left for its key and what stands beside the value.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-items
 */
const MOST_VALUE_BYTES = 396 * 1024;
/** Of one expression, which may have 4 KB: each counter takes 12 to 14 bytes (same page, #limits-expression-parameters). */
const MOST_COUNTERS = 200;

const PARTITION = /^(?:tenant\/[^/]+|installation)\/[^/]+/;
/** A part of a key begins with none of these, so that they stand before and behind all keys that go on. */
const [BEFORE_ALL, AFTER_ALL] = ['!', '\u{10FFFF}'];

const IS_KEPT = '(attribute_not_exists(pu) OR pu > :now)';
const IS_ABSENT = 'attribute_not_exists(PK) OR pu <= :now';
const IS_PAST = 'pu <= :now';

interface Item extends Key {
  readonly v: number;
  /** Of the swap that wrote it: tells its repetition that it has won. */
  readonly w?: string;
  readonly j?: string;
  readonly pu?: number;
  readonly [counter: `+${string}`]: number;
}

interface Swap {
  readonly key: string;
  readonly expected: number;
  /** Undefined deletes. */
  readonly text: string | undefined;
  readonly purgeAtMs: number | undefined;
  readonly token: string;
}

function placeOf(key: string): Key {
  const [partition] = PARTITION.exec(key)!;
  return { PK: `K#${partition}`, SK: `#${key.slice(partition.length + 1)}` };
}

function storedOf(item: Item): Stored {
  const value = (item.j === undefined ? {} : JSON.parse(item.j)) as Record<string, number>;
  const names = Object.keys(item).filter((name): name is `+${string}` => name.startsWith('+'));
  if (names.length === 0) return { value, version: item.v };
  const added = names.map((name) => [name.slice(1), (value[name.slice(1)] ?? 0) + item[name]!] as const);
  return { value: { ...value, ...Object.fromEntries(added) }, version: item.v };
}

class DynamoKeyValue implements KeyValue {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  async get(key: string): Promise<Stored | undefined> {
    const item = await this.#item(key);
    return item && !this.#isPast(item) ? storedOf(item) : undefined;
  }

  async swap(key: string, expected: number, { value, purgeAtMs }: Entry): Promise<SwapResult> {
    const text = value === undefined ? undefined : JSON.stringify(value);
    if (text !== undefined && Buffer.byteLength(text) > MOST_VALUE_BYTES) return { kind: 'failed', retryable: false };
    const swap: Swap = { key, expected, text, purgeAtMs, token: randomBytes(9).toString('base64url') };
    try {
      await this.#write(swap);
      return { kind: 'swapped', version: text === undefined ? 0 : expected + 1 };
    } catch (error) {
      return refusing(error) === undefined ? failureOf(error) : this.#lostOrMine(swap, error);
    }
  }

  async add(key: string, counters: Readonly<Record<string, number>>, purgeAtMs?: number): Promise<'added' | 'failed'> {
    const all = Object.entries(counters);
    try {
      for (let i = 0; i === 0 || i < all.length; i += MOST_COUNTERS)
        await this.#addSome(key, all.slice(i, i + MOST_COUNTERS), purgeAtMs);
      return 'added';
    } catch {
      return 'failed'; // it may have been added, and whoever counts may count again
    }
  }

  async list(prefix: string, limit: number, after = ''): Promise<{ readonly key: string; readonly stored: Stored }[]> {
    const behind = after > prefix ? after : prefix;
    if (behind > prefix + AFTER_ALL) return [];
    const { PK, SK: from } = placeOf(behind + BEFORE_ALL);
    const ends = { from, to: placeOf(prefix + AFTER_ALL).SK, order: 'ascending', pageSize: limit } as const;
    const found: Item[] = [];
    const entries = entriesOf(this.#store.table, { ...ends, index: KEYS, partition: PK, consistent: true });
    for await (const item of entries as AsyncIterable<unknown> as AsyncIterable<Item>) {
      if (!this.#isPast(item)) found.push(item);
      if (found.length === limit) break;
    }
    return found.map((item) => ({ key: `${PK.slice(2)}/${item.SK.slice(1)}`, stored: storedOf(item) }));
  }

  #isPast({ pu }: Item): boolean {
    return pu !== undefined && pu <= this.#store.clock.nowMs();
  }

  async #item(key: string): Promise<Item | undefined> {
    const { client, name: TableName } = this.#store.table;
    const get = new GetCommand({ TableName, Key: placeOf(key), ConsistentRead: true });
    return (await read(client.send(get))).Item as Item | undefined;
  }

  async #write({ key, expected, text, purgeAtMs, token }: Swap): Promise<void> {
    const { client, name: TableName } = this.#store.table;
    const condition = {
      TableName,
      ConditionExpression: expected === 0 ? IS_ABSENT : `v = :expected AND ${IS_KEPT}`,
      ExpressionAttributeValues: {
        ':now': this.#store.clock.nowMs(),
        ...(expected !== 0 && { ':expected': expected }),
      },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    } as const;
    const purge = purgeAtMs !== undefined && { pu: purgeAtMs, [TTL]: ttlOf(purgeAtMs) };
    const Item = { ...placeOf(key), v: expected + 1, w: token, j: text, ...purge };
    if (text === undefined) await client.send(new DeleteCommand({ Key: placeOf(key), ...condition }));
    else await client.send(new PutCommand({ Item, ...condition }));
  }

  /** The SDK repeats what it got no answer to, and then our own write makes the condition fail. */
  async #lostOrMine({ key, expected, token }: Swap, error: unknown): Promise<SwapResult> {
    const found = refusing(error);
    const item = found === 'unknown' ? await this.#item(key).catch(() => undefined) : found;
    const { w, v } = (item ?? {}) as Partial<Item>;
    if (w === token) return { kind: 'swapped', version: expected + 1 };
    // Ours may have been won and lost again in between, or have deleted; whoever has the version after ours says that it was not.
    const { attempts } = (error as { $metadata: { attempts?: number } }).$metadata;
    return attempts === 1 || v === expected + 1 ? { kind: 'conflict' } : { kind: 'failed', retryable: true };
  }

  async #addSome(key: string, counters: [string, number][], purgeAtMs: number | undefined): Promise<void> {
    const { client, name: TableName } = this.#store.table;
    const adds = counters.map((_, i) => `, #${i} :${i}`).join('');
    const purge = purgeAtMs === undefined ? '' : ' SET pu = :pu, #ttl = :ttl';
    const names = Object.fromEntries(counters.map(([name], i) => [`#${i}`, `+${name}`]));
    const command = {
      TableName,
      Key: placeOf(key),
      UpdateExpression: `ADD v :one${adds}${purge}`,
      ConditionExpression: IS_KEPT,
      ExpressionAttributeNames: { ...names, ...(purgeAtMs !== undefined && { '#ttl': TTL }) },
      ExpressionAttributeValues: {
        ...Object.fromEntries(counters.map(([, by], i) => [`:${i}`, by])),
        ...{ ':one': 1, ':now': this.#store.clock.nowMs() },
        ...(purgeAtMs !== undefined && { ':pu': purgeAtMs, ':ttl': ttlOf(purgeAtMs) }),
      },
    };
    try {
      await client.send(new UpdateCommand(command));
    } catch (error) {
      if (refusing(error) === undefined) throw error;
      await this.#deletePast(key);
      await client.send(new UpdateCommand(command));
    }
  }

  /** What is past its purge time begins anew. */
  async #deletePast(key: string): Promise<void> {
    const { client, name: TableName } = this.#store.table;
    const condition = {
      ConditionExpression: IS_PAST,
      ExpressionAttributeValues: { ':now': this.#store.clock.nowMs() },
    };
    try {
      await client.send(new DeleteCommand({ TableName, Key: placeOf(key), ...condition }));
    } catch (error) {
      if (refusing(error) === undefined) throw error; // else somebody else has begun it anew
    }
  }
}

export const openKeyValue = (store: Store): KeyValue => new DynamoKeyValue(store);
