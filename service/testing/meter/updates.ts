/**
 * DynamoDB's update expressions: the item before and the expression go in, the item after it comes out.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html
 */
import type { Placeholders } from './expressions.ts';
import { Reader } from './expressions.ts';
import type { Item } from './item-size.ts';
import type { Path } from './values.ts';
import { at } from './values.ts';

function assign(into: Item, path: Path, value: unknown): void {
  const last = path[path.length - 1]!;
  const parent = at(into, path.slice(0, -1));
  if (typeof parent !== 'object' || parent === null) throw new Error('The document path of the update is invalid.');
  if (Array.isArray(parent)) parent.splice(Number(last), 1, ...(value === undefined ? [] : [value]));
  else if (value === undefined) Reflect.deleteProperty(parent, last);
  else Object.assign(parent, { [last]: value });
}

function sumOf(old: unknown, more: unknown): unknown {
  if (typeof more === 'number') return Number(old ?? 0) + more;
  if (more instanceof Set) return new Set([...((old as Set<unknown> | undefined) ?? []), ...(more as Set<unknown>)]);
  throw new Error('ADD takes a number or a set.');
}

/** The item after the update; everything on the right sees the item as it was before. */
export function updated(old: Item, text: string | undefined, placeholders: Placeholders): Item {
  const next = structuredClone(old);
  if (text === undefined) return next;
  const reader = new Reader(text, placeholders);
  while (!reader.isAtEnd) {
    if (reader.takes('SET'))
      reader.list(() => {
        const path = reader.path();
        if (!reader.takes('=')) throw new Error(`The meter expects = in: ${text}`);
        const value = reader.sum()(old);
        if (value === undefined) throw new Error('An attribute of the update expression does not exist.');
        assign(next, path, structuredClone(value));
      });
    else if (reader.takes('REMOVE')) for (const path of reader.list(() => reader.path())) assign(next, path, undefined);
    else if (reader.takes('ADD'))
      reader.list(() => {
        const path = reader.path();
        assign(next, path, sumOf(at(old, path), reader.operand()(old)));
      });
    else throw new Error(`The meter does not know this update: ${text}`);
  }
  return next;
}
