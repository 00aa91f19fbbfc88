/** What must hold of the whole state at any moment, once things have healed, and at the end. */
import type { LedgerTask } from '../core/task.ts';
import { isFinal } from '../core/task.ts';
import type { World } from './world.ts';

const MOST_OVERDUE_MS = 90_000;
const MOST_BELLS_PER_TASK = 3;

/** What was accepted is there, always. [S1] */
export function checkAccepted({ store, accepted, checker }: World): void {
  for (const [name, key] of accepted) checker.expect(store.items.has(name), 'S1', [key, 'accepted and gone']);
}

/** An outage of n tasks leaves no more than 3n bells. */
export function checkQueue({ checker }: World, bells: number, tasks: number): void {
  if (bells <= MOST_BELLS_PER_TASK * tasks) return;
  checker.violations.push({ invariant: 'L2', taskId: '', what: `${bells} bells for ${tasks} tasks` });
}

/** After the healing, an item may be overdue only as long as the sweepers need to come round. */
export function checkOverdue({ time, checker }: World, items: Iterable<LedgerTask>): void {
  for (const task of items) {
    const lateMs = time.nowMs - (task.dueMs ?? Infinity);
    checker.expect(lateMs <= MOST_OVERDUE_MS, 'L1', [task, `overdue for ${lateMs} ms and nobody looked`]);
  }
}

/** `tasks` were submitted, each until there was a receipt for it. */
export function checkEnd(world: World, tasks: number): void {
  const { store, accepted, checker, isCloud } = world;
  checkAccepted(world);
  const what = `${accepted.size} receipts for ${tasks} tasks`;
  if (accepted.size < tasks) checker.violations.push({ invariant: 'L1', taskId: '', what });
  for (const name of accepted.keys()) {
    const task = store.items.get(name);
    if (!task) continue;
    const isSettled = isFinal(task) && task.announcement !== 'pending';
    checker.expect(isSettled, 'L1', [task, `still ${task.status} ${task.announcement ?? ''} at the end`]);
    checker.expect(isCloud || !diedOfOthers(task), 'S13', [task, 'died of the crashes of others']);
  }
}

/** Where every loss has a known cause, only poison dies of it. */
function diedOfOthers({ status, lastFailure, lostInRow, payload }: LedgerTask): boolean {
  const isLoss = status === 'dead' && (lastFailure?.class === 'CRASH' || lastFailure?.code === 'overran');
  return isLoss && !/"(crash|hang|block)"/.test(payload) && lostInRow < 10;
}
