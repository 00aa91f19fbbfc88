/**
 * What happened to a task, in the order in which it happened: attempts in the order of their fences, moves of people where
 * they belong in time, the waits between, and what it does now or how it ended. Clocks of several machines may disagree, so
 * no length is negative, and the order of attempts never comes from their times.
 */
import type { Attempt, HistoryEntry, TaskDetail, TaskStatus, WaitingReason } from '@holdfast/api/types';

type Final = Extract<TaskStatus, 'succeeded' | 'dead' | 'cancelled'>;

export type StoryEntry =
  | { readonly kind: 'accepted'; readonly at: string; readonly runAt: string | undefined }
  /** Attempts, and moves perhaps, that are not kept any more. */
  | { readonly kind: 'forgotten'; readonly attempts: number }
  | { readonly kind: 'waited'; readonly why: WaitedFor; readonly lengthMs: number; readonly backoffMs: number | null }
  | AttemptEntry
  | { readonly kind: 'died'; readonly at: string }
  | { readonly kind: 'move'; readonly at: string; readonly move: HistoryEntry }
  | { readonly kind: 'waiting'; readonly reason: WaitingReason | 'worker'; readonly until: string | null }
  | { readonly kind: 'ended'; readonly at: string; readonly status: Final };

export interface AttemptEntry {
  readonly kind: 'attempt';
  readonly at: string;
  readonly attempt: Attempt;
  /** Null while it runs. */
  readonly ranMs: number | null;
  /** Of the last failure alone; of others the attempt has to be asked for. */
  readonly message: string | null;
}

/** `turn`: for a worker. */
export type WaitedFor = 'start' | 'backoff' | 'crash' | 'turn';

/** Shorter waits for a worker are how it works, not what happened. */
const WORTH_TELLING_MS = 1_000;

const FINAL: ReadonlySet<TaskStatus> = new Set<Final>(['succeeded', 'dead', 'cancelled']);
export const isFinal = (status: TaskStatus): status is Final => FINAL.has(status);

const between = (from: string, to: string): number => Math.max(0, Date.parse(to) - Date.parse(from));

export function storyOf(task: TaskDetail): readonly StoryEntry[] {
  const forgotten = task.attemptsTotal - task.attempts.length;
  const story: StoryEntry[] = [{ kind: 'accepted', at: task.createdAt, runAt: task.runAt }];
  if (forgotten > 0) story.push({ kind: 'forgotten', attempts: forgotten });
  const [during, after] = movesAround(task);
  const pending = [...during];
  let before: Attempt | undefined;
  for (const attempt of task.attempts) {
    const moves = takeBefore(pending, attempt.startedAt);
    story.push(...movesAfter(moves, before), ...waitBefore(attempt, { before, moves, task, forgotten }));
    story.push(attemptEntry(attempt, task));
    before = attempt;
  }
  story.push(...movesAfter(pending, before), ...presentOf(task), ...after.map(moveEntry));
  return story;
}

/** Those before the end, and those that found the task dead as it is now. */
function movesAround({ history, status }: TaskDetail): [HistoryEntry[], HistoryEntry[]] {
  if (status !== 'dead') return [[...history], []];
  const split = history.findLastIndex(({ move }) => move !== 'discard') + 1;
  return [history.slice(0, split), history.slice(split)];
}

/** Takes them off the list. */
function takeBefore(moves: HistoryEntry[], moment: string): HistoryEntry[] {
  const first = moves.findIndex(({ at }) => Date.parse(at) > Date.parse(moment));
  return moves.splice(0, first === -1 ? moves.length : first);
}

const moveEntry = (move: HistoryEntry): StoryEntry => ({ kind: 'move', at: move.at, move });

/** A redrive tells that the task was dead before it. */
function movesAfter(moves: readonly HistoryEntry[], before: Attempt | undefined): StoryEntry[] {
  const foundDead = moves.findIndex(({ move }) => move !== 'cancel');
  return moves.flatMap((move, index) =>
    index === foundDead && before?.endedAt && moves.some((each) => each.move === 'redrive')
      ? [{ kind: 'died', at: before.endedAt }, moveEntry(move)]
      : [moveEntry(move)],
  );
}

interface Surroundings {
  readonly before: Attempt | undefined;
  readonly moves: readonly HistoryEntry[];
  readonly task: TaskDetail;
  readonly forgotten: number;
}

function waitBefore(attempt: Attempt, { before, moves, task, forgotten }: Surroundings): StoryEntry[] {
  if (before === undefined && forgotten > 0) return [];
  const redriven = moves.findLast(({ move }) => move === 'redrive')?.at;
  const since = redriven ?? (before ? before.endedAt : task.createdAt);
  if (since === null) return [];
  const lengthMs = between(since, attempt.startedAt);
  const backoffMs = redriven === undefined ? (before?.delayMs ?? null) : null;
  if (backoffMs !== null && before) {
    const why = before.outcome === 'lost' ? 'crash' : 'backoff';
    return [{ kind: 'waited', why, lengthMs, backoffMs }];
  }
  const isStart = before === undefined && task.runAt !== undefined && between(task.createdAt, task.runAt) > 0;
  if (!isStart && lengthMs < WORTH_TELLING_MS) return [];
  return [{ kind: 'waited', why: isStart ? 'start' : 'turn', lengthMs, backoffMs: null }];
}

function attemptEntry(attempt: Attempt, { lastFailure, attempts }: TaskDetail): AttemptEntry {
  const lastFailed = attempts.findLast((each) => each.class !== null);
  const isLast = lastFailed === attempt && lastFailure?.class === attempt.class && lastFailure.code === attempt.code;
  return {
    kind: 'attempt',
    at: attempt.startedAt,
    attempt,
    ranMs: attempt.endedAt === null ? null : between(attempt.startedAt, attempt.endedAt),
    message: isLast ? lastFailure.message : null,
  };
}

function presentOf({ status, waiting, finishedAt, updatedAt }: TaskDetail): StoryEntry[] {
  if (isFinal(status)) return [{ kind: 'ended', at: finishedAt ?? updatedAt, status }];
  if (status === 'running') return [];
  return [{ kind: 'waiting', reason: waiting?.reason ?? 'worker', until: waiting?.until ?? null }];
}
