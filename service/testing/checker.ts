/** The invariants, checked at every write, ring and start by somebody who does not use the code that keeps them. */
import type { Bell, RunRequest, Unreadable } from '../core/ports.ts';
import type { Rules } from '../core/rules.ts';
import type { LedgerTask, TaskKey } from '../core/task.ts';
import { isReady } from '../core/task.ts';
import type { Fact } from './facts-of-seed.ts';
import type { Fault } from './faults.ts';
import { brokenIn, earliestRingMs, HORIZON_MS } from './item-checks.ts';
import { isReadable } from './simulated-store.ts';
import type { Write } from './simulated-store.ts';

export interface Violation {
  readonly invariant: string;
  readonly taskId: string;
  readonly what: string;
}

interface Started {
  readonly isAlone: boolean;
  readonly isAlive: () => boolean;
  readonly isFrozen: () => boolean;
}

interface CheckerOptions {
  readonly rules: Rules;
  readonly isCloud: boolean;
  readonly fact: (name: Fact) => void;
  /** The kinds of faults of this seed. */
  readonly chosen: ReadonlySet<Fault>;
}

const COMMITS = ['succeed', 'fail', 'die', 'release', 'checkpoint', 'cancelled'];
const HEARTBEATS_AND_COMMITS = ['heartbeat', ...COMMITS];
/** The handler itself has said something: it was not lost. */
const OWN_OUTCOMES = ['fail', 'die', 'checkpoint'];
const RINGERS = ['submit', 'fail', 'release', 'checkpoint', 'reap', 'wake', 'ringAgain', 'redrive'];
const MOVES_OF_THE_DEAD = ['announceAgain', 'unreached', 'announced', 'redrive', 'discard', 'pushOn'];

/** Made from the item as the sweeper has read it. */
const UNDER_ITS_VERSION = ['recheck', 'wake', 'ringAgain', 'announceAgain'];
/** What can make a living attempt lose its lease. Slowness and lost bells are not among them. */
const ENDS_LEASES: readonly Fault[] = [
  ...(['drop-request', 'drop-reply', 'throttle', 'ledger-down', 'ledger-throttled', 'shard-throttled'] as const),
  ...(['clock-offset', 'clock-jump', 'freeze-process', 'duplicate-call', 'late-duplicate'] as const),
];

export const nameOf = ({ tenant, taskId }: TaskKey): string => `${tenant}/${taskId}`;

export class Checker {
  readonly violations: Violation[] = [];
  readonly moves = new Map<string, number>();
  readonly #rules: Rules;
  /** Where nobody can tell the death of a server from that of a handler. */
  readonly #isCloud: boolean;
  readonly #fact: (name: Fact) => void;
  /** Whether nothing can make a living attempt lose its lease in this seed. */
  readonly #leasesHold: boolean;
  readonly #starts = new Map<string, Started>();
  /** The process that claimed, by task and fence. */
  readonly #claimers = new Map<string, object>();
  readonly #permits = new Map<string, number>();
  readonly #rings = new Map<string, number>();
  /** The fence under which a cancel was confirmed. */
  readonly #cancelled = new Map<string, number>();

  constructor({ rules, isCloud, fact, chosen }: CheckerOptions) {
    this.#rules = rules;
    this.#isCloud = isCloud;
    this.#fact = fact;
    this.#leasesHold = !ENDS_LEASES.some((kind) => chosen.has(kind));
  }

  expect(holds: boolean, invariant: string, [task, what]: [TaskKey, string]): void {
    if (!holds) this.violations.push({ invariant, taskId: task.taskId, what });
  }

