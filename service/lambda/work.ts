/**
 * Bells in, attempts run, their outcomes in the ledger: functions `work` (lanes fresh and recovery, many at once) and
 * `isolated` (each alone). A delivery may come twice or late: the claim decides. A message is given back only when it is no
 * bell, or cannot be rung anew; the ledger alone repeats work.
 */
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { bellIn } from '../aws/sqs-doorbell.ts';
import { attend } from '../core/attempt.ts';
import { namesOf } from '../core/names-of.ts';
import type { Bell } from '../core/ports.ts';
import { LedgerUnavailable } from '../core/ports.ts';
import { SECOND } from '../core/rules.ts';
import type { Lane } from '../core/task.ts';
import type { Worker } from '../core/worker.ts';
import { Running } from '../core/worker.ts';
import { flushed, lazily } from './invocation.ts';
import type { TaskParts } from './open-parts.ts';
import { openTasks } from './open-parts.ts';
import { watchLeftovers } from './leftovers.ts';
import { guardOwnCode } from './own-code.ts';
import { InvocationRunner } from './runner.ts';
import { readAwsSettings, TASK_RESOURCES } from './settings.ts';

/** What is left to stop handlers, and to write what became of them. */
const STOPS_BEFORE_END_MS = 10 * SECOND;
const STOP_AGAIN_MS = 100;
const AGAIN_MS = SECOND;
const TELL_EVERY_MS = SECOND;

export interface WorkParts extends Pick<TaskParts, 'ports' | 'rules' | 'types' | 'breaking'> {
  /** The urls. */
  readonly queues: Readonly<Record<Lane, string>>;
  /** Ends the process, whose handlers cannot be ended otherwise. */
  readonly exit: () => void;
  /** Begins to watch what handlers leave in the process; the answer says whether there is anything. */
  readonly watchLeftovers: () => () => boolean;
}

type Invocation = Pick<Context, 'getRemainingTimeInMillis'>;
export type Work = (event: SQSEvent, invocation: Invocation) => Promise<SQSBatchResponse>;

export function createWork(parts: WorkParts): Work {
  const laneOf = laneReader(parts.queues);
  const unserved = new Set<string>();
  return async ({ Records: records }, invocation) => {
    const { ports, rules, types, breaking, exit } = parts;
    const isAnythingLeft = parts.watchLeftovers();
    const deliveries = records.map((record) => ({ record, lane: laneOf(record) }));
    const runner = new InvocationRunner({ clock: ports.clock, handlerOf: (type) => types.handlerOf(type) });
    const running = new Running();
    const versionsOf = (type: string) => types.versionsOf(type);
    const played = breaking?.runner(runner) ?? runner;
    const worker = { ports, rules, runner: played, running, versionsOf, unserved, ownerPrefix: '', isolated: false };
    const tellNoMore = tellMeanwhile(ports);
    const release = releaseInTime({ runner, running }, worker, invocation);
    const kept = await allOf(deliveries, worker);
    release();
    tellNoMore();
    await flushed(ports);
    if (runner.isDoomed) {
      // Their moves are written; the messages come again, and find nothing to do.
      ports.log.warn('process-ends', { reason: 'a handler did not stop' });
      exit();
    } else if (deliveries.some(isIsolated) && isAnythingLeft()) {
      // It could crash the next one, who is alone and would be charged for it. [S13]
      ports.log.warn('process-ends', { reason: 'a handler left something running' });
      exit();
    }
    const batchItemFailures = records
      .filter((_, i) => !kept[i])
      .map(({ messageId }) => ({ itemIdentifier: messageId }));
    return { batchItemFailures };
  };
}

interface Delivery {
  readonly record: SQSRecord;
  readonly lane: Lane;
}

const isIsolated = ({ lane }: Delivery): boolean => lane === 'isolated';

/** Isolated ones one after the other: each has the process to itself. */
async function allOf(deliveries: readonly Delivery[], worker: Beginning): Promise<boolean[]> {
  if (!deliveries.some(isIsolated)) {
    return Promise.all(deliveries.map((each) => deliver(each, worker)));
  }
  const kept: boolean[] = [];
  for (const each of deliveries) kept.push(await deliver(each, worker));
  return kept;
}

const nameAt = (text: string, mark: string): string => text.slice(text.lastIndexOf(mark) + 1);

/** Throws for a queue that is no lane: then no message of the batch is taken. */
function laneReader(queues: WorkParts['queues']): (record: SQSRecord) => Lane {
  const lanes = new Map(Object.entries(queues).map(([lane, url]) => [nameAt(url, '/'), lane as Lane]));
  return ({ eventSourceARN }) => {
    const lane = lanes.get(nameAt(eventSourceARN, ':'));
    if (lane === undefined) throw new Error('The message comes from a queue that is no lane.');
    return lane;
  };
}

type Beginning = Omit<Worker, 'isolated'>;

/** Whether the message is done with. Never rejects. */
async function deliver({ record: { body, messageId }, lane }: Delivery, worker: Beginning): Promise<boolean> {
  const { log } = worker.ports;
  let bell: Bell;
  try {
    bell = bellIn(body, lane);
  } catch {
    log.error('no-bell', { reason: messageId });
    return false;
  }
  const { tenant, taskId } = bell;
  try {
    const answer = await attend(bell, { ...worker, isolated: lane === 'isolated' });
    return answer === 'done' || (await ringAnew(bell, worker));
  } catch (error) {
    log.error('attend-failed', { tenant, taskId, ...namesOf(error) });
    // The sweeper finds the task, whatever becomes of the message; one that fails every time ends as an incident.
    return error instanceof LedgerUnavailable && ringAnew(bell, worker);
  }
}

async function ringAnew(bell: Bell, { ports }: Beginning): Promise<boolean> {
  const [rung] = await ports.doorbell.ring([{ ...bell, notBeforeMs: ports.clock.nowMs() + AGAIN_MS }]);
  return rung === 'rung';
}

/** Viewers see a long attempt while it runs, not when its batch is over. Returns the way to end it. */
function tellMeanwhile({ clock, publisher }: WorkParts['ports']): () => void {
  const tell = (): void => {
    void publisher.flush();
    cancel = clock.timer(TELL_EVERY_MS, tell);
  };
  let cancel = clock.timer(TELL_EVERY_MS, tell);
  return () => cancel();
}

/** Before Lambda ends the process: what runs is stopped and released, and nothing more begins. Returns the way to prevent it. */
function releaseInTime(
  { runner, running }: { runner: InvocationRunner; running: Running },
  { ports: { clock } }: Beginning,
  invocation: Invocation,
): () => void {
  const stop = (): void => {
    runner.close();
    running.stopAll('stopping');
    // Again and again: a claim that was on its way may have begun an attempt since.
    cancel = clock.timer(STOP_AGAIN_MS, stop);
  };
  let cancel = clock.timer(Math.max(0, invocation.getRemainingTimeInMillis() - STOPS_BEFORE_END_MS), stop);
  return () => {
    cancel();
    runner.end();
  };
}

const opened = lazily(async () => {
  const settings = readAwsSettings(TASK_RESOURCES);
  const { QUEUE_FRESH: fresh, QUEUE_RECOVERY: recovery, QUEUE_ISOLATED: isolated } = settings.resources;
  guardOwnCode(settings);
  return createWork({
    ...(await openTasks(settings)),
    queues: { fresh, recovery, isolated },
    exit: () => process.exit(1),
    watchLeftovers,
  });
});

export const handler: Work = async (event, invocation) => (await opened())(event, invocation);
