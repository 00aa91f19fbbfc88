/**
 * What the applications of a seed will submit, and when. Each task is drawn from a stream of its own, so that leaving
 * one out changes none of the others.
 */
import type { Submission } from '../core/submit.ts';
import type { Script } from './scripts.ts';
import { SCRIPTS } from './scripts.ts';
import type { Seeded } from './seeded.ts';
import type { World } from './world.ts';

const TENANTS = ['alpha', 'beta'];
const MOST_AT_ONCE = 10;

/** How often each script is chosen, of 100. */
const MIX: readonly (readonly [Script, number])[] = [
  ['fine', 40],
  ['transient', 15],
  ['permanent', 4],
  ['exhausted', 6],
  ['slow', 6],
  ['sliced', 5],
  ['huge', 2],
  ['patient', 3],
  ['crash', 3],
  ['long', 5],
  ['hang', 2],
  ['block', 2],
  ['sluggish', 3],
  ['ghost', 2],
  ['late', 2],
];
/** What takes its process with it, or stands in the way of all. A seed without faults has none of it. */
const POISON: readonly Script[] = ['crash', 'hang', 'block', 'sluggish', 'late'];

export type PlannedSubmission = Submission & { readonly taskId: string };

/** What one client submits in one request. */
export interface Basket {
  readonly client: string;
  readonly afterMs: number;
  readonly submissions: readonly PlannedSubmission[];
}

interface Planned {
  readonly submission: PlannedSubmission;
  readonly isTwin: boolean;
  readonly joins: boolean;
  readonly afterMs: number;
}

/** `count` tasks over the first two minutes, of which those that are `wanted`, by number. */
export function basketsOf(world: World, count: number, wanted?: ReadonlySet<number>): Basket[] {
  const { isCalm } = world.faults;
  const planned: Planned[] = [];
  for (let i = 0; i < count; i += 1)
    planned.push(plan(i, { random: world.stream(`task ${i}`), isCalm, before: planned.at(-1) }));
  const baskets: { numbers: number[]; afterMs: number }[] = [];
  for (const [i, { joins, afterMs }] of planned.entries()) {
    const last = baskets.at(-1);
    if (joins && last && last.numbers.length < MOST_AT_ONCE) last.numbers.push(i);
    else baskets.push({ numbers: [i], afterMs });
  }
  return baskets.flatMap(({ numbers, afterMs }) => {
    const kept = numbers.filter((i) => wanted?.has(i) ?? true);
    const submissions = kept.map((i) => planned[i]!.submission);
    return kept.length === 0 ? [] : [{ client: `client-${numbers[0]}`, afterMs, submissions }];
  });
}

interface Draw {
  readonly random: Seeded;
  readonly isCalm: boolean;
  readonly before: Planned | undefined;
}

function plan(i: number, { random, isCalm, before }: Draw): Planned {
  const [lot, afterMs, joins] = [random.uniform(), random.between(0, 120_000), random.chance(0.4)];
  const drawn = pickScript(random);
  const script = isCalm && POISON.includes(drawn) ? 'fine' : drawn;
  const scheduled = random.chance(0.2) ? { delaySeconds: random.pick([5, 60, 700, 1_500]) } : {};
  // The other tenant chooses the same id for something else, at about the same time. [S14]
  const twinOf = before && !before.isTwin && lot < 0.3 ? before.submission : undefined;
  const tenant = random.pick(TENANTS.filter((each) => each !== twinOf?.tenant));
  const taskId = twinOf?.taskId ?? `t${i}-${script}`;
  const submission = {
    tenant,
    taskId,
    type: SCRIPTS[script],
    payloadVersion: 1,
    payload: { script, tenant },
    ...scheduled,
  };
  return { submission, isTwin: twinOf !== undefined, joins, afterMs };
}

function pickScript(random: Seeded): Script {
  let left = random.uniform() * 100;
  for (const [script, share] of MIX) if ((left -= share) < 0) return script;
  return 'fine';
}
