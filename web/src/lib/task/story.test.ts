import type { Attempt, HistoryEntry, TaskDetail } from '@holdfast/api/types';
import { describe, expect, it } from 'vitest';
import type { StoryEntry } from './story.ts';
import { storyOf } from './story.ts';

const EPOCH_MS = Date.parse('2026-11-21T10:00:00.000Z');
const at = (seconds: number): string => new Date(EPOCH_MS + seconds * 1_000).toISOString();

/** From and to in seconds after the submit; `to` null while it runs. */
function attempt(fence: number, [from, to]: readonly [number, number | null], fields: Partial<Attempt> = {}): Attempt {
  const ended = { startedAt: at(from), endedAt: to === null ? null : at(to) };
  return { fence, attempt: fence, outcome: 'succeeded', class: null, code: null, delayMs: null, ...ended, ...fields };
}
const failed = (fence: number, span: readonly [number, number], fields: Partial<Attempt> = {}): Attempt =>
  attempt(fence, span, { outcome: 'failed', class: 'NETWORK', code: 'refused', ...fields });
const moved = (seconds: number, move: HistoryEntry['move']): HistoryEntry => ({
  at: at(seconds),
  subject: 'ann',
  move,
  reason: null,
});

const taskWith = (fields: Partial<TaskDetail>): TaskDetail => ({
  taskId: 'task-1',
  type: 'simulate',
  status: 'queued',
  version: 1,
  attempt: 0,
  maxAttempts: 3,
  attemptsTotal: fields.attempts?.length ?? 0,
  createdAt: at(0),
  updatedAt: at(0),
  expiresAt: at(86_400),
  waiting: null,
  cancelRequested: false,
  progress: null,
  lastFailure: null,
  tags: [],
  payloadEdited: false,
  discarded: false,
  payload: {},
  withheld: false,
  result: null,
  attempts: [],
  history: [],
  ...fields,
});

function told(entry: StoryEntry): string {
  if (entry.kind === 'attempt') return `attempt ${entry.attempt.fence} ${entry.attempt.outcome} ${entry.ranMs}`;
  if (entry.kind === 'waited') return `waited ${entry.lengthMs} ${entry.why}`;
  if (entry.kind === 'waiting') return `waits ${entry.reason}`;
  if (entry.kind === 'move') return entry.move.move;
  if (entry.kind === 'ended') return entry.status;
  return entry.kind === 'forgotten' ? `forgotten ${entry.attempts}` : entry.kind;
}

