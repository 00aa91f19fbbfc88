/**
 * A violation made small: the kinds of fault and the tasks that the same seed needs to break the same invariant, found by
 * leaving out parts of them; and of what happened then the events of the violating task and of the processes it met.
 */
import type { Fault } from './faults.ts';
import type { Reduction, SeedReport } from './simulate.ts';
import { playSeed } from './simulate.ts';

export const MOST_EVENTS = 50;
const FIRST_EVENTS = 15;
const MOST_REPLAYS = 200;
const WITHIN_MS = 10_000;

export interface Shrunk {
  /** Of the reduced run, which breaks the same invariant. */
  readonly report: SeedReport;
  readonly reduction: Reduction;
  readonly replays: number;
}

/** A small part of `items` that still `breaks`: halves are left out, then quarters, at last each alone. */
export async function smallestPart<T>(
  items: readonly T[],
  breaks: (part: readonly T[]) => Promise<boolean>,
): Promise<readonly T[]> {
  if (items.length === 0 || (await breaks([]))) return [];
  let kept = items;
  for (let size = items.length; size > 1;) {
    size = Math.ceil(size / 2);
    for (let at = 0; at < kept.length && kept.length > size;) {
      const rest = [...kept.slice(0, at), ...kept.slice(at + size)];
      if (await breaks(rest)) kept = rest;
      else at += size;
    }
  }
  return kept;
}

/** Bounded in runs and in time: what it has found until then is what it answers. */
export async function shrink(broken: SeedReport): Promise<Shrunk> {
  const { seed, violations, tasks } = broken;
  const untilMs = performance.now() + WITHIN_MS;
  let shrunk: Shrunk = { report: broken, reduction: {}, replays: 0 };
  let replays = 0;
  const breaks = async (reduction: Reduction): Promise<boolean> => {
    if (replays >= MOST_REPLAYS || performance.now() > untilMs) return false;
    replays += 1;
    const report = await playSeed(seed, reduction);
    const isSame = report.violations[0]?.invariant === violations[0]?.invariant;
    if (isSame) shrunk = { report, reduction, replays };
    return isSame;
  };
  const reduceFaults = (faults: Iterable<Fault>) =>
    smallestPart([...faults], (part) => breaks({ ...shrunk.reduction, faults: new Set(part) }));
  await reduceFaults(broken.faults as readonly Fault[]);
  const numbers = Array.from({ length: tasks }, (_, i) => i);
  await smallestPart(numbers, (part) => breaks({ ...shrunk.reduction, tasks: new Set(part) }));
  // Fewer tasks may need fewer faults.
  await reduceFaults(shrunk.reduction.faults ?? []);
  return { ...shrunk, replays };
}

const NOTHING = 'none';

/** The arguments of the command that play exactly this again. */
export function argumentsOf(seed: number, { tasks, faults }: Reduction): string[] {
  const list = (values: ReadonlySet<string | number>) => [...values].join(',') || NOTHING;
  return [
    ...['--seed', String(seed)],
    ...(tasks ? ['--tasks', list(tasks)] : []),
    ...(faults ? ['--faults', list(faults)] : []),
  ];
}

/** From the arguments' values. Throws a sentence for what is no number of a task or no kind of fault. */
export function reductionOf(
  { tasks, faults }: { tasks?: string | undefined; faults?: string | undefined },
  kinds: readonly string[],
): Reduction {
  const listed = (text: string) => (text === NOTHING ? [] : text.split(','));
  const numberOf = (text: string): number => {
    if (!/^\d{1,6}$/.test(text)) throw new Error(`--tasks takes numbers with commas between them, or none: "${text}".`);
    return Number(text);
  };
  const faultOf = (text: string): Fault => {
    if (!kinds.includes(text)) throw new Error(`--faults takes some of these, or none: ${kinds.join(', ')}.`);
    return text as Fault;
  };
  return {
    ...(tasks !== undefined && { tasks: new Set(listed(tasks).map(numberOf)) }),
    ...(faults !== undefined && { faults: new Set(listed(faults).map(faultOf)) }),
  };
}

/** What the violating task went through, and what became of the processes that touched it; all, where no task is named. */
function wholeStoryOf({ history, violations }: SeedReport): readonly string[] {
  const taskId = violations[0]?.taskId ?? '';
  const isOfTask = (line: string): boolean => `${line} `.includes(`/${taskId} `);
  const who = new Set(history.filter(isOfTask).map((line) => line.split(' ')[1]));
  const isOfWorld = (line: string): boolean => !line.includes('/') && who.has(line.split(' ')[1]);
  return taskId === '' ? history : history.filter((line) => isOfTask(line) || isOfWorld(line));
}

/** Of a long story the beginning and the end. */
export function eventsOf(report: SeedReport): readonly string[] {
  const events = wholeStoryOf(report);
  if (events.length <= MOST_EVENTS) return events;
  const last = events.slice(FIRST_EVENTS + 1 - MOST_EVENTS);
  return [...events.slice(0, FIRST_EVENTS), `… ${events.length - FIRST_EVENTS - last.length} more …`, ...last];
}

export function describeShrunk({ report, reduction, replays }: Shrunk): string {
  const { seed, violations } = report;
  const [{ invariant, taskId, what } = { invariant: '-', taskId: '', what: 'nothing is broken' }] = violations;
  const events = eventsOf(report);
  const all = wholeStoryOf(report).length;
  const count = all > MOST_EVENTS ? `${MOST_EVENTS} of ${all}` : `${all}`;
  return [
    `seed ${seed}: [${invariant}] ${taskId}: ${what}`,
    `again: npm run simulate -- ${argumentsOf(seed, reduction).join(' ')}`,
    `${count} events of ${report.tasks} tasks, found in ${replays} runs`,
    ...events,
  ].join('\n  ');
}
