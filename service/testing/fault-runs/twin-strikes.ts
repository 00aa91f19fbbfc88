/**
 * How a row of the twin is struck: rules in, tasks submitted while they hold, everything healed, and what was seen on the way. Few tasks
 * are struck for some seconds, and without poison: each such task ends four processes, and those of its neighbours.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault, Rule } from '../fault-proxy/rules.ts';
import { until } from '../given-pool.ts';
import type { GivenFaults } from '../twin/given-faults.ts';
import { later } from './later.ts';
import type { Mixed } from './mix.ts';
import { mixedTasks } from './mix.ts';
import type { Row } from './row.ts';
import type { Struck } from './twin-verdict.ts';

/** From so many on a row is struck for as long as the matrix says, and its mix is whole. */
const MANY = 200;
/** Requests that submit them: few tasks make as many, so that a share of what is sent is some. */
const REQUESTS = 20;
/** Of tasks. */
const MOST = 0.75;
const MET_WITHIN_MS = 60_000;
/** Only a hanging run takes so long. */
const POISONED_WITHIN_MS = 180_000;
export const SENDS = ['SendMessage', 'SendMessageBatch'];

export const rule = (name: string, fault: Fault, more: Partial<Rule> = {}): Rule => ({ name, fault, ...more });

/** Bells that SQS takes and loses. */
export const losing = (share: number): Rule[] =>
  ['FreshQueue', 'RecoveryQueue', 'IsolatedQueue'].map((resource) =>
    rule(`lost ${resource}`, { kind: 'lose' }, { resource, share, actions: SENDS }),
  );

export interface Strikes {
  readonly dynamo?: readonly Rule[];
  readonly sqs?: readonly Rule[];
}

export interface TwinRow {
  readonly id: Row['id'];
  readonly fault: string;
  /** Poison also among few tasks. */
  readonly poisoned?: true;
  readonly strike: (play: Play) => Promise<Struck>;
  /** What else must hold when all are final. */
  readonly wrongs?: (play: Play) => string[] | Promise<string[]>;
}

/** For how long: of many tasks, and of few. */
export interface Span {
  readonly manyMs: number;
  readonly fewMs: number;
}

export class Play {
  readonly stage: GivenFaults;
  readonly tasks: readonly Mixed[];
  readonly isLong: boolean;
  readonly #struckBefore: number;

  constructor(stage: GivenFaults, { name, count, poisoned }: { name: string; count: number; poisoned: boolean }) {
    this.stage = stage;
    this.isLong = count >= MANY;
    const isWhole = this.isLong || poisoned;
    this.tasks = mixedTasks(name, count).map((task) =>
      task.kind === 'poison' && !isWhole ? { ...task, kind: 'fine' } : task,
    );
    this.#struckBefore = this.#struck;
  }

  get #struck(): number {
    const counts = [this.stage.dynamo, this.stage.sqs].flatMap((proxy) => Object.values(proxy.counts));
    return counts.reduce((sum, { struck }) => sum + struck, 0);
  }

  /** Since the play began, by the rules of the proxies. */
  get injected(): number {
    return this.#struck - this.#struckBefore;
  }

  msOf({ manyMs, fewMs }: Span): number {
    return this.isLong ? manyMs : fewMs;
  }

  strike({ dynamo = [], sqs = [] }: Strikes): void {
    this.stage.dynamo.set(dynamo);
    this.stage.sqs.set(sqs);
  }

  /** Spread over that time, or as fast as they are taken. */
  async submit(tasks: readonly Mixed[], overMs = 0): Promise<void> {
    const atOnce = Math.max(1, Math.ceil(tasks.length / REQUESTS));
    const steps = Math.ceil(tasks.length / atOnce);
    const submitted: Promise<void>[] = [];
    for (let i = 0; i < steps; i += 1) {
      submitted.push(later(this.stage.submit(tasks.slice(i * atOnce, (i + 1) * atOnce))));
      if (overMs > 0) await sleep(overMs / steps);
      else await submitted.at(-1);
    }
    await Promise.all(submitted);
  }

  /** Four leases one after the other take their time: an outage comes in the middle of that. Answers the tasks that are left. */
  async poisonFirst(): Promise<readonly Mixed[]> {
    const poison = this.tasks.filter(({ kind }) => kind === 'poison');
    await this.submit(poison);
    await until(
      () => poison.every(({ taskId }) => (this.stage.witness.task(taskId)?.fence ?? 0) > 1),
      POISONED_WITHIN_MS,
    );
    return this.tasks.filter((task) => !poison.includes(task));
  }

  heal(more: Partial<Struck> = {}): Struck {
    const { tasks, injected } = this;
    this.stage.heal();
    return { tasks, injected, healedAtMs: performance.now(), wrongs: [], ...more };
  }

  /** The usual way: tasks come during the first half of the time, and most of them end while the fault is on. */
  async through(strikes: Strikes, span: Span): Promise<Struck> {
    const ms = this.msOf(span);
    this.strike(strikes);
    await Promise.all([this.submit(this.tasks, ms / 2), sleep(ms)]);
    const isOver = ({ taskId }: Mixed): boolean => this.stage.isSettled(taskId);
    // The rest has a minute after the healing; here it is enough that the fault has met them.
    await until(() => this.tasks.filter(isOver).length > this.tasks.length * MOST, MET_WITHIN_MS).catch(
      () => undefined,
    );
    return this.heal();
  }
}
