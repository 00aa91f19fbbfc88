/**
 * One worker process and the attempts in it. It is gone at its `close`: it has ended and all it ever sent was read, so
 * an outcome sent before the end counts. Who is to blame for a loss is said by the cause. [S13]
 */
import type { ChildProcess } from 'node:child_process';
import type { Run, RunOutcome, RunRequest } from '../core/ports.ts';
import { SECOND } from '../core/rules.ts';
import type { AttemptStart } from '../handling/handler-attempt.ts';
import { attemptStartOf } from '../handling/handler-attempt.ts';
import { FrameReader, FrameWriter } from './frames.ts';
import { endingOf, spawnChild } from './spawn-child.ts';
import type { FromWorker, LoadedType, ToWorker, WorkerSettings } from './worker-messages.ts';

export interface ProcessOptions {
  readonly typeFolders: readonly string[];
  readonly ownTypeFolders: readonly string[];
  /** A process that holds more is killed; so is one whose heap reaches it. */
  readonly memoryMb: number;
  /** It runs one attempt at a time. */
  readonly isAlone: boolean;
  /** It was given an attempt of a type that it could not load, and is replaced. */
  readonly onUnable: (loaded: LoadedType) => void;
  readonly onPrinted: (line: string, pid: number | undefined) => void;
}

/** Why it ended (`code 1`, `signal SIGKILL`), and how many attempts went with it. */
export interface Ending {
  readonly reason: string;
  readonly lost: number;
  /** What threw in it, when nothing caught that; or that it held too much memory. */
  readonly error?: string;
  readonly place?: string;
}

/** Loading the types takes no longer, or the process has failed to start. */
const HELLO_WITHIN_MS = 30 * SECOND;
/** The words of Node and of the watchdog. Who prints the like says no more than this either. */
const OUT_OF_MEMORY = /^FATAL ERROR: .*heap out of memory$|^holdfast worker \d+ ends itself: it holds \d+ MB of \d+$/;

type Gone = Extract<RunOutcome, { kind: 'gone' }>;

interface Attempt {
  readonly request: RunRequest;
  readonly start: AttemptStart;
  readonly settle: (outcome: RunOutcome) => void;
  /** Asked to stop, and the worker's event loop has turned since. */
  isAborting: boolean;
  hasOverrun: boolean;
}

const UNHARMED: Gone = { kind: 'gone', cause: 'neighbour' };
const LOST: Gone = { kind: 'gone', cause: 'crashed' };
const OVERRAN: Gone = { kind: 'gone', cause: 'overran' };

/** A run that found no process at all. */
export const NEVER_BEGUN: Run = {
  outcome: Promise.resolve(UNHARMED),
  abort: () => undefined,
  kill: () => undefined,
};

export class WorkerProcess {
  /** The types it can run; undefined when it ended before it could say so. */
  readonly hello: Promise<readonly LoadedType[] | undefined>;
  readonly ended: Promise<Ending>;
  state: 'starting' | 'ready' | 'ending' = 'starting';
  /** It was told to end: nothing has gone wrong in it. */
  wasEnded = false;
  readonly #options: ProcessOptions;
  readonly #process: ChildProcess;
  readonly #writer: FrameWriter<ToWorker>;
  readonly #attempts = new Map<number, Attempt>();
  readonly #greeted = Promise.withResolvers<readonly LoadedType[] | undefined>();
  readonly #buried = Promise.withResolvers<Ending>();
  readonly #helloTimer: NodeJS.Timeout;
  #given = 0;
  #hasGreeted = false;
  #isBlameless = false;
  #fall: Pick<Ending, 'error' | 'place'> = {};

