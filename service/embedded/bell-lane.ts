/**
 * The waiting bells of one lane, one that counts per task. Visible ones are taken from one tenant after the other, future
 * ones become visible by a heap. Bounded, and shared: when the lane is full, a tenant that holds less than its share gets a
 * place of the one that holds most; any other gives up a future bell of its own for a visible one, else its newest is dropped.
 */
import { taskName } from '../core/entry-keys.ts';
import type { Bell } from '../core/ports.ts';
import { BellHeap } from './bell-heap.ts';
import type { Waiting } from './bell-line.ts';
import { BellShare } from './bell-line.ts';

/** Beyond as many and the bells that count, the heap is rid of those that do not. */
const DEAD_LEAVES = 1_000;

export class BellLane {
  readonly #capacity: number;
  /** What counts for a task. A bell of the heap that is not here any more was replaced, or dropped. */
  readonly #waiting = new Map<string, Waiting>();
  #future = new BellHeap<Waiting>();
  /** None is empty. */
  readonly #shares = new Map<string, BellShare>();
  /** Those with visible bells, in the order in which they are served. */
  readonly #turns = new Map<string, BellShare>();
  /** Whose bells were dropped since they were last told. */
  readonly #losers = new Set<string>();
  #visible = 0;
  #giver: BellShare | undefined;
  #giftsLeft = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#waiting.size;
  }

  visibleOf(tenant: string): number {
    return this.#shares.get(tenant)?.visibleCount ?? 0;
  }

  /** Of one tenant, visible or not. */
  heldBy(tenant: string): number {
    return this.#shares.get(tenant)?.count ?? 0;
  }

  /** When the next bell becomes visible; undefined when none will. */
  get nextMs(): number | undefined {
    return this.#future.first?.notBeforeMs;
  }

  /** False when it was dropped. The newest bell of a task knows its state best and takes the place of an older one. */
  add(bell: Bell, nowMs: number): boolean {
    const name = taskName(bell);
    const known = this.#waiting.get(name);
    const isVisible = bell.notBeforeMs <= nowMs;
    if (known && (known.isVisible ? isVisible : known.notBeforeMs === bell.notBeforeMs)) return true;
    if (known) this.#remove(known);
    else if (!this.#makesRoom(bell.tenant, isVisible)) return false;
    const waiting = { bell, notBeforeMs: bell.notBeforeMs, isVisible, before: undefined, behind: undefined };
    this.#waiting.set(name, waiting);
    const share = this.#shares.get(bell.tenant) ?? new BellShare();
    this.#shares.set(bell.tenant, share);
    if (isVisible) this.#show(waiting, share);
    else this.#plan(waiting, share);
    return true;
  }

  /** Makes visible what has become so; true when there was any. */
  advance(nowMs: number): boolean {
    const before = this.#visible;
    while ((this.nextMs ?? Infinity) <= nowMs) {
      const waiting = this.#future.shift()!;
      if (!this.#counts(waiting)) continue;
      const share = this.#shares.get(waiting.bell.tenant)!;
      share.remove(waiting);
      waiting.isVisible = true;
      this.#show(waiting, share);
    }
    return this.#visible > before;
  }

  /** The next visible bell of the tenant whose turn it is, of those that may have one. */
  take(mayTake: (tenant: string) => boolean = () => true): Bell | undefined {
    for (const [tenant, share] of this.#turns) {
      if (!mayTake(tenant)) continue;
      const { bell } = this.#remove(share.visible.first!);
      // Its turn is over.
      if (this.#turns.delete(tenant)) this.#turns.set(tenant, share);
      return bell;
    }
    return undefined;
  }

  /** Who lost bells, as soon as one of them has worked off half of what it may hold. Each loss is told once. */
  takeLosers(): readonly string[] {
    if (this.#losers.size === 0) return [];
    const losers = [...this.#losers];
    if (losers.every((tenant) => this.heldBy(tenant) >= this.#fairShare(tenant) / 2)) return [];
    this.#losers.clear();
    return losers;
  }

  #counts(waiting: Waiting): boolean {
    return this.#waiting.get(taskName(waiting.bell)) === waiting;
  }

  /** Among those that hold any and this one. */
  #fairShare(tenant: string): number {
    return this.#capacity / (this.#shares.size + (this.#shares.has(tenant) ? 0 : 1));
  }

  #makesRoom(tenant: string, isVisible: boolean): boolean {
    if (this.#waiting.size < this.#capacity) return true;
    const own = this.#shares.get(tenant);
    const isPoor = this.heldBy(tenant) + 1 <= this.#fairShare(tenant);
    const dropped = isPoor ? this.#richest().leastMissed : isVisible ? own?.future.last : undefined;
    this.#losers.add(dropped?.bell.tenant ?? tenant);
    if (dropped !== undefined) this.#remove(dropped);
    return dropped !== undefined;
  }

  /** Looked for now and then: among thousands of tenants that costs more than which of the rich ones gives a bell. */
  #richest(): BellShare {
    this.#giftsLeft -= 1;
    if (this.#giver === undefined || this.#giftsLeft < 0 || this.#giver.count <= this.#capacity / this.#shares.size) {
      this.#giver = [...this.#shares.values()].reduce((most, share) => (share.count > most.count ? share : most));
      this.#giftsLeft = this.#capacity / 100;
    }
    return this.#giver;
  }

  #remove(waiting: Waiting): Waiting {
    const { tenant } = waiting.bell;
    const share = this.#shares.get(tenant)!;
    share.remove(waiting);
    if (share.count === 0) this.#shares.delete(tenant);
    if (share.visible.first === undefined) this.#turns.delete(tenant);
    if (waiting.isVisible) this.#visible -= 1;
    this.#waiting.delete(taskName(waiting.bell));
    return waiting;
  }

  #show(waiting: Waiting, share: BellShare): void {
    share.add(waiting);
    this.#turns.set(waiting.bell.tenant, share);
    this.#visible += 1;
  }

  #plan(waiting: Waiting, share: BellShare): void {
    share.add(waiting);
    this.#future.push(waiting);
    if (this.#future.size <= this.#waiting.size - this.#visible + DEAD_LEAVES) return;
    const counting = this.#future.items.filter((each) => this.#counts(each));
    this.#future = new BellHeap<Waiting>();
    for (const each of counting) this.#future.push(each);
  }
}
