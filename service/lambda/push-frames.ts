/**
 * What one push says to whoever follows the same topics: one frame, or two where the last second was silent, so that no
 * viewer gets more than two a second from two pushes at once. What does not fit is told by `resync`, and read over HTTP.
 */
import type { Rules } from '../core/rules.ts';
import { DEFAULT_POLICY, STANDARD } from '../core/rules.ts';
import type { ChangedTask } from '../live/frames.ts';
import { resyncFrame, tasksFrame } from '../live/frames.ts';
import { STATS, topicsOf } from '../live/topics.ts';
import { FRAME_BYTES } from './live-frames.ts';

/** All that a batch tells of one tenant. */
export interface News {
  readonly tenant: string;
  /** The newest of each, by its id. */
  readonly tasks: ReadonlyMap<string, ChangedTask>;
  /** Some changes were too large to be told. */
  readonly isIncomplete: boolean;
}

/** Asked of tasks as the ledger has them; what comes by the queue is a view already. */
const RULES: Rules = { constants: STANDARD, policyOf: () => DEFAULT_POLICY };

/** Statistics are told by `resync` alone; no news of groups come from tasks. */
const SILENT: ReadonlySet<string> = new Set([STATS, 'groups']);

/** `mayHaveTwo`: whether the tenant's viewers may get a second frame. */
export function framesFor(topics: ReadonlySet<string>, news: News, mayHaveTwo: () => boolean): Buffer[] {
  const hasRoom = (): boolean => frames.length === 0 || (frames.length === 1 && mayHaveTwo());
  const frames: Buffer[] = [];
  let rest = [...news.tasks.values()].filter(({ task }) => topicsOf(task).some((topic) => topics.has(topic)));
  while (rest.length > 0 && hasRoom()) {
    const { frame, count } = tasksFrame(rest, RULES, FRAME_BYTES);
    frames.push(frame);
    rest = rest.slice(count);
  }
  const mayMiss = news.isIncomplete && [...topics].some((topic) => !SILENT.has(topic));
  if (rest.length > 0 || mayMiss) return [resyncFrame('overload', topics)];
  if (topics.has(STATS) && hasRoom()) frames.push(resyncFrame('changed', [STATS]));
  return frames;
}
