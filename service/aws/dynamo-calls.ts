/**
 * Calls of DynamoDB, with their answers as the ports have them: a write that may not have happened is `failed`, a read that
 * cannot be answered throws LedgerUnavailable, and no list of what was left undone is overlooked.
 */
import { BatchGetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Clock, Failed } from '../core/ports.ts';
import { LedgerUnavailable, sleep } from '../core/ports.ts';
import type { Item } from './item-size.ts';
import { isStorable } from './item-size.ts';
import type { Table } from './table.ts';
import { TTL } from './table.ts';

export interface Store {
  readonly table: Table;
  readonly clock: Clock;
}

interface AwsError extends Error {
  readonly $fault?: string;
  readonly $metadata?: unknown;
  readonly code?: string;
}

const NAMES_OF_TIME_OUTS = ['TimeoutError', 'AbortError'];

/** An answer of AWS, or none of it: anything else is a fault of ours and is thrown on. */
const isOfAws = (error: unknown): error is AwsError =>
  error instanceof Error &&
  ('$metadata' in error || '$fault' in error || 'code' in error || NAMES_OF_TIME_OUTS.includes(error.name));

/** Refused for what it is: too large an item or expression. Whatever is forbidden or missing may be mended, and is no reason to give up. */
const isRefused = ({ name }: Error): boolean => name === 'ValidationException';

/** What became of a write that failed; throws what is no failure of DynamoDB. */
export function failureOf(error: unknown): Failed {
  if (!isOfAws(error)) throw error;
  return { kind: 'failed', retryable: !isRefused(error) };
}

export async function read<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (!isOfAws(error)) throw error;
    throw new LedgerUnavailable(`DynamoDB does not answer: ${error.name}.`, { cause: error });
  }
}

/** The item that refused a conditional write; undefined when that was none, or DynamoDB did not say. */
export function refusing(error: unknown): Item | 'unknown' | undefined {
  if (!(error instanceof Error) || error.name !== 'ConditionalCheckFailedException') return undefined;
  const item = (error as { readonly Item?: Record<string, Record<string, unknown>> }).Item;
  return item === undefined ? 'unknown' : plain(item);
}

/** The document client leaves the item of an error as it came over the wire. */
const plain = (item: Record<string, Record<string, unknown>>): Item =>
  Object.fromEntries(
    Object.entries(item).map(([name, typed]) => {
      const [value] = Object.values(typed);
      return [name, 'N' in typed ? Number(value) : value];
    }),
  ) as Item;

