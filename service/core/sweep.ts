/**
 * Looks at one page of overdue items, oldest first, and makes for each the move that keeps it from being forgotten.
 * An index is only a hint: items are read consistently before anything is decided. One bad item never stops the page.
 */
import type { At } from './drafts.ts';
import type { Won } from './follow.ts';
import { follow, winners } from './follow.ts';
import type { Move } from './move.ts';
import type { Ports, Unreadable } from './ports.ts';
import { isUnreadable } from './ports.ts';
import { reap } from './reap-move.ts';
import type { Rules } from './rules.ts';
import { HORIZON_MS, neededDueMs } from './rules.ts';
import { announceAgain, expire, pushOn, recheck, ringAgain, wake } from './sweep-moves.ts';
import type { Lane, LedgerTask } from './task.ts';
import { isReady, laneOf } from './task.ts';

export interface SweepReport {
  /** Keys the index named. A full page means that there may be more. */
  readonly looked: number;
  readonly moved: number;
}

type Look = At & { readonly newOwner: () => { readonly owner: string; readonly random: number } };

/** The move an overdue item needs; undefined when there is nothing to do. */
export function moveFor(item: LedgerTask | Unreadable | undefined, look: Look): Move | undefined {
  if (item === undefined) return undefined;
  if (item.dueMs === undefined || item.dueMs > look.nowMs) return undefined;
  if (isUnreadable(item)) return pushOn(item, look);
  if (item.status === 'dead') return item.announcement === 'pending' ? announceAgain(item, look) : undefined;
  if (item.status === 'running') return moveForRunning(item, look);
  return isReady(item) ? moveForReady(item, look) : undefined;
}

function moveForRunning(task: LedgerTask, look: Look): Move {
  const needed = neededDueMs(task, look.nowMs, look.rules)!;
  if (look.nowMs < needed) return recheck(task, look);
  return reap(task, { ...look.newOwner(), cause: 'lost', known: false }, look);
}

function moveForReady(task: LedgerTask, look: Look): Move {
  if (task.expiresAtMs <= look.nowMs) return expire(task, look);
  if (look.nowMs >= neededDueMs(task, look.nowMs, look.rules)!) return ringAgain(task, look);
  const cameWithinReach = task.notBeforeMs - look.nowMs <= HORIZON_MS && task.dueMs! <= task.notBeforeMs - HORIZON_MS;
  return cameWithinReach ? wake(task, look) : recheck(task, look);
}

/** A lane that already holds a bell for each overdue item of the page needs no more. */
async function braked(ports: Ports, won: readonly Won[]): Promise<Won[]> {
  const overdue = new Map<Lane, number>();
  for (const { move, task } of won) {
    if (move === 'ringAgain') overdue.set(laneOf(task), (overdue.get(laneOf(task)) ?? 0) + 1);
  }
  const full = new Set<Lane>();
  for (const [lane, count] of overdue) if ((await ports.doorbell.depth(lane)) >= count) full.add(lane);
  return won.map((each) =>
    each.move === 'ringAgain' && full.has(laneOf(each.task)) ? { ...each, unrung: true } : each,
  );
}

/** Throws LedgerUnavailable when the page cannot be read; the next sweep finds the same items. */
export async function sweep(ports: Ports, rules: Rules, { limit }: { limit: number }): Promise<SweepReport> {
  const { clock, ledger, random } = ports;
  const keys = await ledger.overdue(clock.nowMs(), limit);
  if (keys.length === 0) return { looked: 0, moved: 0 };
  const items = await ledger.get(keys);
  const newOwner = () => ({ owner: random.token(), random: random.uniform() });
  const look = { nowMs: clock.nowMs(), rules, newOwner };
  const moves = items.flatMap((item) => moveFor(item, look) ?? []);
  const won = winners(moves, await ledger.apply(moves));
  await follow(ports, rules, await braked(ports, won));
  return { looked: keys.length, moved: won.length };
}
