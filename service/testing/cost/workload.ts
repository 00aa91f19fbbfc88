/** What is run to see what it costs, and what both designs have in common. */
import { itemBytes } from '../meter/item-size.ts';
import type { HotKey, Usage } from '../meter/usage.ts';
import type { Cloud } from './cloud.ts';

export interface Workload {
  readonly tasks: number;
  readonly viewers: number;
  /** Viewers read their list anew every 30 s, beside what they are told. */
  readonly hasLists: boolean;
  readonly payloadBytes: number;
  /** Submitted at an even pace. */
  readonly perSecond: number;
  /** Ten in one request, or each by itself. */
  readonly inBatches: boolean;
  /**
   * Bells are delivered in batches of ten, as they are where functions have enough to do; else each as soon as it is there, as
   * they are where little happens.
   */
  readonly isGathered: boolean;
  /** Of the attempts; by a seed. */
  readonly failureRate: number;
  readonly seed: number;
}

export const WORKLOAD: Workload = {
  tasks: 2_000,
  viewers: 5,
  hasLists: true,
  payloadBytes: 300,
  perSecond: 20,
  inBatches: false,
  isGathered: true,
  failureRate: 0,
  seed: 1,
};

export interface CostRun {
  readonly usage: Usage;
  readonly calls: ReadonlyMap<string, number>;
  readonly hottest: readonly HotKey[];
  readonly succeeded: number;
  readonly dead: number;
  /** Attempts that did not succeed. */
  readonly failures: number;
}

export const LIST_EVERY_MS = 30_000;
export const BATCH = 10;

/** Numbers of tasks from 0 on: what one request submits. */
export function atPace(
  { clock }: Pick<Cloud, 'clock'>,
  { tasks, perSecond, inBatches }: Pick<Workload, 'tasks' | 'perSecond' | 'inBatches'>,
  submit: (numbers: readonly number[]) => void,
): void {
  const size = inBatches ? BATCH : 1;
  const fromMs = clock.nowMs();
  let next = 0;
  const go = (): void => {
    submit(Array.from({ length: Math.min(size, tasks - next) }, (_, place) => next + place));
    next += size;
    if (next < tasks) clock.timer(fromMs + (next * 1000) / perSecond - clock.nowMs(), go);
  };
  clock.timer(0, go);
}

/** Everything that tasks leave behind is kept for 14 days; each item and each entry of an index takes 100 bytes more than it says. */
export function stored({ model, book }: Pick<Cloud, 'model' | 'book'>): void {
  const places = [undefined, ...model.indexes.map(({ index }) => index)];
  const items = places.flatMap((index) => [...model.all(index)]);
  const bytes = items.reduce((sum, item) => sum + itemBytes(item) + ITEM_OVERHEAD_BYTES, 0);
  book.add('storedByteSeconds', bytes * KEPT_SECONDS);
}

const KEPT_SECONDS = 14 * 24 * 3600;
/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html */
const ITEM_OVERHEAD_BYTES = 100;
const REQUEST_ID = '00000000-0000-0000-0000-000000000000';

/** What Lambda logs of every invocation unless it is told not to. */
export const platformLines = (memoryMb: number): string[] => [
  `START RequestId: ${REQUEST_ID} Version: $LATEST`,
  `END RequestId: ${REQUEST_ID}`,
  `REPORT RequestId: ${REQUEST_ID}\tDuration: 12.34 ms\tBilled Duration: 13 ms\tMemory Size: ${memoryMb} MB\tMax Memory Used: 98 MB\t`,
];
