/** What a design may use and cost, and whether it keeps to it: figures come in, sentences with a verdict go out. */
import { dollarsOf } from '../meter/prices.ts';
import type { HotKey } from '../meter/usage.ts';
import { perTask } from '../meter/usage.ts';
import type { CostRun, Workload } from './workload.ts';

export interface Bar {
  readonly what: string;
  readonly is: number;
  readonly atMost: number;
}

export interface Ran {
  readonly workload: Workload;
  readonly run: CostRun;
}

const MILLION = 1_000_000;

export const isKept = ({ is, atMost }: Bar): boolean => is <= atMost + 1e-9;

/** Of a task that succeeds at once: submitted alone, or ten in a request. */
export function happyBars({ workload, run }: Ran): Bar[] {
  const used = perTask(run.usage, workload.tasks);
  const how = workload.inBatches ? 'ten in a request' : 'each by itself';
  return [
    { what: `write units on items of its own, ${how}`, is: used.ownWriteUnits, atMost: 6 },
    { what: `write units on shared items, ${how}`, is: used.sharedWriteUnits, atMost: 0.3 },
    { what: `read units, ${how}`, is: used.readUnits, atMost: 0.1 },
    { what: `SQS requests, ${how}`, is: used.sqsRequests, atMost: workload.inBatches ? 0.5 : 1.4 },
    { what: `Lambda invocations, ${how}`, is: used.invocations, atMost: 1.2 },
    { what: `bytes of the log, ${how}`, is: used.logBytes, atMost: 370 },
    { what: `messages to a viewer, ${how}`, is: used.webSocketMessages / workload.viewers, atMost: 0.2 },
  ];
}

export const dollarsPerMillion = ({ workload, run }: Ran): number =>
  dollarsOf(perTask(run.usage, workload.tasks)) * MILLION;

export const priceBars = (own: Ran, naive: Ran): Bar[] => [
  { what: 'dollars for a million tasks', is: dollarsPerMillion(own), atMost: 8 },
  { what: 'of what the naive design costs', is: dollarsPerMillion(own) / dollarsPerMillion(naive), atMost: 0.25 },
];

/** Two write units more for each attempt that fails, and one for its message, which is of less than a KB here. */
export function failureBars({ workload, run }: Ran): Bar[] {
  const failures = run.failures / workload.tasks;
  const atMost = 6 + 3 * failures;
  const what = `write units with ${failures.toFixed(3)} failed attempts a task`;
  return [{ what, is: perTask(run.usage, workload.tasks).ownWriteUnits, atMost }];
}

export const heatBars = (hottest: readonly HotKey[]): Bar[] => [
  {
    what: `write units in a second on the hottest key`,
    is: Math.max(...hottest.map(({ writes }) => writes)),
    atMost: 1000,
  },
  {
    what: `read units in a second on the hottest key`,
    is: Math.max(...hottest.map(({ reads }) => reads)),
    atMost: 3000,
  },
];
