// Time and chance as the rest of this package takes them, so that tests can hold them in their hands.

export interface Timing {
  readonly nowMs: () => number;
  /** Runs once after the delay; the answer calls it off. */
  readonly after: (delayMs: number, run: () => void) => () => void;
  /** Runs when all that is ready to run has run; after 0 ms unless there is a shorter way. */
  readonly afterTurn?: (run: () => void) => void;
  /** From 0 to less than 1. */
  readonly random: () => number;
}

/** Node alone has it; a time-out would cost an idle caller a millisecond. */
const { setImmediate: immediately } = globalThis as { readonly setImmediate?: (run: () => void) => unknown };

export const realTiming: Timing = {
  nowMs: () => Date.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
  ...(immediately && { afterTurn: (run) => void immediately(run) }),
  random: () => Math.random(),
};

/** Rejects with the signal's reason as soon as it is aborted. */
export function pause(timing: Timing, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const abort = (): void => {
      callOff();
      reject(signal!.reason as Error);
    };
    const callOff = timing.after(delayMs, () => {
      signal?.removeEventListener('abort', abort);
      resolve();
    });
    signal?.addEventListener('abort', abort, { once: true });
  });
}
