/**
 * One process of the simulated world, and the network between it and the store. Every call to a port has two events,
 * apply and reply; a process that died gets no reply and none of its timers. Each call is counted.
 */
import type { Clock, Ports } from '../core/ports.ts';
import type { CallFault } from './faults.ts';
import { CALL_FAULTS } from './faults.ts';
import type { Seeded } from './seeded.ts';
import type { World } from './world.ts';

/** Nothing is lost between a server and the disk in its machine. */
export const SERVER_CALL_FAULTS = ['slow-call', 'crash-before-call', 'crash-after-call'] as const;

export interface Call<T> {
  /** Performs it at the other end; may happen never, once or twice. */
  readonly apply: () => T;
  /** What the caller sees when it may or may not have happened. */
  readonly failed: () => T;
  readonly to?: 'ledger' | 'queue' | 'announcer';
  /** The task it is about: what befalls the call is drawn from a stream of that task, else from one of the process. */
  readonly about?: string;
  readonly isWrite?: true;
}

const NO_ANSWER_MS = 1_500;
const THROTTLED = 0.3;
const THROTTLED_SHARD = 0.9;

export class SimulatedProcess {
  readonly name: string;
  readonly world: World;
  clockOffsetMs: number;
  readonly died: Promise<void>;
  ports!: Ports;
  isAlive = true;
  /** A stopped process (SIGSTOP, a paused sandbox) goes on where it was, later. */
  #frozenUntilMs = 0;
  #die!: () => void;

  constructor(name: string, world: World) {
    this.name = name;
    this.world = world;
    this.died = new Promise((resolve) => (this.#die = resolve));
    const isOff = world.faults.strikes('clock-offset', name);
    this.clockOffsetMs = isOff ? world.stream(`clock ${name}`).pick([-30_000, -1_000, 1_000, 30_000, -600_000]) : 0;
  }

  /** What its wall clock shows. Healing corrects clocks, as time servers do. */
  get nowMs(): number {
    return this.world.time.nowMs + (this.world.faults.areOver ? 0 : this.clockOffsetMs);
  }

  crash(): void {
    if (!this.isAlive) return;
    this.isAlive = false;
    this.world.tell({ who: this.name, what: 'crash' });
    this.#die();
  }

  /** The wall clock is set, by a person or a time server. */
  jumpClock(ms: number): void {
    this.clockOffsetMs += ms;
    this.world.tell({ who: this.name, what: 'clock-jump', detail: `${ms} ms` });
  }

  freeze(ms: number): void {
    this.#frozenUntilMs = this.world.time.nowMs + ms;
    this.world.tell({ who: this.name, what: 'freeze', detail: `for ${ms} ms` });
  }

  get isFrozen(): boolean {
    return this.#frozenUntilMs > this.world.time.nowMs;
  }

  /** Runs something of this process after `ms`, unless it has died by then; later when it is frozen. */
  after(ms: number, run: () => void): () => void {
    let cancel = this.world.time.after(ms, () => {
      if (!this.isAlive) return;
      const frozenMs = this.#frozenUntilMs - this.world.time.nowMs;
      if (frozenMs > 0) cancel = this.after(frozenMs, run);
      else run();
    });
    return () => cancel();
  }

  clock(): Clock {
    return {
      nowMs: () => this.nowMs,
      monotonicMs: () => this.world.time.nowMs,
      timer: (ms, callback) => this.after(ms, callback),
    };
  }

  call<T>(call: Call<T>): Promise<T> {
    const { world } = this;
    world.calls += 1;
    const subject = call.about ?? this.name;
    const kinds = world.isCloud ? CALL_FAULTS : SERVER_CALL_FAULTS;
    const fault: CallFault | undefined = world.faults.ofCall(kinds, subject);
    if (fault === 'crash-before-call') this.crash();
    if (!this.isAlive) return new Promise(() => undefined);
    const random = world.stream(`way ${subject}`);
    const slow = fault === 'slow-call';
    const thereMs = random.between(1, 15) + (slow ? random.between(500, 3_000) : 0) + slownessMs(world, random);
    const backMs = random.between(1, 15) + (slow ? random.between(0, 1_000) : 0);
    const unanswered = fault === 'drop-request' || this.#isOut(call);
    return new Promise((resolve) => {
      if (unanswered) this.after(NO_ANSWER_MS, () => resolve(call.failed()));
      else if (fault === 'throttle' || this.#isThrottled(call)) this.after(backMs, () => resolve(call.failed()));
      else world.time.after(thereMs, () => this.#arrived(call, { fault, random, backMs, resolve }));
    });
  }

  /** At the other end. */
  #arrived<T>({ apply, failed }: Call<T>, { fault, random, backMs, resolve }: Arrival<T>): void {
    const { time } = this.world;
    const reply = (ms: number, value: () => T) => this.after(ms, () => resolve(value()));
    // The client library repeated a call whose first reply it did not see: the second answer counts.
    const applyAgain = () => {
      const second = apply();
      reply(backMs, () => second);
    };
    const first = apply();
    if (fault === 'crash-after-call') this.crash();
    else if (fault === 'drop-reply') reply(NO_ANSWER_MS, failed);
    else if (fault === 'duplicate-call') time.after(backMs, applyAgain);
    else reply(backMs, () => first);
    if (fault === 'late-duplicate') time.after(random.between(100, 20_000), () => void apply());
  }

  #isOut({ to = 'ledger' }: Call<unknown>): boolean {
    const { faults } = this.world;
    return faults.isOut(({ ledger: 'ledger-down', queue: 'queue-down', announcer: 'announcer-down' } as const)[to]);
  }

  #isThrottled({ to = 'ledger', about = this.name, isWrite }: Call<unknown>): boolean {
    const { world } = this;
    if (to !== 'ledger') return false;
    if (isWrite && world.isShardOut(about) && world.stream(`shard ${about}`).chance(THROTTLED_SHARD)) return true;
    return world.faults.isOut('ledger-throttled') && world.stream(`throttled ${about}`).chance(THROTTLED);
  }
}

interface Arrival<T> {
  readonly fault: CallFault | undefined;
  readonly random: Seeded;
  readonly backMs: number;
  readonly resolve: (value: T) => void;
}

/** On top of a call's ordinary way, while everything is slow. */
export const slownessMs = ({ faults }: World, random: Seeded): number =>
  faults.isOut('all-slow') ? random.between(1_000, 3_000) : 0;
