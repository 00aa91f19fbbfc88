/**
 * The JSON of a body whose items are judged alone: what is wrong inside one item is that item's affair, as if it had been
 * sent by itself. What cannot be read as JSON at all is still refused as a whole, and so is what is wrong around the items.
 */
import { asValue, Refusal } from '../core/refusal.ts';
import { endOfString } from './json-scan.ts';
import { MAX_DEPTH, strictJson } from './strict-json.ts';

/** The object of the body and the list in it. */
const LEVELS_AROUND = 2;
/** More than any operation takes. Whoever sends more learns of the first fault only. */
const MOST_ITEMS = 1_000;
/** What can be put down to no item. */
const WHOLE: readonly string[] = ['invalid-json', 'invalid-encoding'];

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_LIST = 91;
/** `{` and `[`, `}` and `]` differ in this bit only. */
const CURLY = 32;
const OPEN = 123;
const CLOSE = 125;

interface Split {
  /** The body with null in the place of every item. */
  readonly envelope: Buffer;
  readonly items: readonly Buffer[];
}

/** Where an item cannot be taken, its Refusal stands in its place. Throws what strictJson throws. */
export function batchJson(bytes: Buffer, list: string): unknown {
  const whole = asValue(() => strictJson(bytes, MAX_DEPTH + LEVELS_AROUND));
  if (!(whole instanceof Refusal)) return whole;
  const parts = WHOLE.includes(whole.code) ? undefined : split(bytes, list);
  if (parts === undefined) throw whole;
  const envelope = strictJson(parts.envelope) as Record<string, unknown>;
  return { ...envelope, [list]: parts.items.map(judged) };
}

function judged(item: Buffer): unknown {
  const value = asValue(() => strictJson(item));
  if (value instanceof Refusal && WHOLE.includes(value.code)) throw value;
  return value;
}

/** Undefined when the list is not found or too long. */
function split(bytes: Buffer, list: string): Split | undefined {
  const from = startOfList(bytes, list);
  if (from === undefined) return undefined;
  const commas: number[] = [];
  let depth = 0;
  for (let i = from; i < bytes.length && commas.length < MOST_ITEMS; i += 1) {
    const unit = bytes[i]!;
    if (unit === QUOTE) i = endOfString(bytes, i + 1);
    else if (unit === COMMA && depth === 0) commas.push(i);
    else if ((unit | CURLY) === OPEN) depth += 1;
    else if ((unit | CURLY) === CLOSE) depth -= 1;
    if (depth < 0) return cut(bytes, [from - 1, ...commas, i]);
  }
  return undefined;
}

/** `bounds` are the brackets of the list and the commas between its items. */
function cut(bytes: Buffer, bounds: readonly number[]): Split {
  const items = bounds.slice(1).map((to, i) => bytes.subarray(bounds[i]! + 1, to));
  const nulls = Buffer.from(items.map(() => 'null').join());
  const envelope = Buffer.concat([bytes.subarray(0, bounds[0]! + 1), nulls, bytes.subarray(bounds.at(-1))]);
  return { envelope, items };
}

/** The index after the bracket that opens the list of this name in the object of the body. */
function startOfList(bytes: Buffer, list: string): number | undefined {
  const key = Buffer.from(JSON.stringify(list));
  let depth = 0;
  for (let i = 0; i < bytes.length; i += 1) {
    const unit = bytes[i]!;
    if (unit === QUOTE) {
      const end = endOfString(bytes, i + 1) + 1;
      if (depth === 1 && bytes.subarray(i, end).equals(key)) {
        const colon = afterSpace(bytes, end);
        const value = afterSpace(bytes, colon + 1);
        if (bytes[colon] === COLON && bytes[value] === OPEN_LIST) return value + 1;
      }
      i = end - 1;
    } else if ((unit | CURLY) === OPEN) depth += 1;
    else if ((unit | CURLY) === CLOSE) depth -= 1;
  }
  return undefined;
}

function afterSpace(bytes: Buffer, from: number): number {
  let i = from;
  while (i < bytes.length && ' \t\r\n'.includes(String.fromCharCode(bytes[i]!))) i += 1;
  return i;
}
