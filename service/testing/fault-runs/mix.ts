/** The tasks of a fault run: the kind of each follows from its number, and how it ends from its kind. */

export type Kind = 'fine' | 'transient' | 'permanent' | 'slow' | 'poison' | 'cancelled';

export interface Mixed {
  readonly taskId: string;
  readonly kind: Kind;
}

/** Of each hundred, spread so that ten in a row have some of several kinds. */
const SHARES: readonly (readonly [Kind, number])[] = [
  ['transient', 15],
  ['permanent', 5],
  ['slow', 5],
  ['poison', 3],
  ['cancelled', 2],
];

const KINDS: readonly Kind[] = spread();

function spread(): Kind[] {
  const kinds: Kind[] = Array.from({ length: 100 }, () => 'fine');
  let at = 0;
  for (const [kind, share] of SHARES) {
    for (let i = 0; i < share; i += 1) {
      while (kinds[at] !== 'fine') at = (at + 1) % 100;
      kinds[at] = kind;
      at = (at + 37) % 100;
    }
  }
  return kinds;
}

/** `row-0`, `row-1`, … */
export const mixedTasks = (row: string, count: number): Mixed[] =>
  Array.from({ length: count }, (_, i) => ({ taskId: `${row}-${i}`, kind: KINDS[i % KINDS.length]! }));

/** The status, and of the dead the class they died of. */
export const ENDS: Readonly<Record<Kind, string>> = {
  fine: 'succeeded',
  slow: 'succeeded',
  transient: 'succeeded',
  permanent: 'dead VALIDATION',
  poison: 'dead CRASH',
  cancelled: 'cancelled',
};
