/**
 * A cloud on a virtual clock, in this process and without a network: the table and the queues are the meter's own models, which are
 * held against emulators in the meter's tests. Every call takes as long as is assumed here, so that what an invocation costs in time
 * follows from what it waits for, and is the same in every run.
 */
import type { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Table } from '../../aws/table.ts';
import type { Clock } from '../../core/ports.ts';
import { sleep } from '../../core/ports.ts';
import { dynamoClient } from '../emulators/dynamo.ts';
import { sqsClient } from '../emulators/sqs.ts';
import { meterDynamo } from '../meter/dynamo-meter.ts';
import type { FrontMeter } from '../meter/front-meter.ts';
import { createFrontMeter } from '../meter/front-meter.ts';
import type { SqsModel } from '../meter/sqs-meter.ts';
import { meterSqs } from '../meter/sqs-meter.ts';
import type { IndexShape, TableModel } from '../meter/table-model.ts';
import { UsageBook } from '../meter/usage.ts';
import { VirtualTime } from '../virtual-time.ts';

/** How long a call takes from a function in the same region. */
export const TAKES_MS = { dynamo: 5, sqs: 8, gateway: 15, own: 3 } as const;

/** Nothing listens there: every call is answered before it is sent. */
const NOWHERE = 'http://127.0.0.1:9';
/** A long poll answers, and its function is called. */
const FOUND_AFTER_MS = 25;

export interface Cloud {
  readonly time: VirtualTime;
  readonly clock: Clock;
  readonly book: UsageBook;
  readonly front: FrontMeter;
  readonly table: Table;
  readonly model: TableModel;
  readonly sqs: SQSClient;
  readonly queues: SqsModel;
  /** Clients of one function, whose calls are noted as its own. */
  as(caller: string): Pick<Cloud, 'table' | 'sqs'>;
  /** One invocation of a function, billed by the time it takes and its own milliseconds. */
  invoke<T>(memoryMb: number, run: () => Promise<T>): Promise<T>;
  /** Plays until `isDone`, or throws when it is not within `limitMs`. */
  play(isDone: () => boolean, limitMs?: number): Promise<void>;
}

export function createCloud(indexes?: readonly IndexShape[]): Cloud {
  const time = new VirtualTime();
  const clock: Clock = {
    nowMs: () => time.nowMs,
    monotonicMs: () => time.nowMs,
    timer: (ms, callback) => time.after(ms, callback),
  };
  const book = new UsageBook(clock);
  const front = createFrontMeter(book);
  const table = newStandInTable({ book, clock }, { indexes });
  const sqs = sqsClient(NOWHERE);
  const metered = { book, clock, answers: 'model', answered: () => sleep(clock, TAKES_MS.sqs) } as const;
  const queues = meterSqs(sqs, metered);
  return {
    ...{ time, clock, book, front, sqs, queues, ...table },
    as: (caller) => {
      const own = sqsClient(NOWHERE);
      meterSqs(own, { ...metered, model: queues, caller });
      return { sqs: own, table: newStandInTable({ book, clock }, { caller, model: table.model }).table };
    },
    invoke: async (memoryMb, run) => {
      const fromMs = time.nowMs;
      const answer = await run();
      front.invocation(memoryMb, time.nowMs - fromMs + TAKES_MS.own);
      return answer;
    },
    play: async (isDone, limitMs = 24 * 3600_000) => {
      await time.play(isDone, time.nowMs + limitMs);
      if (!isDone()) throw new Error('The cloud came to rest before it was done.');
    },
  };
}

export function newStandInTable(
  { book, clock }: Pick<Cloud, 'book' | 'clock'>,
  { indexes, ...own }: { indexes?: readonly IndexShape[] | undefined; model?: TableModel; caller?: string } = {},
): Pick<Cloud, 'table' | 'model'> {
  const client = DynamoDBDocumentClient.from(dynamoClient(NOWHERE), {
    marshallOptions: { removeUndefinedValues: true },
  });
  const model = meterDynamo(client, {
    ...{ book, answers: 'model', answered: () => sleep(clock, TAKES_MS.dynamo), ...own },
    ...(indexes && { indexes }),
  });
  return { table: { client, name: 'stand-in' }, model };
}

export interface Source {
  readonly url: string;
  readonly batchSize: number;
  /** How long messages are gathered; 0 takes what is there. */
  readonly windowMs: number;
  /** Invocations at once, at most. */
  readonly concurrency: number;
  readonly deliver: (messages: readonly { readonly id: string; readonly body: string }[]) => Promise<unknown>;
}

/** As the event source of Lambda does: looks, gathers, invokes. Returns the way to end it, and whether it is at rest. */
export function startSource(
  { clock, queues }: Pick<Cloud, 'clock' | 'queues'>,
  source: Source,
): { stop(): void; isIdle(): boolean } {
  let running = 0;
  let isStopped = false;
  let seenAtMs: number | undefined;
  const look = (): void => {
    const count = queues.visible(source.url).length;
    if (isStopped || count === 0 || running >= source.concurrency) return;
    seenAtMs ??= clock.nowMs();
    const leftMs = seenAtMs + source.windowMs - clock.nowMs();
    if (count < source.batchSize && leftMs > 0) clock.timer(leftMs, look);
    else begin();
  };
  const begin = (): void => {
    seenAtMs = undefined;
    running += 1;
    void source.deliver(queues.poll(source.url, source.batchSize)).finally(() => {
      running -= 1;
      look();
    });
    look();
  };
  queues.onMessage(source.url, (visibleAtMs) => clock.timer(visibleAtMs - clock.nowMs() + FOUND_AFTER_MS, look));
  return { stop: () => (isStopped = true), isIdle: () => running === 0 && queues.visible(source.url).length === 0 };
}
