/** One attempt inside a worker process: parses the payload, runs the handler, and tells progress and the one outcome. */
import type { Handler, HandlerInput, HandlerLog } from '@holdfast/api/handler';
import { idempotencyKeyOf } from '../core/identity.ts';
import type { Progress } from '../core/task.ts';
import type { OwnOutcome } from '../handling/report.ts';
import { LogTail, outcomeOf, reportedError, told } from '../handling/report.ts';
import type { AttemptStart, FromWorker } from './worker-messages.ts';

const PROGRESS_EVERY_MS = 250;
const MAX_PROGRESS_CHARS = 200;

type Send = (message: FromWorker) => void;

export class ChildAttempt {
  readonly #id: number;
  readonly #send: Send;
  readonly #controller = new AbortController();
  readonly #log = new LogTail();
  #progress: Progress | undefined;
  #progressTimer: NodeJS.Timeout | undefined;
  #ended = false;

  constructor(id: number, send: Send) {
    this.#id = id;
    this.#send = send;
  }

  abort(): void {
    this.#send({ kind: 'aborting', id: this.#id });
    this.#controller.abort();
  }

  async run(start: AttemptStart, handler: Handler): Promise<void> {
    const outcome = await this.#outcome(start, handler);
    this.#ended = true;
    clearTimeout(this.#progressTimer);
    this.#send({ kind: 'outcome', id: this.#id, outcome });
  }

  async #outcome(start: AttemptStart, handler: Handler): Promise<OwnOutcome> {
    try {
      return outcomeOf(await handler(this.#input(start)), this.#log.kept());
    } catch (error) {
      return { kind: 'failed', error: reportedError(error), log: this.#log.kept() };
    }
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
    this.#send({ kind: 'progress', id: this.#id, progress: this.#progress });
    this.#progress = undefined;
    this.#progressTimer = setTimeout(() => this.#tellProgress(), PROGRESS_EVERY_MS);
  }
}
