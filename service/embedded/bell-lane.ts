/**
 * The waiting bells of one lane, one that counts per task: future ones in a heap by notBefore, visible ones in one
 * line per tenant, taken in turn, so that a tenant with a long line delays nobody else. Bounded: when it is full, a
 * visible bell takes the place of a future one, and a bell of a tenant with less than its share that of one with more;
 * else the newest is dropped. Each time the lane remembers that it has lost one.
 */
import { taskName } from '../core/entry-keys.ts';
import type { Bell } from '../core/ports.ts';
import { BellHeap } from './bell-heap.ts';

interface Waiting {
  readonly bell: Bell;
  readonly notBeforeMs: number;
  isVisible: boolean;
  /** Behind it in the tenant's line. */
  next?: Waiting;
}

interface Line {
  first: Waiting;
  last: Waiting;
}

export class BellLane {
  /** Bells were lost since this was last set to false. */
  hasLost = false;
  readonly #capacity: number;
  /** What counts for a task. A bell of the heap or a line that is not here any more was replaced by a newer one. */
  readonly #waiting = new Map<string, Waiting>();
  readonly #future = new BellHeap<Waiting>();
  /** In the order in which the tenants are served. */
  readonly #lines = new Map<string, Line>();
  /** How many bells of each tenant count. */
  readonly #held = new Map<string, number>();
  #visible = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#waiting.size;
  }

  get visible(): number {
    return this.#visible;
  }

  /** When the next bell becomes visible; undefined when none will. */
  get nextMs(): number | undefined {
    return this.#future.first?.notBeforeMs;
  }

  /** False when it was dropped. The newest bell of a task knows its state best and takes the place of an older one. */
  add(bell: Bell, nowMs: number): boolean {
    const name = taskName(bell);
    const known = this.#waiting.get(name);
    const waiting = { bell, notBeforeMs: bell.notBeforeMs, isVisible: bell.notBeforeMs <= nowMs };
    if (known && (known.isVisible ? waiting.isVisible : known.notBeforeMs === bell.notBeforeMs)) return true;
    if (!known && !this.#hasRoom(waiting)) return false;
    if (!known) this.#hold(bell, 1);
    if (known?.isVisible) this.#visible -= 1;
    this.#waiting.set(name, waiting);
    if (waiting.isVisible) this.#append(waiting);
    else this.#future.push(waiting);
    return true;
  }

  /** Makes visible what has become so; true when there was any. */
  advance(nowMs: number): boolean {
    const before = this.#visible;
    while ((this.nextMs ?? Infinity) <= nowMs) {
      const waiting = this.#future.shift()!;
      if (this.#counts(waiting)) this.#append(waiting);
    }
    return this.#visible > before;
  }

  /** The next visible bell, of the tenant whose turn it is. */
  take(): Bell | undefined {
    for (let turn; (turn = this.#lines.entries().next().value);) {
      const [tenant, { first, last }] = turn;
      this.#lines.delete(tenant);
      if (first.next) this.#lines.set(tenant, { first: first.next, last });
      if (!this.#counts(first)) continue;
      this.#visible -= 1;
      this.#forget(first);
      return first.bell;
    }
    return undefined;
  }

  #counts(waiting: Waiting): boolean {
    return this.#waiting.get(taskName(waiting.bell)) === waiting;
  }

  #hold({ tenant }: Bell, by: 1 | -1): void {
    const held = (this.#held.get(tenant) ?? 0) + by;
    if (held > 0) this.#held.set(tenant, held);
    else this.#held.delete(tenant);
  }

  #forget({ bell }: Waiting): void {
    this.#waiting.delete(taskName(bell));
    this.#hold(bell, -1);
  }

  #hasRoom({ bell: { tenant }, isVisible }: Waiting): boolean {
    if (this.#waiting.size < this.#capacity) return true;
    this.hasLost = true;
    const held = this.#held.get(tenant) ?? 0;
    const share = this.#capacity / (this.#held.size + (held === 0 ? 1 : 0));
    const isShort = held + 1 <= share;
    return ((isVisible || isShort) && this.#dropsFuture()) || (isShort && this.#dropsOfMoreThan(share));
  }

  #dropsFuture(): boolean {
    for (let leaf = this.#future.dropLeaf(); leaf; leaf = this.#future.dropLeaf()) {
      if (!this.#counts(leaf)) continue;
      this.#forget(leaf);
      return true;
    }
    return false;
  }

  /** The oldest of a tenant with more than its share: it will be brought back first. */
  #dropsOfMoreThan(share: number): boolean {
    for (const [tenant, line] of this.#lines) {
      if ((this.#held.get(tenant) ?? 0) <= share) continue;
      for (let first: Waiting | undefined = line.first; first; first = first.next) {
        if (!this.#counts(first)) continue;
        if (first.next) line.first = first.next;
        else this.#lines.delete(tenant);
        this.#visible -= 1;
        this.#forget(first);
        return true;
      }
    }
    return false;
  }

  #append(waiting: Waiting): void {
    waiting.isVisible = true;
    this.#visible += 1;
    const { tenant } = waiting.bell;
    const line = this.#lines.get(tenant);
    if (line === undefined) this.#lines.set(tenant, { first: waiting, last: waiting });
    else line.last = line.last.next = waiting;
  }
}
