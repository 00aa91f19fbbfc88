import { expect, test } from 'vitest';
import { READY_ITEM } from '../testing/given-items.ts';
import type { LedgerTask } from './task.ts';
import { isFinal, isInInbox, isReady, isSettled, laneOf } from './task.ts';

const PENDING = { status: 'dead', announcement: 'pending' } as const;
const SENT = { status: 'dead', announcement: 'sent' } as const;

test.each<[string, Partial<LedgerTask>, string[]]>([
  ['scheduled', { status: 'scheduled' }, ['ready']],
  ['queued', { status: 'queued' }, ['ready']],
  ['retrying', { status: 'retrying' }, ['ready']],
  ['running', { status: 'running' }, []],
  ['succeeded', { status: 'succeeded' }, ['final', 'settled']],
  ['cancelled', { status: 'cancelled' }, ['final', 'settled']],
  ['dead and not announced', PENDING, ['final']],
  ['dead and announced', SENT, ['final', 'settled', 'inbox']],
  ['dead and discarded', { ...SENT, discarded: true }, ['final', 'settled']],
])('a task that is %s is what it should be [S2][S6]', (_, fields, expected) => {
  const task = { ...READY_ITEM, ...fields };
  const is = { ready: isReady(task), final: isFinal(task), settled: isSettled(task), inbox: isInInbox(task) };
  expect(Object.entries(is).flatMap(([name, holds]) => (holds ? [name] : []))).toEqual(expected);
});

test.each<[string, Pick<LedgerTask, 'suspect' | 'rings'>]>([
  ['fresh', { rings: 0 }],
  ['recovery', { rings: 1 }],
  ['isolated', { rings: 0, suspect: true }],
  ['isolated', { rings: 1, suspect: true }],
])('lane %s is that of %o', (lane, item) => {
  expect(laneOf(item)).toBe(lane);
});
