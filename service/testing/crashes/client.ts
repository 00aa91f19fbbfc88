/**
 * Whoever asks: an application that submits and an operator. A request that got no answer is repeated as it was, until it has
 * one; what it was answered is kept, for an answer must be true.
 */
import type { Desk } from '../../core/operate.ts';
import { cancelTask, discardTask, redriveTask } from '../../core/operate.ts';
import { LedgerUnavailable } from '../../core/ports.ts';
import { Refusal } from '../../core/refusal.ts';
import { SECOND } from '../../core/rules.ts';
import type { Submission } from '../../core/submit.ts';
import { submitAll } from '../../core/submit.ts';
import type { LedgerTask } from '../../core/task.ts';
import type { Kind } from './handlers.ts';
import type { House } from './house.ts';
import { RULES, TENANT, TYPE } from './house.ts';

const AGAIN_MS = 500;
const ANSWERED_WITHIN_MS = 60 * SECOND;
/** Of a task that is to wait. */
const LATER_SECONDS = 60;
const HAPPENS_WITHIN_MS = 120 * SECOND;

const OPERATIONS = { cancel: cancelTask, redrive: redriveTask, discard: discardTask } as const;
export type Operation = keyof typeof OPERATIONS;

export interface Asked {
  readonly taskId: string;
  readonly operation: 'submit' | Operation;
  /** How often it was sent. */
  readonly times: number;
  /** The task it was answered with, or a code. */
  readonly answer: LedgerTask | string;
}

/** The answer of whoever dies over it. */
const NONE = Symbol('none');

export class Client {
  readonly house: House;
  readonly asked: Asked[] = [];
  /** The end of every id, so that runs can share a store. */
  readonly #run: string;

  constructor(house: House, run: string) {
    this.house = house;
    this.#run = run;
  }

  idOf = (kind: Kind): string => `${kind}-${this.#run}`;

  async #answered<T>(ask: (desk: Desk) => Promise<T>): Promise<{ answer: T; times: number }> {
    const { house } = this;
    const repeat = async (): Promise<{ answer: T; times: number }> => {
      for (let times = 1; ; times += 1) {
        const at = house.desk();
        const answer = at ? await Promise.race([ask(at.desk), at.by.died.then(() => NONE)]) : NONE;
        if (answer !== NONE) return { answer: answer as T, times };
        await new Promise<void>((resolve) => house.after(AGAIN_MS, resolve));
      }
    };
    return house.until(repeat(), ANSWERED_WITHIN_MS);
  }

  async submit(...kinds: readonly Kind[]): Promise<void> {
    const submissions = kinds.map((kind): Submission => {
      const isLater = kind === 'later' && { delaySeconds: LATER_SECONDS };
      return { tenant: TENANT, taskId: this.idOf(kind), type: TYPE, payloadVersion: 1, payload: { kind }, ...isLater };
    });
    const { answer, times } = await this.#answered(({ ports }) => submitAll(ports, RULES, submissions));
    for (const [i, receipt] of answer.entries()) {
      const { taskId = '' } = submissions[i]!;
      this.asked.push({ operation: 'submit', taskId, times, answer: 'task' in receipt ? receipt.task : receipt.kind });
    }
  }

  async ask(operation: Operation, kind: Kind): Promise<void> {
    const taskId = this.idOf(kind);
    const { answer, times } = await this.#answered((desk) =>
      OPERATIONS[operation](desk, { tenant: TENANT, taskId }, { subject: 'operator' }).catch(codeOf),
    );
    this.asked.push({ operation, taskId, times, answer });
  }

  /** Waits until the task has come so far. */
  async until(kind: Kind, ...statuses: readonly LedgerTask['status'][]): Promise<void> {
    const isSo = (): boolean => statuses.some((status) => status === this.house.statusOf(this.idOf(kind)));
    if (!(await this.house.play(isSo, HAPPENS_WITHIN_MS))) throw new Error(`${kind} is never ${statuses.join()}.`);
  }

  async pass(ms: number): Promise<void> {
    await this.house.play(() => false, ms);
  }
}

function codeOf(error: unknown): string {
  if (error instanceof Refusal) return error.code;
  if (error instanceof LedgerUnavailable) return 'unavailable';
  throw error;
}
