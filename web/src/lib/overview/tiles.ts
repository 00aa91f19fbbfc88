/** The counts by status as tiles, in the order a task passes through them. Each leads to the list of what it counts. */
import type { Stats, TaskStatus } from '@holdfast/api/types';
import { count } from './words.ts';

export interface Tile {
  readonly status: TaskStatus;
  /** Of the task list. */
  readonly search: `?${string}`;
  /** A dash until it is known. */
  readonly count: string;
  readonly note: string;
}

const ORDER = ['scheduled', 'queued', 'running', 'retrying', 'succeeded', 'dead', 'cancelled'] as const;

const NOTES: Readonly<Record<TaskStatus, string>> = {
  scheduled: 'wait for their time',
  queued: 'wait for a worker',
  running: 'at work now',
  retrying: 'failed, tried again soon',
  succeeded: 'done',
  dead: 'given up',
  cancelled: 'called off',
};

export const tilesOf = (tasks: Stats['tasks'] | null): readonly Tile[] =>
  ORDER.map((status) => ({
    status,
    search: `?status=${status}`,
    count: tasks ? count(tasks[status]) : '–',
    note: status === 'dead' && tasks && tasks.dead > tasks.inbox ? discarded(tasks) : NOTES[status],
  }));

/** The list of the dead leaves these out. */
const discarded = ({ dead, inbox }: Stats['tasks']): string => `${count(dead - inbox)} not in the inbox`;
