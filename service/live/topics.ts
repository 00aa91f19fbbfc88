/** Which topics tell of a task, and what a topic names. The one place that knows how topics are spelt. */
import type { LedgerTask } from '../core/task.ts';

/** Of one connection. */
export const MOST_TOPICS = 50;
/** Every task. */
export const ALL = 'tasks';
export const STATS = 'stats';

/** Of one task, or of one type. */
export const isNarrow = (topic: string): boolean => topic.includes(':');

/** By frames of tasks; the others tell by resync alone that something is different now. */
export const topicsOf = ({ taskId, type }: Pick<LedgerTask, 'taskId' | 'type'>): readonly string[] => [
  ALL,
  `type:${type}`,
  `task:${taskId}`,
];

const namedBy =
  (prefix: string) =>
  (topics: Iterable<string>): string[] =>
    Array.from(topics, (topic) => (topic.startsWith(prefix) ? topic.slice(prefix.length) : [])).flat();

export const taskIdsIn = namedBy('task:');
export const typesIn = namedBy('type:');
