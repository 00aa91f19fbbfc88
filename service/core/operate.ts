/**
 * What an operator asks of one task: read it, judge it, write it under its version, and look again when the race was
 * lost. A move whose reply was lost is recognised by its id in the task's history, so it is never made twice.
 */
import type { At } from './drafts.ts';
import { follow } from './follow.ts';
import type { Move } from './move.ts';
import type { Edit } from './operator-moves.ts';
import { cancel, discard, redrive } from './operator-moves.ts';
import type { Ports } from './ports.ts';
import { isUnreadable, LedgerUnavailable, sleep } from './ports.ts';
import { Refusal } from './refusal.ts';
import type { Rules } from './rules.ts';
import type { HistoryEntry, LedgerTask, TaskKey } from './task.ts';
import type { Running } from './worker.ts';

export interface Operator {
  readonly subject: string;
  readonly reason?: string;
  /** The version the operator has seen, when it insists on it. */
  readonly ifVersion?: number;
}

export interface Desk {
  readonly ports: Ports;
  readonly rules: Rules;
  readonly running: Running;
}

/** The waits between them are 0.6 s in all; what the ledger takes to fail is bounded by time alone. */
const MOST_TRIES = 8;
/** No try begins after it, so that an answer comes before whoever carries it gives up: on AWS after 29 s. */
const GIVE_UP_AFTER_MS = 10_000;
const AGAIN_MS = 20;

/** The move, a refusal by the task's state, or nothing where all is as it was asked for. */
type Judge = (task: LedgerTask, entry: HistoryEntry, at: At) => Move | undefined;
/** The edited payload for a task of this type, or a refusal. */
export type Editor = (type: string) => Edit;

/** The task as it is. Throws a not-found refusal for one that is absent, and LedgerUnavailable for an unreadable one. */
export async function readTask({ ledger }: Pick<Ports, 'ledger'>, key: TaskKey): Promise<LedgerTask> {
  const [item] = await ledger.get([key]);
  if (item === undefined) throw new Refusal('not-found', 'There is no task with this id.');
  if (isUnreadable(item)) throw new LedgerUnavailable('The task was written by a newer version of Holdfast.');
  return item;
}

/**
 * Undefined when the ledger cannot say: the move may have been made, and whoever gave up now would have it refused when it is
 * asked for again.
 */
async function readAgain(ports: Ports, key: TaskKey): Promise<LedgerTask | undefined> {
  try {
    return await readTask(ports, key);
  } catch (error) {
    if (error instanceof LedgerUnavailable) return undefined;
    throw error;
  }
}

const judgeCancel: Judge = (task, entry, at) => {
  if (['succeeded', 'dead', 'cancelled'].includes(task.status)) {
    throw new Refusal('task-final', `The task is final: it is ${task.status}.`);
  }
  return task.cancelRequested ? undefined : cancel(task, entry, at);
};

function refuseUnlessInInbox(task: LedgerTask): void {
  if (task.status !== 'dead')
    throw new Refusal('not-dead', `Only a dead task allows this; this one is ${task.status}.`);
  if (task.announcement === 'pending') {
    throw new Refusal('not-announced-yet', 'The task died a moment ago and is still being announced; try again.');
  }
}

const judgeRedrive =
  (editor: Editor | undefined): Judge =>
  (task, entry, at) => {
    const edit = editor?.(task.type);
    refuseUnlessInInbox(task);
    return redrive(task, entry, { ...at, ...(edit && { edit }) });
  };

const judgeDiscard: Judge = (task, entry, at) => {
  refuseUnlessInInbox(task);
  return task.discarded ? undefined : discard(task, entry, at);
};

async function operate(desk: Desk, key: TaskKey, { move, operator, judge }: Order): Promise<LedgerTask> {
  const { ports, rules } = desk;
  const moveId = ports.random.token();
  const giveUpAtMs = ports.clock.monotonicMs() + GIVE_UP_AFTER_MS;
  let isSent = false;
  for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
    if (ports.clock.monotonicMs() >= giveUpAtMs) break;
    if (tries > 1) await sleep(ports.clock, AGAIN_MS * (tries - 1));
    const task = isSent ? await readAgain(ports, key) : await readTask(ports, key);
    if (task === undefined) continue;
    if (task.history.some((entry) => entry.moveId === moveId)) return won(desk, move, task);
    const at = { nowMs: ports.clock.nowMs(), rules };
    const { subject, reason } = operator;
    const entry = { atMs: at.nowMs, subject, move, ...(reason !== undefined && { reason }), moveId };
    const judged = judge(task, entry, at);
    // Last, for a precondition counts only where all else would let the request pass (RFC 9110 §13.2.1).
    if (operator.ifVersion !== undefined && operator.ifVersion !== task.version) {
      throw new Refusal('stale-version', 'The task has changed since the version that If-Match names.');
    }
    if (judged === undefined) return task;
    const [result] = await ports.ledger.apply([judged]);
    if (result?.kind === 'applied') return won(desk, move, result.task);
    isSent = true;
  }
  throw new LedgerUnavailable('The task changed or could not be written at every try.');
}

async function won({ ports, rules }: Desk, move: HistoryEntry['move'], task: LedgerTask): Promise<LedgerTask> {
  await follow(ports, rules, [{ move, task }]);
  return task;
}

interface Order {
  readonly move: HistoryEntry['move'];
  readonly operator: Operator;
  readonly judge: Judge;
}

/** Cancelled at once when ready; requested when running. Throws task-final, not-found, stale-version. */
export async function cancelTask(desk: Desk, key: TaskKey, operator: Operator): Promise<LedgerTask> {
  const task = await operate(desk, key, { move: 'cancel', operator, judge: judgeCancel });
  if (task.status === 'running') desk.running.stop(key, 'cancel');
  return task;
}

export interface RedriveOrder extends Operator {
  /** Asked with the type of the task as it is; whatever it throws is the answer. */
  readonly editor?: Editor;
}

/** A new budget for a dead task. Throws not-dead, not-announced-yet, not-found, stale-version. */
export const redriveTask = (desk: Desk, key: TaskKey, { editor, ...operator }: RedriveOrder): Promise<LedgerTask> =>
  operate(desk, key, { move: 'redrive', operator, judge: judgeRedrive(editor) });

/** Out of the inbox, still readable; again changes nothing. Throws not-dead, not-announced-yet, not-found, stale-version. */
export const discardTask = (desk: Desk, key: TaskKey, operator: Operator): Promise<LedgerTask> =>
  operate(desk, key, { move: 'discard', operator, judge: judgeDiscard });
