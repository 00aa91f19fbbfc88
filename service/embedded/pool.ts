/**
 * Runs attempts in worker processes: shared ones, and for suspect tasks some in which an attempt is alone, so that a
 * poisonous task costs the attempts of its own process and never the server. [S13]
 */
import type { Log, Run, Runner, RunRequest } from '../core/ports.ts';
import type { Policy } from '../core/rules.ts';
import type { CrewOptions } from './pool-crew.ts';
import { Crew } from './pool-crew.ts';
import type { ProbeTimes } from './type-probes.ts';
import { TypeProbes } from './type-probes.ts';
import type { LoadedType } from './worker-messages.ts';

export interface PoolOptions {
  /** One folder per task type, named like it. Known to load. */
  readonly typeFolders: readonly string[];
  /** Likewise, of anybody's making: judged in processes of their own before a worker loads them. */
  readonly ownTypeFolders?: readonly string[];
  readonly probeTimes?: ProbeTimes | undefined;
  /** Of a type of anybody's making; one that is not is judged again. */
  readonly isUsable?: ((loaded: LoadedType) => boolean) | undefined;
  /** Shared processes. */
  readonly workers: number;
  /** Attempts in one shared process. */
  readonly concurrency: number;
  readonly workerMemoryMb: number;
  readonly log: Log;
}

const MOST_ISOLATED = 4;

export class Pool implements Runner {
  /** Called when there may be room that was not there before. */
  onChange: () => void = () => undefined;
  /** Resolves when attempts can be run, or when it is known that no worker can start. */
  readonly decided: Promise<undefined>;
  readonly #options: PoolOptions;
  readonly #shared: Crew;
  readonly #isolated: Crew;
  readonly #probes: TypeProbes;
  readonly #types = new Map<string, LoadedType>();

  constructor(options: PoolOptions) {
    const { workers, concurrency, typeFolders, ownTypeFolders = [], workerMemoryMb: memoryMb, log } = options;
    const decided = Promise.withResolvers<undefined>();
    const onJudged = (loaded: LoadedType) => this.#learn([loaded]);
    const onPrinted = (printed: string, pid: number | undefined) => log.debug('handler-printed', { pid, printed });
    const { probeTimes: times, isUsable } = options;
    this.#probes = new TypeProbes({ folders: ownTypeFolders, memoryMb, onJudged, onPrinted, isUsable, times });
    this.decided = this.#probes.judged.then(() => decided.promise);
    this.#options = options;
    // Half as many attempts as beside others, but each is a process: few, and only one of them always warm.
    const isolatedSize = Math.max(1, Math.min(MOST_ISOLATED, Math.floor((workers * concurrency) / 2)));
    const common: Omit<CrewOptions, 'size' | 'warm' | 'isAlone'> = {
      typeFolders,
      ownTypeFolders,
      memoryMb,
      onUnable: (loaded) => this.#doubt(loaded),
      onPrinted,
      onHello: (types) => this.#learn(types),
      onChange: () => {
        if (this.workersReady > 0 || this.problem !== undefined) decided.resolve(undefined);
        this.onChange();
      },
      onEnded: (pid, ending) => log.warn('worker-ended', { pid, ...ending }),
    };
    this.#shared = new Crew({ ...common, isAlone: false, size: workers, warm: workers });
    this.#isolated = new Crew({ ...common, isAlone: true, size: isolatedSize, warm: 1 });
  }

  start(request: RunRequest): Run {
    return (request.isolated ? this.#isolated : this.#shared).start(request);
  }

  /** How many attempts may run at once as things stand. */
  slots(isolated: boolean): number {
    return isolated ? this.#isolated.available : this.#shared.available * this.#options.concurrency;
  }

  /** What the workers reported, by name. */
  get types(): ReadonlyMap<string, LoadedType> {
    return this.#types;
  }

  versionsOf(type: string): readonly number[] | undefined {
    return this.#loaded(type)?.payloadVersions;
  }

  policyOf(type: string): Policy | undefined {
    return this.#loaded(type)?.policy;
  }

  /** Shared processes that can take an attempt. */
  get workersReady(): number {
    return this.#shared.ready;
  }

  /** Why workers cannot start, in words; undefined when they can. */
  get problem(): string | undefined {
    return this.#shared.problem ?? this.#isolated.problem;
  }

  /** Ends all processes; what still runs is reported as a neighbour's loss. */
  async stop(): Promise<void> {
    this.#probes.stop();
    await Promise.all([this.#shared.stop(), this.#isolated.stop()]);
  }

  #loaded(type: string) {
    const loaded = this.#types.get(type);
    return loaded && 'policy' in loaded ? loaded : undefined;
  }

  #doubt(loaded: LoadedType): void {
    this.#learn([loaded]);
    this.#probes.suspect(loaded.name);
  }

  #learn(types: readonly LoadedType[]): void {
    for (const loaded of types) {
      const known = this.#types.get(loaded.name);
      this.#types.set(loaded.name, loaded);
      if (!('error' in loaded) || (known && 'error' in known)) continue;
      this.#options.log.warn('type-cannot-load', { type: loaded.name, reason: loaded.error });
    }
  }
}
