/** The failure inbox of a run: what is listed in it, and what an operator does with it. Every move says why it was made. */
import type { FailureClass, Task, TaskDetail } from '@holdfast/api/types';
import { Counter, Trend } from 'k6/metrics';
import { persistently } from './again.ts';
import type { Answer } from './client.ts';
import { ask } from './client.ts';
import { isFinal } from './ledger.ts';
import { TAG } from './settings.ts';

export const REASON = 'Redriven by a load run.';
export const redriven = new Counter('redriven');
export const redriveMs = new Trend('redrive_ms', true);

const WITHIN_S = 30;
const END_WITHIN_MS = 80_000;

/** Of this run: dead, announced and not discarded; of one class, or all. */
export function inbox(failureClass?: FailureClass): Task[] {
  const tasks: Task[] = [];
  const filters = { status: 'dead', tag: TAG, limit: 100, ...(failureClass && { class: failureClass }) } as const;
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = persistently(
      () => ask('get', '/tasks', { query: { ...filters, ...(cursor && { cursor }) } }),
      WITHIN_S,
    );
    if (!page.ok) throw new Error(`The failure inbox could not be read: ${page.why}`);
    tasks.push(...page.body.items);
    cursor = page.body.nextCursor;
  }
  return tasks;
}

export interface Redrive {
  /** Takes the place of the one that it failed with. */
  readonly payload?: Record<string, unknown>;
  /** Only if it is still the one that was looked at. */
  readonly ifVersion?: number;
}

/** Waits for the announcement of a death, and for a server that is busy. */
export function redrive(taskId: string, { payload, ifVersion }: Redrive): Answer<TaskDetail> {
  const answer = persistently(
    () =>
      ask('post', '/tasks/{taskId}/redrive', {
        path: { taskId },
        body: { reason: REASON, ...(payload && { payload }) },
        ...(ifVersion !== undefined && { headers: { 'If-Match': `"${ifVersion}"` } }),
      }),
    WITHIN_S,
  );
  if (answer.ok) {
    redriven.add(1);
    redriveMs.add(answer.tookMs);
  }
  return answer;
}

/** A redriven task at its end; undefined when it did not come to one in time, or could not be asked for. */
export function endOf(taskId: string): TaskDetail | undefined {
  const query = { wait: 20 };
  const untilMs = Date.now() + END_WITHIN_MS;
  while (Date.now() < untilMs) {
    const found = persistently(
      () => ask('get', '/tasks/{taskId}', { path: { taskId }, query, timeoutSeconds: 2 * query.wait }),
      WITHIN_S,
    );
    if (!found.ok) return undefined;
    if (isFinal(found.body)) return found.body;
  }
  return undefined;
}

export const discard = (taskId: string): Answer<TaskDetail> =>
  persistently(() => ask('post', '/tasks/{taskId}/discard', { path: { taskId }, body: { reason: REASON } }), WITHIN_S);
