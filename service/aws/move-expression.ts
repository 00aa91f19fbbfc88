/**
 * A move as one guarded update: its clauses become the condition, its change the update, and the keys of the index
 * `attention` follow from it, so that no item is in a place of the index that its state does not say. A claim touches
 * none of them. Every attribute goes by a placeholder, for many names are reserved words.
 */
import type { Clause, Move } from '../core/move.ts';
import { ITEM_SCHEMA } from '../core/task.ts';
import type { Attribute } from './item-size.ts';
import { utf8Bytes } from './item-size.ts';
import { ATTENTION, KEYS, TTL } from './table.ts';
import { attributeOf, encode, inboxKeys, itemKey, openKeys, ttlOf } from './task-item.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters */
export const MAX_EXPRESSION_BYTES = 4 * 1024;
export const MAX_IN_OPERANDS = 100;

/** Attributes by name; undefined removes. */
export type Changes = Record<string, Attribute | undefined>;

class Placeholders {
  readonly names: Record<string, string> = {};
  readonly values: Record<string, Attribute> = {};

  name(attribute: string): string {
    this.names[`#${attribute}`] = attribute;
    return `#${attribute}`;
  }

  value(value: Attribute): string {
    const placeholder = `:${Object.keys(this.values).length}`;
    this.values[placeholder] = value;
    return placeholder;
  }
}

function conditionOf({ field, test }: Clause, by: Placeholders): string {
  const name = by.name(attributeOf(field));
  const value = (of: Attribute): string => by.value(encode(field, of) ?? of);
  switch (test.op) {
    case 'is':
      return `${name} = ${value(test.value)}`;
    case 'oneOf':
      return `${name} IN (${test.values.map(value).join()})`;
    case 'atMost':
      return `${name} <= ${value(test.value)}`;
    case 'above':
      return `${name} > ${value(test.value)}`;
    case 'isNot':
      return `(attribute_not_exists(${name}) OR ${name} <> ${value(test.value)})`;
    case 'absent':
      return `attribute_not_exists(${name})`;
  }
}

/** It exists, is not past its purge time, and, unless the move has no conditions, is of a shape that this code knows. */
function conditionsOf({ when }: Move, nowMs: number, by: Placeholders): string[] {
  const purge = by.name('pu');
  return [
    `attribute_exists(${by.name(KEYS.partition)})`,
    `(attribute_not_exists(${purge}) OR ${purge} > ${by.value(nowMs)})`,
    ...(when.length > 0 ? [`${by.name('sc')} <= ${by.value(ITEM_SCHEMA)}`] : []),
    ...when.map((clause) => conditionOf(clause, by)),
  ];
}

/** What becomes of the item's place in `attention`. */
function placeAfter(move: Move): Changes {
  const { set, remove } = move;
  const nowhere = { [ATTENTION.partition]: undefined, [ATTENTION.sort]: undefined };
  if (set.discarded) return nowhere;
  if (set.dueMs !== undefined) return openKeys(move, set.dueMs);
  if (!remove.includes('dueMs')) return {};
  return set.announcement === 'sent' && set.finishedAtMs !== undefined ? inboxKeys(move, set.finishedAtMs) : nowhere;
}

/** The attributes that the move changes, but for the counters. */
export function changesOf(move: Move): Changes {
  const changes: Changes = placeAfter(move);
  for (const field of move.remove) changes[attributeOf(field)] = undefined;
  for (const [field, value] of Object.entries(move.set) as [keyof typeof move.set, unknown][])
    changes[attributeOf(field)] = encode(field, value);
  const { purgeAtMs } = move.set;
  if (purgeAtMs !== undefined) changes[TTL] = ttlOf(purgeAtMs);
  else if (move.remove.includes('purgeAtMs')) changes[TTL] = undefined;
  return changes;
}

function updateOf(changes: Changes, add: Move['add'], by: Placeholders): string {
  const sets = Object.entries(changes).filter(([, value]) => value !== undefined);
  const removes = Object.keys(changes).filter((name) => changes[name] === undefined);
  const one = by.value(1);
  return [
    sets.length > 0 && `SET ${sets.map(([name, value]) => `${by.name(name)} = ${by.value(value!)}`).join(', ')}`,
    removes.length > 0 && `REMOVE ${removes.map((name) => by.name(name)).join(', ')}`,
    `ADD ${['version' as const, ...add].map((field) => `${by.name(attributeOf(field))} ${one}`).join(', ')}`, // [S5]
  ]
    .filter(Boolean)
    .join(' ');
}

/** For an update of the item; undefined when DynamoDB would refuse it for its length. */
export function expressionOf(move: Move, changes: Changes, nowMs: number) {
  const by = new Placeholders();
  const ConditionExpression = conditionsOf(move, nowMs, by).join(' AND ');
  const UpdateExpression = updateOf(changes, move.add, by);
  const operands = move.when.map(({ test }) => (test.op === 'oneOf' ? test.values.length : 1));
  const isTooLong = [ConditionExpression, UpdateExpression].some((each) => utf8Bytes(each) > MAX_EXPRESSION_BYTES);
  if (isTooLong || operands.some((count) => count > MAX_IN_OPERANDS)) return undefined;
  return {
    Key: itemKey(move),
    ConditionExpression,
    UpdateExpression,
    ExpressionAttributeNames: by.names,
    ExpressionAttributeValues: by.values,
  };
}
