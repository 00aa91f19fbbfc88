/**
 * How late things are. What CORE promises without faults is judged in seeds that have none; what it promises after them,
 * once they are healed. All else is measured, for coverage.ts to print.
 */
import type { Bell } from '../core/ports.ts';
import type { LedgerTask, TaskKey } from '../core/task.ts';
import { isFinal, isReady } from '../core/task.ts';
import type { Violation } from './checker.ts';
import type { Fault, Faults } from './faults.ts';
import type { Write } from './simulated-store.ts';
import { isReadable } from './simulated-store.ts';

const SCHEDULED_LATE_MS = 6_000;
const RESTART_LATE_MS = 30_000;
const WORKERS_ON_LATE_MS = 10_000;
/** Two of the shortest gaps of the sweeper, for its last look may have been just too early, and a round. */
const QUEUE_BACK_LATE_MS = 75_000;
const MOST_PAGES = 3;
const HINDERS_RESTARTS: readonly Fault[] = ['slow-call', 'commit-fails', 'clock-offset', 'clock-jump'];

export interface Measured {
  /** From the start a client asked for to the start, in calm seeds. */
  readonly scheduledLateMs: number[];
  /** From the death of a server, or the return of its power, to the first attempt of what waited, where nothing else goes wrong. */
  readonly restartMs: number[];
  /** The same among other faults. */
  readonly hinderedRestartMs: number[];
  /** From the return of workers to the first attempt. */
  readonly workersOnMs: number[];
  /** From the return of the queue to the first attempt of what could not be rung for, however long it was away. */
  readonly queueBackMs: number[];
  /** From the reap of a lost attempt to the next claim. */
  readonly reclaimMs: number[];
  /**
   * Of each budget of each task that some worker knows, without one for each lost attempt. A redrive begins anew, and what
   * nobody can run is rung for once a minute until it expires.
   */
  readonly bells: number[];
}

interface PromptnessOptions {
  readonly nowMs: () => number;
  readonly isCloud: boolean;
  readonly faults: Faults;
  readonly violations: Violation[];
}

const nameOf = ({ tenant, taskId }: TaskKey): string => `${tenant}/${taskId}`;

export class Promptness {
  readonly measured: Measured = {
    scheduledLateMs: [],
    restartMs: [],
    hinderedRestartMs: [],
    workersOnMs: [],
    queueBackMs: [],
    reclaimMs: [],
    bells: [],
  };
  readonly #options: PromptnessOptions;
  readonly #bells = new Map<string, number>();
  /** On how many pages in a row each due item stood without a move. */
  readonly #passed = new Map<string, number>();
  readonly #reaped = new Map<string, number>();
  #waitingSinceMs = 0;
  /** What was ready when the queue came back, and when that was. */
  readonly #unrung = new Map<string, number>();
  /** What waits for whoever runs attempts to come back. */
  #waiting = new Set<string>();
  #wasDisturbed = false;

  constructor(options: PromptnessOptions) {
    this.#options = options;
  }

