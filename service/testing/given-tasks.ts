/** A task as a busy house has them, and its life on an engine, move by move. */
import { claim, die, fail, succeed } from '../core/attempt-moves.ts';
import type { Move } from '../core/move.ts';
import type { Clock, Ledger } from '../core/ports.ts';
import { announced } from '../core/sweep-moves.ts';
import type { LedgerTask } from '../core/task.ts';
import { CLAIMER, newTask, RULES } from './conformance/engine-under-test.ts';

/** JSON of exactly so many bytes. */
export const payloadOf = (bytes: number): string => JSON.stringify('x'.repeat(bytes - 2));

/** With an id, a hash and a time of ordinary length. */
export const usualTask = (nowMs: number, fields: Partial<LedgerTask> = {}): LedgerTask =>
  newTask(nowMs, {
    taskId: '0192f5d2-6f7a-7cc0-9a3e-0123456789ab',
    requestHash: Buffer.alloc(32, 7).toString('base64url'),
    payload: payloadOf(300),
    ...fields,
  });

const MESSAGE = 'Something went wrong on the other side.';

export class Life {
  readonly #ledger: Ledger;
  readonly #clock: Clock;

  constructor({ ledger, clock }: { ledger: Ledger; clock: Clock }) {
    this.#ledger = ledger;
    this.#clock = clock;
  }

  async submitted(fields: Partial<LedgerTask> = {}): Promise<LedgerTask> {
    const [result] = await this.#ledger.submit([usualTask(this.#clock.nowMs(), fields)]);
    if (result?.kind !== 'created') throw new Error(`not created: ${JSON.stringify(result)}`);
    return result.task;
  }

  async moved(move: Move): Promise<LedgerTask> {
    const [result] = await this.#ledger.apply([move]);
    if (result?.kind !== 'applied') throw new Error(`not applied: ${JSON.stringify(result)}`);
    return result.task;
  }

  at() {
    return { nowMs: this.#clock.nowMs(), rules: RULES };
  }

  claimMove(task: LedgerTask, owner = `kXq0mZ4v7TeR2bWf9Ld${task.fence % 10}`): Move {
    return claim(task, { ...CLAIMER, owner }, { ...this.at(), pullDue: false });
  }

  claimed(task: LedgerTask): Promise<LedgerTask> {
    return this.moved(this.claimMove(task));
  }

  succeeded(task: LedgerTask, result = '{"ok":true}'): Promise<LedgerTask> {
    return this.moved(succeed(task, result, this.at()));
  }

  failed(task: LedgerTask, message = MESSAGE): Promise<LedgerTask> {
    return this.moved(fail(task, this.#failure(task, message), { ...this.at(), delayMs: 0 }));
  }

  /** In the failure inbox. */
  async buried(task: LedgerTask): Promise<LedgerTask> {
    const dead = await this.moved(die(task, this.#failure(task, MESSAGE), this.at()));
    return this.moved(announced(dead, this.at()));
  }

  #failure({ fence }: LedgerTask, message: string) {
    const failure = {
      class: 'SYSTEM',
      code: 'E500',
      message: message.slice(0, 200),
      atMs: this.#clock.nowMs(),
    } as const;
    return { failure, detail: { fence, message, log: [], logTruncated: false } };
  }
}