/** Writes an item that several may need: one that stays as long already is left as it is. Throws what DynamoDB answers. */
export async function keepLonger({ client, name }: Table, item: Item): Promise<void> {
  // Emulators are laxer than DynamoDB, which says the same.
  if (!isStorable(item)) throw Object.assign(new Error(), { name: 'ValidationException', $fault: 'client' });
  const put = new PutCommand({
    TableName: name,
    Item: item,
    ConditionExpression: 'attribute_not_exists(#ttl) OR #ttl < :ttl',
    ExpressionAttributeNames: { '#ttl': TTL },
    ExpressionAttributeValues: { ':ttl': item[TTL] },
  });
  try {
    await client.send(put);
  } catch (error) {
    if (refusing(error) === undefined) throw error;
  }
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
export const MOST_KEYS = 100;
const MOST_VAIN = 6;
const AGAIN_MS = 25;

export interface Key {
  readonly PK: string;
  readonly SK: string;
}

export const nameOf = ({ PK, SK }: Key): string => `${PK} ${SK}`;

/** How items are read. Without `only` they come whole. */
export interface Reading {
  readonly consistent: boolean;
  readonly only?: readonly string[];
}

/** The items that exist, by `nameOf`. An answer ends at 16 MB: what is left is asked for until all is there. */
export async function getItems(store: Store, keys: readonly Key[], reading: Reading): Promise<Map<string, Item>> {
  const found = new Map<string, Item>();
  const unique = [...new Map(keys.map((key) => [nameOf(key), key])).values()];
  const pages = Array.from({ length: Math.ceil(unique.length / MOST_KEYS) }, (_, i) =>
    unique.slice(i * MOST_KEYS, (i + 1) * MOST_KEYS),
  );
  await read(Promise.all(pages.map((page) => getPage(store, page, { ...reading, found }))));
  return found;
}

async function getPage(
  { table: { client, name }, clock }: Store,
  keys: readonly Key[],
  { consistent, only, found }: Reading & { found: Map<string, Item> },
): Promise<void> {
  let left = keys.map(({ PK, SK }) => ({ PK, SK }));
  for (let vain = 0; left.length > 0;) {
    const names = only && [...new Set(['PK', 'SK', ...only])];
    const asked = {
      Keys: left,
      ConsistentRead: consistent,
      ...(names && {
        ProjectionExpression: names.map((each) => `#${each}`).join(),
        ExpressionAttributeNames: Object.fromEntries(names.map((each) => [`#${each}`, each])),
      }),
    };
    const { Responses, UnprocessedKeys } = await client.send(new BatchGetCommand({ RequestItems: { [name]: asked } }));
    for (const item of Responses?.[name] ?? []) found.set(nameOf(item as unknown as Key), item as Item);
    const undone = (UnprocessedKeys?.[name]?.Keys ?? []) as typeof left;
    vain = undone.length < left.length ? 0 : vain + 1;
    if (vain === MOST_VAIN) throw new LedgerUnavailable('DynamoDB leaves the keys of a batch unprocessed.');
    if (vain > 0) await sleep(clock, AGAIN_MS * 2 ** vain);
    left = undone;
  }
}

/** The key of the item that an index entry shows. */
export const keyOf = ({ PK, SK }: Item): Key => ({ PK: String(PK), SK: String(SK) });

/** From 0 on: the shards of a partition. */
export const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** Before and behind every sort key of an index. */
export const FIRST = '0';
export const LAST = '~';

/** Part of an index (or the table) in the order of its sort key. */
export interface Span {
  readonly index: { readonly index?: string; readonly partition: string; readonly sort: string };
  readonly partition: string;
  /** Both ends belong to it. */
  readonly from: string;
  readonly to: string;
  readonly order: 'ascending' | 'descending';
  readonly pageSize: number;
  /** An index cannot be. */
  readonly consistent?: true;
}

/** A page ends at its size or at 1 MB: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html */
export async function* entriesOf(table: Table, span: Span): AsyncGenerator<Item> {
  const { index, partition, from, to, order, pageSize, consistent } = span;
  if (from > to) return; // DynamoDB would refuse it
  let start: QueryCommandInput['ExclusiveStartKey'];
  do {
    const page = await read(
      table.client.send(
        new QueryCommand({
          TableName: table.name,
          ...(index.index !== undefined && { IndexName: index.index }),
          KeyConditionExpression: '#partition = :partition AND #sort BETWEEN :from AND :to',
          ExpressionAttributeNames: { '#partition': index.partition, '#sort': index.sort },
          ExpressionAttributeValues: { ':partition': partition, ':from': from, ':to': to },
          ScanIndexForward: order === 'ascending',
          Limit: pageSize,
          ...(consistent && { ConsistentRead: true }),
          ...(start && { ExclusiveStartKey: start }),
        }),
      ),
    );
    yield* (page.Items ?? []) as Item[];
    start = page.LastEvaluatedKey;
  } while (start);
}

/** Several parts in one order, as if they were one. Pages that are needed are fetched side by side at first. */
export async function* merged(table: Table, spans: readonly Span[]): AsyncGenerator<Item> {
  const parts = spans.map((span) => ({ span, entries: entriesOf(table, span) }));
  const heads = await Promise.all(parts.map(({ entries }) => entries.next()));
  const rankOf = (i: number): string => String((heads[i]!.value as Item)[parts[i]!.span.index.sort]);
  for (;;) {
    let first: number | undefined;
    for (let i = 0; i < parts.length; i += 1) {
      if (heads[i]!.done) continue;
      const isAscending = parts[i]!.span.order === 'ascending';
      if (first === undefined || rankOf(i) < rankOf(first) === isAscending) first = i;
    }
    if (first === undefined) return;
    yield heads[first]!.value as Item;
    heads[first] = await parts[first]!.entries.next();
  }
}

/** The next ones; fewer when there are no more. */
export async function take<T>(from: AsyncGenerator<T>, most: number): Promise<T[]> {
  const taken: T[] = [];
  while (taken.length < most) {
    const next = await from.next();
    if (next.done) break;
    taken.push(next.value);
  }
  return taken;
}