  #violated(invariant: string, taskId: string, what: string): void {
    this.#options.violations.push({ invariant, taskId, what });
  }

  rang(bell: Bell): void {
    if (bell.type !== 'ghost') this.#bells.set(nameOf(bell), (this.#bells.get(nameOf(bell)) ?? 0) + 1);
  }

  ended(): Measured {
    this.measured.bells.push(...this.#bells.values());
    this.#bells.clear();
    return this.measured;
  }

  #countBells(move: Write['name'], name: string): void {
    const bells = this.#bells.get(name);
    if (bells === undefined) return;
    if (move === 'reap') this.#bells.set(name, bells - 1);
    if (move !== 'redrive') return;
    this.measured.bells.push(bells);
    this.#bells.delete(name);
  }

  wrote({ name, after }: Write): void {
    const { nowMs } = this.#options;
    this.#countBells(name, nameOf(after));
    this.#passed.delete(nameOf(after));
    if (isFinal(after)) {
      this.#waiting.delete(nameOf(after));
      this.#unrung.delete(nameOf(after));
    }
    if (name === 'reap' && isReady(after)) this.#reaped.set(nameOf(after), nowMs());
    const reapedAtMs = this.#reaped.get(nameOf(after));
    if (name !== 'claim' || reapedAtMs === undefined) return;
    this.measured.reclaimMs.push(nowMs() - reapedAtMs);
    this.#reaped.delete(nameOf(after));
  }

  /** One page of a sweeper. Once nothing fails any more, a due item is moved before it stands on a fourth. */
  paged(keys: TaskKey[], items: ReadonlyMap<string, LedgerTask>, sweeperNowMs: number): TaskKey[] {
    const { areOver, isCalm } = this.#options.faults;
    if (!areOver && !isCalm) return keys;
    for (const key of keys) {
      const name = nameOf(key);
      if ((items.get(name)?.dueMs ?? Infinity) > sweeperNowMs) continue;
      const pages = (this.#passed.get(name) ?? 0) + 1;
      this.#passed.set(name, pages);
      if (pages > MOST_PAGES) this.#violated('L1', key.taskId, `due, and on ${pages} pages without a move`);
    }
    return keys;
  }

  /** A server died, or its power is back only now: what runs or could run goes on with the next one. */
  wentDown(items: Iterable<LedgerTask>): void {
    const nowMs = this.#options.nowMs();
    this.#waitFor(items, (task) => task.status === 'running' || isDueToRun(task, nowMs));
  }

  /** Workers come back: what was submitted while there were none is fresh, its bells wait. */
  workersReturn(items: Iterable<LedgerTask>, awaySinceMs: number): void {
    const nowMs = this.#options.nowMs();
    const isFresh = ({ fence, type, createdAtMs }: LedgerTask) =>
      fence === 0 && type !== 'late' && createdAtMs > awaySinceMs;
    this.#waitFor(items, (task) => isFresh(task) && isDueToRun(task, nowMs));
  }

  queueReturns(items: Iterable<LedgerTask>): void {
    const nowMs = this.#options.nowMs();
    const waiting = [...items].filter((task) => isServed(task) && task.type !== 'late' && isDueToRun(task, nowMs));
    for (const task of waiting) this.#unrung.set(nameOf(task), nowMs);
  }

  #waitFor(items: Iterable<LedgerTask>, isWaiting: (task: LedgerTask) => boolean): void {
    this.#waiting = new Set([...items].filter((task) => isServed(task) && isWaiting(task)).map(nameOf));
    this.#waitingSinceMs = this.#options.nowMs();
    this.#wasDisturbed = false;
  }

  /** What makes a restart late for other reasons. */
  disturbed(): void {
    this.#wasDisturbed = true;
  }

  started(task: LedgerTask): void {
    const { faults, isCloud, nowMs } = this.#options;
    if (this.#waiting.has(nameOf(task))) {
      this.#continued(nowMs() - this.#waitingSinceMs, isCloud);
      this.#waiting.clear();
    }
    this.#rungFor(task);
    if (!faults.isCalm || task.fence !== 1 || task.runAtMs === undefined) return;
    const lateMs = nowMs() - task.runAtMs;
    this.measured.scheduledLateMs.push(lateMs);
    if (lateMs > SCHEDULED_LATE_MS) this.#violated('L1', task.taskId, `scheduled, and started ${lateMs} ms late`);
  }

  #rungFor(task: LedgerTask): void {
    const sinceMs = this.#unrung.get(nameOf(task));
    if (sinceMs === undefined) return;
    this.#unrung.delete(nameOf(task));
    const lateMs = this.#options.nowMs() - sinceMs;
    this.measured.queueBackMs.push(lateMs);
    // Only where nothing but the queue was away, and not behind poison: whatever else is lost has gaps of its own.
    if (this.#options.faults.chosen.size === 1 && !task.suspect && lateMs > QUEUE_BACK_LATE_MS) {
      this.#violated('S18', task.taskId, `started ${lateMs} ms after the queue was back`);
    }
  }

  #continued(lateMs: number, isCloud: boolean): void {
    const { chosen } = this.#options.faults;
    const isHindered = this.#wasDisturbed || HINDERS_RESTARTS.some((kind) => chosen.has(kind));
    const { workersOnMs, hinderedRestartMs, restartMs } = this.measured;
    (isCloud ? workersOnMs : isHindered ? hinderedRestartMs : restartMs).push(lateMs);
    // In a cloud only where nothing but the workers was away: lost bells wait for the sweeper.
    const isJudged = isCloud ? chosen.size === 1 : !isHindered;
    if (!isJudged || lateMs <= (isCloud ? WORKERS_ON_LATE_MS : RESTART_LATE_MS)) return;
    this.#violated('L1', '', `work went on ${lateMs} ms after a restart`);
  }
}

const isServed = (task: LedgerTask): boolean => isReadable(task) && task.type !== 'ghost' && !task.cancelRequested;

const isDueToRun = (task: LedgerTask, nowMs: number): boolean => isReady(task) && task.notBeforeMs <= nowMs;
