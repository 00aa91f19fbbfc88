/**
 * One process of the simulated world, and the network between it and the store. Every call to a port has two events,
 * apply and reply; a process that died gets no reply and none of its timers. Each call is counted.
 */
import type { Clock, Ports } from '../core/ports.ts';
import type { CallFault } from './faults.ts';
import { CALL_FAULTS } from './faults.ts';
import type { World } from './world.ts';

const SERVER_CALL_FAULTS = ['slow-call', 'crash-before-call', 'crash-after-call'] as const;

export interface Call<T> {
  /** Performs it at the other end; may happen never, once or twice. */
  readonly apply: () => T;
  /** What the caller sees when it may or may not have happened. */
  readonly failed: () => T;
}

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
    const { random, faults } = world;
    this.clockOffsetMs = faults.strikes('clock-offset') ? random.pick([-30_000, -1_000, 1_000, 30_000, -600_000]) : 0;
  }

  /** What its wall clock shows. Healing corrects clocks, as time servers do. */
  get nowMs(): number {
    return this.world.time.nowMs + (this.world.faults.areOver ? 0 : this.clockOffsetMs);
  }

  crash(): void {
    if (!this.isAlive) return;
    this.isAlive = false;
    this.#die();
  }

  /** The wall clock is set, by a person or a time server. */
  jumpClock(ms: number): void {
    this.clockOffsetMs += ms;
  }

  freeze(ms: number): void {
    this.#frozenUntilMs = this.world.time.nowMs + ms;
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

  call<T>({ apply, failed }: Call<T>): Promise<T> {
    const { world } = this;
    const { random, time, faults } = world;
    world.calls += 1;
    const fault: CallFault | undefined = faults.ofCall(world.isCloud ? CALL_FAULTS : SERVER_CALL_FAULTS);
    if (fault === 'crash-before-call') this.crash();
    if (!this.isAlive) return new Promise(() => undefined);
    const thereMs = random.between(1, 15) + (fault === 'slow-call' ? random.between(500, 3_000) : 0);
    const backMs = random.between(1, 15) + (fault === 'slow-call' ? random.between(0, 1_000) : 0);
    return new Promise((resolve) => {
      const reply = (ms: number, value: () => T) => this.after(ms, () => resolve(value()));
      // The client library repeated a call whose first reply it did not see: the second answer counts.
      const applyAgain = () => {
        const second = apply();
        reply(backMs, () => second);
      };
      if (fault === 'drop-request' || fault === 'throttle') {
        reply(fault === 'throttle' ? backMs : 1_500, failed);
        return;
      }
      time.after(thereMs, () => {
        const first = apply();
        if (fault === 'crash-after-call') this.crash();
        else if (fault === 'drop-reply') reply(1_500, failed);
        else if (fault === 'duplicate-call') time.after(backMs, applyAgain);
        else reply(backMs, () => first);
        if (fault === 'late-duplicate') time.after(random.between(100, 20_000), () => void apply());
      });
    });
  }
}
