/** Reads back what the ledger holds of this run, and counts what must never be: lost and doubled tasks. */
import type { Task } from '@holdfast/api/types';
import { sleep } from 'k6';
import exec from 'k6/execution';
import { Counter, Gauge } from 'k6/metrics';
import { ask } from './client.ts';
import { RUN, TAG } from './settings.ts';

export const lost = new Counter('tasks_lost');
export const twice = new Counter('tasks_twice');
/** Tasks that had not come to their end when the time for it was over. */
export const unfinished = new Counter('tasks_unfinished');
export const settledAfterS = new Gauge('settled_after_seconds');

const FINAL: readonly Task['status'][] = ['succeeded', 'dead', 'cancelled'];
const AGAIN_AFTER_S = 0.5;

export const isFinal = ({ status }: Task): boolean => FINAL.includes(status);

/** Throws what a list answered instead: a count that could not be made is no zero. */
export function tasksOfRun(): Task[] {
  const tasks: Task[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const answer = ask('get', '/tasks', { query: { tag: TAG, limit: 100, ...(cursor && { cursor }) } });
    if (!answer.ok) throw new Error(`The ledger could not be read back: ${answer.why}`);
    tasks.push(...answer.body.items);
    cursor = answer.body.nextCursor;
  }
  return tasks;
}

/** All tasks of the run, once each is final or the time is over. */
export function settled(withinSeconds: number): Task[] {
  const beganMs = Date.now();
  for (;;) {
    const tasks = tasksOfRun();
    const open = tasks.filter((task) => !isFinal(task)).length;
    const tookS = (Date.now() - beganMs) / 1_000;
    if (open === 0 || tookS > withinSeconds) {
      settledAfterS.add(tookS);
      unfinished.add(open);
      return tasks;
    }
    sleep(AGAIN_AFTER_S);
  }
}

/**
 * The end of a run: waits for iterations that are under way, and for their tasks, then compares what the ledger holds with what
 * was submitted. `tasksPerIteration` were, with ids that begin with the run. Answers all tasks of the run.
 */
export function audited({
  tasksPerIteration,
  withinSeconds,
}: {
  tasksPerIteration: number;
  withinSeconds: number;
}): Task[] {
  while (exec.instance.vusActive > 1) sleep(AGAIN_AFTER_S);
  const submitted = exec.instance.iterationsCompleted * tasksPerIteration;
  const tasks = settled(withinSeconds);
  const ids = new Set(tasks.map(({ taskId }) => taskId).filter((id) => id.startsWith(`${RUN}-`)));
  lost.add(Math.max(0, submitted - ids.size));
  twice.add(tasks.length - ids.size + Math.max(0, ids.size - submitted));
  return tasks;
}
