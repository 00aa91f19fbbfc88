/**
 * What a table holds, kept beside it (or in its place): items by their keys, and the entries of its indexes, in key order.
 * In: items as the document client takes them. An index is never stale here; a real one may be.
 */
import { ATTENTION, KEYS, PROJECTED, TIMELINE } from '../../aws/table.ts';
import type { Item } from './item-size.ts';

export interface IndexShape {
  readonly index: string;
  readonly partition: string;
  readonly sort: string;
  /** Beside the keys of the index and of the table. */
  readonly projected: readonly string[] | 'all';
}

/** The indexes of table.ts. */
export const INDEXES: readonly IndexShape[] = [
  { ...ATTENTION, projected: PROJECTED },
  { ...TIMELINE, projected: [] },
];

export type Key = Readonly<Record<string, unknown>>;

/** By its keys, all of which are strings in this table. */
export const nameOf = (item: Item, shape?: Pick<IndexShape, 'partition' | 'sort'>): string =>
  [...(shape ? [shape.sort] : []), KEYS.partition, KEYS.sort]
    .map((name) => (item[name] as string | undefined) ?? '')
    .join('\0');

/** Undefined when the item is not in the index: it lacks one of its keys. */
export function entryOf(item: Item | undefined, shape: IndexShape): Item | undefined {
  if (item?.[shape.partition] === undefined || item[shape.sort] === undefined) return undefined;
  if (shape.projected === 'all') return item;
  const names = [KEYS.partition, KEYS.sort, shape.partition, shape.sort, ...shape.projected];
  return Object.fromEntries(names.filter((name) => item[name] !== undefined).map((name) => [name, item[name]]));
}

/** The entries of one partition in key order. */
class Partition {
  private readonly names: string[] = [];
  private readonly items = new Map<string, Item>();

  get size(): number {
    return this.names.length;
  }

  get(name: string): Item | undefined {
    return this.items.get(name);
  }

  put(name: string, item: Item): void {
    if (!this.items.has(name)) this.names.splice(this.firstFrom(name), 0, name);
    this.items.set(name, item);
  }

  delete(name: string): void {
    if (this.items.delete(name)) this.names.splice(this.firstFrom(name), 1);
  }

  /** From behind `after` on. */
  *walk(isForward: boolean, after: string | undefined): Generator<Item> {
    const start = after === undefined ? (isForward ? 0 : this.names.length) : this.firstFrom(after);
    if (isForward)
      for (let place = this.names[start] === after ? start + 1 : start; place < this.names.length; place += 1)
        yield this.items.get(this.names[place]!)!;
    else for (let place = start - 1; place >= 0; place -= 1) yield this.items.get(this.names[place]!)!;
  }

  private firstFrom(name: string): number {
    let low = 0;
    let high = this.names.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (Buffer.compare(Buffer.from(this.names[middle]!), Buffer.from(name)) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

export class TableModel {
  readonly indexes: readonly IndexShape[];
  private readonly base = new Map<string, Partition>();
  private readonly entries = new Map<string, Map<string, Partition>>();

  constructor(indexes: readonly IndexShape[] = INDEXES) {
    this.indexes = indexes;
    for (const { index } of indexes) this.entries.set(index, new Map());
  }

  get(key: Key): Item | undefined {
    return this.base.get(String(key[KEYS.partition]))?.get(nameOf(key));
  }

  /** `item` undefined deletes. */
  set(key: Key, item: Item | undefined): void {
    const old = this.get(key);
    for (const shape of this.indexes) {
      const partitions = this.entries.get(shape.index)!;
      const before = entryOf(old, shape);
      if (before) partitions.get(String(before[shape.partition]))?.delete(nameOf(before, shape));
      const after = entryOf(item, shape);
      if (after) partitionIn(partitions, String(after[shape.partition])).put(nameOf(after, shape), after);
    }
    const partition = partitionIn(this.base, String(key[KEYS.partition]));
    if (item) partition.put(nameOf(item), item);
    else partition.delete(nameOf(key));
  }

  /** The entries of one partition of the table or of an index, in key order. */
  walk(
    index: string | undefined,
    partition: string,
    from: { isForward: boolean; after?: Item | undefined },
  ): Iterable<Item> {
    const shape = this.indexes.find((each) => each.index === index);
    if (index !== undefined && !shape) throw new Error(`No index ${index}`);
    const partitions = index === undefined ? this.base : this.entries.get(index)!;
    const after = from.after && nameOf(from.after, shape);
    return partitions.get(partition)?.walk(from.isForward, after) ?? [];
  }

  /** Every item, or every entry of an index, in no order that means anything. */
  *all(index?: string): Generator<Item> {
    const partitions = index === undefined ? this.base : this.entries.get(index)!;
    for (const partition of partitions.values()) yield* partition.walk(true, undefined);
  }
}

function partitionIn(partitions: Map<string, Partition>, name: string): Partition {
  let partition = partitions.get(name);
  if (!partition) partitions.set(name, (partition = new Partition()));
  return partition;
}
