/** The tasks of a row on one machine: those of the mix with what they do, and what a row adds to them. */
import { Seeded } from '../seeded.ts';
import type { Kind } from './mix.ts';
import { ENDS, mixedTasks } from './mix.ts';
import type { Deed, MixedPayload } from './mixed-type.ts';
import { MIXED } from './mixed-type.ts';

export interface Planned {
  readonly taskId: string;
  readonly does: Deed;
  readonly durationMs: number;
  /** Any of these: the status, and of the dead the class they died of. */
  readonly ends: readonly string[];
  /** Its customer takes it back a while after the receipt. */
  readonly isTakenBack: boolean;
  readonly type: string;
  readonly delaySeconds?: number;
  /** Of its payload, beside what it needs. */
  readonly padBytes?: number;
}

const DEEDS: Readonly<Record<Kind, Deed>> = {
  fine: 'succeed',
  transient: 'fail-once',
  permanent: 'fail-for-good',
  slow: 'succeed',
  poison: 'abort',
  cancelled: 'wait-for-cancel',
};
/** The request of a task; a customer that comes again says the same. */
export function requestOf(task: Planned, notes: string) {
  const { taskId, type, does, durationMs, delaySeconds, padBytes } = task;
  const pad = padBytes === undefined ? {} : { pad: 'x'.repeat(padBytes) };
  const payload: MixedPayload = { notes, does, durationMs, ...pad };
  return { taskId, type, payload: { ...payload }, ...(delaySeconds !== undefined && { delaySeconds }) };
}

const SLOW_MS = 1_000;

export function plannedMix(row: string, count: number): Planned[] {
  const random = new Seeded(count);
  return mixedTasks(row, count).map(({ taskId, kind }) => {
    const durationMs = kind === 'slow' ? SLOW_MS : random.between(5, 250);
    return {
      ...{ taskId, durationMs, does: DEEDS[kind], type: MIXED },
      ...{ ends: [ENDS[kind]], isTakenBack: kind === 'cancelled' },
    };
  });
}

export function extra(taskId: string, does: Deed, more: Partial<Planned> & Pick<Planned, 'ends'>): Planned {
  return { taskId, does, durationMs: 50, isTakenBack: false, type: MIXED, ...more };
}
