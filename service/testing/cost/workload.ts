/** What is run to see what it costs, and what both designs have in common. */
import type { Usage } from '../meter/usage.ts';
import type { Cloud } from './cloud.ts';

export interface Workload {
  readonly tasks: number;
  readonly viewers: number;
  readonly payloadBytes: number;
  /** Clients submit ten at a time, so often that it is that many a second. */
  readonly perSecond: number;
  /** By /tasks/batch, or each by itself. */
  readonly inBatches: boolean;
  /** Of the attempts; by a seed. */
  readonly failureRate: number;
  readonly seed: number;
}

export const WORKLOAD: Workload = {
  tasks: 10_000,
  viewers: 5,
  payloadBytes: 300,
  perSecond: 20,
  inBatches: false,
  failureRate: 0,
  seed: 1,
};

export interface CostRun {
  readonly usage: Usage;
  readonly calls: ReadonlyMap<string, number>;
  readonly succeeded: number;
}

/** A dashboard reads its page anew so often, beside what it is told. */
export const LIST_EVERY_MS = 30_000;
export const BURST = 10;

/** Numbers of tasks from 0 on, in bursts. */
export function atPace(
  { clock }: Pick<Cloud, 'clock'>,
  { tasks, perSecond }: Workload,
  submit: (numbers: readonly number[]) => void,
): void {
  let next = 0;
  const burst = (): void => {
    submit(Array.from({ length: Math.min(BURST, tasks - next) }, (_, place) => next + place));
    next += BURST;
    if (next < tasks) clock.timer((BURST * 1000) / perSecond, burst);
  };
  clock.timer(0, burst);
}

const REQUEST_ID = '00000000-0000-0000-0000-000000000000';

/** What Lambda logs of every invocation unless it is told not to. */
export const platformLines = (memoryMb: number): string[] => [
  `START RequestId: ${REQUEST_ID} Version: $LATEST`,
  `END RequestId: ${REQUEST_ID}`,
  `REPORT RequestId: ${REQUEST_ID}\tDuration: 12.34 ms\tBilled Duration: 13 ms\tMemory Size: ${memoryMb} MB\tMax Memory Used: 98 MB\t`,
];
