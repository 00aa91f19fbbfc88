/** How the states of a task look: a word, a tone, and a mark that differs in shape, so that colour is never the only sign. */
import type { TaskStatus } from '@holdfast/api/types';

export type Tone = 'grey' | 'blue' | 'green' | 'amber' | 'red';

interface Look {
  readonly tone: Tone;
  /** SVG path in a box of 16 × 16, drawn as a line. */
  readonly mark: string;
}

const RING = 'M8 2.25a5.75 5.75 0 1 1 0 11.5a5.75 5.75 0 0 1 0-11.5z';

export const LOOKS: Readonly<Record<TaskStatus, Look>> = {
  scheduled: { tone: 'grey', mark: `${RING}M8 5v3.2l2.2 1.4` },
  queued: { tone: 'grey', mark: `${RING}M5.2 8h.1M8 8h.1M10.8 8h.1` },
  retrying: { tone: 'amber', mark: 'M13.4 6.2A5.75 5.75 0 1 0 13.6 9M13.75 2.6v3.6h-3.6' },
  running: { tone: 'blue', mark: `${RING}M6.7 5.6L10.4 8L6.7 10.4z` },
  succeeded: { tone: 'green', mark: `${RING}M5.4 8.2l1.8 1.8l3.5-3.8` },
  dead: { tone: 'red', mark: `${RING}M6 6l4 4M10 6l-4 4` },
  cancelled: { tone: 'grey', mark: `${RING}M4.1 11.9L11.9 4.1` },
};
