/**
 * The end of an attempt whose process is gone. Who is charged decides whether one poisonous task can take others
 * with it: lost beside others charges nobody [S13], lost alone or killed for an overrun is the task's own crash.
 */
import * as clauses from './clauses.ts';
import type { At } from './drafts.ts';
import { draftSwept, endedAttempts, finalAt } from './drafts.ts';
import type { Clause, Move } from './move.ts';
import { backoffMs, MAX_CRASHES, MAX_LOST_IN_ROW, SUSPECT_AFTER_LOST } from './rules.ts';
import type { Failure, LedgerTask } from './task.ts';

/** `lost`: with its process · `overran`: killed for its own time-out · `server`: the whole server died. */
export type LossCause = 'lost' | 'overran' | 'server';

export interface Loss {
  readonly cause: LossCause;
  /** The new owner: from now on the lost attempt cannot even recognise its own lost reply. */
  readonly owner: string;
  /** In [0, 1), for the backoff. */
  readonly random: number;
  /** Whether the process is known to be gone; else only a lease that is over may be ended. */
  readonly known: boolean;
}

const leaseOver = ({ nowMs, rules }: At): Clause => clauses.leaseEndedBy(nowMs - rules.constants.marginMs);

interface Charge {
  readonly crashes: number;
  readonly lostInRow: number;
  readonly suspect: boolean;
}

function chargeOf(task: LedgerTask, cause: LossCause): Charge {
  const lostInRow = task.lostInRow + 1;
  if (cause === 'server') {
    return { crashes: task.crashes, lostInRow, suspect: task.suspect === true || lostInRow >= SUSPECT_AFTER_LOST };
  }
  const itsOwn = cause === 'overran' || task.suspect === true;
  return { crashes: task.crashes + (itsOwn ? 1 : 0), lostInRow, suspect: true };
}

const LOST = 'The process of the attempt was lost.';
const LOST_ALONE = `The attempt ran alone and its process was lost, ${MAX_CRASHES} times.`;
const LOST_AGAIN = `The process of the attempt was lost ${MAX_LOST_IN_ROW} times in a row.`;

function crashFailure({ crashes, lostInRow }: Charge, cause: LossCause, nowMs: number): Failure {
  if (cause === 'overran') {
    return {
      class: 'TIMEOUT',
      code: 'overran',
      message: 'The attempt outlived its time-out and was killed.',
      atMs: nowMs,
    };
  }
  const message = crashes >= MAX_CRASHES ? LOST_ALONE : lostInRow >= MAX_LOST_IN_ROW ? LOST_AGAIN : LOST;
  return { class: 'CRASH', code: 'process-lost', message, atMs: nowMs };
}

export function reap(task: LedgerTask, loss: Loss, at: At): Move {
  const charge = chargeOf(task, loss.cause);
  const when = [
    clauses.stillRunning,
    clauses.sameFence(task.fence),
    ...(loss.known ? [] : [leaseOver(at)]),
    task.cancelRequested ? clauses.cancelIsRequested : clauses.noCancelRequest,
  ];
  const state = stateAfter(task, { charge, loss, at });
  const remove = [
    'leaseUntilMs',
    'progress',
    ...(task.cancelRequested ? (['waiting', 'checkpoint'] as const) : []),
  ] as const;
  return draftSwept('reap', task, {
    at,
    when,
    set: {
      owner: loss.owner,
      crashes: charge.crashes,
      lostInRow: charge.lostInRow,
      ...(charge.suspect && { suspect: true as const }),
      ...state,
    },
    remove,
  });
}

function stateAfter(
  task: LedgerTask,
  { charge, loss, at }: { charge: Charge; loss: Loss; at: At },
): Partial<LedgerTask> {
  const failure = crashFailure(charge, loss.cause, at.nowMs);
  const outcome = loss.cause === 'overran' ? ('timed-out' as const) : ('lost' as const);
  const ending = { outcome, class: failure.class, code: failure.code };
  const attempts = endedAttempts(task, ending, at.nowMs);
  if (task.cancelRequested) return { status: 'cancelled', attempts, ...finalAt(at) };
  if (charge.crashes >= MAX_CRASHES || charge.lostInRow >= MAX_LOST_IN_ROW) {
    return { status: 'dead', announcement: 'pending', finishedAtMs: at.nowMs, lastFailure: failure, attempts };
  }
  const delayMs = backoffMs(charge.crashes, loss.random, at.rules.policyOf(task.type));
  const untilMs = at.nowMs + delayMs;
  return {
    status: 'retrying',
    notBeforeMs: untilMs,
    waiting: { reason: 'crash-backoff', untilMs },
    lastFailure: failure,
    attempts: endedAttempts(task, { ...ending, delayMs }, at.nowMs),
  };
}
