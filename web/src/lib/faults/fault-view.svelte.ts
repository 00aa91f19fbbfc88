/**
 * What is broken on purpose, what was counted, and how to change it. Asked for every 2 s while somebody looks, less and less
 * often while that fails; never again by itself where nothing may be broken. What was known stays until something newer has come.
 */
import type { FaultLab, FaultSettings } from '@holdfast/api/types';
import type { Holdfast } from '@holdfast/sdk';
import { isProblem } from '@holdfast/sdk';
import { toasts } from '#lib/ui/toasts.svelte.ts';

export interface FaultViewParts {
  readonly holdfast: Pick<Holdfast, 'faults' | 'setFaults'>;
  /** Answers how to call it off. */
  readonly after: (delayMs: number, run: () => void) => () => void;
  readonly nowMs: () => number;
}

/** Why something was not done, and what it was. */
export interface FaultRefusal {
  readonly wish: 'set' | 'heal';
  readonly error: unknown;
}

const EVERY_MS = 2_000;
const SELDOM_MS = 30_000;

export class FaultView {
  /** Null until it is known. */
  lab = $state.raw<FaultLab | null>(null);
  /** As it was when this view was opened: what has been counted since is the difference. */
  first = $state.raw<FaultLab | null>(null);
  /** Of the last look. */
  error = $state.raw<unknown>(null);
  /** When `lab` came; epoch milliseconds of this machine. */
  heardAtMs = $state.raw(0);
  isAllowed = $state(true);
  isBusy = $state(false);
  refusal = $state.raw<FaultRefusal | null>(null);
  readonly isOn = $derived(this.lab !== null && this.lab.endsAt !== null);
  readonly #parts: FaultViewParts;
  #isSeen = true;
  #failures = 0;
  #asking = new AbortController();
  #callOff: () => void = () => undefined;

  constructor(parts: FaultViewParts) {
    this.#parts = parts;
    void this.again();
  }

  /** Now, whatever is planned. */
  async again(): Promise<void> {
    const { signal } = this.#stop();
    try {
      const lab = await this.#parts.holdfast.faults({ signal });
      if (!signal.aborted) this.#heard(lab);
    } catch (error) {
      if (!signal.aborted) this.#failed(error);
    }
  }

  /** Nobody sees a hidden page. */
  look(isSeen: boolean): void {
    this.#isSeen = isSeen;
    if (!isSeen) this.#stop();
    else if (this.isAllowed) void this.again();
  }

  set(settings: FaultSettings): Promise<void> {
    return this.#change('set', settings);
  }

  heal(): Promise<void> {
    return this.#change('heal', {});
  }

  close(): void {
    this.look(false);
  }

  async #change(wish: FaultRefusal['wish'], settings: FaultSettings): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    this.refusal = null;
    // An answer that is on its way is about what was before.
    this.#stop();
    try {
      const lab = await this.#parts.holdfast.setFaults(settings);
      // One that was asked for meanwhile may be older than this answer.
      this.#stop();
      this.#heard(lab);
      toasts.show(this.isOn ? 'The faults are on' : 'Nothing is broken on purpose any more');
    } catch (error) {
      this.refusal = { wish, error };
      // Also after a lost answer: what is on now is to be seen.
      this.#plan(0);
    } finally {
      this.isBusy = false;
    }
  }

  #heard(lab: FaultLab): void {
    this.first ??= lab;
    this.lab = lab;
    this.heardAtMs = this.#parts.nowMs();
    this.error = null;
    this.isAllowed = true;
    this.#failures = 0;
    this.#plan(EVERY_MS);
  }

  #failed(error: unknown): void {
    this.isAllowed = !isProblem(error, 'faults-not-allowed');
    this.error = error;
    this.#failures += 1;
    if (!isProblem(error) || error.status !== 403) this.#plan(Math.min(SELDOM_MS, EVERY_MS * 2 ** this.#failures));
  }

  #plan(delayMs: number): void {
    this.#callOff();
    if (this.#isSeen) this.#callOff = this.#parts.after(delayMs, () => void this.again());
  }

  /** What is planned, and what is under way; answers what the next one is ended by. */
  #stop(): AbortController {
    this.#callOff();
    this.#asking.abort();
    this.#asking = new AbortController();
    return this.#asking;
  }
}

/** Of the browser. */
export function laterOf(delayMs: number, run: () => void): () => void {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
}
