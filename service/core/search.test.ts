import { expect, test } from 'vitest';
import { DYING_ITEM, READY_ITEM } from '../testing/given-items.ts';
import type { List, TaskFilter } from './search.ts';
import { isIndexed, matches } from './search.ts';
import type { LedgerTask } from './task.ts';

const lastFailure = { class: 'SYSTEM', code: 'E', message: 'no', atMs: 1 } as const;
const TASK: LedgerTask = { ...DYING_ITEM, tags: ['a', 'b'], lastFailure };

test.each<[string, TaskFilter, boolean]>([
  ['nothing', {}, true],
  ['its state', { status: 'dead' }, true],
  ['another state', { status: 'queued' }, false],
  ['its type', { type: 'simulate' }, true],
  ['another type', { type: 'other' }, false],
  ['the class of its last failure', { class: 'SYSTEM' }, true],
  ['another class', { class: 'NETWORK' }, false],
  ['one of its tags', { tag: 'b' }, true],
  ['another tag', { tag: 'c' }, false],
  ['all of it', { status: 'dead', type: 'simulate', class: 'SYSTEM', tag: 'a' }, true],
  ['all of it but the state', { status: 'queued', type: 'simulate', class: 'SYSTEM', tag: 'a' }, false],
  ['all of it but the type', { status: 'dead', type: 'other', class: 'SYSTEM', tag: 'a' }, false],
  ['all of it but the class', { status: 'dead', type: 'simulate', class: 'NETWORK', tag: 'a' }, false],
])('a filter that asks for %s: %o', (_, filter, isFound) => {
  expect(matches(TASK, filter)).toBe(isFound);
});

test('a task that never failed has no class', () => {
  expect(matches(READY_ITEM, { class: 'SYSTEM' })).toBe(false);
});

test.each<[List, TaskFilter | undefined, boolean]>([
  ['all', undefined, true],
  ['all', {}, true],
  ['all', { type: 'one' }, false],
  ['dead', { type: 'one' }, true],
  ['dead', { type: 'one', tag: 'a' }, false],
  ['all', { status: 'dead' }, false],
  ['dead', { class: 'SYSTEM' }, false],
  ['dead', { tag: 'a' }, false],
])('the list %s of %o is read from an index, or searched: %s', (list, only, expected) => {
  expect(isIndexed({ list, ...(only && { only }) })).toBe(expected);
});
