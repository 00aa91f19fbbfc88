/** One ticking clock for everything on the page that says how long ago; it stands still while nobody looks. */
import { createSubscriber } from 'svelte/reactivity';

const subscribe = createSubscriber((update) => {
  const timer = setInterval(update, 1_000);
  return () => clearInterval(timer);
});

/** Epoch milliseconds; read in a component, it is read again every second. */
export function nowMs(): number {
  subscribe();
  return Date.now();
}
