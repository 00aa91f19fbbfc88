/** The task types of the simulated world: what their handlers do, and under which policy. */
import type { Policy } from '../core/rules.ts';
import { DEFAULT_POLICY, MINUTE } from '../core/rules.ts';

/** What a task's handler does; the payload names it. */
export const SCRIPTS = {
  fine: 'quick',
  transient: 'quick',
  permanent: 'quick',
  exhausted: 'quick',
  slow: 'quick',
  sliced: 'quick',
  huge: 'quick',
  patient: 'quick',
  crash: 'quick',
  long: 'long',
  hang: 'short',
  block: 'short',
  sluggish: 'short',
  ghost: 'ghost',
  late: 'late',
} as const;

export type Script = keyof typeof SCRIPTS;

/** `ghost` is known to no worker, `late` to half of them until the faults end. */
export const POLICIES: Readonly<Record<string, Policy>> = {
  quick: DEFAULT_POLICY,
  late: DEFAULT_POLICY,
  long: { ...DEFAULT_POLICY, timeoutMs: 3 * MINUTE },
  short: { ...DEFAULT_POLICY, timeoutMs: 4_000 },
  ghost: { ...DEFAULT_POLICY, maxAgeMs: 5 * MINUTE },
};
