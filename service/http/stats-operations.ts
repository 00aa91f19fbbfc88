/**
 * getStats: how many tasks there are, and what happened in a window. An answer is good for a second, so that many
 * dashboards ask the ledger no more than one does.
 */
import type { Operations } from '@holdfast/api/operation';
import type { Stats, StatsWindow } from '@holdfast/api/types';
import { SECOND } from '../core/rules.ts';
import type { Asked, House } from './house.ts';
import type { Past } from './stats-view.ts';
import { openSinceMs, pastOf, statsOf, windowOf } from './stats-view.ts';
import { timestamp } from './view.ts';

/** A start is late from then on: before, a bell may still be on its way. */
const LATE_MS = SECOND;
const FRESH_MS = SECOND;
const MOST_ANSWERS = 100;

interface Answer {
  readonly stats: Stats;
  readonly past: Past;
}

interface Kept {
  readonly answer: Promise<Answer>;
  /** Monotonic. */
  readonly untilMs: number;
}

export function statsOperations({ desk: { ports } }: House): Pick<Operations<Asked>, 'getStats'> {
  const answers = new Map<string, Kept>();

  const fresh = (tenant: string, window: StatsWindow): Promise<Answer> => {
    const nowMs = ports.clock.monotonicMs();
    const key = `${tenant}/${window}`;
    const kept = answers.get(key);
    if (kept && nowMs < kept.untilMs) return kept.answer;
    answers.delete(key); // to the end of the line
    if (answers.size >= MOST_ANSWERS) answers.delete(answers.keys().next().value!);
    const answer = read(ports, { tenant, window, before: kept?.answer });
    answers.set(key, { answer, untilMs: nowMs + FRESH_MS });
    answer.catch(() => answers.delete(key)); // whoever asks next asks the ledger
    return answer;
  };

  return {
    getStats: async ({ query: { window } }, { principal }) => {
      const { stats } = await fresh(principal.tenant, window);
      return { status: 200, body: stats };
    },
  };
}

interface Question {
  readonly tenant: string;
  readonly window: StatsWindow;
  readonly before: Promise<Answer> | undefined;
}

async function read(
  { clock, ledger, statistics }: House['desk']['ports'],
  { tenant, window, before }: Question,
): Promise<Answer> {
  const known = (await before)?.past;
  const span = windowOf(window, clock.nowMs());
  const past = known?.sinceMs === span.sinceMs ? known : undefined;
  const [counted, tasks, overdue] = await Promise.all([
    statistics.since(tenant, span.spanMs, past ? openSinceMs(span) : span.sinceMs),
    ledger.counts(tenant),
    ledger.oldestOverdue(tenant, span.untilMs - LATE_MS),
  ]);
  const all = past ?? pastOf(counted, span);
  const stats = {
    ...statsOf(all, counted, span),
    exact: statistics.isExact,
    tasks: { ...tasks },
    oldestOverdue: overdue
      ? { taskId: overdue.taskId, type: overdue.type, since: timestamp(overdue.notBeforeMs) }
      : null,
  };
  return { stats, past: all };
}
