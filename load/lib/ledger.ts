/**
 * Reads back what the ledger holds of this run, and counts what must never be: lost and doubled tasks. The account is one number:
 * who submits adds what was accepted (tasks.ts), the audit takes away what it found. Without an audit nothing is taken away, so
 * that a run that was broken off fails. A refused submit counts for nothing; one whose answer never came may turn out to be
 * stored, and hide a lost task here, but is an error of its own.
 */
import type { Task, TaskDetail } from '@holdfast/api/types';
import { sleep } from 'k6';
import exec from 'k6/execution';
import { Counter, Gauge } from 'k6/metrics';
import { ask, askEach } from './client.ts';
import { RUN, TAG } from './settings.ts';

/** Accepted, and not found in the ledger. */
export const lost = new Counter('tasks_lost');
/** Recorded or succeeded more than once, or recorded under an id that nobody submitted. */
export const twice = new Counter('tasks_twice');
/** Tasks that had not come to their end when the time for it was over. */
export const unfinished = new Counter('tasks_unfinished');
export const settledAfterS = new Gauge('settled_after_seconds');

const FINAL: readonly Task['status'][] = ['succeeded', 'dead', 'cancelled'];
const AGAIN_AFTER_S = 0.5;
const SIDE_BY_SIDE = 100;
/** How far the clocks of client and server may differ. */
const CLOCKS_DIFFER_MS = 5 * 60_000;

export const isFinal = ({ status }: Task): boolean => FINAL.includes(status);

/** Throws what a list answered instead: a count that could not be made is no zero. */
export function tasksOfRun(): Task[] {
  const tasks: Task[] = [];
  const beganMs = Date.now() - exec.instance.currentTestRunDuration;
  const query = { tag: TAG, since: new Date(beganMs - CLOCKS_DIFFER_MS).toISOString(), limit: 100 };
  for (let cursor: string | null | undefined; cursor !== null;) {
    const answer = ask('get', '/tasks', { query: { ...query, ...(cursor && { cursor }) } });
    if (!answer.ok) throw new Error(`The ledger could not be read back: ${answer.why}`);
    tasks.push(...answer.body.items);
    cursor = answer.body.nextCursor;
  }
  return tasks;
}

/** All tasks of the run, once each is final and no list shows more of them (an index may be late), or the time is over. */
export function settled(withinSeconds: number): Task[] {
  const beganMs = Date.now();
  for (let before = -1; ;) {
    const tasks = tasksOfRun();
    const open = tasks.filter((task) => !isFinal(task)).length;
    const tookS = (Date.now() - beganMs) / 1_000;
    if ((open === 0 && tasks.length === before) || tookS > withinSeconds) {
      settledAfterS.add(tookS);
      unfinished.add(open);
      return tasks;
    }
    before = tasks.length;
    sleep(AGAIN_AFTER_S);
  }
}

/** With attempts and history, in the same order. Throws like tasksOfRun. */
export function detailsOf(tasks: readonly Task[]): TaskDetail[] {
  const details: TaskDetail[] = [];
  for (let from = 0; from < tasks.length; from += SIDE_BY_SIDE) {
    const part = tasks.slice(from, from + SIDE_BY_SIDE).map(({ taskId }) => ({ path: { taskId } }));
    for (const answer of askEach('get', '/tasks/{taskId}', part)) {
      if (!answer.ok) throw new Error(`A task that a list shows could not be read: ${answer.why}`);
      details.push(answer.body);
    }
  }
  return details;
}

/** Waits until no more VUs than these are at work: whoever asks is one of them. */
export function whileMoreThan(vus: number): void {
  while (exec.instance.vusActive > vus) sleep(AGAIN_AFTER_S);
}

/**
 * The end of a run: waits for iterations that are under way, and for their tasks, then balances the account. Answers all tasks
 * of the run with their attempts, newest first.
 */
export function audited({ withinSeconds }: { withinSeconds: number }): TaskDetail[] {
  whileMoreThan(1);
  const tasks = settled(withinSeconds);
  const found = new Set(tasks.map(({ taskId }) => taskId).filter(isSubmitted));
  lost.add(-found.size);
  const details = detailsOf(tasks);
  twice.add(tasks.length - found.size + details.reduce((sum, task) => sum + Math.max(0, successesOf(task) - 1), 0));
  return details;
}

/** Whether the id is as taskIdOf makes them (tasks.ts): a copy under another id must not stand for a task that was lost. */
const isSubmitted = (taskId: string): boolean =>
  taskId.startsWith(`${RUN}-`) && taskId.slice(RUN.length + 1).split('-').length === 2;

const successesOf = ({ attempts }: TaskDetail): number =>
  attempts.filter(({ outcome }) => outcome === 'succeeded').length;
