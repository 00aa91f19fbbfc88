/** One state that a task can be in, with all that a client could know of it, and the request that it came of. */
import type { Script, TypeOfErrand } from './errands.ts';

export interface TaskRequest {
  readonly type: TypeOfErrand;
  readonly payload: Script;
  readonly tags?: readonly string[];
  readonly delaySeconds?: number;
}

export type Operation = 'cancel' | 'redrive' | 'discard';

export interface State {
  readonly phase:
    'absent' | 'scheduled' | 'ready' | 'running' | 'stopping' | 'succeeded' | 'dying' | 'dead' | 'cancelled';
  readonly request: TaskRequest;
  /** What it runs: the request's payload, or an edited one. */
  readonly script: Script;
  readonly payloadEdited: boolean;
  readonly discarded: boolean;
  /** Since submit or the last redrive. */
  readonly attempt: number;
  /** How all its attempts ended. */
  readonly outcomes: readonly ('succeeded' | 'failed' | 'cancelled')[];
  readonly history: readonly { readonly move: Operation; readonly reason: string | null }[];
  /** The least that it can have. */
  readonly version: number;
  /** Whether `version` was seen, and not only reckoned. */
  readonly seen: boolean;
}
