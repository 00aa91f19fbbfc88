/** The cases that AWS documents, one by one. */
import { expect, test } from 'vitest';
import { getUnits, indexWrites, queryUnits, writeUnits } from './dynamo-rules.ts';
import type { Item } from './item-size.ts';
import { itemBytes, valueBytes } from './item-size.ts';
import { INDEXES } from './table-model.ts';

const [attention, timeline] = INDEXES as [(typeof INDEXES)[0], (typeof INDEXES)[0]];
const KB = 1024;

/** Of exactly so many bytes. */
const sized = (bytes: number): Item => ({ a: 'x'.repeat(bytes - 1) });

test('a string counts its bytes of UTF-8, and its name is counted too', () => {
  expect(itemBytes({ name: 'grün' })).toBe(4 + 5);
});

test.each([
  [0, 1],
  [7, 2],
  [1700000000000, 2],
  [1763756400123, 8],
  [-12, 3],
  [0.001, 2],
  [12345678901234567890123456789012345678n, 20],
])('the number %s takes a byte for two significant digits, and one more: %d', (N, bytes) => {
  expect(valueBytes(N)).toBe(bytes);
});

test.each<[string, unknown, number]>([
  ['raw bytes of a binary value', new Uint8Array(10), 10],
  ['one byte of a Boolean', false, 1],
  ['one byte of null', null, 1],
  ['three bytes of an empty list', [], 3],
  ['three bytes of an empty map', {}, 3],
  ['one more for each element of a list', ['ab', true], 3 + 2 + 1 + 1 + 1],
  ['one more and the name for each element of a map', { ab: 'c' }, 3 + 2 + 1 + 1],
  ['the elements of a set', new Set(['a', 'bc']), 3],
])('counts %s', (_, value, bytes) => {
  expect(valueBytes(value)).toBe(bytes);
});

test.each<[string, number | undefined, number | undefined, number]>([
  ['an item of 500 bytes costs a unit', 500, 500, 1],
  ['1.6 KB are rounded up to 2', undefined, 1.6 * KB, 2],
  ['a delete costs the size of what it deleted', 1.6 * KB, undefined, 2],
  ['exactly 1 KB is one unit', KB, KB, 1],
  ['one byte more is two', KB, KB + 1, 2],
  ['the larger of before and after counts', 3 * KB, 1, 3],
  ['a failed write of 310 KB over 300 KB costs 310', 300 * KB, 310 * KB, 310],
  ['what is not there costs a unit', undefined, undefined, 1],
])('%s', (_, ...[before, after, units]) => {
  expect(
    writeUnits(
      before === undefined ? undefined : sized(Math.floor(before)),
      after === undefined ? undefined : sized(Math.floor(after)),
    ),
  ).toBe(units);
});

const keys: Item = { PK: 'p', SK: 's' };
const open: Item = { ...keys, AP: 'OPEN#1', AS: '1' };

test.each<[string, Item | undefined, Item | undefined, number[]]>([
  ['a new entry is one write', undefined, open, [1]],
  ['an entry that appears by an update is one write', keys, open, [1]],
  ['a key that changes is two, delete and put', open, { ...open, AS: '2' }, [1, 1]],
  ['an entry that goes is one', open, keys, [1]],
  ['an item in no index costs nothing more', keys, { ...keys, x: '1' }, []],
  ['a projected attribute that changes is one', { ...open, ty: 'a' }, { ...open, ty: 'b' }, [1]],
  ['one that is not projected costs nothing', { ...open, x: 'a' }, { ...open, x: 'b' }, []],
  ['half a key is no entry', keys, { ...keys, AP: 'OPEN#1' }, []],
  ['a larger entry costs more', undefined, { ...open, ty: 'x'.repeat(KB) }, [2]],
])('index: %s', (_, ...[before, after, units]) => {
  expect(indexWrites(attention, before, after).map((each) => each.units)).toEqual(units);
});

test('an index of keys is not written when anything else changes', () => {
  const day: Item = { ...keys, TP: 'd', TS: '1' };
  expect(indexWrites(timeline, day, { ...day, ty: 'b' })).toEqual([]);
});

test('delete and put of an index are units of the keys that they touch', () => {
  const moved = { ...open, AP: 'T#a#DEAD#1' };
  expect(indexWrites(attention, open, moved).map((each) => each.partition)).toEqual(['OPEN#1', 'T#a#DEAD#1']);
});

test.each([
  ['3.5 KB read consistently', getUnits(sized(3.5 * KB), true), 1],
  ['3.5 KB read eventually', getUnits(sized(3.5 * KB), false), 0.5],
  ['10 KB', getUnits(sized(10 * KB), true), 3],
  ['1.5 KB and 6.5 KB in a batch', getUnits(sized(1.5 * KB), true) + getUnits(sized(6.5 * KB), true), 3],
  ['an item that does not exist', getUnits(undefined, true), 1],
  ['a query of 40.8 KB', queryUnits(40.8 * KB, true), 11],
  ['a query of 1 500 items of 64 bytes', queryUnits(1500 * 64, true), 24],
  ['a query that finds nothing', queryUnits(0, false), 0.5],
])('%s costs %d read units (documented: %d)', (_, units, documented) => {
  expect(units).toBe(documented);
});
