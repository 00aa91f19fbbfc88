import { expect, test } from 'vitest';
import { Given } from '../testing/given.ts';
import { DYING_ITEM, READY_ITEM } from '../testing/given-items.ts';
import type { Won } from './follow.ts';
import { follow } from './follow.ts';
import type { LedgerTask } from './task.ts';

/** What one won write sets off: bells, announcements, events. */
async function consequencesOf(move: Won['move'], item: LedgerTask, more: Pick<Won, 'unrung'> = {}): Promise<string[]> {
  const given = new Given();
  const attempts = [{ fence: 3, attempt: 2, startedAtMs: 1, endedAtMs: 2, outcome: 'lost', class: 'CRASH' }] as const;
  const lastFailure = { class: 'CRASH', code: 'process-lost', message: 'no', atMs: 2 } as const;
  const task = { ...item, attempts, lastFailure, notBeforeMs: item.notBeforeMs - READY_ITEM.notBeforeMs + given.nowMs };
  await given.until(follow(given.ports, given.rules, [{ move, task, ...more }]));
  const events = given.events.filter((event) => event.move === move);
  return [...given.bells.map(() => 'bell'), ...given.announced.map(() => 'told'), ...events.map(() => 'event')];
}

const FAR_ITEM = { ...READY_ITEM, notBeforeMs: READY_ITEM.notBeforeMs + 600_001 };
const IN_REACH_ITEM = { ...READY_ITEM, notBeforeMs: READY_ITEM.notBeforeMs + 600_000 };
const CANCELLED_ITEM: LedgerTask = { ...READY_ITEM, status: 'cancelled' };

test.each([
  ['a submit', 'submit', READY_ITEM, ['bell', 'event']],
  ['a submit for in ten minutes', 'submit', IN_REACH_ITEM, ['bell', 'event']],
  ['a submit for later than that', 'submit', FAR_ITEM, ['event']],
  ['a failure that is tried again later than that', 'fail', FAR_ITEM, ['event']],
  ['a loss that is tried again', 'reap', READY_ITEM, ['bell', 'event']],
  ['a loss that is the end', 'reap', DYING_ITEM, ['told', 'event']],
  ['a loss of what was to be cancelled', 'reap', CANCELLED_ITEM, ['event']],
  ['a death', 'die', DYING_ITEM, ['told', 'event']],
  ['a claim', 'claim', READY_ITEM, ['event']],
  ['a look too early', 'recheck', READY_ITEM, []],
  ['a look at the dead', 'announceAgain', DYING_ITEM, ['told']],
  ['a look at who is not rung for', 'ringAgain', READY_ITEM, ['bell']],
] as const)('%s sets off what it should, once [S9]', async (...[, move, item, consequences]) => {
  expect(await consequencesOf(move, item)).toEqual(consequences);
});

test('the brake of the sweeper takes only the bell', async () => {
  expect(await consequencesOf('ringAgain', READY_ITEM, { unrung: true })).toEqual([]);
  expect(await consequencesOf('redrive', READY_ITEM, { unrung: true })).toEqual(['event']);
});
