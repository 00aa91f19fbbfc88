import type { Readiness, Stats } from '@holdfast/api/types';
import { expect, test } from 'vitest';
import { troubleOf } from '#lib/problem.ts';
import { NO_TASKS, NO_TOTALS, nothingYet, statsLike, UNTIL_MS } from './fixture.ts';
import type { Heard } from './verdict.ts';
import { verdictOf } from './verdict.ts';

const verdict = (stats: Stats | null, heard: Partial<Heard> = {}) =>
  verdictOf({ stats, readiness: null, trouble: null, nowMs: UNTIL_MS, ...heard });

const totalling = (totals: Partial<Stats['totals']>, different: Partial<Stats> = {}): Stats =>
  statsLike({ totals: { ...NO_TOTALS, ...totals }, tasks: { ...NO_TASKS, inbox: totals.dead ?? 0 }, ...different });

const overdueSince = (lateMs: number): Stats =>
  statsLike({
    oldestOverdue: { taskId: 'late-1', type: 'simulate', since: new Date(UNTIL_MS - lateMs).toISOString() },
  });

const UNREADY: Readiness = {
  status: 'unready',
  checks: [
    { name: 'ledger', ok: true, lastAt: null, detail: null },
    { name: 'sweep', ok: false, lastAt: null, detail: 'No sweep for 90 s.' },
  ],
};

test.each<[string, Stats, string]>([
  ['nothing was ever submitted', nothingYet(), 'grey: No task has been submitted yet'],
  [
    'a few of many died',
    totalling({ accepted: 240, succeeded: 238, dead: 2 }),
    'green: All is well: 240 accepted in the last hour, 2 dead',
  ],
  [
    'it is quiet',
    totalling({}, { tasks: { ...NO_TASKS, succeeded: 4 } }),
    'green: All is well: 0 accepted in the last hour, none dead',
  ],
  ['more die', totalling({ succeeded: 47, dead: 3 }), 'amber: 3 tasks died in the last hour'],
  ['the only one died', totalling({ dead: 1 }), 'red: 1 task died in the last hour'],
  [
    'retries still hide an outage',
    totalling({ started: 130, failedAttempts: 110, lostAttempts: 10, succeeded: 10 }),
    'amber: Attempts fail: 120 of 130 in the last hour',
  ],
  ['three attempts failed', totalling({ accepted: 3, started: 3, failedAttempts: 3 }), 'green: All is well'],
  ['a bell was lost just now', overdueSince(9_000), 'green: All is well'],
  ['tasks wait', overdueSince(40_000), 'amber: Tasks wait: the oldest is overdue since 40 s'],
  ['tasks wait for long', overdueSince(180_000), 'red: Tasks wait: the oldest is overdue since 3 min'],
])('when %s', (_, stats, expected) => {
  const { tone, title } = verdict(stats);
  expect(`${tone}: ${title}`).toContain(expected);
});

test('a service that is not ready says what is not, whatever else is true', () => {
  expect(verdict(overdueSince(180_000), { readiness: UNREADY })).toMatchObject({
    kind: 'unready',
    title: 'The service is not ready: sweep',
    note: 'No sweep for 90 s.',
  });
});

test('no answer is no verdict on the tasks', () => {
  const unreachable = Object.assign(new Error('fetch failed'), { name: 'Unreachable' });
  const heard = { trouble: troubleOf(unreachable) };
  expect(verdict(statsLike(), heard)).toMatchObject({ kind: 'lost', title: 'Holdfast does not answer' });
});

test('before anything was heard it claims nothing', () => {
  expect(verdict(null)).toMatchObject({ kind: 'unknown', tone: 'grey' });
});

test('those who wait in the inbox are named also while all is well', () => {
  const stats = totalling({ accepted: 9, succeeded: 9 }, { tasks: { ...NO_TASKS, inbox: 5 } });
  expect(verdict(stats).note).toContain('5 dead tasks in the inbox');
});
