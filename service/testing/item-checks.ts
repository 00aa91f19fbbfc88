/** What must hold of an item as it has been written, whatever it was before: a list of what does not. */
import type { Rules } from '../core/rules.ts';
import type { LedgerTask } from '../core/task.ts';
import { isFinal, isReady } from '../core/task.ts';

export const HORIZON_MS = 600_000;

interface Written {
  readonly rules: Rules;
  /** By the writer's clock. */
  readonly nowMs: number;
}

/** An invariant, and what breaks it. */
type Broken = readonly [string, string];

export function brokenIn(task: LedgerTask, { rules, nowMs }: Written): Broken[] {
  const { status, dueMs, announcement, failures, budgetBase, crashes, purgeAtMs } = task;
  const broken: Broken[] = isFinal(task) ? brokenInFinal(task) : [];
  const expect = (holds: boolean, invariant: string, what: string): void => {
    if (!holds) broken.push([invariant, what]);
  };
  const hasDue = dueMs !== undefined;
  expect(hasDue || isFinal(task), 'S8', `${status} and nobody will look`);
  expect(purgeAtMs === undefined || isFinal(task), 'S1', `${status} and to be purged`);
  expect(announcement === undefined || status === 'dead', 'S6', `${status} and announced as dead`);
  expect(hasDue || status !== 'dead' || announcement === 'sent', 'S6', 'dead, unannounced and nobody will look');
  const used = failures - budgetBase;
  expect(used <= rules.policyOf(task.type).maxAttempts && crashes <= 3, 'S7', `${used} failures, ${crashes} crashes`);
  const bound = latestDue(task, { rules, nowMs });
  expect((dueMs ?? 0) <= bound, 'S18', `${status}: due ${dueMs} > ${bound}`);
  return broken;
}

/** Nothing is left of what only an open task has; the dead keep their last slice. */
function brokenInFinal(task: LedgerTask): Broken[] {
  const { status, announcement, leaseUntilMs, waiting, checkpoint, purgeAtMs } = task;
  const hasNoSlice = checkpoint === undefined || status === 'dead';
  const isClean = leaseUntilMs === undefined && waiting === undefined && hasNoSlice;
  const isKeptForEver = purgeAtMs === undefined && announcement !== 'pending';
  return [
    ...(isClean ? [] : [['S7', `${status} with something of its attempts`] as const]),
    ...(isKeptForEver ? [['S7', `${status} and kept for ever`] as const] : []),
  ];
}

function latestDue(task: LedgerTask, { rules, nowMs }: Written): number {
  if (isReady(task)) return Math.max(nowMs, task.notBeforeMs, task.leaseUntilMs ?? 0) + HORIZON_MS;
  if (task.status === 'running') return (task.leaseUntilMs ?? 0) + rules.constants.marginMs;
  return Infinity;
}

/** Before this nobody has to ring again for a task that is ready. */
export function earliestRingMs({ notBeforeMs, type }: LedgerTask, { constants, policyOf }: Rules): number {
  const leaseMs = Math.min(policyOf(type).timeoutMs, constants.leaseCapMs) + constants.leaseGraceMs;
  return notBeforeMs + Math.min(constants.ringGraceMs, leaseMs + constants.marginMs - 1_000);
}
