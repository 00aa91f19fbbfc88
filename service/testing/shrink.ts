/**
 * A violation made small: the tasks and the kinds of fault that the same seed needs to break the same invariant, found by
 * leaving out parts of them, and its story. A task that breaks it alone comes first: the shortest story of those is told.
 */
import type { Fault } from './faults.ts';
import type { Reduction, SeedReport } from './simulate.ts';
import { playSeed } from './simulate.ts';
import { storyOf } from './story.ts';

export const MOST_EVENTS = 50;
const FIRST_EVENTS = 15;
/** In runs and not in time: a slow machine finds the same. */
const MOST_REPLAYS = 400;
/** Of the tasks that break it alone, those with the shortest stories. */
const MOST_STARTS = 5;
/** Of those that break the same, before the shortest of their stories is told though it is long. */
const MOST_SEEDS = 5;

interface Part {
  /** Of a reduced run, which breaks the same invariant. */
  readonly report: SeedReport;
  readonly reduction: Reduction;
}

export interface Shrunk extends Part {
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

class Search {
  readonly #broken: SeedReport;
  replays = 0;

  constructor(broken: SeedReport) {
    this.#broken = broken;
  }

  /** Undefined when it does not break the same, or when there have been runs enough. */
  async #play(reduction: Reduction): Promise<Part | undefined> {
    if (this.replays >= MOST_REPLAYS) return undefined;
    this.replays += 1;
    const report = await playSeed(this.#broken.seed, reduction);
    const isSame = report.violations[0]?.invariant === this.#broken.violations[0]?.invariant;
    return isSame ? { report, reduction } : undefined;
  }

  async #smaller<T>(part: Part, items: readonly T[], withOnly: (items: readonly T[]) => Reduction): Promise<Part> {
    let smallest = part;
    await smallestPart(items, async (kept) => {
      const smaller = await this.#play({ ...smallest.reduction, ...withOnly(kept) });
      smallest = smaller ?? smallest;
      return smaller !== undefined;
    });
    return smallest;
  }

  get #numbers(): number[] {
    return Array.from({ length: this.#broken.tasks }, (_, i) => i);
  }

  /** Each task that breaks it with no other, without a fault or with all; the shortest story first. */
  async alone(): Promise<Part[]> {
    const parts: Part[] = [];
    for (const number of this.#numbers) {
      const tasks = new Set([number]);
      const part = (await this.#play({ tasks, faults: new Set() })) ?? (await this.#play({ tasks }));
      if (part) parts.push(part);
    }
    return shortestFirst(parts);
  }

  fewerTasks(part: Part): Promise<Part> {
    return this.#smaller(part, [...(part.reduction.tasks ?? this.#numbers)], (kept) => ({ tasks: new Set(kept) }));
  }

  fewerFaults(part: Part): Promise<Part> {
    const faults = part.reduction.faults ?? (part.report.faults as readonly Fault[]);
    return this.#smaller(part, [...faults], (kept) => ({ faults: new Set(kept) }));
  }
}

const lengthOf = ({ report }: Part): number => storyOf(report).lines.length;
const shortestFirst = <P extends Part>(parts: readonly P[]): P[] => parts.toSorted((a, b) => lengthOf(a) - lengthOf(b));

/** Bounded in runs: what it has found until then is what it answers. */
export async function shrink(broken: SeedReport): Promise<Shrunk> {
  const search = new Search(broken);
  const alone = await search.alone();
  const parts: Part[] = [];
  for (const part of alone.slice(0, MOST_STARTS)) parts.push(await search.fewerFaults(part));
  if (parts.length === 0) {
    const fewer = await search.fewerFaults(await search.fewerTasks({ report: broken, reduction: {} }));
    // Fewer faults may need fewer tasks.
    parts.push(await search.fewerTasks(fewer));
  }
  return { ...shortestFirst(parts)[0]!, replays: search.replays };
}

/**
 * The first violation made small, or one of the same invariant in a later seed where the story of the first stays long.
 * `next` plays from a seed on until one is broken.
 */
export async function shrinkFirst(
  first: SeedReport,
  next: (from: number) => Promise<SeedReport | undefined>,
): Promise<Shrunk> {
  const invariantOf = ({ violations }: SeedReport) => violations[0]?.invariant;
  const found = [await shrink(first)];
  for (let last = first; found.length < MOST_SEEDS && !found.some((each) => lengthOf(each) <= MOST_EVENTS);) {
    const broken = await next(last.seed + 1);
    if (broken === undefined) break;
    last = broken;
    if (invariantOf(broken) === invariantOf(first)) found.push(await shrink(broken));
  }
  return shortestFirst(found)[0]!;
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

/** Of a long story the beginning and the end. */
export function shownOf(lines: readonly string[]): readonly string[] {
  if (lines.length <= MOST_EVENTS) return lines;
  const last = lines.slice(FIRST_EVENTS + 1 - MOST_EVENTS);
  return [...lines.slice(0, FIRST_EVENTS), `… ${lines.length - FIRST_EVENTS - last.length} more …`, ...last];
}

/** The number of events is that of all, however many are shown. */
export function describeShrunk({ report, reduction, replays }: Shrunk): string {
  const { seed, violations } = report;
  const [{ invariant, taskId, what } = { invariant: '-', taskId: '', what: 'nothing is broken' }] = violations;
  const { lines, events } = storyOf(report);
  const repetitions = events > lines.length ? ` (${events} with repetitions)` : '';
  return [
    `seed ${seed}: [${invariant}] ${taskId}: ${what}`,
    `again: npm run simulate -- ${argumentsOf(seed, reduction).join(' ')}`,
    `${lines.length}${repetitions} events of ${report.tasks} tasks, found in ${replays} runs`,
    ...shownOf(lines),
  ].join('\n  ');
}
