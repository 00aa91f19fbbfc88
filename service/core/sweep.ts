/**
 * Looks at one page of overdue items, oldest first, and makes for each the move that keeps it from being forgotten.
 * An index is only a hint: items are read consistently before anything is decided. One bad item never stops the page.
 */
import { heartbeat } from './attempt-moves.ts';
import type { At } from './drafts.ts';
import type { Won } from './follow.ts';
import { follow, winners } from './follow.ts';
import type { Move } from './move.ts';
import type { Ports, Unreadable } from './ports.ts';
import { isUnreadable } from './ports.ts';
import { reap } from './reap-move.ts';
import type { Rules } from './rules.ts';
import { HORIZON_MS, neededDueMs } from './rules.ts';
import { announceAgain, expire, pushOn, recheck, ringAgain, unreached, wake } from './sweep-moves.ts';
import type { LedgerTask } from './task.ts';
import { isReady, laneOf } from './task.ts';

export interface SweepReport {
  /** Keys the index named. A full page means that there may be more. */
  readonly looked: number;
  readonly moved: number;
}

export interface SweepOptions {
  readonly limit: number;
  /**
   * Whether the attempt is known to run, in the process that sweeps. A wall clock that jumps ends every lease at once;
   * it is no proof that anything has died. [S13]
   */
  readonly isAlive?: (task: LedgerTask) => boolean;
}

type Look = At &
  Pick<SweepOptions, 'isAlive'> & { readonly newOwner: () => { readonly owner: string; readonly random: number } };

/** The move an overdue item needs; undefined when there is nothing to do. What nobody understands is pushed on. */
function moveFor(item: LedgerTask | Unreadable | undefined, look: Look): Move | undefined {
  if (item === undefined) return undefined;
  if (item.dueMs === undefined || item.dueMs > look.nowMs) return undefined;
  if (isUnreadable(item)) return pushOn(item, look);
  if (item.announcement === 'pending') return announceAgain(item, look);
  if (item.status === 'running' && item.leaseUntilMs !== undefined) return moveForRunning(item, look);
  return isReady(item) ? moveForReady(item, look) : pushOn(item, look);
}

/** One bad item never stops the page: what cannot even be judged is left to newer code. */
function judged(item: LedgerTask | Unreadable | undefined, look: Look): Move | undefined {
  try {
    return moveFor(item, look);
  } catch {
    return item && pushOn(item, look);
  }
}

function moveForRunning(task: LedgerTask, look: Look): Move {
  const needed = neededDueMs(task, look.nowMs, look.rules)!;
  if (look.nowMs < needed) return recheck(task, look);
  if (look.isAlive?.(task)) return heartbeat(task, { progress: undefined, pullDue: true }, look);
  return reap(task, { ...look.newOwner(), cause: 'lost', known: false }, look);
}

function moveForReady(task: LedgerTask, look: Look): Move {
  if (task.expiresAtMs <= look.nowMs) return expire(task, look);
  if (look.nowMs >= neededDueMs(task, look.nowMs, look.rules)!) return ringAgain(task, look);
  const cameWithinReach = task.notBeforeMs - look.nowMs <= HORIZON_MS && task.dueMs! <= task.notBeforeMs - HORIZON_MS;
  return cameWithinReach ? wake(task, look) : recheck(task, look);
}

/**
 * A lane that already holds a bell for each overdue item that a tenant has on the page needs no more of its bells. Those
 * of others are no reason: one bell that was lost would stay so for as long as another tenant has many.
 */
async function braked(ports: Ports, won: readonly Won[]): Promise<Won[]> {
  const nameOf = ({ task }: Won): string => `${laneOf(task)} ${task.tenant}`;
  const again = Map.groupBy(
    won.filter(({ move }) => move === 'ringAgain'),
    nameOf,
  );
  const full = new Set<string>();
  for (const [name, overdue] of again) {
    const { task } = overdue[0]!;
    if ((await ports.doorbell.depth(laneOf(task), task.tenant)) >= overdue.length) full.add(name);
  }
  return won.map((each) => (each.move === 'ringAgain' && full.has(nameOf(each)) ? { ...each, unrung: true } : each));
}

/** Nothing is lost when this is not written: a gap grows that need not have. */
async function takeBack({ clock, ledger }: Ports, rules: Rules, untaken: readonly Won[]): Promise<void> {
  const at = { nowMs: clock.nowMs(), rules };
  const looks = untaken.filter(({ move }) => move === 'ringAgain' || move === 'announceAgain');
  if (looks.length > 0) await ledger.apply(looks.map(({ task }) => unreached(task, at)));
}

/** Throws LedgerUnavailable when the page cannot be read; the next sweep finds the same items. */
export async function sweep(ports: Ports, rules: Rules, { limit, isAlive }: SweepOptions): Promise<SweepReport> {
  const { clock, ledger, random, log } = ports;
  const keys = await ledger.overdue(clock.nowMs(), limit);
  if (keys.length === 0) return { looked: 0, moved: 0 };
  const items = await ledger.get(keys);
  const newOwner = () => ({ owner: random.token(), random: random.uniform() });
  const look = { nowMs: clock.nowMs(), rules, newOwner, ...(isAlive && { isAlive }) };
  const moves = items.flatMap((item) => judged(item, look) ?? []);
  for (const { name, tenant, taskId } of moves) if (name === 'pushOn') log.warn('item-skipped', { tenant, taskId });
  const won = winners(moves, await ledger.apply(moves));
  const untaken = await follow(ports, rules, await braked(ports, won));
  await takeBack(ports, rules, untaken);
  return { looked: keys.length, moved: won.length };
}
