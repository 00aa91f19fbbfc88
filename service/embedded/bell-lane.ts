/**
 * The waiting bells of one lane, one that counts per task: future ones in a heap by notBefore, visible ones in one
 * line per tenant, taken in turn, so that a tenant with a long line delays nobody else. Bounded: when it is full, a
 * visible bell takes the place of a future one, else the newest is dropped; either way the lane remembers it.
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
    if (!known && !this.#hasRoom(waiting.isVisible)) return false;
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
      this.#waiting.delete(taskName(first.bell));
      this.#visible -= 1;
      return first.bell;
    }
    return undefined;
  }

  #counts(waiting: Waiting): boolean {
    return this.#waiting.get(taskName(waiting.bell)) === waiting;
  }

  #hasRoom(isVisible: boolean): boolean {
    if (this.#waiting.size < this.#capacity) return true;
    this.hasLost = true;
    if (!isVisible) return false;
    for (let leaf = this.#future.dropLeaf(); leaf; leaf = this.#future.dropLeaf()) {
      if (this.#counts(leaf)) return this.#waiting.delete(taskName(leaf.bell));
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