  /** `writerNowMs` is what the writer's clock showed when the write arrived, ± its way; `writer` the process. */
  wrote({ name, before, after }: Write, writerNowMs: number, writer: object): void {
    this.moves.set(name, (this.moves.get(name) ?? 0) + 1);
    if (!isReadable(after)) {
      if (before) this.expect(name === 'pushOn', 'S2', [after, `${name} changed what nobody here can read`]);
      if (before) this.#fact('unreadable item pushed on');
      return;
    }
    this.#checkTenant(after, before);
    const isRingable = RINGERS.includes(name) && isReady(after);
    if (isRingable) this.#permits.set(nameOf(after), (this.#permits.get(nameOf(after)) ?? 0) + 1);
    if (before) this.#checkChange(name, before, after);
    if (before && name === 'claim') this.#checkClaim(before, after, writerNowMs);
    const attempt = `${nameOf(after)}#${after.fence}`;
    if (name === 'claim') this.#claimers.set(attempt, writer);
    if (HEARTBEATS_AND_COMMITS.includes(name)) {
      const isItsOwn = (this.#claimers.get(attempt) ?? writer) === writer;
      this.expect(isItsOwn, 'S4', [after, `${name} of an attempt that another process had claimed`]);
    }
    // When the sweeper looked; its clock may have been set since.
    const lookedAtMs = Math.max(writerNowMs, after.updatedAtMs);
    if (before && name === 'reap') this.#checkReap(before, after, lookedAtMs);
    if (before && name === 'redrive') this.#checkRedrive(before, after);
    if (before && (name === 'redrive' || name === 'discard')) {
      const isInInbox = before.status === 'dead' && before.announcement === 'sent';
      this.expect(isInInbox, 'S2', [after, `${name} of a task that is ${before.status} and not in the inbox`]);
    }
    if (before) this.#checkLook(name, [before, after], lookedAtMs);
    for (const [invariant, what] of brokenIn(after, { rules: this.#rules, nowMs: writerNowMs })) {
      this.expect(false, invariant, [after, what]);
    }
  }

  /** Every submission says in its payload whose it is. */
  #checkTenant(task: LedgerTask, before: LedgerTask | undefined): void {
    const { tenant = task.tenant } = JSON.parse(task.payload) as { tenant?: string };
    this.expect(tenant === task.tenant, 'S14', [task, `${task.tenant} has a task of ${tenant}`]);
    this.expect(!before || nameOf(before) === nameOf(task), 'S14', [task, 'a move changed whose task it is']);
  }

  #checkChange(name: string, before: LedgerTask, after: LedgerTask): void {
    this.expect(after.version === before.version + 1, 'S5', [after, `version ${before.version} → ${after.version}`]);
    this.expect(after.fence === before.fence + (name === 'claim' ? 1 : 0), 'S3', [after, `${name} moved the fence`]);
    if (before.status === 'succeeded' || before.status === 'cancelled') {
      this.expect(name === 'pushOn', 'S2', [after, `${name} changed a ${before.status} task`]);
    }
    if (before.status === 'dead') {
      this.expect(MOVES_OF_THE_DEAD.includes(name), 'S2', [after, `${name} changed a dead task`]);
      this.expect(name !== 'redrive' || before.announcement === 'sent', 'S6', [after, 'redriven before announced']);
    }
    if (COMMITS.includes(name)) {
      const committed = after.attempts.at(-1)?.fence;
      this.expect(before.status === 'running', 'S4', [after, `${name} of a ${before.status} task`]);
      this.expect(committed === before.fence, 'S4', [after, `attempt ${committed} committed under ${before.fence}`]);
    }
    if (OWN_OUTCOMES.includes(name)) this.expect(after.lostInRow === 0, 'S7', [after, `${name} left losses in a row`]);
    if (before.cancelRequested && name === 'succeed') this.#fact('cancel lost to a success');
    if (before.cancelRequested && name !== 'redrive') {
      this.expect(!isReady(after), 'S10', [after, `${name} sent a task with a cancel request to ${after.status}`]);
    }
    if (['defer', 'release', 'checkpoint', 'cancel'].includes(name)) {
      const budgets = (task: LedgerTask) => [task.failures, task.crashes, task.budgetBase].join();
      this.expect(budgets(before) === budgets(after), 'S12', [after, `${name} touched a budget`]);
    }
  }

  /** The sweeper's. */
  #checkLook(name: string, [before, after]: readonly [LedgerTask, LedgerTask], lookedAtMs: number): void {
    if (UNDER_ITS_VERSION.includes(name)) {
      this.expect((before.dueMs ?? Infinity) <= lookedAtMs + 50, 'S9', [after, `${name} of what was not due`]);
    }
    if (name === 'ringAgain') {
      const isTime = earliestRingMs(before, this.#rules) <= lookedAtMs + 50;
      this.expect(isTime, 'S9', [after, 'rung before anybody had to look']);
    }
    if (name !== 'unreached') return;
    const isOneLess = after.rings === before.rings - 1 && after.rings >= 0;
    this.expect(isOneLess, 'S18', [after, `looks ${before.rings} → ${after.rings}`]);
    this.expect(after.dueMs === before.dueMs, 'S18', [after, `due ${before.dueMs} → ${after.dueMs}`]);
  }

  #checkClaim(before: LedgerTask, after: LedgerTask, writerNowMs: number): void {
    this.expect(isReady(before), 'S4', [after, `claimed while ${before.status}`]);
    this.expect(!before.cancelRequested, 'S10', [after, 'claimed after a cancel request']);
    // By the claimer's clock as it was when the call left: it may have been set while the call travelled.
    const claimerNowMs = Math.max(writerNowMs, after.startedAtMs ?? 0);
    this.expect(before.notBeforeMs <= claimerNowMs + 1_000, 'S11', [after, 'claimed before its time']);
    this.expect(!this.#cancelled.has(nameOf(after)), 'S10', [after, 'claimed after a confirmed cancel']);
  }

  #checkReap(before: LedgerTask, after: LedgerTask, writerNowMs: number): void {
    this.expect(after.owner !== before.owner, 'S4', [after, 'a reap left the owner']);
    const start = this.#starts.get(`${nameOf(before)}#${before.fence}`);
    const isAlive = start?.isAlive() ?? false;
    if (after.crashes === 3) this.#fact('task lost three times alone');
    if (start?.isFrozen() === false) {
      this.expect(!isAlive || !this.#leasesHold, 'S13', [after, 'reaped while it ran, in a world that is only slow']);
    }
    const isOver = (before.leaseUntilMs ?? 0) + this.#rules.constants.marginMs <= writerNowMs + 50;
    this.expect(!isAlive || (this.#isCloud && isOver), 'S13', [after, 'reaped while it ran']);
    // Before its lease is over an attempt may be ended only by whoever has seen its process end.
    this.expect(isOver || !this.#isCloud || start !== undefined, 'S4', [after, 'reaped under a lease that runs']);
    if (after.crashes === before.crashes) {
      const isItsOwn = this.#isCloud && before.suspect === true && start?.isAlone === true;
      this.expect(!isItsOwn, 'L1', [after, 'a loss alone in its process was not charged']);
      return;
    }
    const overran = after.attempts.at(-1)?.outcome === 'timed-out';
    this.expect(overran || (start?.isAlone ?? true), 'S13', [after, 'charged for an attempt beside others']);
  }

  #checkRedrive(before: LedgerTask, after: LedgerTask): void {
    const isAnew =
      after.crashes === 0 && after.lostInRow === 0 && !after.suspect && after.budgetBase === before.failures;
    this.expect(isAnew, 'S7', [after, 'a redrive kept something of the old budget']);
    for (let fence = before.fence; fence > 0; fence -= 1) {
      if (!this.#starts.get(`${nameOf(before)}#${fence}`)?.isAlive()) continue;
      this.#fact('redrive while an old attempt lives');
      break;
    }
  }

  /** One ring by the core, whatever becomes of the bell. */
  rang(bell: Bell, ringerNowMs: number): void {
    this.expect(bell.notBeforeMs - ringerNowMs <= HORIZON_MS, 'S9', [bell, 'rung for a start that is far away']);
    const count = (this.#rings.get(nameOf(bell)) ?? 0) + 1;
    this.#rings.set(nameOf(bell), count);
    const permits = this.#permits.get(nameOf(bell)) ?? 0;
    this.expect(count <= permits, 'S9', [bell, `${count} rings for ${permits} moves that permit one`]);
  }

  /** One announcement by the core. */
  told(task: LedgerTask): void {
    const isDying = task.status === 'dead' && task.announcement === 'pending';
    this.expect(isDying, 'S6', [task, `announced as dead while ${task.status} ${task.announcement ?? ''}`]);
  }

  /** A handler starts, with so many others in its process. */
  started({ task, isolated }: RunRequest, neighbours: number, of: Omit<Started, 'isAlone'>): void {
    const name = `${nameOf(task)}#${task.fence}`;
    this.#checkTenant(task, undefined);
    this.expect(!this.#starts.has(name), 'S3', [task, `two starts under fence ${task.fence}`]);
    this.#starts.set(name, { isAlone: isolated && neighbours === 0, ...of });
    const cancelledAt = this.#cancelled.get(nameOf(task)) ?? Infinity;
    this.expect(task.fence <= cancelledAt, 'S10', [task, `started under fence ${task.fence} after a confirmed cancel`]);
    if (task.suspect || isolated) this.expect(neighbours === 0 && isolated, 'S13', [task, 'ran beside others']);
  }

  /** An operator has the answer that it is cancelled, or will be when its attempt ends. */
  cancelConfirmed(task: LedgerTask): void {
    if (task.status === 'running') this.#fact('cancel of a running attempt confirmed');
    this.#cancelled.set(nameOf(task), task.fence);
  }

  /** A consistent read. */
  read(key: TaskKey, found: LedgerTask | Unreadable | undefined, accepted: ReadonlyMap<string, TaskKey>): typeof found {
    this.expect(found !== undefined || !accepted.has(nameOf(key)), 'S1', [key, 'accepted, and absent in a later read']);
    return found;
  }
}
