/** Values of attributes as expressions see them: how they compare, what is in them, how large they are, and where they lie. */
import { isDeepStrictEqual } from 'node:util';
import type { Item } from './item-size.ts';
import { valueBytes } from './item-size.ts';

export type Path = readonly (string | number)[];

export const isEqual = isDeepStrictEqual;

/** Undefined when the two cannot be compared: of different types, or of one that has no order. */
export function order(a: unknown, b: unknown): number | undefined {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a instanceof Uint8Array && b instanceof Uint8Array ? Buffer.compare(a, b) : undefined;
}

export function at(item: Item, path: Path): unknown {
  let value: unknown = item;
  for (const step of path) value = (value as Record<string | number, unknown> | undefined)?.[step];
  return value;
}

export function contains(whole: unknown, part: unknown): boolean {
  if (typeof whole === 'string') return typeof part === 'string' && whole.includes(part);
  return whole instanceof Set ? whole.has(part) : Array.isArray(whole) && whole.some((each) => isEqual(each, part));
}

/** Characters of a string are its bytes, elements of a list count each. */
export function sizeOf(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (Array.isArray(value)) return value.length;
  if (value instanceof Set) return value.size;
  const isMap = typeof value === 'object' && value !== null && !(value instanceof Uint8Array);
  return isMap ? Object.keys(value).length : valueBytes(value);
}
