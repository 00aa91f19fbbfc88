/**
 * Reads back what the ledger holds of this run, and counts what must never be: lost and doubled tasks. VUs share nothing but
 * metrics, so the account is two sums: who submits adds what was accepted and a number made of each id, and the audit takes away
 * what it found. A lost task and one that nobody was promised leave the first sum at zero, and not the second. An audit that does
 * not come to its end takes nothing away.
 */
import type { Task, TaskDetail } from '@holdfast/api/types';
import { sleep } from 'k6';
import exec from 'k6/execution';
import { Counter, Gauge } from 'k6/metrics';
import { persistently } from './again.ts';
import { ask, askEach } from './client.ts';
import { RUN, TAG } from './settings.ts';

/** Accepted, and not found in the ledger. */
const lost = new Counter('tasks_lost');
const unbalanced = new Counter('ids_unbalanced');
/** Recorded or succeeded more than once, or recorded under an id that nobody submitted. */
export const twice = new Counter('tasks_twice');
/** Tasks that had not come to their end when the time for it was over. */
export const unfinished = new Counter('tasks_unfinished');
export const settledAfterS = new Gauge('settled_after_seconds');

const FINAL: readonly Task['status'][] = ['succeeded', 'dead', 'cancelled'];
const AGAIN_AFTER_S = 0.5;
const SIDE_BY_SIDE = 100;
/** For each request of the audit: a rate that is used up, or a store that is slow, is no lost task. */
const READ_WITHIN_S = 30;
/** How far the clocks of client and server may differ. */
const CLOCKS_DIFFER_MS = 5 * 60_000;

export const isFinal = ({ status }: Task): boolean => FINAL.includes(status);

/** Throws what a list answered instead: a count that could not be made is no zero. */
export function tasksOfRun(): Task[] {
  const tasks: Task[] = [];
  const beganMs = Date.now() - exec.instance.currentTestRunDuration;
  const query = { tag: TAG, since: new Date(beganMs - CLOCKS_DIFFER_MS).toISOString(), limit: 100 };
  for (let cursor: string | null | undefined; cursor !== null;) {
    const answer = persistently(
      () => ask('get', '/tasks', { query: { ...query, ...(cursor && { cursor }) } }),
      READ_WITHIN_S,
    );
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
    askEach('get', '/tasks/{taskId}', part).forEach((first, index) => {
      const again = () => ask('get', '/tasks/{taskId}', part[index]);
      const answer = first.ok ? first : persistently(again, READ_WITHIN_S);
      if (!answer.ok) throw new Error(`A task that a list shows could not be read: ${answer.why}`);
      details.push(answer.body);
    });
  }
  return details;
}

/** Waits until no more VUs than these are at work: whoever asks is one of them. */
export function whileMoreThan(vus: number): void {
  while (exec.instance.vusActive > vus) sleep(AGAIN_AFTER_S);
}

/** Each task once, when its receipt has come. */
export function noteReceipts(taskIds: readonly string[]): void {
  lost.add(taskIds.length);
  unbalanced.add(sumOf(taskIds));
}

/**
 * The end of a run: waits for iterations that are under way, and for their tasks. `judge` gets all of them with their attempts,
 * newest first. Then the account is balanced, at last: k6 takes no offence at an audit that it breaks off when its time is over.
 */
export function audited(withinSeconds: number, judge: (tasks: readonly TaskDetail[]) => void = () => undefined): void {
  whileMoreThan(1);
  const tasks = settled(withinSeconds);
  const found = [...new Set(tasks.map(({ taskId }) => taskId).filter(isSubmitted))];
  const details = detailsOf(tasks);
  twice.add(tasks.length - found.length + details.reduce((sum, task) => sum + Math.max(0, successesOf(task) - 1), 0));
  judge(details);
  lost.add(-found.length);
  unbalanced.add(-sumOf(found));
}

/** Whole numbers, so that it is exact: 32 bits for each id (FNV-1a), and 53 for all. */
const sumOf = (taskIds: readonly string[]): number => taskIds.reduce((sum, taskId) => sum + numberOf(taskId), 0);

function numberOf(taskId: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < taskId.length; at += 1) hash = Math.imul(hash ^ taskId.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** Whether the id is as taskIdOf makes them (tasks.ts): a copy under another id must not stand for a task that was lost. */
const isSubmitted = (taskId: string): boolean =>
  taskId.startsWith(`${RUN}-`) && taskId.slice(RUN.length + 1).split('-').length === 2;

const successesOf = ({ attempts }: TaskDetail): number =>
  attempts.filter(({ outcome }) => outcome === 'succeeded').length;
