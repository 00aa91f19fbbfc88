/**
 * What the policy of a type promises about attempts and the waits between them, held against a task as the API shows it. Pure:
 * it asks nobody. The promise (the contract of TypePolicy, and the README): exponential with full jitter, so a wait is anything up
 * to a ceiling that doubles, at least the floor, and no attempt starts before its wait is over.
 */
import type { TaskDetail, TypePolicy } from '@holdfast/api/types';

/** The wait between two attempts. `retry` counts from 1. */
export interface Wait {
  readonly retry: number;
  readonly announcedMs: number;
  /** From the end of the one attempt to the start of the next, by the clock of the server. */
  readonly waitedMs: number;
  readonly floorMs: number;
  readonly ceilingMs: number;
}

export function waitsOf({ attempts }: Pick<TaskDetail, 'attempts'>, { backoff }: TypePolicy): Wait[] {
  return attempts.slice(1).map((next, index) => {
    const ended = attempts[index]!;
    return {
      retry: index + 1,
      announcedMs: ended.delayMs ?? 0,
      waitedMs: Date.parse(next.startedAt) - Date.parse(ended.endedAt ?? next.startedAt),
      floorMs: backoff.floorSeconds * 1_000,
      ceilingMs: Math.min(backoff.capSeconds, backoff.baseSeconds * 2 ** index) * 1_000,
    };
  });
}

export const isWithin = ({ announcedMs, floorMs, ceilingMs }: Wait): boolean =>
  announcedMs >= floorMs && announcedMs <= Math.max(floorMs, ceilingMs);

/** Where the wait lies in its range: with full jitter evenly over 0 to 1, but for the floor. */
export const positionOf = ({ announcedMs, ceilingMs }: Wait): number => announcedMs / ceilingMs;

/** How a task of a retry run is to end. */
export type Fate = 'fails' | 'fails for good' | 'may succeed';

/** Why the attempts are not those that the policy promises; undefined when they are. */
export function wrongAttempts(task: TaskDetail, fate: Fate, { maxAttempts }: TypePolicy): string | undefined {
  const { attempts, status } = task;
  const ended = attempts.map(({ outcome }) => outcome ?? 'running');
  const inOrder = attempts.every(({ fence, attempt }, index) => fence === index + 1 && attempt === index + 1);
  if (!inOrder) return `attempts ${attempts.map(({ attempt, fence }) => `${attempt} (fence ${fence})`).join(', ')}`;
  const most = fate === 'fails for good' ? 1 : maxAttempts;
  const succeeded = fate === 'may succeed' && status === 'succeeded';
  const count = succeeded ? Math.min(Math.max(ended.length, 1), most) : most;
  const due = Array.from({ length: count }, (_, index) => (succeeded && index === count - 1 ? 'succeeded' : 'failed'));
  const end = `${succeeded ? 'succeeded' : 'dead'} after ${due.join(', ')}`;
  return `${status} after ${ended.join(', ')}` === end ? undefined : `${status} after ${ended.join(', ')}, not ${end}`;
}
