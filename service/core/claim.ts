/**
 * A bell becomes a claimed task, or silence. A lost claim is acknowledged: whoever won it does what is to be done.
 * A claim whose reply was lost is asked again with the same owner token, so that a won one is recognised. [S3]
 */
import { claim } from './attempt-moves.ts';
import { follow, winners } from './follow.ts';
import type { Move } from './move.ts';
import { unmet } from './move.ts';
import type { Bell } from './ports.ts';
import { isUnreadable, sleep } from './ports.ts';
import { EARLY_BELL_MS } from './rules.ts';
import { defer } from './sweep-moves.ts';
import type { LedgerTask, TaskKey } from './task.ts';
import { isReady } from './task.ts';
import type { Worker } from './worker.ts';

const GIVE_UP_AFTER_MS = 5_000;
const ASK_AGAIN_MS = 200;
const MOST_TRIES = 12;

export interface Claimed {
  readonly task: LedgerTask;
  /** Monotonic, from before the claim was sent: the lease cannot have begun earlier. */
  readonly sinceMs: number;
}

/** `done`: nothing to do · `again`: the ledger could not say, the bell must come back. */
export type Unclaimed = 'done' | 'again';

/** What to do about a lost claim. */
type Next = 'ours' | 'pull-due' | 'retry' | 'defer' | 'done' | { readonly waitMs: number };

function nextAfterLoss(move: Move, task: LedgerTask, nowMs: number): Next {
  if (task.status === 'running' && task.owner === move.set.owner) return 'ours';
  const missing = unmet(move, task);
  if (missing.length === 0) return 'retry';
  if (!isReady(task)) return 'done';
  if (missing.includes('type')) return 'retry';
  const grave = missing.filter((name) => name !== 'due' && name !== 'not-before');
  if (grave.length === 1 && grave[0] === 'payload-version') return 'defer';
  if (grave.length > 0) return 'done';
  if (!missing.includes('not-before')) return 'pull-due';
  const waitMs = task.notBeforeMs - nowMs;
  return waitMs <= EARLY_BELL_MS ? { waitMs } : 'done';
}

export async function claimTask(bell: Bell, worker: Worker): Promise<Claimed | Unclaimed> {
  const { ports, rules, isolated } = worker;
  const { clock } = ports;
  const owner = worker.ownerPrefix + ports.random.token();
  let type = bell.type;
  let pullDue = false;
  let sinceMs = clock.monotonicMs();
  const giveUpAtMs = sinceMs + GIVE_UP_AFTER_MS;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const payloadVersions = worker.versionsOf(type);
    if (payloadVersions === undefined) return deferUnknown(bell, worker);
    const by = { owner, type, payloadVersions, isolated };
    const move = claim(bell, by, { nowMs: clock.nowMs(), rules, pullDue });
    const [result] = await ports.ledger.apply([move]);
    if (result?.kind === 'applied') return { task: result.task, sinceMs };
    if (result?.kind !== 'lost') {
      if (clock.monotonicMs() >= giveUpAtMs) return 'again';
      await sleep(clock, ASK_AGAIN_MS * (tries + 1));
      continue;
    }
    const task = result.task;
    if (task === undefined) return 'done';
    const next = nextAfterLoss(move, task, clock.nowMs());
    if (next === 'ours') return { task, sinceMs };
    if (next === 'done') return 'done';
    if (next === 'defer') return deferUnknown(bell, worker);
    if (next === 'pull-due') pullDue = true;
    if (typeof next === 'object') await sleep(clock, next.waitMs);
    type = task.type;
    sinceMs = clock.monotonicMs();
  }
  return 'done';
}

/** A type or payload version that this worker does not know: another one may, soon. */
async function deferUnknown(key: TaskKey, { ports, rules, versionsOf, unserved }: Worker): Promise<Unclaimed> {
  const [item] = await ports.ledger.get([key]);
  if (item === undefined || isUnreadable(item) || !isReady(item)) return 'done';
  if (versionsOf(item.type)?.includes(item.payloadVersion)) return 'again';
  if (!unserved.has(item.type))
    ports.log.warn('type-not-served', { tenant: item.tenant, taskId: item.taskId, type: item.type });
  unserved.add(item.type);
  const nowMs = ports.clock.nowMs();
  const untilMs = nowMs + rules.constants.unknownTypeDeferMs;
  const moves = [defer(item, { nowMs, rules, reason: 'unknown-type', untilMs })];
  await follow(ports, rules, winners(moves, await ports.ledger.apply(moves)));
  return 'done';
}
