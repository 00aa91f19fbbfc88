/**
 * How a violation came about: of its report every event of its task, what became next of each process that touched it, and
 * what became of the world around them; all events, where no task is named. Moves one after another that change neither
 * state nor `due`, such as heartbeats, are one line, which says how often.
 */
import type { SimulationEvent } from './history.ts';
import { shortLineOf } from './history.ts';
import type { SeedReport } from './simulate.ts';

const WORLD = 'world';

export interface Story {
  readonly lines: readonly string[];
  /** With every repetition. */
  readonly events: number;
}

export function storyOf(report: Pick<SeedReport, 'events' | 'violations'>): Story {
  const told = eventsOf(report);
  const streaks: SimulationEvent[][] = [];
  for (const event of told) {
    const streak = streaks.at(-1);
    if (streak && isRepetition(streak[0]!, event)) streak.push(event);
    else streaks.push([event]);
  }
  return { lines: streaks.map(lineOf), events: told.length };
}

function eventsOf({ events, violations }: Pick<SeedReport, 'events' | 'violations'>): readonly SimulationEvent[] {
  const subject = violations[0]?.taskId ?? '';
  if (subject === '') return events;
  /** Whose next crash, freeze or jump may matter to the task. */
  const touching = new Set<string>();
  return events.filter(({ taskId, who }) => {
    if (taskId === subject) touching.add(who);
    return taskId === subject || (taskId === undefined && (who === WORLD || touching.delete(who)));
  });
}

/** Only the time, the version and who did it are others. */
function isRepetition(one: SimulationEvent, other: SimulationEvent): boolean {
  const whatOf = ({ atMs, who, version, ...what }: SimulationEvent): string => JSON.stringify(what);
  return one.before !== undefined && one.before === one.after && whatOf(one) === whatOf(other);
}

function lineOf(streak: readonly SimulationEvent[]): string {
  const [first, last] = [streak[0]!, streak.at(-1)!];
  if (streak.length === 1) return shortLineOf(first);
  const who = [...new Set(streak.map((event) => event.who))].join(', ');
  return `${shortLineOf(first)} … ${streak.length} times by ${who} until ${shortLineOf(last).split(' ')[0]}`;
}
