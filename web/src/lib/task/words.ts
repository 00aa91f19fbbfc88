/** What a task, its waits and its failures are in words: what it means, and what to do next. */
import type { AttemptOutcome, FailureClass, TaskDetail, WaitingReason } from '@holdfast/api/types';
import type { StoryEntry, WaitedFor } from './story.ts';

interface Explained {
  readonly means: string;
  readonly next: string;
}

export const CLASSES: Readonly<Record<FailureClass, Explained>> = {
  VALIDATION: {
    means: 'The handler says that this payload can never work. It is not retried.',
    next: 'Edit the payload and redrive, or discard the task.',
  },
  NETWORK: {
    means: 'The handler could not reach what it needs.',
    next: 'See whether the other side answers; then redrive.',
  },
  RATE_LIMIT: {
    means: 'The other side asked for fewer requests.',
    next: 'Wait until its limit allows more; then redrive.',
  },
  SYSTEM: {
    means: 'The other side, or the handler itself, failed in a way that may pass.',
    next: 'Read the message and the log of the attempt, mend the cause, then redrive.',
  },
  TIMEOUT: {
    means: 'The attempt took longer than its type allows.',
    next: 'Find out what it waited for; raise `timeoutSeconds` of the type when it needs longer.',
  },
  CRASH: {
    means: 'The process of the attempt was lost: it crashed, was killed, or used too much memory.',
    next: 'Try the payload apart from others; mend the handler before the redrive.',
  },
  EXPIRED: {
    means: 'The task was still waiting when its age limit came.',
    next: 'Redrive it if it still matters: it gets a new limit.',
  },
  UNKNOWN: {
    means: 'The handler threw something that Holdfast cannot place.',
    next: 'Read the message and the log; let the handler throw a TaskFailure with a class.',
  },
};

export const OUTCOMES: Readonly<Record<AttemptOutcome, string>> = {
  running: 'is running',
  succeeded: 'succeeded',
  failed: 'failed',
  'timed-out': 'timed out',
  lost: 'was lost',
  cancelled: 'was cancelled',
  released: 'was given back when the server stopped; it counts for nothing',
  checkpointed: 'ended a slice and left its place for the next',
};

const WAITS: Readonly<Record<WaitingReason | 'worker', string>> = {
  scheduled: 'its start is scheduled',
  backoff: 'backoff',
  'crash-backoff': 'backoff after a lost process',
  'unknown-type': 'no worker can run its type; see GET /types for the reason',
  breaker: 'the breaker of its type is open: too many attempts failed',
  rate: 'its type runs at its rate limit',
  pause: 'its type is paused',
  order: 'an earlier task of its order has to end first',
  worker: 'it is next when a worker is free',
};

/** `backoff after attempt 2`. */
export function whyItWaits(reason: WaitingReason | 'worker', attempt: number): string {
  const isAfterAttempt = (reason === 'backoff' || reason === 'crash-backoff') && attempt > 0;
  return isAfterAttempt ? `${WAITS[reason]}, after attempt ${attempt}` : WAITS[reason];
}

const WAITED: Readonly<Record<WaitedFor, string>> = {
  start: 'until its start',
  backoff: 'backoff',
  crash: 'backoff after a lost process',
  turn: 'for a worker',
};

type Wait = Extract<StoryEntry, { kind: 'waited' }>;

/** `waited 1.4 s (backoff)`; a wait that took longer than it was to take says so. */
export function waitInWords({ why, lengthMs, backoffMs }: Wait): string {
  const waited = `waited ${lengthInWords(lengthMs)}`;
  if (backoffMs === null) return `${waited} ${WAITED[why]}`;
  const isLate = lengthMs > backoffMs + SECOND;
  return `${waited} (${WAITED[why]}${isLate ? ` of ${lengthInWords(backoffMs)}, then for a worker` : ''})`;
}

export const MOVES = { cancel: 'cancelled', redrive: 'redriven', discard: 'discarded' } as const;

/** How it ended, in a sentence. */
export function endOf({ status, discarded, lastFailure, attempts }: TaskDetail): string {
  if (status === 'succeeded') return 'Succeeded';
  if (status === 'cancelled') return 'Cancelled';
  const isPermanent = lastFailure?.class === 'VALIDATION';
  const why = isPermanent ? 'a failure that no retry can mend' : whyDead(lastFailure?.class, attempts.length);
  return `Dead: ${why}${discarded ? '' : '. It stands in the failure inbox'}`;
}

function whyDead(failure: FailureClass | undefined, attempts: number): string {
  if (failure === 'EXPIRED') return 'it waited longer than it may';
  if (failure === 'CRASH') return 'its process was lost too often';
  return attempts === 0 ? 'it never ran' : 'no attempts are left';
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** As exact as somebody wants who compares: `340 ms`, `1.2 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`. */
export function lengthInWords(lengthMs: number): string {
  if (lengthMs < SECOND) return `${Math.round(lengthMs)} ms`;
  if (lengthMs < 10 * SECOND) return `${(Math.floor(lengthMs / 100) / 10).toFixed(1)} s`;
  if (lengthMs < MINUTE) return `${Math.floor(lengthMs / SECOND)} s`;
  if (lengthMs < HOUR) return pair(lengthMs, [MINUTE, 'min'], [SECOND, 's']);
  if (lengthMs < DAY) return pair(lengthMs, [HOUR, 'h'], [MINUTE, 'min']);
  return pair(lengthMs, [DAY, 'd'], [HOUR, 'h']);
}

type Unit = readonly [lengthMs: number, name: string];

function pair(lengthMs: number, [wholeMs, whole]: Unit, [partMs, part]: Unit): string {
  const parts = Math.floor((lengthMs % wholeMs) / partMs);
  return `${Math.floor(lengthMs / wholeMs)} ${whole}${parts > 0 ? ` ${parts} ${part}` : ''}`;
}

const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23',
});

/** `14:03:22.105`; the day stands in a title. */
export const clockTime = (at: string): string => clock.format(Date.parse(at));
