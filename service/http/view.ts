/** The ledger's item as the contract shows it. Nothing of the item is shown that is not named here. */
import type { Attempt, AttemptDetail, HistoryEntry, Task, TaskDetail } from '@holdfast/api/types';
import type { Rules } from '../core/rules.ts';
import type { AttemptDetail as LedgerAttemptDetail, EndedAttempt, LedgerTask } from '../core/task.ts';
import { attemptNumber, isReady } from '../core/task.ts';
import type { Principal } from './principal.ts';

const MOST_ATTEMPTS = 10;
/** The last moment of RFC 3339. An item beyond it, however it came to be, must not keep a list from its reader. */
const LATEST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** Under load many tasks share a moment, and printing one costs as much as half of the rest of a view. */
function timestamps(): (ms: number) => string {
  let lastMs = NaN;
  let text = '';
  return (ms) => {
    if (ms !== lastMs) text = new Date(Math.min(ms, LATEST_MS)).toISOString();
    lastMs = ms;
    return text;
  };
}

export const timestamp = timestamps();
const expiry = timestamps();

export const etagOf = ({ version }: LedgerTask): string => `"${version}"`;

export const locationOf = ({ taskId }: LedgerTask): string => `/tasks/${taskId}`;

export function taskView(task: LedgerTask, rules: Rules): Task {
  const { waiting, progress, lastFailure, runAtMs, finishedAtMs } = task;
  const isDelayed = isReady(task) && task.notBeforeMs > task.updatedAtMs;
  return {
    taskId: task.taskId,
    type: task.type,
    status: task.status,
    version: task.version,
    attempt: attemptsOfBudget(task),
    maxAttempts: rules.policyOf(task.type).maxAttempts,
    attemptsTotal: task.attemptsTotal,
    createdAt: timestamp(task.createdAtMs),
    updatedAt: timestamp(task.updatedAtMs),
    ...(runAtMs !== undefined && { runAt: timestamp(runAtMs) }),
    ...(isDelayed && { notBefore: timestamp(task.notBeforeMs) }),
    ...(finishedAtMs !== undefined && { finishedAt: timestamp(finishedAtMs) }),
    expiresAt: expiry(task.expiresAtMs),
    waiting: waiting && isReady(task) ? { reason: waiting.reason, until: timestamp(waiting.untilMs) } : null,
    cancelRequested: task.cancelRequested ?? false,
    progress: progress ? { percent: progress.percent, message: progress.message ?? null } : null,
    lastFailure: lastFailure
      ? {
          class: lastFailure.class,
          code: lastFailure.code,
          message: lastFailure.message,
          at: timestamp(lastFailure.atMs),
        }
      : null,
    tags: [...task.tags],
    payloadEdited: task.payloadEdited ?? false,
    discarded: task.discarded ?? false,
  };
}

/** Without `payloads:read` nothing of a payload, a result or a log line is shown. */
export function taskDetailView(task: LedgerTask, rules: Rules, { scopes }: Pick<Principal, 'scopes'>): TaskDetail {
  const withheld = !scopes.has('payloads:read');
  return {
    ...taskView(task, rules),
    payload: withheld ? null : (JSON.parse(task.payload) as TaskDetail['payload']),
    result: withheld || task.result === undefined ? null : (JSON.parse(task.result) as unknown),
    withheld,
    attempts: attemptViews(task),
    history: historyViews(task),
  };
}

/** Attempts since submit or the last redrive, the running one included; those that were lost are not counted. */
function attemptsOfBudget(task: LedgerTask): number {
  const wasStopped = task.status === 'cancelled' && task.attempts.at(-1)?.outcome === 'cancelled';
  const hasOneMore = task.status === 'running' || task.status === 'succeeded' || wasStopped;
  return hasOneMore ? attemptNumber(task) : attemptNumber(task) - 1;
}

/** The last ones, oldest first, the running one included. */
export function attemptViews(task: LedgerTask): Attempt[] {
  const ended = task.attempts.map(endedView);
  return task.status === 'running' ? [...ended, runningView(task)].slice(-MOST_ATTEMPTS) : ended;
}

const endedView = (attempt: EndedAttempt): Attempt => ({
  fence: attempt.fence,
  attempt: attempt.attempt,
  startedAt: timestamp(attempt.startedAtMs),
  endedAt: timestamp(attempt.endedAtMs),
  outcome: attempt.outcome,
  class: attempt.class ?? null,
  code: attempt.code ?? null,
  delayMs: attempt.delayMs ?? null,
});

/** The item holds no entry of it: it follows from the claim. */
const runningView = (task: LedgerTask): Attempt => ({
  fence: task.fence,
  attempt: attemptNumber(task),
  startedAt: timestamp(task.startedAtMs ?? task.updatedAtMs),
  endedAt: null,
  outcome: 'running',
  class: null,
  code: null,
  delayMs: null,
});

const historyViews = ({ history }: LedgerTask): HistoryEntry[] =>
  history.map(({ atMs, subject, move, reason }) => ({ at: timestamp(atMs), subject, move, reason: reason ?? null }));

export interface Shown {
  readonly detail: LedgerAttemptDetail | undefined;
  readonly principal: Pick<Principal, 'scopes'>;
}

/** Of attempts that did not fail nothing is kept beyond what the task shows. */
export function attemptDetailView(attempt: Attempt, { detail, principal }: Shown): AttemptDetail {
  const withheld = !principal.scopes.has('payloads:read');
  const lines = withheld ? [] : (detail?.log ?? []);
  const log = lines.map(({ atMs, level, text }) => ({ at: timestamp(atMs), level, text }));
  return { ...attempt, message: detail?.message ?? null, log, logTruncated: detail?.logTruncated ?? false, withheld };
}
