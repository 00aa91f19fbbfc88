/** What fast-check chooses from: requests whose ends are known, names few enough to meet again, reasons, versions. */
import fc from 'fast-check';
import type { Script } from './errands.ts';
import { TYPES, UNTIL_CANCELLED_MS } from './errands.ts';
import type { Name, Pick } from './known-tasks.ts';
import type { TaskRequest } from './state.ts';

/** As long as no run lasts. */
const FAR_SECONDS = 86_400;
export const TAGS = ['red', 'blue'] as const;

const plain = { failures: 0, class: 'SYSTEM', retryAfterMs: 0, lastsMs: 0 } as const;

const scripts = (mark: string): fc.Arbitrary<Script> =>
  fc
    .tuple(
      fc.constantFrom('a', 'b'),
      fc.oneof(
        { weight: 3, arbitrary: fc.constant<Omit<Script, 'word'>>(plain) },
        { weight: 2, arbitrary: fc.constant({ ...plain, failures: 1 }) },
        { weight: 2, arbitrary: fc.constant({ ...plain, failures: 9 }) },
        { weight: 7, arbitrary: fc.constant({ ...plain, failures: 9, class: 'VALIDATION' as const }) },
        { weight: 1, arbitrary: fc.constant({ ...plain, failures: 1, retryAfterMs: 150 }) },
        { weight: 2, arbitrary: fc.constant({ ...plain, lastsMs: 60 }) },
        { weight: 2, arbitrary: fc.constant({ ...plain, lastsMs: UNTIL_CANCELLED_MS }) },
      ),
    )
    .map(([word, script]) => ({ word: `${mark}-${word}`, ...script }));

export interface Choices {
  readonly names: fc.Arbitrary<Name>;
  readonly picks: fc.Arbitrary<Pick>;
  readonly scripts: fc.Arbitrary<Script>;
  readonly requests: fc.Arbitrary<TaskRequest>;
  readonly reasons: fc.Arbitrary<string | undefined>;
  /** How far behind the newest version that was seen; undefined for no If-Match. */
  readonly behind: fc.Arbitrary<number | undefined>;
}

/** `mark` stands in whatever this client sends. */
export function choicesOf(mark: string): Choices {
  const payload = scripts(mark);
  const delaySeconds = fc.constantFrom(...Array<undefined>(8).fill(undefined), 1, FAR_SECONDS);
  const tags = fc.constantFrom(undefined, undefined, ['red'], ['blue'], ['red', 'blue']);
  return {
    scripts: payload,
    requests: fc
      .record({ type: fc.constantFrom(...TYPES), payload, delaySeconds, tags })
      .map(({ type, payload: script, delaySeconds: delay, tags: labels }) => ({
        ...{ type, payload: script },
        ...(delay !== undefined && { delaySeconds: delay }),
        ...(labels !== undefined && { tags: labels }),
      })),
    names: fc.oneof<fc.WeightedArbitrary<Name>[]>(
      { weight: 3, arbitrary: fc.constantFrom('one', 'two', 'three', 'four', 'five').map((taskId) => ({ taskId })) },
      { weight: 1, arbitrary: fc.constantFrom('one', 'two').map((key) => ({ key })) },
      { weight: 1, arbitrary: fc.constant({ made: true }) },
    ),
    picks: fc.oneof<fc.WeightedArbitrary<Pick>[]>(
      { weight: 20, arbitrary: fc.nat(11) },
      { weight: 1, arbitrary: fc.constant('nobody') },
    ),
    reasons: fc.constantFrom(undefined, `${mark}-because`),
    behind: fc.constantFrom(undefined, undefined, undefined, 0, 0, 1, 2),
  };
}
