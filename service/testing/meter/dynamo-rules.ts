/**
 * What DynamoDB bills on demand: units of writing and of reading, for items as they were and became. Pure arithmetic.
 * Writes: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
 * Indexes: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html#GSI.ThroughputConsiderations.Writes
 */
import { isDeepStrictEqual } from 'node:util';
import type { Item } from './item-size.ts';
import { itemBytes } from './item-size.ts';
import type { IndexShape } from './table-model.ts';
import { entryOf } from './table-model.ts';

const KB = 1024;
const bytesOf = (item: Item | undefined): number => (item ? itemBytes(item) : 0);

/** 1 KB of the larger of the item before and after, begun; what is not there costs one, too. */
export const writeUnits = (old: Item | undefined, next: Item | undefined): number =>
  Math.max(1, Math.ceil(Math.max(bytesOf(old), bytesOf(next)) / KB));

export interface IndexWrite {
  readonly index: string;
  readonly partition: string;
  readonly units: number;
}

/**
 * Nothing when the entry stays as it is; one write to put, to delete, or to change what is projected; two, delete and put, when a
 * key of the entry changes.
 */
export function indexWrites(shape: IndexShape, old: Item | undefined, next: Item | undefined): IndexWrite[] {
  const before = entryOf(old, shape);
  const after = entryOf(next, shape);
  const write = (entry: Item, units: number): IndexWrite => ({
    index: shape.index,
    partition: String(entry[shape.partition]),
    units,
  });
  if (!before && !after) return [];
  if (!before) return [write(after!, writeUnits(undefined, after))];
  if (!after) return [write(before, writeUnits(before, undefined))];
  const isMoved = [shape.partition, shape.sort].some((name) => !isDeepStrictEqual(before[name], after[name]));
  if (isMoved) return [write(before, writeUnits(before, undefined)), write(after, writeUnits(undefined, after))];
  return isDeepStrictEqual(before, after) ? [] : [write(after, writeUnits(before, after))];
}

/** Units of an eventually consistent read are half those of a consistent one. */
const UNIT_BYTES = 4 * KB;

/** One item, or nothing: what is not there costs as much as a small one. */
export const getUnits = (item: Item | undefined, isConsistent: boolean): number =>
  Math.max(1, Math.ceil(bytesOf(item) / UNIT_BYTES)) * (isConsistent ? 1 : 0.5);

/** All items that were looked at, together and then rounded; an empty answer costs as much as a small one. */
export const queryUnits = (examinedBytes: number, isConsistent: boolean): number =>
  Math.max(1, Math.ceil(examinedBytes / UNIT_BYTES)) * (isConsistent ? 1 : 0.5);

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-capacity-handling */
export const TRANSACTION_FACTOR = 2;
