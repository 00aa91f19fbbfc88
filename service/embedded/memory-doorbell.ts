/**
 * The doorbell of one machine: bells wait in memory and are visible from their notBefore on. They are lost with the
 * process, and beyond a bound, which costs latency, never an outcome: the ready rows of the ledger bring them back.
 */
import type { Bell, Clock, Doorbell } from '../core/ports.ts';
import { MINUTE } from '../core/rules.ts';
import type { Lane } from '../core/task.ts';
import { BellLane } from './bell-lane.ts';

const LANES: readonly Lane[] = ['fresh', 'recovery', 'isolated'];
/** The timer runs on the monotonic clock and notBefore on the wall clock, which may jump: so look now and then. */
const LONGEST_SLEEP_MS = MINUTE;

export class MemoryDoorbell implements Doorbell {
  readonly #clock: Clock;
  readonly #lanes: Readonly<Record<Lane, BellLane>>;
  #wake: () => void = () => undefined;
  #timer: { readonly atMs: number; readonly cancel: () => void } | undefined;
  #closed = false;

  /** `capacity` is in bells per lane. */
  constructor({ clock, capacity = 100_000 }: { readonly clock: Clock; readonly capacity?: number }) {
    this.#clock = clock;
    this.#lanes = { fresh: new BellLane(capacity), recovery: new BellLane(capacity), isolated: new BellLane(capacity) };
  }

  /** `failed`: dropped, because the lane is full or the doorbell closed. */
  ring(bells: readonly Bell[]): Promise<('rung' | 'failed')[]> {
    const nowMs = this.#clock.nowMs();
    const answers = bells.map((bell) =>
      !this.#closed && this.#lanes[bell.lane].add(bell, nowMs) ? ('rung' as const) : ('failed' as const),
    );
    this.#arm(nowMs);
    if (!this.#closed && bells.some((bell) => bell.notBeforeMs <= nowMs)) this.#wake();
    return Promise.resolve(answers);
  }

  depth(lane: Lane, tenant: string): Promise<number> {
    return Promise.resolve(this.#lanes[lane].visibleOf(tenant));
  }

  /**
   * The next visible bell; tenants take turns, those that may have one. It is forgotten: whoever takes it and cannot attend
   * to it rings anew.
   */
  take(lane: Lane, mayTake?: (tenant: string) => boolean): Bell | undefined {
    return this.#lanes[lane].take(mayTake);
  }

  /** Calls back, synchronously and once for many, when bells have become visible. One listener. */
  onVisible(callback: () => void): void {
    this.#wake = callback;
  }

  /** Tenants whose bells were dropped, when there is room for them again: ring what of theirs is ready. Each loss is told once. */
  takeLosers(): ReadonlySet<string> {
    return new Set(LANES.flatMap((lane) => this.#lanes[lane].takeLosers()));
  }

  /** Visible bells stay to be taken; nothing rings any more. */
  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  /** One timer for all lanes, for the earliest bell. */
  #arm(nowMs: number): void {
    const nextMs = Math.min(...LANES.map((lane) => this.#lanes[lane].nextMs ?? Infinity));
    if (this.#closed || nextMs === Infinity || (this.#timer && this.#timer.atMs <= nextMs)) return;
    this.#timer?.cancel();
    const waitMs = Math.min(LONGEST_SLEEP_MS, Math.max(0, nextMs - nowMs));
    this.#timer = { atMs: nowMs + waitMs, cancel: this.#clock.timer(waitMs, () => this.#advance()) };
  }

  #advance(): void {
    this.#timer = undefined;
    const nowMs = this.#clock.nowMs();
    const hasVisible = LANES.map((lane) => this.#lanes[lane].advance(nowMs)).includes(true);
    this.#arm(nowMs);
    if (hasVisible) this.#wake();
  }
}
