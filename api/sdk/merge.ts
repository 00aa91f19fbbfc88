// What a feed holds, from frames that may be lost, doubled or out of order and from snapshots of the ledger. The newer of two
// reports of a task wins, whichever came first; the same report keeps the object, so that what shows it stays as it is.
import type { Task } from '@holdfast/api/types';

export interface Held {
  readonly tasks: Map<string, Task>;
  /** The newest report of tasks that are not shown, so that an older one does not bring them back. */
  readonly outside: Map<string, Task>;
}

export const heldNothing = (): Held => ({ tasks: new Map(), outside: new Map() });

/**
 * An id may live again after its retention, and begins at version 1 then: a later `createdAt` is a newer life, and only within
 * one life does the version count. A server whose clock went back between two lives hides the new one until the next snapshot.
 */
export const isNewer = (task: Task, than: Task | undefined): boolean =>
  than === undefined ||
  task.createdAt > than.createdAt ||
  (task.createdAt === than.createdAt && task.version > than.version);

export type Includes = (task: Task) => boolean;

/** Takes the tasks in and answers the ids of those that are shown otherwise now. */
export function mergeFrame(held: Held, tasks: readonly Task[], includes: Includes): Set<string> {
  const changed = new Set<string>();
  for (const task of tasks) {
    const { taskId } = task;
    if (!isNewer(task, held.tasks.get(taskId) ?? held.outside.get(taskId))) continue;
    if (includes(task)) {
      held.outside.delete(taskId);
      held.tasks.set(taskId, task);
      changed.add(taskId);
    } else {
      held.outside.delete(taskId); // to the end of the line
      held.outside.set(taskId, task);
      if (held.tasks.delete(taskId)) changed.add(taskId);
    }
  }
  return changed;
}

/**
 * Shows what the snapshot holds, and what frames told of since it was asked for (`since`): those may be newer. Everything else
 * is gone: purged, or no longer part of what is asked for. Answers the ids that are shown otherwise now.
 */
export function mergeSnapshot(held: Held, snapshot: readonly Task[], context: SnapshotContext): Set<string> {
  const { includes, since } = context;
  const current = new Set(snapshot.map(({ taskId }) => taskId));
  const changed = new Set<string>();
  for (const taskId of held.tasks.keys()) {
    if (current.has(taskId) || since.has(taskId)) continue;
    held.tasks.delete(taskId);
    changed.add(taskId);
  }
  for (const taskId of held.outside.keys()) if (!since.has(taskId)) held.outside.delete(taskId);
  for (const taskId of mergeFrame(held, snapshot, includes)) changed.add(taskId);
  return changed;
}

export interface SnapshotContext {
  readonly includes: Includes;
  readonly since: ReadonlySet<string>;
}

/** Drops the oldest beyond the limit, once there are twice as many: sorting at every frame would cost more than it saves. */
export function trim({ tasks, outside }: Held, limit: number): string[] {
  // Between two snapshots alone, but a paused view has none: those heard of longest ago are the least likely to come again.
  for (const taskId of outside.keys()) {
    if (outside.size <= 2 * limit) break;
    outside.delete(taskId);
  }
  if (tasks.size <= 2 * limit) return [];
  const oldestFirst = [...tasks.values()].sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
  const dropped = oldestFirst.slice(0, tasks.size - limit).map(({ taskId }) => taskId);
  for (const taskId of dropped) tasks.delete(taskId);
  return dropped;
}
