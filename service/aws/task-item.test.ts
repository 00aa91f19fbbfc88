import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isUnreadable } from '../core/ports.ts';
import type { LedgerTask } from '../core/task.ts';
import { newTask } from '../testing/conformance/engine-under-test.ts';
import { attributeBytes, isStorable, itemBytes, MAX_ITEM_BYTES } from './item-size.ts';
import type { Attribute, Item } from './item-size.ts';
import { itemOf, taskOf } from './task-item.ts';

const NOW_MS = Date.UTC(2026, 10, 21);

const text = fc.string({ unit: 'binary', maxLength: 30 }).map((each) => each.toWellFormed());
const ms = fc.integer({ min: 0, max: 9_999_999_999_999 });
const failure = fc.record(
  { class: fc.constantFrom('SYSTEM' as const), code: text, message: fc.oneof(text, fc.constant('a,null]')), atMs: ms },
  { noNullPrototype: true },
);
const ended = fc.record(
  {
    ...{
      fence: fc.nat(),
      attempt: fc.nat(),
      startedAtMs: ms,
      endedAtMs: ms,
      outcome: fc.constantFrom('failed' as const),
    },
    ...{ class: fc.constantFrom('SYSTEM' as const), code: text, delayMs: fc.nat() },
  },
  { requiredKeys: ['fence', 'attempt', 'startedAtMs', 'endedAtMs', 'outcome'], noNullPrototype: true },
);
const entry = fc.record(
  { atMs: ms, subject: text, move: fc.constantFrom('cancel' as const), reason: text, moveId: text },
  { requiredKeys: ['atMs', 'subject', 'move', 'moveId'], noNullPrototype: true },
);
const task: fc.Arbitrary<Partial<LedgerTask>> = fc.record(
  {
    ...{ tags: fc.array(text), attempts: fc.array(ended), history: fc.array(entry), lastFailure: failure },
    ...{
      requestHash: text,
      payload: text,
      result: text,
      checkpoint: text,
      groupId: text,
      traceparent: text,
      owner: text,
    },
    ...{ createdAtMs: ms, dueMs: ms, purgeAtMs: ms, runAtMs: ms, finishedAtMs: ms, startedAtMs: ms, leaseUntilMs: ms },
    ...{ suspect: fc.constant(true), cancelRequested: fc.constant(true), discarded: fc.constant(true) },
    waiting: fc.record({ reason: fc.constantFrom('rate' as const), untilMs: ms }, { noNullPrototype: true }),
    progress: fc.record(
      { percent: fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }), message: text },
      { requiredKeys: ['percent'], noNullPrototype: true },
    ),
  },
  { requiredKeys: [], noNullPrototype: true },
);

describe('a task as an item', () => {
  test('reads back as it was written, whatever its texts hold', () => {
    fc.assert(
      fc.property(task, (fields) => {
        const whole = newTask(NOW_MS, fields);
        expect(taskOf(itemOf(whole))).toEqual(whole);
      }),
      { seed: 5, numRuns: 500 },
    );
  });

  test('holds nothing that is absent, false or empty', () => {
    const item = itemOf(newTask(NOW_MS));
    expect(Object.keys(item)).not.toEqual(expect.arrayContaining(['tg', 'at', 'hi', 'su', 'pu', 'ttl', 'w']));
    expect(Object.values(item)).not.toContain(false);
  });

  test.each<[string, Record<string, unknown>]>([
    ['a list that is none', { at: '{"a":1}' }],
    ['JSON that is none', { w: '{broken' }],
    ['a number that is a text', { f: '3' }],
    ['a field that must be there and is not', { st: undefined }],
    ['a time that is none', { TS: 'then' }],
  ])('with %s is named as unreadable, with the time by which the index finds it', (_, damage) => {
    const item = { ...itemOf(newTask(NOW_MS)), ...damage };
    if (Object.values(damage).includes(undefined)) delete item['st'];
    const dueMs = newTask(NOW_MS).dueMs!;
    expect(taskOf(item as Item)).toEqual({ tenant: 'alpha', taskId: 'one', unreadable: 'It is damaged.', dueMs });
  });

  test('of a newer Holdfast is unreadable even where it could be read', () => {
    expect(isUnreadable(taskOf(itemOf(newTask(NOW_MS, { schema: 2 }))))).toBe(true);
  });
});

describe('the size of an item', () => {
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
  test.each<[Attribute, number]>([
    ['', 1],
    ['äb', 4],
    [true, 2],
    [new Uint8Array(32), 33],
    [0, 2],
    [7, 3],
    [100, 3],
    [123, 4],
    [-123, 5],
    [0.25, 3],
    [1_763_755_200_123, 9],
  ])('%j under a name of one letter takes %i bytes', (value, bytes) => {
    expect(attributeBytes('n', value)).toBe(bytes);
  });

  test('adds up names and values', () => {
    expect(itemBytes({ PK: 'abc', n: 12 })).toBe(2 + 3 + 1 + 2);
  });

  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
  test.each<[string, Item, boolean]>([
    ['400 KB', { PK: 'a', SK: 'b', x: 'x'.repeat(MAX_ITEM_BYTES - 7) }, true],
    ['a byte more', { PK: 'a', SK: 'b', x: 'x'.repeat(MAX_ITEM_BYTES - 6) }, false],
    ['a partition key of 2 048 bytes', { PK: 'a'.repeat(2_048), SK: 'b' }, true],
    ['a longer one', { PK: 'a'.repeat(2_049), SK: 'b' }, false],
    ['a sort key of 1 024 bytes', { PK: 'a', SK: 'b', AS: 'ä'.repeat(512) }, true],
    ['a longer one of an index', { PK: 'a', SK: 'b', AS: 'ä'.repeat(513) }, false],
  ])('decides what can be stored: %s', (_, item, fits) => {
    expect(isStorable(item)).toBe(fits);
  });
});
