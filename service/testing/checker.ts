/** The invariants, checked at every write, ring and start by somebody who does not use the code that keeps them. */
import type { Bell, RunRequest } from '../core/ports.ts';
import type { Rules } from '../core/rules.ts';
import { neededDueMs } from '../core/rules.ts';
import type { LedgerTask, TaskKey } from '../core/task.ts';
import { isFinal, isReady } from '../core/task.ts';
import type { Write } from './simulated-store.ts';

export interface Violation {
  readonly invariant: string;
  readonly taskId: string;
  readonly what: string;
}

const COMMITS = ['succeed', 'fail', 'die', 'release', 'checkpoint', 'cancelled'];
const RINGERS = ['submit', 'fail', 'release', 'checkpoint', 'reap', 'wake', 'ringAgain', 'redrive'];
const MOVES_OF_THE_DEAD = ['announceAgain', 'announced', 'redrive', 'discard', 'pushOn'];
const HORIZON_MS = 600_000;

const nameOf = ({ tenant, taskId }: TaskKey): string => `${tenant}/${taskId}`;

export class Checker {
  readonly violations: Violation[] = [];
  readonly moves = new Map<string, number>();
  readonly #rules: Rules;
  readonly #nowMs: () => number;
  /** Where nobody can tell the death of a server from that of a handler. */
  readonly #isCloud: boolean;
  readonly #starts = new Map<string, { isAlone: boolean; isAlive: () => boolean }>();
  readonly #permits = new Map<string, number>();
  readonly #rings = new Map<string, number>();

  constructor({ rules, nowMs, isCloud }: { rules: Rules; nowMs: () => number; isCloud: boolean }) {
    this.#rules = rules;
    this.#nowMs = nowMs;
    this.#isCloud = isCloud;
  }

