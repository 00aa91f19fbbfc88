/** Whether all is well, in one sentence: the worst that is known wins. Takes what was last heard; keeps nothing. */
import type { Readiness, Stats } from '@holdfast/api/types';
import type { Trouble } from '#lib/problem.ts';
import type { Tone } from '#lib/tasks/status.ts';
import { duration } from '#lib/times.ts';
import { failedOf } from './charts.ts';
import { count, counted, share, WINDOWS } from './words.ts';

export interface Heard {
  readonly stats: Stats | null;
  readonly readiness: Readiness | null;
  /** Why nothing newer came. */
  readonly trouble: Trouble | null;
  /** By the clock of the server. */
  readonly nowMs: number;
}

export interface Verdict {
  /** It is read aloud when this changes, not with each number. */
  readonly kind: 'unknown' | 'lost' | 'unready' | 'overdue' | 'dying' | 'failing' | 'unused' | 'well';
  readonly tone: Tone;
  readonly title: string;
  readonly note: string;
}

/** A bell that was lost is rung again by a sweep, after some seconds: that is not yet trouble. */
const OVERDUE_AFTER_MS = 10_000;
const LONG_OVERDUE_AFTER_MS = 120_000;
/** Deaths among the tasks that ended. Below the first, the inbox is for leisure. */
const DYING = { share: 0.05, badShare: 0.25 };
/** Failed attempts among the started: retries still hide it from the deaths. A few failures say nothing. */
const FAILING = { share: 0.5, atLeast: 10 };

type Rule = (heard: Heard & { readonly stats: Stats }) => Verdict | null;

const overdue: Rule = ({ stats, nowMs }) => {
  if (!stats.oldestOverdue) return null;
  const { taskId, type, since } = stats.oldestOverdue;
  const lateMs = nowMs - Date.parse(since);
  if (lateMs < OVERDUE_AFTER_MS) return null;
  return {
    kind: 'overdue',
    tone: lateMs < LONG_OVERDUE_AFTER_MS ? 'amber' : 'red',
    title: `Tasks wait: the oldest is overdue since ${duration(lateMs)}`,
    note: `It is ${taskId}, of type ${type}.`,
  };
};

const dying: Rule = ({ stats: { totals, window, failures } }) => {
  const ended = totals.dead + totals.succeeded;
  if (totals.dead === 0 || totals.dead / ended < DYING.share) return null;
  const [worst] = failures.toSorted((a, b) => b.deaths - a.deaths);
  return {
    kind: 'dying',
    tone: totals.dead / ended < DYING.badShare ? 'amber' : 'red',
    title: `${counted(totals.dead, 'task')} died in ${WINDOWS[window.name]}`,
    note: `${share(totals.dead, ended)} of those that ended${worst ? `, most often of ${worst.class}` : ''}.`,
  };
};

const failing: Rule = ({ stats: { totals, window } }) => {
  const failed = failedOf(totals);
  if (failed < FAILING.atLeast || failed / totals.started < FAILING.share) return null;
  return {
    kind: 'failing',
    tone: 'amber',
    title: `Attempts fail: ${count(failed)} of ${count(totals.started)} in ${WINDOWS[window.name]}`,
    note: 'Retries still carry the tasks.',
  };
};

const unused: Rule = ({ stats: { tasks, totals } }) =>
  totals.accepted === 0 && Object.values(tasks).every((n) => n === 0)
    ? {
        kind: 'unused',
        tone: 'grey',
        title: 'No task has been submitted yet',
        note: 'Holdfast is ready for the first.',
      }
    : null;

const well: Rule = ({ stats: { tasks, totals, window } }) => ({
  kind: 'well',
  tone: 'green',
  title: `All is well: ${count(totals.accepted)} accepted in ${WINDOWS[window.name]}, ${totals.dead === 0 ? 'none' : count(totals.dead)} dead`,
  note:
    tasks.inbox === 0
      ? 'Nothing waits for a decision.'
      : `${counted(tasks.inbox, 'dead task')} in the inbox, to be looked at when there is time.`,
});

const RULES: readonly Rule[] = [overdue, dying, failing, unused, well];

/** A trouble without a code is an answer that never came. */
const titleOf = ({ code, title }: Trouble): string =>
  code === undefined ? 'Holdfast does not answer' : `No numbers came: ${title}`;

export function verdictOf(heard: Heard): Verdict {
  const { stats, readiness, trouble } = heard;
  if (trouble) {
    const note = stats ? 'What you see is the last that was known.' : trouble.detail;
    return { kind: 'lost', tone: 'red', title: titleOf(trouble), note };
  }
  const broken = readiness?.checks.filter(({ ok }) => !ok) ?? [];
  if (broken.length > 0) {
    const note = broken.flatMap(({ detail }) => detail ?? []).join(' ');
    const names = broken.map(({ name }) => name).join(', ');
    return { kind: 'unready', tone: 'red', title: `The service is not ready: ${names}`, note };
  }
  if (!stats) return { kind: 'unknown', tone: 'grey', title: 'Looking …', note: '' };
  for (const rule of RULES) {
    const verdict = rule({ ...heard, stats });
    if (verdict) return verdict;
  }
  throw new Error('The last rule always has a verdict.');
}
