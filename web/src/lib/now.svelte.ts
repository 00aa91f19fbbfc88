/** One ticking clock for everything on the page that says how long ago; it stands still while nobody looks. */
import { createSubscriber } from 'svelte/reactivity';

const subscribe = createSubscriber((update) => {
  const timer = setInterval(update, 1_000);
  return () => clearInterval(timer);
});

/** How far the clock of the server is ahead of that of this machine; 0 until that is known. */
let aheadMs = 0;
/** An answer tells the second, and takes its time: less than this is no wrong clock. */
const NOTABLE_MS = 2_000;

/** The `Date` of an answer of the server; null where a foreign origin hides it. */
export function heardDate(date: string | null): void {
  const offMs = Date.parse(date ?? '') - Date.now();
  if (!Number.isNaN(offMs)) aheadMs = Math.abs(offMs) < NOTABLE_MS ? 0 : offMs;
}

/** Epoch milliseconds by the clock of the server, as all moments of tasks are; else like `nowMs`. */
export const serverNowMs = (): number => nowMs() + aheadMs;

/** Epoch milliseconds of this machine; read in a component, it is read again every second. */
export function nowMs(): number {
  subscribe();
  return Date.now();
}
