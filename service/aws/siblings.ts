/**
 * What lies beside an item, under its partition key: long payloads and results, and the details of attempts. A sibling is
 * written before the item that names it. A text lies under its own hash, a detail under its fence, so that whoever loses the
 * race for the item has touched nothing of the winner's. Each deletes itself when its task cannot need it any more.
 */
import { hash } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Unreadable } from '../core/ports.ts';
import { isUnreadable } from '../core/ports.ts';
import { DAY, HOUR, STANDARD } from '../core/rules.ts';
import type { AttemptDetail, LedgerTask, LogLine } from '../core/task.ts';
import type { Key, Store } from './dynamo-calls.ts';
import { getItems, keepLonger, nameOf } from './dynamo-calls.ts';
import type { Item } from './item-size.ts';
import { TTL } from './table.ts';
import { PAYLOAD_AT, RESULT_AT, taskOf, ttlOf, unreadable } from './task-item.ts';

/** Beyond its greatest age a task is announced, kept for its retention, and may be some days late with both. */
const SLACK_MS = 8 * DAY;
export const neededUntilMs = (expiresAtMs: number): number => expiresAtMs + STANDARD.retentionMs + SLACK_MS;

/** Of texts that were read a moment ago: they never change, and each move of an attempt answers with the whole task. */
const REMEMBERED_CHARS = 8 * 1024 * 1024;

/** `left`: tasks come without the texts beside their items, for whoever neither shows nor runs them. */
export type Texts = 'read' | 'left';

export interface Text {
  readonly kind: 'P' | 'R';
  readonly text: string;
  readonly untilMs: number;
}

/** The sort key under which a text lies. */
export const placeOf = ({ kind, text }: Pick<Text, 'kind' | 'text'>): string =>
  `${kind}#${hash('sha256', text, 'base64url').slice(0, 22)}`;

const detailKey = (PK: string, fence: number): Key => ({ PK, SK: `A#${fence}` });

export class Siblings {
  readonly #store: Store;
  readonly #remembered = new Map<string, string>();
  readonly #reading: Texts;
  #chars = 0;

  constructor(store: Store, reading: Texts) {
    this.#store = store;
    this.#reading = reading;
  }

  /** Throws what DynamoDB answers. */
  async keepText(PK: string, text: Text): Promise<string> {
    const SK = placeOf(text);
    await keepLonger(this.#store.table, { PK, SK, x: text.text, [TTL]: ttlOf(text.untilMs) });
    return SK;
  }

  async keepDetail(PK: string, detail: AttemptDetail, untilMs: number): Promise<void> {
    const { fence, message, log, logTruncated } = detail;
    const lines = log.map(({ atMs, level, text }) => [atMs, level, text]);
    const item = {
      ...detailKey(PK, fence),
      at: this.#store.clock.nowMs(),
      m: message,
      ...(lines.length > 0 && { l: JSON.stringify(lines) }),
      ...(logTruncated && { t: true }),
      [TTL]: ttlOf(untilMs),
    };
    const { client, name } = this.#store.table;
    await client.send(new PutCommand({ TableName: name, Item: item }));
  }

  /** The detail of an attempt of the life that began at `createdAtMs`: an older one may have left its own. */
  async detail(PK: string, fence: number, { createdAtMs }: LedgerTask): Promise<AttemptDetail | undefined> {
    const key = detailKey(PK, fence);
    const item = (await getItems(this.#store, [key], { consistent: true })).get(nameOf(key));
    // Lives are days apart, the clocks of those who write them never are.
    if (item === undefined || Number(item['at']) < createdAtMs - HOUR) return undefined;
    const lines = JSON.parse((item['l'] as string | undefined) ?? '[]') as [number, LogLine['level'], string][];
    const log = lines.map(([atMs, level, text]) => ({ atMs, level, text }));
    return { fence, message: item['m'] as string, log, logTruncated: item['t'] === true };
  }

  /** The tasks of the items, with the texts that lie beside them. Throws LedgerUnavailable. */
  async whole(
    items: readonly (Item | undefined)[],
    reading: Texts = this.#reading,
  ): Promise<(LedgerTask | Unreadable | undefined)[]> {
    if (reading === 'left') return items.map((item) => item && taskOf(item));
    const texts = await this.#texts(items.flatMap((item) => (item === undefined ? [] : keysOf(item))));
    return items.map((item) => item && withTexts(item, texts));
  }

  async #texts(keys: readonly Key[]): Promise<Map<string, string>> {
    const texts = new Map<string, string>();
    const unknown: Key[] = [];
    for (const key of keys) {
      const text = this.#remembered.get(nameOf(key));
      if (text === undefined) unknown.push(key);
      else texts.set(nameOf(key), text);
    }
    if (unknown.length === 0) return texts;
    for (const [name, item] of await getItems(this.#store, unknown, { consistent: true })) {
      texts.set(name, item['x'] as string);
      this.#remember(name, item['x'] as string);
    }
    return texts;
  }

  #remember(name: string, text: string): void {
    if (this.#remembered.has(name)) return; // it was read twice at once
    this.#remembered.set(name, text);
    this.#chars += text.length;
    for (const [oldest, { length }] of this.#remembered) {
      if (this.#chars <= REMEMBERED_CHARS) return;
      this.#remembered.delete(oldest);
      this.#chars -= length;
    }
  }
}

const keysOf = (item: Item): Key[] =>
  [PAYLOAD_AT, RESULT_AT].flatMap((at) =>
    typeof item[at] === 'string' ? [{ PK: String(item['PK']), SK: item[at] }] : [],
  );

function withTexts(item: Item, texts: ReadonlyMap<string, string>): LedgerTask | Unreadable {
  const task = taskOf(item);
  if (isUnreadable(task)) return task;
  const textAt = (at: string): string | undefined => texts.get(`${String(item['PK'])} ${String(item[at])}`);
  const payload = item[PAYLOAD_AT] === undefined ? item['p'] : textAt(PAYLOAD_AT);
  const result = item[RESULT_AT] === undefined ? item['re'] : textAt(RESULT_AT);
  if (typeof payload !== 'string' || (item[RESULT_AT] !== undefined && result === undefined))
    return unreadable(item, 'What lay beside it is gone.');
  return { ...task, payload, ...(result !== undefined && { result: result as string }) };
}
