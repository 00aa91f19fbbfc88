/**
 * Who submits the tasks of a row, through the SDK: evenly over a while, each until there is a receipt, whatever dies in between; and
 * takes some of them back. It keeps what it was answered, to be held against the ledger.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Task } from '@holdfast/api/types';
import { type AnyTypes, createHoldfast, type Holdfast, isProblem, ProblemError, Unreachable } from '@holdfast/sdk';
import type { Seeded } from '../seeded.ts';
import type { Planned } from './planned.ts';
import { later } from './later.ts';
import { requestOf } from './planned.ts';

/** A cancel that was confirmed, and the version of the task that it left. */
export interface TakenBack {
  readonly taskId: string;
  readonly status: string;
  readonly version: number;
}

const AGAIN_MS = 50;
/** Of one try: a server that is stopped gives no answer at all. */
const ANSWER_WITHIN_MS = 5_000;

export class Customer {
  readonly sdk: Holdfast<AnyTypes>;
  readonly receipts = new Map<string, Task>();
  readonly takenBack: TakenBack[] = [];
  /** How often it was answered so, by status. */
  readonly answers = new Map<number, number>();
  /** A refusal is then no reason to give a task up, either: who refuses may be newer or older than the task. */
  comesAgain = false;
  readonly #notes: string;
  readonly #random: Seeded;
  readonly #gone = new AbortController();

  constructor(url: string, { notes, random }: { readonly notes: string; readonly random: Seeded }) {
    const retry = { attempts: Number.MAX_SAFE_INTEGER, baseMs: 50, capMs: 1_000 };
    const noting = async (address: string, init: RequestInit): Promise<Response> => {
      const response = await fetch(address, init);
      this.answers.set(response.status, (this.answers.get(response.status) ?? 0) + 1);
      return response;
    };
    this.sdk = createHoldfast<AnyTypes>({ baseUrl: url, retry, timeoutMs: ANSWER_WITHIN_MS, fetch: noting });
    this.#notes = notes;
    this.#random = random;
  }

  /** Resolves when there is a receipt of each, and each that is to be taken back is. */
  async submitAll(tasks: readonly Planned[], spanMs: number): Promise<void> {
    const under: Promise<void>[] = [];
    for (const task of tasks) {
      under.push(later(this.#bring(task, spanMs)));
      await sleep(spanMs / tasks.length, undefined, { signal: this.#gone.signal });
    }
    await Promise.all(under);
  }

  /** Asks no more: also for what has no receipt, of a row that is over before its time. */
  leave(): void {
    this.#gone.abort();
  }

  async #bring(task: Planned, spanMs: number): Promise<void> {
    const { taskId, type, payload, delaySeconds } = requestOf(task, this.#notes);
    const { signal } = this.#gone;
    const takeBackAfterMs = this.#random.between(0, Math.min(600, spanMs / 2));
    const submitted = () => this.sdk.submit(type, payload, { taskId, delaySeconds, signal });
    this.receipts.set(taskId, await this.#untilAnswered(submitted));
    if (!task.isTakenBack) return;
    await sleep(takeBackAfterMs, undefined, { signal });
    await this.#takeBack(taskId);
  }

  async #takeBack(taskId: string): Promise<void> {
    const { signal } = this.#gone;
    try {
      const { status, version } = await this.#untilAnswered(() => this.sdk.cancel(taskId, { signal }));
      this.takenBack.push({ taskId, status, version });
    } catch (error) {
      if (!isProblem(error, 'task-final')) throw error; // it was sooner
    }
  }

  /** Also after a fault that the server calls lasting: a customer with a task to bring comes again. */
  async #untilAnswered<T>(call: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await call();
      } catch (error) {
        if (this.#gone.signal.aborted) throw error;
        const isFault = error instanceof Unreachable || (error instanceof ProblemError && error.status >= 500);
        if (!isFault && !(this.comesAgain && isProblem(error) && !isProblem(error, 'task-final'))) throw error;
      }
      await sleep(AGAIN_MS);
    }
  }
}
