/**
 * The worker processes of one kind: shared ones, or those in which an attempt is alone. Replaces what dies: at once
 * after it has worked, with growing pauses when it cannot even start.
 */
import type { Run, RunRequest } from '../core/ports.ts';
import { SECOND } from '../core/rules.ts';
import type { Ending, ProcessOptions } from './pool-process.ts';
import { NEVER_BEGUN, WorkerProcess } from './pool-process.ts';
import type { LoadedType } from './worker-messages.ts';

export interface CrewOptions extends ProcessOptions {
  /** At most so many processes … */
  readonly size: number;
  /** … of which so many are kept ready; the others come when needed and leave when idle. */
  readonly warm: number;
  readonly onHello: (types: readonly LoadedType[]) => void;
  /** A process has become ready, or has ended. */
  readonly onChange: () => void;
  readonly onEnded: (pid: number | undefined, ending: Ending) => void;
}

const RESPAWN_FIRST_MS = 100;
const RESPAWN_CAP_MS = 2 * SECOND;
/** A process that ends younger than this without ever having worked has failed to start. */
const YOUNG_MS = 5 * SECOND;
const IDLE_MS = 30 * SECOND;

/** One that is ready before one that is starting, then the one with less to do. */
function isFreer(one: WorkerProcess, other: WorkerProcess): boolean {
  if (one.state !== other.state) return one.state === 'ready';
  return one.load < other.load;
}

export class Crew {
  /** Why its processes cannot start; undefined when they can. */
  problem: string | undefined;
  readonly #options: CrewOptions;
  readonly #members = new Set<WorkerProcess>();
  #failedStarts = 0;
  #respawnTimer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(options: CrewOptions) {
    this.#options = options;
    this.#fill();
  }

  get ready(): number {
    let count = 0;
    for (const { state } of this.#members) if (state === 'ready') count += 1;
    return count;
  }

  /** Processes that are ready, or that can be had when needed. */
  get available(): number {
    const canGrow = this.problem === undefined && this.#respawnTimer === undefined && !this.#isStopped;
    return canGrow && this.#options.warm < this.#options.size ? this.#options.size : this.ready;
  }

  /** In the freest process; how many there may be in one is for the caller to keep, unless it has to be alone. */
  start(request: RunRequest): Run {
    const member = this.#freest() ?? this.#spawn();
    if (member === undefined) return NEVER_BEGUN;
    const run = member.start(request);
    if (this.#options.isAlone) void this.#endAfter(run, member);
    return run;
  }

  /** What one attempt leaves behind, a timer or a leak, must not be charged to the next: alone means alone. [S13] */
  async #endAfter(run: Run, member: WorkerProcess): Promise<void> {
    this.#fill();
    await run.outcome;
    member.end();
  }

  /** Ends all processes and what runs in them, and starts no more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#respawnTimer);
    const members = [...this.#members];
    for (const member of members) member.end();
    await Promise.all(members.map(({ ended }) => ended));
  }

  get #living(): WorkerProcess[] {
    return [...this.#members].filter(({ state }) => state !== 'ending');
  }

  #freest(): WorkerProcess | undefined {
    let freest: WorkerProcess | undefined;
    for (const member of this.#members) {
      if (member.state === 'ending' || (this.#options.isAlone && member.given > 0)) continue;
      if (freest === undefined || isFreer(member, freest)) freest = member;
    }
    return freest;
  }

  /** As many as are to be warm, beside those that are used up by their one attempt. */
  #fill(): void {
    const usable = () => this.#living.filter(({ given }) => given === 0 || !this.#options.isAlone).length;
    while (usable() < this.#options.warm) if (!this.#spawn()) return;
  }

  #spawn(): WorkerProcess | undefined {
    if (this.#isStopped || this.#respawnTimer || this.#living.length >= this.#options.size) return undefined;
    try {
      const member = new WorkerProcess(this.#options);
      void this.#tend(member);
      return member;
    } catch (error) {
      // The machine is out of processes, pipes or memory.
      this.#failToStart(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  /** The life of one process. */
  async #tend(member: WorkerProcess): Promise<void> {
    const { onHello, onChange, onEnded } = this.#options;
    this.#members.add(member);
    const bornAtMs = performance.now();
    const types = await member.hello;
    if (types) {
      this.problem = undefined;
      onHello(types);
      onChange();
    }
    const stopWatching = this.#endWhenIdle(member);
    const ending = await member.ended;
    stopWatching();
    this.#members.delete(member);
    if (this.#isStopped) return;
    if (!member.wasEnded || ending.lost > 0) onEnded(member.pid, ending);
    if (types && (member.given > 0 || performance.now() - bornAtMs > YOUNG_MS)) this.#failedStarts = 0;
    else this.#failToStart(ending.reason);
    this.#fill();
    onChange();
  }

  #failToStart(reason: string): void {
    this.#failedStarts += 1;
    if (this.ready === 0) this.problem = `worker processes end at their start: ${reason}`;
    const pauseMs = Math.min(RESPAWN_CAP_MS, RESPAWN_FIRST_MS * 2 ** (this.#failedStarts - 1));
    clearTimeout(this.#respawnTimer);
    this.#respawnTimer = setTimeout(() => {
      this.#respawnTimer = undefined;
      this.#fill();
      this.#options.onChange();
    }, pauseMs);
  }

  #endWhenIdle(member: WorkerProcess): () => void {
    let givenBefore = -1;
    const timer = setInterval(() => {
      const isIdle = member.load === 0 && member.given === givenBefore;
      givenBefore = member.given;
      if (isIdle && this.#living.length > this.#options.warm) member.end();
    }, IDLE_MS);
    return () => clearInterval(timer);
  }
}