  /** Throws when the machine has no process or pipe to give. */
  constructor(options: ProcessOptions) {
    this.#options = options;
    const { typeFolders, ownTypeFolders, memoryMb } = options;
    const settings: WorkerSettings = { typeFolders, ownTypeFolders, memoryMb, parentPid: process.pid };
    const { process: child, socket } = spawnChild({ entry: 'child', settings, onPrinted: (line) => this.#hear(line) });
    this.#process = child;
    const reader = new FrameReader<FromWorker>();
    this.#writer = new FrameWriter((frame) => socket.write(frame));
    // A broken pipe is followed by `close`, which says all there is to say.
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => this.#read(reader, chunk));
    this.#helloTimer = setTimeout(() => this.end(), HELLO_WITHIN_MS);
    this.hello = this.#greeted.promise;
    this.ended = this.#buried.promise;
    this.#process.on('error', (error: NodeJS.ErrnoException) => this.#bury(`error ${error.code ?? error.name}`));
    this.#process.on('close', (code, signal) => this.#bury(endingOf(code, signal)));
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Attempts it runs now. */
  get load(): number {
    return this.#attempts.size;
  }

  /** Attempts it was ever given. */
  get given(): number {
    return this.#given;
  }

  /** Before it is ready too: what it was given then waits, and cannot come to harm until it has begun. */
  start(request: RunRequest): Run {
    const id = (this.#given += 1);
    const start = attemptStartOf(request);
    const { promise: outcome, resolve: settle } = Promise.withResolvers<RunOutcome>();
    this.#attempts.set(id, { request, start, settle, isAborting: false, hasOverrun: false });
    if (this.#hasGreeted) this.#writer.send({ kind: 'start', id, start });
    return { outcome, abort: () => this.#abort(id), kill: () => this.#kill(id) };
  }

  /** Ends the process; what still runs in it is lost through no fault of its own. */
  end(): void {
    this.wasEnded = true;
    this.#isBlameless = true;
    this.#die();
  }

  #abort(id: number): void {
    if (this.#hasGreeted) this.#writer.send({ kind: 'abort', id });
    else this.#settle(id, UNHARMED);
  }

  /**
   * The handler did not stop when asked. If the event loop does not even turn, any attempt in the process may be the one
   * that blocks it, so nobody is charged and all of them are lost; alone, there is no doubt.
   */
  #kill(id: number): void {
    if (!this.#hasGreeted) this.#settle(id, UNHARMED);
    const attempt = this.#attempts.get(id);
    if (attempt === undefined) return;
    attempt.hasOverrun = attempt.isAborting || this.#options.isAlone;
    this.#isBlameless ||= attempt.hasOverrun;
    this.#die();
  }

  #die(): void {
    this.state = 'ending';
    this.#process.kill('SIGKILL');
  }

  #read(reader: FrameReader<FromWorker>, chunk: Buffer): void {
    let messages: FromWorker[];
    try {
      messages = reader.read(chunk);
    } catch {
      // Somebody else wrote to our socket; nothing that follows can be understood.
      this.#die();
      return;
    }
    for (const message of messages) this.#receive(message);
  }

  #hear(line: string): void {
    if (OUT_OF_MEMORY.test(line)) this.#fall = { error: 'OutOfMemory' };
    this.#options.onPrinted(line, this.pid);
  }

  #receive(message: FromWorker): void {
    if (message.kind === 'hello') {
      clearTimeout(this.#helloTimer);
      this.#hasGreeted = true;
      if (this.state === 'starting') this.state = 'ready';
      for (const [id, { start }] of this.#attempts) this.#writer.send({ kind: 'start', id, start });
      this.#greeted.resolve(message.types);
      return;
    }
    if (message.kind === 'falling') {
      const { error, place } = message;
      this.#fall = { error, ...(place !== undefined && { place }) };
      return;
    }
    if (message.kind === 'unable') {
      // Another process has loaded the type: this one is replaced, and nobody is charged for it.
      this.#options.onUnable(message.loaded);
      this.end();
      return;
    }
    const attempt = this.#attempts.get(message.id);
    if (attempt === undefined) return;
    if (message.kind === 'progress') attempt.request.onProgress(message.progress);
    else if (message.kind === 'aborting') attempt.isAborting = true;
    else this.#settle(message.id, message.outcome);
  }

  #settle(id: number, outcome: RunOutcome): void {
    this.#attempts.get(id)?.settle(outcome);
    this.#attempts.delete(id);
  }

  #bury(reason: string): void {
    clearTimeout(this.#helloTimer);
    this.state = 'ending';
    this.#buried.resolve({ reason, lost: this.load, ...this.#fall });
    this.#greeted.resolve(undefined);
    const others = this.#isBlameless || !this.#hasGreeted ? UNHARMED : LOST;
    for (const [id, { hasOverrun }] of this.#attempts) this.#settle(id, hasOverrun ? OVERRAN : others);
  }
}
