/**
 * A move is data: the conditions under which an existing item may change, and the change. Every engine applies
 * the same data: the embedded and the simulated ledger through `unmet` and `changed`, a remote one by translating it.
 * `version` rises by one with every applied move, without being named [S5].
 */
import type { AttemptDetail, Field, LedgerTask, TaskKey } from './task.ts';

export type MoveName =
  | 'claim'
  | 'heartbeat'
  | 'succeed'
  | 'fail'
  | 'die'
  | 'release'
  | 'checkpoint'
  | 'cancelled'
  | 'defer'
  | 'reap'
  | 'recheck'
  | 'wake'
  | 'ringAgain'
  | 'announceAgain'
  | 'unreached'
  | 'announced'
  | 'expire'
  | 'pushOn'
  | 'cancel'
  | 'redrive'
  | 'discard';

type Scalar = string | number | boolean;

export type Test =
  | { readonly op: 'is'; readonly value: Scalar }
  | { readonly op: 'oneOf'; readonly values: readonly Scalar[] }
  | { readonly op: 'atMost'; readonly value: number }
  | { readonly op: 'above'; readonly value: number }
  | { readonly op: 'isNot'; readonly value: Scalar }
  | { readonly op: 'absent' };

/** One condition on one field, named so that a lost race can say what it lost on. */
export interface Clause {
  readonly name: string;
  readonly field: Field;
  readonly test: Test;
}

export interface Move extends TaskKey {
  readonly name: MoveName;
  readonly when: readonly Clause[];
  readonly set: Partial<LedgerTask>;
  readonly remove: readonly Field[];
  /** Counters raised by one where the item lies: the mover need not have read it. */
  readonly add: readonly ('fence' | 'attemptsTotal')[];
  /** Stored beside the item, under its fence, before the item changes. */
  readonly detail?: AttemptDetail;
}

/** A field that holds a number which is only compared: absent never passes. */
const passes = (value: unknown, test: Test): boolean => {
  switch (test.op) {
    case 'is':
      return value === test.value;
    case 'oneOf':
      return test.values.includes(value as Scalar);
    case 'atMost':
      return typeof value === 'number' && value <= test.value;
    case 'above':
      return typeof value === 'number' && value > test.value;
    case 'isNot':
      return value !== test.value;
    case 'absent':
      return value === undefined;
  }
};

/** The names of the clauses that the item does not meet; empty when the move may be applied. */
export function unmet(move: Move, task: LedgerTask): string[] {
  const names: string[] = [];
  for (const clause of move.when) if (!passes(task[clause.field], clause.test)) names.push(clause.name);
  return names;
}

/**
 * The item after the move; the caller has checked `unmet`. Removed fields are undefined, not deleted: an object that
 * lost a property is several times slower to read, and this one is read at every later move.
 */
export function changed(move: Move, task: LedgerTask): LedgerTask {
  const next: Record<string, unknown> = { ...task, ...move.set, version: task.version + 1 };
  for (const field of move.remove) next[field] = undefined;
  for (const field of move.add) next[field] = task[field] + 1;
  return next as unknown as LedgerTask;
}
