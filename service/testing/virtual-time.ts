/** One virtual clock and one queue of events. Nothing in a simulation happens but by an event of this queue. */

interface Scheduled {
  readonly atMs: number;
  readonly order: number;
  run: (() => void) | undefined;
}

/** Where virtual time begins: an ordinary date, so that nothing special about zero is relied upon. */
const EPOCH_MS = Date.UTC(2026, 0, 1);

const isEarlier = (a: Scheduled, b: Scheduled): boolean => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);

export class VirtualTime {
  #nowMs = EPOCH_MS;
  #order = 0;
  readonly #heap: Scheduled[] = [];

  get nowMs(): number {
    return this.#nowMs;
  }

  /** Runs `run` after `ms`, after everything already planned for that moment. Returns the way to prevent it. */
  after(ms: number, run: () => void): () => void {
    this.#order += 1;
    const scheduled: Scheduled = { atMs: this.#nowMs + Math.max(0, ms), order: this.#order, run };
    this.#push(scheduled);
    return () => {
      scheduled.run = undefined;
    };
  }

  /** Plays events until `isDone` or until the clock reaches `limitMs`; after each, everything it set off has settled. */
  async play(isDone: () => boolean, limitMs: number): Promise<void> {
    await settled();
    while (!isDone()) {
      const next = this.#heap[0];
      if (next === undefined || next.atMs > limitMs) {
        this.#nowMs = Math.max(this.#nowMs, limitMs);
        return;
      }
      this.#pop();
      if (next.run === undefined) continue;
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.run();
      await settled();
    }
  }

  #push(scheduled: Scheduled): void {
    const heap = this.#heap;
    let i = heap.push(scheduled) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!isEarlier(scheduled, heap[parent]!)) break;
      heap[i] = heap[parent]!;
      i = parent;
    }
    heap[i] = scheduled;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    let i = 0;
    for (;;) {
      const left = 2 * i + 1;
      if (left >= heap.length) break;
      const child = left + 1 < heap.length && isEarlier(heap[left + 1]!, heap[left]!) ? left + 1 : left;
      if (!isEarlier(heap[child]!, last)) break;
      heap[i] = heap[child]!;
      i = child;
    }
    heap[i] = last;
  }
}

/** All promise work has been done: with every wait on the virtual clock, one turn of the real loop is enough. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
