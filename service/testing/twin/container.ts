/**
 * One container of a function: a process that runs one invocation at a time, is frozen in between as Lambda does it, and is
 * killed when it overruns its time-out or ends by itself: that is a failed invocation, never more.
 */
import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Guardian } from './guardian.ts';
import type { FunctionSpec } from './stage.ts';

export interface Invocation {
  readonly requestId: string;
  readonly functionName: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly event: unknown;
}

export type Outcome =
  | { readonly kind: 'answered'; readonly payload: unknown }
  | { readonly kind: 'failed'; readonly errorType: string; readonly errorMessage: string }
  /** It has not been run: as many run as may. */
  | { readonly kind: 'throttled' };

export type FromContainer =
  { readonly kind: 'loaded' } | (Exclude<Outcome, { kind: 'throttled' }> & { readonly requestId: string });

export interface ContainerOptions {
  readonly spec: FunctionSpec;
  readonly environment: Readonly<Record<string, string>>;
  readonly guardian: Guardian;
  /** Whether it does nothing between two invocations. */
  readonly freezes: boolean;
  /** Modules that are taken in place of others, as a bundler does it: a file for a specifier. */
  readonly aliases: Readonly<Record<string, string>>;
  onLine(line: string): void;
}

const RUNTIME = join(import.meta.dirname, 'container-child.ts');
/** Lambda grants 10 s to load; a busy machine that reads sources instead of a bundle gets more. */
const LOADED_WITHIN_MS = 60_000;
// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
const PAYLOAD_BYTES = 6 * 1024 * 1024;

export class Container {
  readonly ended: Promise<void>;
  readonly #options: ContainerOptions;
  readonly #process: ChildProcess;
  readonly #loaded: Promise<void>;
  #hasEnded = false;
  #isEnding = false;
  #running: { requestId: string; end: (outcome: Outcome) => void } | undefined;

  constructor(options: ContainerOptions) {
    const { spec, environment, guardian, aliases } = options;
    this.#options = options;
    const env = { ...environment, PATH: process.env['PATH'] ?? '' };
    this.#process = fork(RUNTIME, [spec.file, spec.handler, JSON.stringify(aliases)], {
      env,
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    guardian.watch(this.#process.pid!);
    const loaded = Promise.withResolvers<undefined>();
    this.#loaded = loaded.promise;
    this.ended = new Promise((resolve) => {
      this.#process.once('close', (code, signal) => {
        guardian.forget(this.#process.pid!);
        this.#hasEnded = true;
        loaded.resolve(undefined);
        this.#end('Runtime.ExitError', `The process has ended: ${signal ?? `exit status ${code ?? '?'}`}`);
        resolve();
      });
    });
    this.#process.on('message', (message: FromContainer) => {
      if (message.kind === 'loaded') loaded.resolve(undefined);
      else this.#hear(message);
    });
    this.#process.on('error', () => undefined); // 'close' follows
    for (const stream of [this.#process.stdout!, this.#process.stderr!])
      createInterface({ input: stream }).on('line', (line) => options.onLine(line));
  }

  /** Whether it can take another invocation. */
  get isUsable(): boolean {
    return !this.#hasEnded && !this.#isEnding;
  }

  /** Only when none runs. Never rejects. */
  async invoke(requestId: string, event: unknown): Promise<Outcome> {
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    this.#running = { requestId, end: resolve };
    this.#process.kill('SIGCONT');
    const { name: functionName, timeoutMs, memoryMb } = this.#options.spec;
    const cancelLoading = this.#endAfter(LOADED_WITHIN_MS, 'Runtime.InitError', 'The function did not load.');
    await this.#loaded;
    cancelLoading();
    const seconds = (timeoutMs / 1_000).toFixed(2);
    const cancel = this.#endAfter(timeoutMs, 'Sandbox.Timedout', `Task timed out after ${seconds} seconds`);
    const invocation: Invocation = { requestId, functionName, timeoutMs, memoryMb, event };
    if (!this.#hasEnded) this.#process.send(invocation);
    const outcome = await promise;
    cancel();
    if (this.#options.freezes && this.isUsable) this.#process.kill('SIGSTOP');
    return outcome;
  }

  /** Resolves when it is gone. */
  kill(): Promise<void> {
    this.#isEnding = true;
    this.#process.kill('SIGKILL');
    return this.ended;
  }

  #endAfter(ms: number, errorType: string, errorMessage: string): () => void {
    const timer = setTimeout(() => {
      this.#end(errorType, errorMessage);
      void this.kill();
    }, ms);
    return () => clearTimeout(timer);
  }

  #hear(message: Exclude<FromContainer, { kind: 'loaded' }>): void {
    const { requestId, ...outcome } = message;
    if (this.#running?.requestId !== requestId) return;
    if (outcome.kind === 'answered' && Buffer.byteLength(JSON.stringify(outcome.payload)) > PAYLOAD_BYTES)
      this.#end('Function.ResponseSizeTooLarge', 'The answer is larger than 6 MB.');
    else this.#settle(outcome);
  }

  #end(errorType: string, errorMessage: string): void {
    this.#settle({ kind: 'failed', errorType, errorMessage });
  }

  #settle(outcome: Outcome): void {
    this.#running?.end(outcome);
    this.#running = undefined;
  }
}
