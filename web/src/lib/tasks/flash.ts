/**
 * Lights up rows that have changed, for the corner of the eye. In a storm, when everything changes, it says nothing and
 * costs a repaint in every frame: then no row is lit. Nor where no motion is wanted.
 */

const LIT_MS = 700;
const STORM = 6;

let windowAtMs = 0;
let changes = 0;
let waiting: HTMLElement[] = [];

/** Rows of one redrawing are told one by one; whether it is a storm is known after the last. */
export function flash(row: HTMLElement): void {
  const nowMs = performance.now();
  if (nowMs - windowAtMs > LIT_MS) {
    windowAtMs = nowMs;
    changes = 0;
  }
  changes += 1;
  if (waiting.push(row) === 1) queueMicrotask(light);
}

function light(): void {
  const rows = waiting;
  waiting = [];
  if (changes > STORM || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  for (const row of rows) {
    row.animate([{ backgroundColor: 'var(--accent-ground)' }, {}], { duration: LIT_MS, easing: 'ease-out' });
  }
}
