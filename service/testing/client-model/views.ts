/** How a state of the model looks when the service shows it: by GET in full, in lists and receipts in short. */
import { isDeepStrictEqual } from 'node:util';
import type { Task, TaskDetail } from '@holdfast/api/types';
import { MOST_ATTEMPTS } from './errands.ts';
import type { State } from './state.ts';

const SHOWN_ATTEMPTS = 10;
const SHOWN_MOVES = 20;
/** By how much the clocks of whoever starts an attempt may be ahead. */
const TOLERANCE_MS = 1_000;

export function statusOf({ phase, attempt }: State): Task['status'] | 'absent' {
  if (phase === 'ready') return attempt === 0 ? 'queued' : 'retrying';
  if (phase === 'stopping') return 'running';
  return phase === 'dying' ? 'dead' : phase;
}

const isRunning = ({ phase }: State): boolean => phase === 'running' || phase === 'stopping';
export const attemptsOf = (state: State): number => state.outcomes.length + (isRunning(state) ? 1 : 0);

const expectedOf = (state: State) => ({
  ...{ status: statusOf(state), type: state.request.type, attempt: state.attempt, attemptsTotal: attemptsOf(state) },
  ...{ maxAttempts: MOST_ATTEMPTS[state.request.type], tags: state.request.tags ?? [] },
  ...{ payloadEdited: state.payloadEdited, discarded: state.discarded },
});

function expectedOfDetail(state: State) {
  const outcomes = isRunning(state) ? [...state.outcomes, 'running'] : state.outcomes;
  const attempts = outcomes.map((outcome, i) => ({ fence: i + 1, outcome }));
  const { script, phase, attempt } = state;
  return {
    payload: script,
    result: phase === 'succeeded' ? { word: script.word, attempt } : null,
    attempts: attempts.slice(-SHOWN_ATTEMPTS),
    history: state.history.slice(-SHOWN_MOVES),
  };
}

const shownDetail = ({ payload, result, attempts, history }: TaskDetail) => ({
  ...{ payload, result },
  attempts: attempts.map(({ fence, outcome }) => ({ fence, outcome })),
  history: history.map(({ move, reason }) => ({ move, reason })),
});

function differing(expected: object, shown: object): string | undefined {
  for (const [field, value] of Object.entries(expected)) {
    const got: unknown = (shown as Record<string, unknown>)[field];
    if (!isDeepStrictEqual(got, value)) return `${field} is ${JSON.stringify(got)}, not ${JSON.stringify(value)}`;
  }
  return undefined;
}

/** What every view of a task keeps, whatever its state. */
function contradiction(state: State, task: Task): string | undefined {
  const { phase, script } = state;
  const isScheduled = phase === 'scheduled';
  if (isScheduled !== (task.waiting?.reason === 'scheduled')) return `waits for ${task.waiting?.reason}`;
  if ((task.status === 'retrying') !== (task.waiting?.reason === 'backoff')) return `waits for ${task.waiting?.reason}`;
  if (phase !== 'cancelled' && task.cancelRequested !== (phase === 'stopping')) return 'tells otherwise of a cancel';
  if (
    (phase === 'dead' || phase === 'dying' || task.status === 'retrying') &&
    task.lastFailure?.message !== script.word
  )
    return `its last failure is ${task.lastFailure?.message}`;
  const started = 'attempts' in task ? (task as TaskDetail).attempts[0] : undefined;
  if (started && Date.parse(started.startedAt) < Date.parse(task.runAt ?? task.createdAt) - TOLERANCE_MS)
    return 'its first attempt began before its time';
  return undefined;
}

/** Why the view cannot be of this state; undefined when it can. */
export function mismatchOf(state: State, task: Task | TaskDetail): string | undefined {
  const short = differing(expectedOf(state), task) ?? contradiction(state, task);
  if (short !== undefined || !('history' in task)) return short;
  return differing(expectedOfDetail(state), shownDetail(task));
}