const STORIES: readonly (readonly [what: string, task: Partial<TaskDetail>, story: readonly string[]])[] = [
  ['a new task waits for a worker', {}, ['accepted', 'waits worker']],
  [
    'one that is scheduled waits for its time',
    { status: 'scheduled', waiting: { reason: 'scheduled', until: at(60) } },
    ['accepted', 'waits scheduled'],
  ],
  [
    'one that was scheduled tells the wait as asked for',
    { status: 'succeeded', runAt: at(60), finishedAt: at(62), attempts: [attempt(1, [60, 62])] },
    ['accepted', 'waited 60000 start', 'attempt 1 succeeded 2000', 'succeeded'],
  ],
  [
    'a wait for a worker is told when it is worth telling',
    { status: 'running', attempts: [attempt(1, [9, null], { outcome: 'running' })] },
    ['accepted', 'waited 9000 turn', 'attempt 1 running null'],
  ],
  [
    'a failure is followed by its backoff, then by the next attempt',
    {
      status: 'succeeded',
      finishedAt: at(4),
      attempts: [failed(1, [0, 1], { delayMs: 1_400 }), attempt(2, [2.5, 4])],
    },
    ['accepted', 'attempt 1 failed 1000', 'waited 1500 backoff', 'attempt 2 succeeded 1500', 'succeeded'],
  ],
  [
    'one that retries says until when',
    {
      status: 'retrying',
      waiting: { reason: 'backoff', until: at(5) },
      attempts: [failed(1, [0, 1], { delayMs: 4_000 })],
    },
    ['accepted', 'attempt 1 failed 1000', 'waits backoff'],
  ],
  [
    'a lost attempt has its place, and its wait is not an ordinary one',
    {
      status: 'succeeded',
      finishedAt: at(9),
      attempts: [
        attempt(1, [0, 5], { outcome: 'lost', class: 'CRASH', code: 'process-lost', delayMs: 1_000 }),
        attempt(2, [6, 9], { attempt: 1 }),
      ],
    },
    ['accepted', 'attempt 1 lost 5000', 'waited 1000 crash', 'attempt 2 succeeded 3000', 'succeeded'],
  ],
  [
    'a redrive stands between the death and the new attempts',
    {
      status: 'succeeded',
      finishedAt: at(102),
      attempts: [failed(1, [0, 1]), attempt(2, [100, 102], { attempt: 1 })],
      history: [moved(50, 'discard'), moved(100, 'redrive')],
    },
    ['accepted', 'attempt 1 failed 1000', 'died', 'discard', 'redrive', 'attempt 2 succeeded 2000', 'succeeded'],
  ],
  [
    'a discard comes after the death that it is about',
    { status: 'dead', finishedAt: at(1), attempts: [failed(1, [0, 1])], history: [moved(30, 'discard')] },
    ['accepted', 'attempt 1 failed 1000', 'dead', 'discard'],
  ],
  [
    'a redriven task that has not begun yet waits after its redrive',
    { status: 'queued', attempts: [failed(1, [0, 1])], history: [moved(30, 'redrive')] },
    ['accepted', 'attempt 1 failed 1000', 'died', 'redrive', 'waits worker'],
  ],
  [
    'a cancel of a waiting task is its end',
    { status: 'cancelled', finishedAt: at(3), history: [moved(3, 'cancel')] },
    ['accepted', 'cancel', 'cancelled'],
  ],
  [
    'a cancel of a running task comes while it runs',
    {
      status: 'cancelled',
      finishedAt: at(5),
      attempts: [attempt(1, [0, 5], { outcome: 'cancelled' })],
      history: [moved(3, 'cancel')],
    },
    ['accepted', 'attempt 1 cancelled 5000', 'cancel', 'cancelled'],
  ],
  [
    'attempts that are no longer kept are counted, and nothing is made up about the wait before the first that is',
    {
      status: 'dead',
      finishedAt: at(131),
      attemptsTotal: 13,
      attempts: Array.from({ length: 10 }, (_, index) => failed(index + 4, [index * 10 + 40, index * 10 + 41])),
    },
    [
      'accepted',
      'forgotten 3',
      ...Array.from({ length: 10 }, (_, index) => [`waited 9000 turn`, `attempt ${index + 4} failed 1000`])
        .flat()
        .slice(1),
      'dead',
    ],
  ],
  [
    'clocks that disagree make no negative lengths and change no order',
    {
      status: 'succeeded',
      finishedAt: at(-4),
      attempts: [failed(1, [-2, -3], { delayMs: 500 }), attempt(2, [-6, -4])],
    },
    ['accepted', 'attempt 1 failed 0', 'waited 0 backoff', 'attempt 2 succeeded 2000', 'succeeded'],
  ],
];

describe('the story of a task', () => {
  it.each(STORIES)('%s', (_, task, story) => {
    expect(storyOf(taskWith(task)).map(told)).toEqual(story);
  });

  it('has the message of the last failure at the attempt that it is of', () => {
    const lastFailure = { class: 'NETWORK', code: 'refused', message: 'connect refused', at: at(3) } as const;
    const attempts = [failed(1, [0, 1]), failed(2, [2, 3]), attempt(3, [4, null], { outcome: 'running' })];
    const story = storyOf(taskWith({ status: 'running', lastFailure, attempts }));
    const messages = story.flatMap((entry) => (entry.kind === 'attempt' ? [entry.message] : []));
    expect(messages).toEqual([null, 'connect refused', null]);
  });
});
