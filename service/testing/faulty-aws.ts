/**
 * The real core on a ledger of the test's choice and the real SQS adapters, which reach their emulator through a fault
 * proxy: one worker, one sweeper, clients that try again. Time is virtual, requests are real: it moves on when nobody has
 * anything to do, and slowly while somebody waits.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { Message, SQSClient } from '@aws-sdk/client-sqs';
import { vi } from 'vitest';
import { openDeadLetters } from '../aws/sqs-dead-letters.ts';
import { bellIn, openDoorbell } from '../aws/sqs-doorbell.ts';
import { attend } from '../core/attempt.ts';
import type { Clock, KeyValue, Ledger, Ports, RunOutcome, RunRequest } from '../core/ports.ts';
import type { Rules } from '../core/rules.ts';
import { DEFAULT_POLICY, SECOND, STANDARD } from '../core/rules.ts';
import type { Receipt, Submission } from '../core/submit.ts';
import { submitAll } from '../core/submit.ts';
import { sweep } from '../core/sweep.ts';
import type { Lane, LedgerTask } from '../core/task.ts';
import { isSettled } from '../core/task.ts';
import type { Worker } from '../core/worker.ts';
import { Running } from '../core/worker.ts';
import { CountedPorts } from './counted-ports.ts';
import { FaultProxy } from './fault-proxy/proxy.ts';
import { clockOf } from './given-storage.ts';
import { GivenSqs, SILENT } from './given-sqs.ts';
import { Seeded } from './seeded.ts';
import { VirtualTime } from './virtual-time.ts';

/** As fault runs have them: faults are over soon, and so is the healing. */
const { constants, policy } = {
  constants: { ...STANDARD, marginMs: SECOND, leaseGraceMs: SECOND, ringGraceMs: 3_000, announceGraceMs: 3_000 },
  policy: { ...DEFAULT_POLICY, timeoutMs: 4_000, backoff: { floorMs: 100, baseMs: SECOND, capMs: 10_000 } },
};
const RULES: Rules = { constants, policyOf: () => policy };
const LANES: readonly Lane[] = ['fresh', 'recovery', 'isolated'];
/** Longer than any attempt: what comes back was lost. */
const VISIBILITY_SECONDS = 10;
/** While somebody waits: virtual time, and the real time that it takes. */
const STEP_MS = 20;
const STEP_TAKES_MS = 5;
const AGAIN_MS = SECOND;
const SWEEP_PAGE = 100;
/** Of a client. */
const MOST_TRIES = 20;

export interface OpenLedger {
  readonly ledger: Ledger;
  readonly close: () => Promise<void>;
}

interface Parts {
  readonly given: GivenSqs;
  readonly proxy: FaultProxy;
  readonly ledger: OpenLedger;
  readonly time: VirtualTime;
  readonly maxAttempts: number;
}

/** The kind of a task follows from its number. */
export const submission = (at: number): Submission => {
  const kind = at % 20 === 7 ? 'permanent' : at % 7 === 3 ? 'transient' : 'fine';
  return { tenant: `tenant-${at % 3}`, taskId: `task-${at}`, type: 'simulate', payloadVersion: 1, payload: { kind } };
};

const failure = (className: 'SYSTEM' | 'VALIDATION'): RunOutcome => ({
  kind: 'failed',
  error: { name: 'Injected', message: 'as it was told to', class: className },
  log: { lines: [], truncated: false },
});

function outcomeOf({ task, attempt }: RunRequest): RunOutcome {
  const { kind } = JSON.parse(task.payload) as { kind: string };
  if (kind === 'permanent') return failure('VALIDATION');
  return kind === 'transient' && attempt === 1 ? failure('SYSTEM') : { kind: 'succeeded' };
}

export class FaultyAws extends CountedPorts {
  readonly accepted: LedgerTask[] = [];
  readonly given: GivenSqs;
  readonly proxy: FaultProxy;
  readonly #sqs: SQSClient;
  readonly #random = new Seeded(11);
  readonly #time: VirtualTime;
  readonly #ledger: OpenLedger;
  readonly #worker: Worker;

  private constructor({ given, proxy, ledger, time, maxAttempts }: Parts) {
    super();
    this.given = given;
    this.proxy = proxy;
    this.#time = time;
    this.#ledger = ledger;
    this.#sqs = given.client(proxy.endpoint, { maxAttempts });
    this.#worker = this.#workerWith(clockOf(time));
  }

  /** The date is virtual until it is closed. `maxAttempts`: of the SDK, which waits in real time between two. */
  static async open(openLedger: (clock: Clock) => Promise<OpenLedger>, maxAttempts: number): Promise<FaultyAws> {
    const given = await GivenSqs.start({ VisibilityTimeout: String(VISIBILITY_SECONDS) });
    const proxy = await FaultProxy.start({ upstream: given.endpoint, seed: 5 });
    const time = new VirtualTime();
    vi.useFakeTimers({ toFake: ['Date'], now: time.nowMs });
    return new FaultyAws({ given, proxy, time, maxAttempts, ledger: await openLedger(clockOf(time)) });
  }

  async close(): Promise<void> {
    vi.useRealTimers();
    await this.#ledger.close();
    await this.proxy.stop();
    await this.given.stop();
  }

