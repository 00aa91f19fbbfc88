/**
 * The ledger item: everything Holdfast knows of one task. The ledger is the truth; a message is only a doorbell.
 * Times are epoch milliseconds. Payload and result are kept as JSON text: nobody but a handler looks inside.
 * An absent (or undefined) optional field means "no": engines store no false and no null.
 */
import type { Attempt, LastFailure, Task, Waiting as ContractWaiting } from '@holdfast/api/types';

export type Status = Task['status'];
export type FailureClass = LastFailure['class'];
export type AttemptOutcome = Exclude<Attempt['outcome'], 'running'>;
export type WaitingReason = ContractWaiting['reason'];

/** The newest shape of an item that this code can read. A newer one is left alone until newer code comes. */
export const ITEM_SCHEMA = 1;

export const READY: readonly Status[] = ['scheduled', 'queued', 'retrying'];

export interface TaskKey {
  readonly tenant: string;
  readonly taskId: string;
}

/** Why a ready task does not run, and until when at the earliest. */
export interface Waiting {
  readonly reason: WaitingReason;
  readonly untilMs: number;
}

/** One attempt that ended, in ≤ 150 bytes. Its message and log lines lie beside the item, under its fence. */
export interface EndedAttempt {
  readonly fence: number;
  readonly attempt: number;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly outcome: AttemptOutcome;
  readonly class?: FailureClass;
  readonly code?: string;
  readonly delayMs?: number;
}

export interface LogLine {
  readonly atMs: number;
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly text: string;
}

/** What is kept of an attempt that did not succeed: ≤ 2 KB of message, ≤ 100 log lines in ≤ 8 KB. */
export interface AttemptDetail {
  readonly fence: number;
  readonly message: string;
  readonly log: readonly LogLine[];
  readonly logTruncated: boolean;
}

/** An operator's move. `moveId` tells a lost reply from a lost race. */
export interface HistoryEntry {
  readonly atMs: number;
  readonly subject: string;
  readonly move: 'cancel' | 'redrive' | 'discard';
  readonly reason?: string;
  readonly moveId: string;
}

export interface Failure {
  readonly class: FailureClass;
  readonly code: string;
  readonly message: string;
  readonly atMs: number;
}

export interface Progress {
  readonly percent: number;
  readonly message?: string;
}

export interface LedgerTask extends TaskKey {
  readonly schema: number;
  readonly type: string;
  readonly payloadVersion: number;
  readonly status: Status;
  /** +1 on every write; the ETag is exactly it. [S5] */
  readonly version: number;
  /** +1 at every claim, never reset, not even by a redrive. [S3] */
  readonly fence: number;
  /** Random per claim; stays on the item after the attempt ends; a reap replaces it. */
  readonly owner?: string;
  /** Attempts that ended by themselves or by time-out, over all redrives. */
  readonly failures: number;
  /** Lost attempts that are this task's own doing: lost alone in their process, or killed for an overrun. */
  readonly crashes: number;
  readonly lostInRow: number;
  /** Lost once beside others: from now on it runs alone in its process until it is final. */
  readonly suspect?: true;
  /** `failures` at the last redrive: maxAttempts bounds failures − budgetBase. */
  readonly budgetBase: number;
  /** No attempt starts earlier. */
  readonly notBeforeMs: number;
  /** How long the running attempt may live. */
  readonly leaseUntilMs?: number;
  readonly startedAtMs?: number;
  /** An upper bound for when somebody must look; absent when nobody has to. */
  readonly dueMs?: number;
  /** Bells in a row that the sweeper rang and nobody answered. */
  readonly rings: number;
  readonly expiresAtMs: number;
  readonly announcement?: 'pending' | 'sent';
  readonly requestHash: string;
  readonly groupId?: string;
  readonly orderingKey?: string;
  readonly seq?: number;
  readonly limitKey?: string;
  readonly planId?: string;
  readonly tags: readonly string[];
  readonly traceparent?: string;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  /** The moment it was asked to run, when the client asked for one. */
  readonly runAtMs?: number;
  readonly finishedAtMs?: number;
  readonly progress?: Progress;
  readonly cancelRequested?: true;
  readonly discarded?: true;
  readonly payloadEdited?: true;
  readonly waiting?: Waiting;
  readonly lastFailure?: Failure;
  readonly attemptsTotal: number;
  readonly attempts: readonly EndedAttempt[];
  readonly history: readonly HistoryEntry[];
  readonly payload: string;
  readonly result?: string;
  /** What a long work in slices left for its next slice, ≤ 4 KB. */
  readonly checkpoint?: string;
  readonly purgeAtMs?: number;
}

export type Field = keyof LedgerTask;

/** The second part of a `traceparent`. */
export const traceIdOf = ({ traceparent }: LedgerTask): string | undefined => traceparent?.slice(3, 35);

export const isReady = (task: Pick<LedgerTask, 'status'>): boolean => READY.includes(task.status);

export const isFinal = (task: LedgerTask): boolean =>
  task.status === 'succeeded' || task.status === 'cancelled' || task.status === 'dead';

/** Final and nothing left to do: a dead task enters the inbox only when it was announced. */
export const isSettled = (task: LedgerTask): boolean => isFinal(task) && task.announcement !== 'pending';

export const isInInbox = (task: LedgerTask): boolean =>
  task.status === 'dead' && task.announcement === 'sent' && !task.discarded;

/** Which attempt of its budget runs or would run next, from 1. A lost attempt is not counted. */
export const attemptNumber = (task: LedgerTask): number => task.failures - task.budgetBase + 1;

export type Lane = 'fresh' | 'recovery' | 'isolated';

/** The item decides, not the doorbell. */
export const laneOf = (task: Pick<LedgerTask, 'suspect' | 'rings'>): Lane =>
  task.suspect ? 'isolated' : task.rings > 0 ? 'recovery' : 'fresh';
