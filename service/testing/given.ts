/**
 * One worker, one operator's desk and one store under virtual time, without faults: given a world, when one thing
 * happens, then a state, some bells and some events. Handlers do what the test says.
 */
import { attend } from '../core/attempt.ts';
import type { Unclaimed } from '../core/claim.ts';
import type { Desk } from '../core/operate.ts';
import type { Bell, Ports, Run, RunOutcome, RunRequest, TaskEvent } from '../core/ports.ts';
import type { Policy, Rules } from '../core/rules.ts';
import { DEFAULT_POLICY, STANDARD } from '../core/rules.ts';
import type { Receipt, Submission } from '../core/submit.ts';
import { submitAll } from '../core/submit.ts';
import type { SweepOptions, SweepReport } from '../core/sweep.ts';
import { sweep } from '../core/sweep.ts';
import type { LedgerTask } from '../core/task.ts';
import type { Worker } from '../core/worker.ts';
import { Running } from '../core/worker.ts';
import { portsOf } from './simulated-ports.ts';
import { SimulatedProcess } from './simulated-process.ts';
import { World } from './world.ts';

/** What a handler does: ends after `lastsMs` with an outcome, or never without one; an abort may end it. */
export interface Play {
  readonly lastsMs?: number;
  readonly outcome?: RunOutcome;
  readonly onAbort?: RunOutcome;
}

export const FINE: RunOutcome = { kind: 'succeeded', result: '{"ok":true}' };
export const failing = (name: string, more: object = {}): RunOutcome => ({
  kind: 'failed',
  error: { name, message: `it was ${name}`, ...more },
  log: { lines: [], truncated: false },
});

const SUBMISSION: Submission = { tenant: 'alpha', taskId: 'one', type: 'quick', payloadVersion: 1, payload: {} };

export class Given {
  readonly world = new World(1, 'cloud', []);
  readonly bells: Bell[] = [];
  readonly events: TaskEvent[] = [];
  readonly announced: string[] = [];
  readonly requests: RunRequest[] = [];
  /** The desk's and the sweeper's process, and another for the handlers: only that one is ever lost. */
  readonly #process = new SimulatedProcess('desk', this.world);
  readonly #workers = new SimulatedProcess('workers', this.world);
  readonly rules: Rules;
  /** Replaced by tests that lose replies. */
  ports: Ports;
  readonly #plays: Play[];
  readonly #unserved = new Set<string>();

  /** The plays are used up one per attempt; the last one stays. */
  constructor(plays: readonly Play[] = [{ outcome: FINE }], policy: Partial<Policy> = {}) {
    this.#plays = [...plays];
    this.rules = { constants: STANDARD, policyOf: () => ({ ...DEFAULT_POLICY, ...policy }) };
    const ring = (bell: Bell) => {
      this.bells.push(bell);
      return Promise.resolve('rung' as const);
    };
    const ports = portsOf(this.#process, { ring, depth: () => Promise.resolve(0) });
    this.ports = {
      ...ports,
      publisher: { publish: (events) => Promise.resolve(void this.events.push(...events)) },
      deadLetters: {
        announce: (tasks) => Promise.resolve(tasks.map(({ taskId }) => (this.announced.push(taskId), 'sent' as const))),
      },
    };
  }

  readonly running = new Running();

  get nowMs(): number {
    return this.world.time.nowMs;
  }

  get desk(): Desk {
    return { ports: this.ports, rules: this.rules, running: this.running };
  }

  worker(more: Partial<Worker> = {}): Worker {
    return {
      ports: { ...this.ports, clock: this.#workers.clock() },
      rules: this.rules,
      runner: { start: (request) => this.#start(request) },
      running: this.running,
      versionsOf: (type) => (type === 'quick' ? [1] : undefined),
      unserved: this.#unserved,
      isolated: false,
      ownerPrefix: '',
      ...more,
    };
  }

  #start(request: RunRequest): Run {
    this.requests.push(request);
    const play = (this.#plays.length > 1 ? this.#plays.shift() : this.#plays[0]) ?? {};
    const { promise, resolve } = Promise.withResolvers<RunOutcome>();
    const { outcome } = play;
    if (outcome) this.#workers.after(play.lastsMs ?? 10, () => resolve(outcome));
    return {
      outcome: promise,
      abort: () => play.onAbort && resolve(play.onAbort),
      kill: () => resolve({ kind: 'gone', cause: 'overran' }),
    };
  }

  /** The process of the handlers dies, and nobody is told. */
  abandon(): void {
    this.#workers.crash();
  }

  /** Plays virtual time until the work is done, and no further than an hour. */
  async until<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    const done = () => (isDone = true);
    void work.then(done, done);
    await this.world.time.play(() => isDone, this.nowMs + 3_600_000);
    return work;
  }

  async pass(ms: number): Promise<void> {
    await this.world.time.play(() => false, this.nowMs + ms);
  }

  async submit(fields: Partial<Submission> = {}): Promise<Receipt> {
    const receipts = await this.until(submitAll(this.ports, this.rules, [{ ...SUBMISSION, ...fields }]));
    return receipts[0]!;
  }

  /** Answers the bell that was rung last, or the one given, to its end. */
  attend(more: Partial<Worker> = {}, bell = this.bells.at(-1)!): Promise<Unclaimed> {
    return this.until(attend(bell, this.worker(more)));
  }

  /** Answers the last bell, and goes on while the attempt runs; it ends as time passes. */
  async begin(): Promise<{ attempt: Promise<Unclaimed> }> {
    const attempt = attend(this.bells.at(-1)!, this.worker());
    await this.pass(100);
    return { attempt };
  }

  /** Submits, and answers every bell at its time until none is left. */
  async runToTheEnd(more: Partial<Worker> = {}): Promise<LedgerTask> {
    await this.submit();
    for (let bell; (bell = this.bells.shift());) {
      await this.pass(Math.max(0, bell.notBeforeMs - this.nowMs));
      await this.attend(more, bell);
    }
    return this.task();
  }

  sweep(more: Partial<SweepOptions> = {}): Promise<SweepReport> {
    return this.until(sweep(this.ports, this.rules, { limit: 10, ...more }));
  }

  task(taskId = 'one'): LedgerTask {
    return this.world.store.items.get(`alpha/${taskId}`)!;
  }
}