  #workerWith(clock: Clock): Worker {
    const random = this.#random.random();
    const ports: Ports = {
      ledger: this.counted(this.#ledger.ledger),
      keyValue: {} as KeyValue, // nobody here asks it
      statistics: { isExact: true, count: () => Promise.resolve(), since: () => Promise.resolve([]) },
      doorbell: this.countedBells(openDoorbell({ sqs: this.#sqs, queues: this.given.urls, clock })),
      publisher: { publish: () => Promise.resolve() },
      deadLetters: openDeadLetters({ sqs: this.#sqs, queueUrl: this.given.urls.dead }),
      ...{ clock, random, log: SILENT },
    };
    return {
      ...{ ports, rules: RULES, running: new Running(), unserved: new Set(), isolated: true, ownerPrefix: '' },
      versionsOf: () => [1],
      runner: {
        start: (request) => {
          this.counts.starts += 1;
          return { outcome: Promise.resolve(outcomeOf(request)), abort: () => undefined, kill: () => undefined };
        },
      },
    };
  }

  async pass(ms: number): Promise<void> {
    await this.#time.play(() => false, this.#time.nowMs + ms);
    vi.setSystemTime(this.#time.nowMs);
  }

  /** Lets time pass while somebody waits. */
  async #until<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    const done = () => (isDone = true);
    void work.then(done, done);
    for (;;) {
      await Promise.race([work.then(done, done), sleep(STEP_TAKES_MS)]);
      if (isDone) return work;
      await this.pass(STEP_MS);
    }
  }

  /** One batch, once. */
  async receiptsOf(submissions: readonly Submission[]): Promise<Receipt[]> {
    return this.#until(submitAll(this.#worker.ports, RULES, submissions));
  }

  /** Batches of ten; a client whose submit was answered with a failure sends it again. */
  async submit(from: number, to: number): Promise<void> {
    for (let at = from; at < to; at += 10) {
      let open = Array.from({ length: Math.min(10, to - at) }, (_, i) => submission(at + i));
      for (let tries = 0; open.length > 0 && tries < MOST_TRIES; tries += 1) {
        const receipts = await this.receiptsOf(open);
        for (const receipt of receipts) {
          if ('task' in receipt) this.accepted.push(receipt.task);
          else this.counts[receipt.kind === 'conflict' ? 'conflicts' : 'failedReceipts'] += 1;
        }
        open = open.filter((_, i) => receipts[i]!.kind === 'failed');
      }
    }
  }

  /** A message that its lane could not give is no message: the queue may be down. */
  async #receive(lane: Lane): Promise<{ lane: Lane; message: Message }[]> {
    const how = { QueueUrl: this.given.urls[lane], MaxNumberOfMessages: 10 };
    const answer = await this.#sqs.send(new ReceiveMessageCommand(how)).catch(() => ({ Messages: [] }));
    return (answer.Messages ?? []).map((message) => ({ lane, message }));
  }

  /** As the work function does: what comes back rings anew; deleted is what was attended to. */
  async #answer({ lane, message }: { lane: Lane; message: Message }): Promise<void> {
    const bell = bellIn(message.Body ?? '', lane);
    const { doorbell } = this.#worker.ports;
    if ((await attend(bell, this.#worker)) === 'again') {
      const [answer] = await doorbell.ring([{ ...bell, notBeforeMs: this.#time.nowMs + AGAIN_MS }]);
      if (answer === 'failed') return;
    }
    const { ReceiptHandle } = message;
    await this.#sqs.send(new DeleteMessageCommand({ QueueUrl: this.given.urls[lane], ReceiptHandle })).catch(() => 0);
  }

  /** Answers what is visible, in no order, until nothing is, or time is over. */
  async #work(untilMs: number): Promise<void> {
    while (this.#time.nowMs < untilMs) {
      const received = (await this.#until(Promise.all(LANES.map((lane) => this.#receive(lane))))).flat();
      if (received.length === 0) return;
      const shuffled = received.map((each) => [this.#random.uniform(), each] as const).sort(([a], [b]) => a - b);
      await this.#until(Promise.allSettled(shuffled.map(([, each]) => this.#answer(each))));
    }
  }

  /** One page after the other while they are full; a ledger that cannot be read is asked again later. */
  async #sweep(): Promise<void> {
    const page = () => sweep(this.#worker.ports, RULES, { limit: SWEEP_PAGE }).catch(() => ({ looked: 0 }));
    while ((await this.#until(page())).looked === SWEEP_PAGE);
  }

  async play(seconds: number): Promise<void> {
    const untilMs = this.#time.nowMs + seconds * SECOND;
    while (this.#time.nowMs < untilMs) {
      await this.#work(untilMs);
      await this.#sweep();
      await this.pass(SECOND);
    }
  }

  async #items(): Promise<(LedgerTask | undefined)[]> {
    const items: Awaited<ReturnType<Ledger['get']>> = [];
    for (let i = 0; i < this.accepted.length; i += 100) {
      items.push(...(await this.#ledger.ledger.get(this.accepted.slice(i, i + 100))));
    }
    return items.map((item) => (item !== undefined && 'status' in item ? item : undefined));
  }

  /** Those that have not come to their end. */
  async unsettled(): Promise<string[]> {
    const items = await this.#items();
    return items.flatMap((item, i) => (item && isSettled(item) ? [] : this.accepted[i]!.taskId));
  }

  /** Attempts that left nothing behind. By the items, for a move whose reply was lost counts as none here. */
  async wasted(): Promise<number> {
    const items = await this.#items();
    const ended = items.map((item) => (item ? item.failures + (item.status === 'succeeded' ? 1 : 0) : 0));
    return this.counts.starts - ended.reduce((a, b) => a + b, 0);
  }

  /** Virtual seconds until every accepted task is settled; throws when it takes longer than it may. */
  async secondsToSettle(most: number): Promise<number> {
    const sinceMs = this.#time.nowMs;
    for (;;) {
      const [unsettled, seconds] = [await this.unsettled(), (this.#time.nowMs - sinceMs) / SECOND];
      if (unsettled.length === 0) return seconds;
      if (seconds > most) throw new Error(`After ${seconds} s not settled: ${unsettled.slice(0, 5).join()}.`);
      await this.play(1);
    }
  }
}
