/**
 * Judges task types that may be broken in any way, each in a process of its own, before a worker loads them. What cannot be
 * used is judged again after growing pauses: it may be repaired, or its import may have needed something that was away.
 */
import type { ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { text } from 'node:stream/consumers';
import { MINUTE, SECOND } from '../core/rules.ts';
import type { Child } from './spawn-child.ts';
import { endingOf, spawnChild } from './spawn-child.ts';
import type { LoadedType, ProbeSettings } from './worker-messages.ts';

export interface ProbeTimes {
  /** For one type, its process included. */
  readonly withinMs: number;
  /** The first pause before what is broken is judged again; the next are longer. */
  readonly againMs: number;
}

export interface ProbeOptions {
  /** One folder per task type, named like it. */
  readonly folders: readonly string[];
  readonly memoryMb: number;
  readonly onJudged: (loaded: LoadedType) => void;
  readonly onPrinted: (line: string, pid: number | undefined) => void;
  /** Whether new tasks can be run by what was loaded; by default whatever could be loaded is. */
  readonly isUsable?: ((loaded: LoadedType) => boolean) | undefined;
  readonly times?: ProbeTimes | undefined;
}

const STANDARD: ProbeTimes = { withinMs: 10 * SECOND, againMs: 15 * SECOND };
const AGAIN_CAP_MS = 5 * MINUTE;
/** More than cores: those that hang need none, and would hold up the others. */
const AT_ONCE = Math.max(4, availableParallelism());

export class TypeProbes {
  /** Resolves when every type was judged once. */
  readonly judged: Promise<void>;
  readonly #options: ProbeOptions;
  readonly #times: ProbeTimes;
  readonly #broken = new Set<string>();
  readonly #ending = new AbortController();
  #againMs: number;
  #timer: NodeJS.Timeout | undefined;

  /** Begins at once. */
  constructor(options: ProbeOptions) {
    this.#options = options;
    this.#times = options.times ?? STANDARD;
    this.#againMs = this.#times.againMs;
    this.judged = this.#judge(options.folders);
  }

  /** A worker could not load a type that was judged well. */
  suspect(name: string): void {
    const folder = this.#options.folders.find((each) => basename(each) === name);
    if (folder !== undefined) this.#broken.add(folder);
    this.#judgeBrokenLater();
  }

  /** Ends the processes that run, and begins no more. */
  stop(): void {
    this.#ending.abort();
    clearTimeout(this.#timer);
  }

  async #judge(folders: readonly string[]): Promise<void> {
    const waiting = [...folders];
    const judgeNext = async (): Promise<void> => {
      for (let folder; (folder = waiting.shift()) !== undefined;) {
        const loaded = await this.#probe(folder);
        if (this.#ending.signal.aborted) return;
        if (!this.#isUsable(loaded)) this.#broken.add(folder);
        this.#options.onJudged(loaded);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, judgeNext));
    if (this.#broken.size === 0) this.#againMs = this.#times.againMs;
    this.#judgeBrokenLater();
  }

  #isUsable(loaded: LoadedType): boolean {
    return !('error' in loaded) && this.#options.isUsable?.(loaded) !== false;
  }

  #judgeBrokenLater(): void {
    if (this.#broken.size === 0 || this.#timer !== undefined || this.#ending.signal.aborted) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      const folders = [...this.#broken];
      this.#broken.clear();
      void this.#judge(folders);
    }, this.#againMs);
    this.#againMs = Math.min(AGAIN_CAP_MS, this.#againMs * 2);
  }

  async #probe(folder: string): Promise<LoadedType> {
    const name = basename(folder);
    const { withinMs } = this.#times;
    const late = AbortSignal.timeout(withinMs);
    try {
      const { process: child, socket } = this.#spawn(folder, AbortSignal.any([this.#ending.signal, late]));
      const [ending, report] = await Promise.all([ended(child), text(socket)]);
      if (ending === 'code 0' && report !== '') return JSON.parse(report) as LoadedType;
      if (late.aborted) return { name, error: `${name}: its handler did not load within ${withinMs / SECOND} s.` };
      return {
        name,
        error: `${name}: its process ended with ${ending} while its handler loaded; what it printed is in the log at LOG_LEVEL=debug.`,
      };
    } catch (error) {
      return { name, error: `${name}: no process could load its handler: ${String(error)}` };
    }
  }

  #spawn(folder: string, signal: AbortSignal): Child {
    const { memoryMb, onPrinted } = this.#options;
    const settings: ProbeSettings = { folder, memoryMb, parentPid: process.pid };
    return spawnChild({ entry: 'type-probe', settings, onPrinted, signal });
  }
}

/** `code 1` or `signal SIGKILL`, when all it said was read. */
function ended(child: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  child.on('close', (code, signal) => resolve(endingOf(code, signal)));
  // An abort is followed by `close`.
  child.on('error', (error) => (error.name === 'AbortError' ? undefined : reject(error)));
  return promise;
}
