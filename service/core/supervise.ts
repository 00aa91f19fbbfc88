/**
 * Watches over one running handler: aborts it at its time-out and in any case before the lease that was last confirmed
 * ends, on the monotonic clock; keeps the lease of a long one; kills what does not stop. [S4]
 */
import { heartbeat } from './attempt-moves.ts';
import type { Claimed } from './claim.ts';
import type { Move } from './move.ts';
import { unmet } from './move.ts';
import type { Run, RunOutcome } from './ports.ts';
import { leaseMsOf, SECOND } from './rules.ts';
import type { LedgerTask, Progress } from './task.ts';
import { attemptNumber } from './task.ts';
import type { StopReason, Worker } from './worker.ts';

export interface Supervised {
  /** The item as last confirmed. */
  readonly task: LedgerTask;
  readonly outcome: RunOutcome;
  readonly stopped: StopReason | undefined;
  /** Monotonic. After it, somebody else may have taken over. */
  readonly leaseEndsMs: number;
}

const nothing = (): void => undefined;

const lostOn = (move: Move, task: LedgerTask | undefined): string[] => (task ? unmet(move, task) : ['absent']);

export class Supervision {
  readonly #worker: Worker;
  readonly #run: Run;
  readonly #leaseMs: number;
  readonly #timesOutAtMs: number;
  readonly #beatsAlways: boolean;
  #task: LedgerTask;
  #leaseEndsMs: number;
  #stopped: StopReason | undefined;
  #freshProgress: Progress | undefined;
  #ended = false;
  #cancelGuard = nothing;
  #cancelBeat: (() => void) | undefined;
  #cancelKill = nothing;

  constructor({ task, sinceMs }: Claimed, worker: Worker) {
    const { rules, runner, isolated } = worker;
    const { timeoutMs } = rules.policyOf(task.type);
    this.#worker = worker;
    this.#task = task;
    this.#leaseMs = leaseMsOf(task.type, rules);
    this.#leaseEndsMs = sinceMs + this.#leaseMs;
    this.#timesOutAtMs = worker.ports.clock.monotonicMs() + timeoutMs;
    this.#beatsAlways = timeoutMs > rules.constants.leaseCapMs;
    this.#run = runner.start({
      task,
      attempt: attemptNumber(task),
      isolated,
      onProgress: (progress) => this.#noteProgress(progress),
    });
    this.#guard();
    if (this.#beatsAlways) this.#scheduleBeat(this.#leaseMs / 3);
  }

  async ended(): Promise<Supervised> {
    const { running } = this.#worker;
    running.add(this.#task, this);
    const outcome = await this.#run.outcome;
    this.#ended = true;
    this.#cancelGuard();
    this.#cancelBeat?.();
    this.#cancelKill();
    running.remove(this.#task, this);
    return { task: this.#task, outcome, stopped: this.#stopped, leaseEndsMs: this.#leaseEndsMs };
  }

  get fence(): number {
    return this.#task.fence;
  }

  /** Asks the handler to stop, and kills its process when it does not. Only the first reason counts. */
  stop(reason: StopReason): void {
    if (this.#stopped !== undefined || this.#ended) return;
    this.#stopped = reason;
    this.#run.abort();
    this.#cancelKill = this.#worker.ports.clock.timer(this.#worker.rules.constants.killAfterMs, () => this.#run.kill());
  }

  /** One timer for both ends: the time-out, and the lease that was last confirmed. */
  #guard(): void {
    const { clock } = this.#worker.ports;
    const leaseGuardMs = this.#leaseEndsMs - this.#worker.rules.constants.abortBeforeMs;
    const atMs = Math.min(this.#timesOutAtMs, leaseGuardMs);
    this.#cancelGuard();
    this.#cancelGuard = clock.timer(Math.max(0, atMs - clock.monotonicMs()), () =>
      this.stop(this.#timesOutAtMs <= leaseGuardMs ? 'time-out' : 'lease'),
    );
  }

  #noteProgress(progress: Progress): void {
    this.#freshProgress = progress;
    if (!this.#ended) this.#scheduleBeat(this.#worker.rules.constants.progressEveryMs);
  }

  #scheduleBeat(afterMs: number): void {
    this.#cancelBeat ??= this.#worker.ports.clock.timer(afterMs, () => void this.#beat());
  }

  async #beat(pullDue = false): Promise<void> {
    const { clock, ledger } = this.#worker.ports;
    const sentAtMs = clock.monotonicMs();
    const progress = this.#freshProgress;
    this.#freshProgress = undefined;
    const at = { nowMs: clock.nowMs(), rules: this.#worker.rules };
    const move = heartbeat(this.#task, { progress, pullDue }, at);
    const [result] = await ledger.apply([move]);
    this.#cancelBeat = undefined;
    if (this.#ended) return;
    if (result?.kind === 'applied') {
      this.#confirm(result.task, sentAtMs);
      this.#scheduleNextBeat();
      return;
    }
    this.#freshProgress ??= progress;
    const missing = result?.kind === 'lost' ? lostOn(move, result.task) : [];
    if (missing.length === 1 && missing[0] === 'due') await this.#beat(true);
    // The attempt was ended by somebody else: its own commit would lose as well.
    else if (missing.length > 0) this.stop('lease');
    else this.#scheduleBeat(SECOND);
  }

  #scheduleNextBeat(): void {
    if (this.#beatsAlways) this.#scheduleBeat(this.#leaseMs / 3);
    else if (this.#freshProgress !== undefined) this.#scheduleBeat(this.#worker.rules.constants.progressEveryMs);
  }

  #confirm(task: LedgerTask, sentAtMs: number): void {
    this.#task = task;
    this.#leaseEndsMs = sentAtMs + this.#leaseMs;
    if (task.cancelRequested) this.stop('cancel');
    else if (this.#stopped === undefined) this.#guard();
  }
}
