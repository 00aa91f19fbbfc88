/**
 * What happened in a seed, as data: one event is one line of JSON for a machine, and one short line for a person. The
 * hash of a seed is over its events.
 */
import { createHash } from 'node:crypto';
import type { Lane, Status, TaskKey } from '../core/task.ts';

export interface SimulationEvent extends Partial<TaskKey> {
  /** Since the seed began. */
  readonly atMs: number;
  /** A process, `client`, `operator`, or `world` for what befalls them. */
  readonly who: string;
  /** A move, or what else happened. */
  readonly what: string;
  readonly before?: Status | 'absent';
  readonly after?: Status;
  readonly fence?: number;
  readonly version?: number;
  readonly lane?: Lane;
  /** Since the seed began. */
  readonly dueMs?: number;
  readonly detail?: string;
}

export class History {
  readonly events: SimulationEvent[] = [];
  readonly #digest = createHash('sha256');

  add(event: SimulationEvent): void {
    this.#digest.update(jsonLineOf(event));
    this.events.push(event);
  }

  get hash(): string {
    return this.#digest.copy().digest('hex').slice(0, 16);
  }
}

export const jsonLineOf = (event: SimulationEvent): string => `${JSON.stringify(event)}\n`;

/** `12.034s worker-1 claim alpha/t3-fine queued>running f1 v2`. */
export function shortLineOf(event: SimulationEvent): string {
  const { atMs, who, what, tenant, taskId, before, after, fence, version, lane, dueMs, detail } = event;
  const words = [
    `${(atMs / 1_000).toFixed(3)}s`,
    who,
    what,
    taskId && `${tenant}/${taskId}`,
    after && `${before ?? 'absent'}>${after}`,
    fence !== undefined && `f${fence}`,
    version !== undefined && `v${version}`,
    dueMs !== undefined && `due ${(dueMs / 1_000).toFixed(1)}s`,
    lane,
    detail,
  ];
  return words.filter(Boolean).join(' ');
}
