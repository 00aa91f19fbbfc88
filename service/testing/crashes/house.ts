/**
 * One run of one scenario: processes that may die, what they share, and virtual time, which stands still while a real
 * request is under way. The engines say which processes there are and what survives them.
 */
import type { DeadLetters, Doorbell, Ledger, Ports } from '../../core/ports.ts';
import type { Policy, Rules } from '../../core/rules.ts';
import { DEFAULT_POLICY, SECOND, STANDARD } from '../../core/rules.ts';
import type { Desk } from '../../core/operate.ts';
import type { LedgerTask } from '../../core/task.ts';
import type { AuditRow } from '../audit.ts';
import type { VirtualTime } from '../virtual-time.ts';
import type { Fate, Mortal } from './mortal.ts';

const constants = { ...STANDARD, leaseGraceMs: 4_000, marginMs: SECOND, progressEveryMs: SECOND };
const policy: Policy = {
  ...DEFAULT_POLICY,
  timeoutMs: 10_000,
  backoff: { floorMs: 100, baseMs: SECOND, capMs: 10_000 },
};

export const TENANT = 'alpha';
export const TYPE = 'quick';
export const RULES: Rules = {
  constants: { ...constants, ringGraceMs: 3_000, announceGraceMs: 3_000 },
  policyOf: () => policy,
};
/** From a death to the next process in its place. */
export const RESTART_MS = 700;

/** What was observed by somebody who is neither the core nor an engine. */
export interface Observed {
  readonly history: readonly AuditRow[];
  readonly task: LedgerTask | undefined;
  readonly bells: number;
  readonly told: number;
}

export abstract class House {
  readonly fate: Fate;
  readonly time: VirtualTime;
  readonly sweepEveryMs: number = 3_000;
  /** Real requests, which take no virtual time. */
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #bells = new Map<string, number>();
  readonly #told = new Map<string, number>();
  readonly #losses = new Set<'bell' | 'death'>();

  constructor(fate: Fate, time: VirtualTime) {
    this.fate = fate;
    this.time = time;
  }

  /** Whoever answers requests now; undefined while nobody does. */
  abstract desk(): { readonly desk: Desk; readonly by: Mortal } | undefined;
  /** A graceful stop of whoever runs attempts; another one takes the place. */
  abstract stopWorker(): void;
  /** The same process without any grace. */
  abstract killWorker(): void;
  /** The process of a handler is gone: on one machine the server lives on, and says so. */
  abstract loseHandler(by: Mortal, gone: () => void): void;
  abstract statusOf(taskId: string): LedgerTask['status'] | undefined;
  /** Whether what was accepted is settled; judges nothing. */
  abstract observe(taskId: string): Promise<Observed>;
  /** What else the engine has seen that must not be. */
  abstract complaints(): readonly string[];
  abstract close(): Promise<void>;

  after(ms: number, run: () => void): () => void {
    return this.time.after(ms, run);
  }

  /** While this is under way time stands still. Calls that travel in virtual time say nothing. */
  waitFor(request: Promise<unknown>): void {
    this.#underWay.add(request);
    const over = (): void => void this.#underWay.delete(request);
    request.then(over, over);
  }

  bellsOf(taskId: string): number {
    return this.#bells.get(taskId) ?? 0;
  }

  toldOf(taskId: string): number {
    return this.#told.get(taskId) ?? 0;
  }

  /** The next bell is lost, or the next death cannot be told of: the sweeper has to find out. */
  lose(what: 'bell' | 'death'): void {
    this.#losses.add(what);
  }

  #isStruck(what: 'bell' | 'death'): boolean {
    return this.#losses.delete(what);
  }

  protected countedBells(doorbell: Doorbell): Doorbell {
    return {
      depth: (lane, tenant) => doorbell.depth(lane, tenant),
      ring: async (bells) => {
        for (const { taskId } of bells) this.#bells.set(taskId, this.bellsOf(taskId) + 1);
        return this.#isStruck('bell') ? bells.map(() => 'rung') : doorbell.ring(bells);
      },
    };
  }

  protected countedDeaths(deadLetters: DeadLetters): DeadLetters {
    return {
      announce: async (tasks) => {
        if (this.#isStruck('death')) return tasks.map(() => 'failed');
        const sent = await deadLetters.announce(tasks);
        for (const [i, { taskId }] of tasks.entries()) {
          if (sent[i] === 'sent') this.#told.set(taskId, this.toldOf(taskId) + 1);
        }
        return sent;
      },
    };
  }

  /** Resolves when nobody waits for anything but time. */
  async #quiet(): Promise<void> {
    do {
      while (this.#underWay.size > 0) await Promise.allSettled([...this.#underWay]);
      await turn();
      await turn();
    } while (this.#underWay.size > 0);
  }

  /** True as soon as it is so; false when it has not been for so long. */
  async play(isDone: () => boolean, mostMs: number): Promise<boolean> {
    const untilMs = this.time.nowMs + mostMs;
    for (;;) {
      await this.#quiet();
      if (isDone()) return true;
      if (this.time.nowMs >= untilMs) return false;
      let events = 0;
      await this.time.play(() => (events += 1) > 1, untilMs);
    }
  }

  /** Plays until the work is done; throws when that takes too long. */
  async until<T>(work: Promise<T>, mostMs: number): Promise<T> {
    let isDone = false;
    const done = (): void => void (isDone = true);
    work.then(done, done);
    if (await this.play(() => isDone, mostMs)) return work;
    throw new Error(`After ${mostMs / SECOND} s nothing has come of it.`);
  }
}

export const guardedPorts = (by: Mortal, ports: Ports, counts = true): Ports => ({
  ...ports,
  ledger: by.guarded<Ledger>('ledger', ports.ledger, { counts }),
  keyValue: by.guarded('keyValue', ports.keyValue, { counts }),
  statistics: by.guarded('statistics', ports.statistics, { counts }),
  doorbell: by.guarded('doorbell', ports.doorbell, { only: ['ring', 'depth'], counts }),
  publisher: by.guarded('publisher', ports.publisher, { counts }),
  deadLetters: by.guarded('deadLetters', ports.deadLetters, { counts }),
  clock: by.clock,
});

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
