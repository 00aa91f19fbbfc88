/**
 * Runs the handlers of one invocation, in its own process. An attempt that does not stop can only be ended with the process:
 * all others are then released, their moves are written, and whoever made the runner ends the process. What an endless
 * loop holds up is charged to nobody. [S13]
 */
import type { Handler } from '@holdfast/api/handler';
import type { Clock, Run, Runner, RunOutcome, RunRequest } from '../core/ports.ts';
import { SECOND } from '../core/rules.ts';
import { attemptStartOf, HandlerAttempt } from '../handling/handler-attempt.ts';

type Gone = Extract<RunOutcome, { kind: 'gone' }>;

const RELEASED: Gone = { kind: 'gone', cause: 'neighbour' };
const LOST: Gone = { kind: 'gone', cause: 'crashed' };
const OVERRAN: Gone = { kind: 'gone', cause: 'overran' };

const LOOK_EVERY_MS = SECOND;
/** Nobody looked for so long: the event loop has stood still. */
const STOOD_STILL_MS = 4 * SECOND;
/** What was due meanwhile happens within so much of its turning again. */
const CATCHES_UP_WITHIN_MS = SECOND;

export interface RunnerOptions {
  readonly clock: Clock;
  readonly handlerOf: (type: string) => Handler | undefined;
}

interface Attempt {
  readonly handler: HandlerAttempt;
  readonly settle: (outcome: RunOutcome) => void;
  readonly isAlone: boolean;
  /** Asked to stop too late, for another attempt may have held up the process. */
  wasHeldUp: boolean;
}

export class InvocationRunner implements Runner {
  readonly #options: RunnerOptions;
  readonly #attempts = new Set<Attempt>();
  #isClosed = false;
  #isDoomed = false;
  #lookedAtMs: number;
  #turnedAgainAtMs = -Infinity;
  #cancelLook = (): void => undefined;

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.#lookedAtMs = options.clock.monotonicMs();
    this.#look();
  }

  /** A handler that was told to end still runs: the process must not be used again. */
  get isDoomed(): boolean {
    return this.#isDoomed;
  }

  start(request: RunRequest): Run {
    const { type } = request.task;
    const handler = this.#options.handlerOf(type);
    if (this.#isClosed || handler === undefined) return neverBegun();
    const { promise: outcome, resolve } = Promise.withResolvers<RunOutcome>();
    const attempt: Attempt = {
      handler: new HandlerAttempt((progress) => request.onProgress(progress)),
      settle: (ended) => {
        this.#attempts.delete(attempt);
        resolve(ended);
      },
      isAlone: request.isolated,
      wasHeldUp: false,
    };
    this.#attempts.add(attempt);
    void attempt.handler
      .run(attemptStartOf(request), handler)
      .then((ended) => attempt.settle(attempt.wasHeldUp && ended.kind === 'failed' ? LOST : ended));
    return { outcome, abort: () => this.#abort(attempt), kill: () => this.#kill(attempt) };
  }

  /** Begins no attempt any more: those that were claimed are released. */
  close(): void {
    this.#isClosed = true;
  }

  /** Nothing runs any more. */
  end(): void {
    this.close();
    this.#cancelLook();
  }

  #abort(attempt: Attempt): void {
    const isLate = this.#options.clock.monotonicMs() - this.#turnedAgainAtMs < CATCHES_UP_WITHIN_MS;
    attempt.wasHeldUp = isLate && !attempt.isAlone;
    attempt.handler.abort();
  }

  #kill(attempt: Attempt): void {
    if (!this.#attempts.has(attempt)) return;
    this.#isClosed = true;
    this.#isDoomed = true;
    attempt.settle(attempt.wasHeldUp ? LOST : OVERRAN);
    for (const other of [...this.#attempts]) {
      other.handler.abort();
      other.settle(RELEASED);
    }
  }

  #look(): void {
    const { clock } = this.#options;
    const nowMs = clock.monotonicMs();
    if (nowMs - this.#lookedAtMs >= STOOD_STILL_MS) this.#turnedAgainAtMs = nowMs;
    this.#lookedAtMs = nowMs;
    this.#cancelLook = clock.timer(LOOK_EVERY_MS, () => this.#look());
  }
}

const neverBegun = (): Run => ({
  outcome: Promise.resolve(RELEASED),
  abort: () => undefined,
  kill: () => undefined,
});
