/**
 * One attempt, wherever its handler runs: parses the payload, runs the handler, tells progress, and answers with the one
 * outcome. Nothing that a handler does or throws makes it reject.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Handler, HandlerInput, HandlerLog } from '@holdfast/api/handler';
import type { Budget } from '../core/identity.ts';
import { idempotencyKeyOf } from '../core/identity.ts';
import type { InjectedFault, RunRequest } from '../core/ports.ts';
import { INJECTED_FAULT } from '../core/ports.ts';
import type { FailureClass, Progress } from '../core/task.ts';
import type { OwnOutcome } from './report.ts';
import { LogTail, outcomeOf, reportedError, told } from './report.ts';

const PROGRESS_EVERY_MS = 250;
const MAX_PROGRESS_CHARS = 200;

/** All that a handler's process needs to know of the task. */
export interface AttemptStart extends Budget {
  readonly type: string;
  /** As stored: parsed beside the handler only. */
  readonly payload: string;
  readonly payloadVersion: number;
  readonly attempt: number;
  readonly fence: number;
  readonly traceparent?: string;
  /** Befalls it on purpose, where that is allowed. */
  readonly fault?: InjectedFault;
}

type Asked = Pick<RunRequest, 'task' | 'attempt' | 'fault'>;

export function attemptStartOf({ task, attempt, fault }: Asked): AttemptStart {
  const { type, tenant, taskId, createdAtMs, budgetBase, payload, payloadVersion, fence, traceparent } = task;
  const traced = traceparent === undefined ? {} : { traceparent };
  const budget = { tenant, taskId, createdAtMs, budgetBase };
  return { type, ...budget, payload, payloadVersion, attempt, fence, ...traced, ...(fault && { fault }) };
}

class Injected extends Error {
  override readonly name = 'InjectedFault';
  readonly code = INJECTED_FAULT;
  readonly class: FailureClass;

  constructor(failureClass: FailureClass) {
    super('The attempt was made to fail on purpose.');
    this.class = failureClass;
  }
}

type TellProgress = (progress: Progress) => void;

export class HandlerAttempt {
  readonly #tell: TellProgress;
  readonly #controller = new AbortController();
  readonly #log = new LogTail();
  #progress: Progress | undefined;
  #progressTimer: NodeJS.Timeout | undefined;
  #ended = false;

  constructor(tellProgress: TellProgress) {
    this.#tell = tellProgress;
  }

  abort(): void {
    this.#controller.abort();
  }

  async run(start: AttemptStart, handler: Handler): Promise<OwnOutcome> {
    const outcome = await this.#outcome(start, handler);
    this.#ended = true;
    clearTimeout(this.#progressTimer);
    return outcome;
  }

  async #outcome(start: AttemptStart, handler: Handler): Promise<OwnOutcome> {
    try {
      if (start.fault !== undefined) await this.#befall(start.fault);
      return outcomeOf(await handler(this.#input(start)), this.#log.kept());
    } catch (error) {
      return { kind: 'failed', error: reportedError(error), log: this.#log.kept() };
    }
  }

  /** A crash is a real one: what it takes with it must be found by whoever looks after real ones. */
  async #befall({ delayMs, then }: InjectedFault): Promise<void> {
    if (delayMs > 0) await delay(delayMs, undefined, { signal: this.#controller.signal });
    if (then.kind === 'crash') process.abort();
    if (then.kind === 'fail') throw new Injected(then.class);
  }

  #input(start: AttemptStart): HandlerInput {
    const { payload, payloadVersion, tenant, taskId, attempt, fence, traceparent } = start;
    return {
      payload: JSON.parse(payload),
      payloadVersion,
      tenant,
      taskId,
      attempt,
      fence,
      ...(traceparent !== undefined && { traceparent }),
      idempotencyKey: idempotencyKeyOf(start),
      signal: this.#controller.signal,
      progress: (percent, message) => this.#noteProgress(percent, message),
      log: this.#handlerLog(),
    };
  }

  #handlerLog(): HandlerLog {
    const adder = (level: keyof HandlerLog) => (text: string) => this.#log.add({ level, text, atMs: Date.now() });
    return { debug: adder('debug'), info: adder('info'), warn: adder('warn'), error: adder('error') };
  }

  #noteProgress(percent: number, message: unknown): void {
    if (this.#ended || !Number.isFinite(percent)) return;
    this.#progress = {
      percent: Math.min(100, Math.max(0, percent)),
      ...(typeof message === 'string' && { message: told(message, MAX_PROGRESS_CHARS) }),
    };
    if (this.#progressTimer === undefined) this.#tellProgress();
  }

  /** At once, then the newest when the pause is over. */
  #tellProgress(): void {
    this.#progressTimer = undefined;
    if (this.#progress === undefined) return;
    this.#tell(this.#progress);
    this.#progress = undefined;
    this.#progressTimer = setTimeout(() => this.#tellProgress(), PROGRESS_EVERY_MS);
  }
}