  #expect(holds: boolean, invariant: string, [task, what]: [TaskKey, string]): void {
    if (!holds) this.violations.push({ invariant, taskId: task.taskId, what });
  }

  /** `writerNowMs` is what the writer's clock showed when the write arrived, ± its way. */
  wrote({ name, before, after }: Write, writerNowMs: number): void {
    this.moves.set(name, (this.moves.get(name) ?? 0) + 1);
    this.#checkTenant(after, before);
    if (RINGERS.includes(name)) this.#permits.set(nameOf(after), (this.#permits.get(nameOf(after)) ?? 0) + 1);
    if (before) this.#checkChange(name, before, after);
    if (before && name === 'claim') this.#checkClaim(before, after, writerNowMs);
    // When the sweeper looked; its clock may have been set since.
    const lookedAtMs = Math.max(writerNowMs, after.updatedAtMs);
    if (before && name === 'reap') this.#checkReap(before, after, lookedAtMs);
    if (before && name === 'redrive') this.#checkRedrive(before, after);
    if (before && name === 'ringAgain') {
      const needed = neededDueMs(before, lookedAtMs, this.#rules) ?? 0;
      this.#expect(needed <= lookedAtMs + 50, 'S9', [after, 'rung before anybody had to look']);
    }
    this.#checkState(after, writerNowMs);
  }

  /** Every submission says in its payload whose it is. */
  #checkTenant(task: LedgerTask, before: LedgerTask | undefined): void {
    const { tenant = task.tenant } = JSON.parse(task.payload) as { tenant?: string };
    this.#expect(tenant === task.tenant, 'S14', [task, `${task.tenant} has a task of ${tenant}`]);
    this.#expect(!before || nameOf(before) === nameOf(task), 'S14', [task, 'a move changed whose task it is']);
  }

  #checkChange(name: string, before: LedgerTask, after: LedgerTask): void {
    this.#expect(after.version === before.version + 1, 'S5', [after, `version ${before.version} → ${after.version}`]);
    this.#expect(after.fence === before.fence + (name === 'claim' ? 1 : 0), 'S3', [after, `${name} moved the fence`]);
    if (before.status === 'succeeded' || before.status === 'cancelled') {
      this.#expect(name === 'pushOn', 'S2', [after, `${name} changed a ${before.status} task`]);
    }
    if (before.status === 'dead') {
      this.#expect(MOVES_OF_THE_DEAD.includes(name), 'S2', [after, `${name} changed a dead task`]);
      this.#expect(name !== 'redrive' || before.announcement === 'sent', 'S6', [after, 'redriven before announced']);
    }
    if (COMMITS.includes(name)) {
      const committed = after.attempts.at(-1)?.fence;
      this.#expect(before.status === 'running', 'S4', [after, `${name} of a ${before.status} task`]);
      this.#expect(committed === before.fence, 'S4', [after, `attempt ${committed} committed under ${before.fence}`]);
    }
    if (before.cancelRequested && name !== 'redrive') {
      this.#expect(!isReady(after), 'S10', [after, `${name} sent a task with a cancel request to ${after.status}`]);
    }
    if (['defer', 'release', 'checkpoint', 'cancel'].includes(name)) {
      const budgets = (task: LedgerTask) => [task.failures, task.crashes, task.budgetBase].join();
      this.#expect(budgets(before) === budgets(after), 'S12', [after, `${name} touched a budget`]);
    }
  }

  #checkClaim(before: LedgerTask, after: LedgerTask, writerNowMs: number): void {
    this.#expect(isReady(before), 'S4', [after, `claimed while ${before.status}`]);
    this.#expect(!before.cancelRequested, 'S10', [after, 'claimed after a cancel request']);
    // By the claimer's clock as it was when the call left: it may have been set while the call travelled.
    const claimerNowMs = Math.max(writerNowMs, after.startedAtMs ?? 0);
    this.#expect(before.notBeforeMs <= claimerNowMs + 1_000, 'S11', [after, 'claimed before its time']);
  }

  #checkReap(before: LedgerTask, after: LedgerTask, writerNowMs: number): void {
    this.#expect(after.owner !== before.owner, 'S4', [after, 'a reap left the owner']);
    const start = this.#starts.get(`${nameOf(before)}#${before.fence}`);
    const isAlive = start?.isAlive() ?? false;
    const isOver = (before.leaseUntilMs ?? 0) + this.#rules.constants.marginMs <= writerNowMs + 50;
    this.#expect(!isAlive || (this.#isCloud && isOver), 'S13', [after, 'reaped while it ran']);
    // Before its lease is over an attempt may be ended only by whoever has seen its process end.
    this.#expect(isOver || !this.#isCloud || start !== undefined, 'S4', [after, 'reaped under a lease that runs']);
    if (after.crashes === before.crashes) {
      const isItsOwn = this.#isCloud && before.suspect === true && start?.isAlone === true;
      this.#expect(!isItsOwn, 'L1', [after, 'a loss alone in its process was not charged']);
      return;
    }
    const overran = after.attempts.at(-1)?.outcome === 'timed-out';
    this.#expect(overran || (start?.isAlone ?? true), 'S13', [after, 'charged for an attempt beside others']);
  }

  #checkRedrive(before: LedgerTask, after: LedgerTask): void {
    const isAnew =
      after.crashes === 0 && after.lostInRow === 0 && !after.suspect && after.budgetBase === before.failures;
    this.#expect(isAnew, 'S7', [after, 'a redrive kept something of the old budget']);
  }

  #checkState(task: LedgerTask, writerNowMs: number): void {
    const hasDue = task.dueMs !== undefined;
    if (!isFinal(task)) this.#expect(hasDue, 'S8', [task, `${task.status} and nobody will look`]);
    if (task.status === 'dead') {
      this.#expect(task.announcement === 'sent' || hasDue, 'S6', [task, 'dead, unannounced and nobody will look']);
    }
    const budget = this.#rules.policyOf(task.type).maxAttempts;
    const used = task.failures - task.budgetBase;
    this.#expect(used <= budget && task.crashes <= 3, 'S7', [task, `${used} failures, ${task.crashes} crashes`]);
    const bound = this.#latestDue(task, writerNowMs);
    this.#expect((task.dueMs ?? 0) <= bound, 'S18', [task, `${task.status}: due ${task.dueMs} > ${bound}`]);
  }

  #latestDue(task: LedgerTask, writerNowMs: number): number {
    if (task.schema > 1) return Infinity;
    if (isReady(task)) return Math.max(writerNowMs, task.notBeforeMs, task.leaseUntilMs ?? 0) + HORIZON_MS;
    if (task.status === 'running') return (task.leaseUntilMs ?? 0) + this.#rules.constants.marginMs;
    return Infinity;
  }

  /** One ring by the core, whatever becomes of the bell. */
  rang(bell: Bell): void {
    const count = (this.#rings.get(nameOf(bell)) ?? 0) + 1;
    this.#rings.set(nameOf(bell), count);
    const permits = this.#permits.get(nameOf(bell)) ?? 0;
    this.#expect(count <= permits, 'S9', [bell, `${count} rings for ${permits} moves that permit one`]);
  }

  /** A handler starts, with so many others in its process. */
  started({ task, isolated }: RunRequest, neighbours: number, isAlive: () => boolean): void {
    const name = `${nameOf(task)}#${task.fence}`;
    this.#checkTenant(task, undefined);
    this.#expect(!this.#starts.has(name), 'S3', [task, `two starts under fence ${task.fence}`]);
    this.#starts.set(name, { isAlone: isolated && neighbours === 0, isAlive });
    if (task.suspect || isolated) this.#expect(neighbours === 0 && isolated, 'S13', [task, 'ran beside others']);
  }

  /** After the healing, an item may be overdue only as long as the sweepers need to come round. */
  checkOverdue(items: Iterable<LedgerTask>, patienceMs: number): void {
    const now = this.#nowMs();
    for (const task of items) {
      const late = now - (task.dueMs ?? Infinity);
      this.#expect(late <= patienceMs, 'L1', [task, `overdue for ${late} ms and nobody looked`]);
    }
  }

  atEnd(items: ReadonlyMap<string, LedgerTask>, accepted: ReadonlyMap<string, TaskKey>): void {
    for (const [name, key] of accepted) {
      const task = items.get(name);
      this.#expect(task !== undefined, 'S1', [key, 'accepted and gone']);
      if (!task || task.schema > 1) continue;
      const settled = isFinal(task) && task.announcement !== 'pending';
      this.#checkEnd(task);
      this.#expect(settled, 'L1', [task, `still ${task.status} ${task.announcement ?? ''} at the end`]);
    }
  }

  /** Where every loss has a known cause, only poison dies of it. */
  #checkEnd({ status, lastFailure, lostInRow, ...task }: LedgerTask): void {
    const isLoss = status === 'dead' && (lastFailure?.class === 'CRASH' || lastFailure?.code === 'overran');
    const isPoison = /"(crash|hang|block)"/.test(task.payload) || lostInRow >= 10;
    this.#expect(!isLoss || isPoison || this.#isCloud, 'S13', [task, 'died of the crashes of others']);
  }

  checkQueue(bells: number, tasks: number): void {
    if (bells > 3 * tasks)
      this.violations.push({ invariant: 'L2', taskId: '', what: `${bells} bells for ${tasks} tasks` });
  }
}
