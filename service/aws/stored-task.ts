/**
 * What of a task is kept in its item and what beside it. A write is paid for by the started KB of its item, so a payload
 * stays inside only where the item will hold ≤ 1 KB through a claim and a success.
 */
import type { Move } from '../core/move.ts';
import { DAY } from '../core/rules.ts';
import type { LedgerTask } from '../core/task.ts';
import type { Item } from './item-size.ts';
import { itemBytes, UNIT_BYTES, utf8Bytes } from './item-size.ts';
import type { Text } from './siblings.ts';
import { neededUntilMs, placeOf } from './siblings.ts';
import { itemOf, PAYLOAD_AT, RESULT_AT } from './task-item.ts';

/** What a claim, a success with a small result, and two failures on the way there add to an item. */
export const ROOM_BYTES = 320;
/** A result ends the life of its item: inside it costs no more than beside it, where its key and its own write count as well. */
export const INSIDE_RESULT_BYTES = UNIT_BYTES;

export interface Stored {
  readonly item: Item;
  readonly beside: readonly Text[];
}

/** A new task as its item, with the texts to be written before it. */
export function storedTask(task: LedgerTask): Stored {
  const untilMs = neededUntilMs(task.expiresAtMs);
  const whole = itemOf(task);
  const beside: Text[] = [];
  const item: Record<string, Item[string]> = { ...whole };
  const moveOut = (kind: Text['kind'], text: string): string => {
    beside.push({ kind, text, untilMs });
    return placeOf({ kind, text });
  };
  if (itemBytes(whole) + ROOM_BYTES > UNIT_BYTES) {
    delete item['p'];
    item[PAYLOAD_AT] = moveOut('P', task.payload);
  }
  if (task.result !== undefined && utf8Bytes(task.result) > INSIDE_RESULT_BYTES) {
    delete item['re'];
    item[RESULT_AT] = moveOut('R', task.result);
  }
  return { item, beside };
}

/** The texts that a move brings and that lie beside its item. */
export function textsOf({ set }: Move): Text[] {
  const texts: Text[] = [];
  const { payload, expiresAtMs, result, purgeAtMs } = set;
  if (payload !== undefined && expiresAtMs !== undefined)
    texts.push({ kind: 'P', text: payload, untilMs: neededUntilMs(expiresAtMs) });
  if (result !== undefined && purgeAtMs !== undefined && utf8Bytes(result) > INSIDE_RESULT_BYTES)
    texts.push({ kind: 'R', text: result, untilMs: purgeAtMs + DAY });
  return texts;
}
