/**
 * One bell in, one attempt or none: claim, run, classify, commit, then ring, announce and publish.
 * It may run again, late, out of order or beside itself: every write it makes asks for its own fence and owner. [S4]
 */
import { cancelled, checkpoint, release, succeed } from './attempt-moves.ts';
import type { Unclaimed } from './claim.ts';
import { claimTask } from './claim.ts';
import { afterFailure, failedAttempt } from './failure.ts';
import type { Won } from './follow.ts';
import { follow } from './follow.ts';
import type { Move } from './move.ts';
import type { AttemptLog, Bell, ReportedError, RunOutcome } from './ports.ts';
import { sleep } from './ports.ts';
import type { LossCause } from './reap-move.ts';
import { reap } from './reap-move.ts';
import { MAX_CHECKPOINT_BYTES, MAX_RESULT_BYTES } from './rules.ts';
import type { LedgerTask } from './task.ts';
import type { Supervised } from './supervise.ts';
import { Supervision } from './supervise.ts';
import type { StopReason, Worker } from './worker.ts';

const NO_LOG: AttemptLog = { lines: [], truncated: false };
const COMMIT_AGAIN_MS = 100;
const COMMIT_AGAIN_CAP_MS = 2_000;

/** `again`: the ledger could not be asked, the bell must come back. */
export async function attend(bell: Bell, worker: Worker): Promise<Unclaimed> {
  const claimed = await claimTask(bell, worker);
  if (typeof claimed === 'string') return claimed;
  const { ports, rules } = worker;
  const told = follow(ports, rules, [{ move: 'claim', task: claimed.task }]);
  const supervised = await new Supervision(claimed, worker).ended();
  const won = await commit(moveAfter(supervised, worker), supervised, worker);
  await Promise.all([told, won && follow(ports, rules, [won])]);
  return 'done';
}

const at = ({ ports, rules }: Worker) => ({ nowMs: ports.clock.nowMs(), rules });

function failedMove(
  task: LedgerTask,
  error: ReportedError,
  { log, worker }: { log: AttemptLog; worker: Worker },
): Move {
  const when = at(worker);
  const failed = failedAttempt(task, error, { log, nowMs: when.nowMs });
  const random = worker.ports.random.uniform();
  return afterFailure(task, { failed, retryAfterMs: error.retryAfterMs, random }, when);
}

const tooLarge = (what: string, bytes: number): ReportedError => ({
  name: 'TooLarge',
  code: `${what}-too-large`,
  message: `The handler returned a ${what} of more than ${bytes} bytes.`,
  class: 'VALIDATION',
});

const TIMED_OUT: ReportedError = {
  name: 'TimeoutError',
  code: 'time-out',
  message: 'The attempt did not end within its time-out and was stopped.',
  class: 'TIMEOUT',
};

const UNSTORABLE: ReportedError = {
  name: 'Unstorable',
  code: 'outcome-not-storable',
  message: 'The ledger refused to store the outcome of the attempt.',
  class: 'VALIDATION',
};

const exceeds = (text: string, bytes: number): boolean =>
  text.length > bytes || (text.length * 3 > bytes && new TextEncoder().encode(text).length > bytes);

function moveAfter({ task, outcome, stopped }: Supervised, worker: Worker): Move {
  switch (outcome.kind) {
    case 'succeeded':
      if (outcome.result !== undefined && exceeds(outcome.result, MAX_RESULT_BYTES)) {
        return failedMove(task, tooLarge('result', MAX_RESULT_BYTES), { log: NO_LOG, worker });
      }
      return succeed(task, outcome.result, at(worker));
    case 'checkpoint':
      if (exceeds(outcome.state, MAX_CHECKPOINT_BYTES)) {
        return failedMove(task, tooLarge('checkpoint', MAX_CHECKPOINT_BYTES), { log: NO_LOG, worker });
      }
      return checkpoint(task, outcome.state, { ...at(worker), delayMs: outcome.delayMs });
    case 'failed':
      if (stopped === undefined) return failedMove(task, outcome.error, { log: outcome.log, worker });
      if (stopped === 'time-out') return failedMove(task, TIMED_OUT, { log: outcome.log, worker });
      return stopped === 'cancel' ? cancelled(task, at(worker)) : release(task, at(worker));
    case 'gone':
      return moveAfterLoss(task, { cause: outcome.cause, stopped, worker });
  }
}

interface Gone {
  readonly cause: Extract<RunOutcome, { kind: 'gone' }>['cause'];
  readonly stopped: StopReason | undefined;
  readonly worker: Worker;
}

/** Only an overrun of its own time-out charges the attempt; a process we ended for any other reason charges nobody. */
function moveAfterLoss(task: LedgerTask, { cause, stopped, worker }: Gone): Move {
  if (cause === 'neighbour') return release(task, at(worker));
  if (cause === 'overran' && stopped === 'cancel') return cancelled(task, at(worker));
  if (cause === 'overran' && stopped !== 'time-out') return release(task, at(worker));
  const loss: LossCause = cause === 'overran' ? 'overran' : 'lost';
  return reap(task, { ...newOwner(worker), cause: loss, known: true }, at(worker));
}

const newOwner = ({ ports: { random }, ownerPrefix }: Worker) => ({
  owner: ownerPrefix + random.token(),
  random: random.uniform(),
});

/** Whether the item shows that this very move was applied, though its reply was lost. */
function showsOurMove(found: LedgerTask, move: Move, task: LedgerTask): boolean {
  return (
    found.fence === task.fence && found.owner === (move.set.owner ?? task.owner) && found.status === move.set.status
  );
}

const isStillOurs = (found: LedgerTask, task: LedgerTask): boolean =>
  found.status === 'running' && found.fence === task.fence && found.owner === task.owner;

/**
 * Repeats a write that may not have happened until the confirmed lease ends; then the attempt is the sweeper's. One that
 * can never happen is not repeated: the task dies of it, with a name.
 */
async function commit(first: Move, { task, leaseEndsMs }: Supervised, worker: Worker): Promise<Won | undefined> {
  const { ledger, clock } = worker.ports;
  let move = first;
  for (let waitMs = COMMIT_AGAIN_MS; ; waitMs = Math.min(waitMs * 2, COMMIT_AGAIN_CAP_MS)) {
    const [result] = await ledger.apply([move]);
    if (result?.kind === 'applied') return { move: move.name, task: result.task };
    if (result?.kind === 'lost') {
      const found = result.task;
      if (found === undefined) return undefined;
      if (showsOurMove(found, move, task)) return { move: move.name, task: found };
      if (move.name === 'cancelled' || !found.cancelRequested || !isStillOurs(found, task)) return undefined;
      move = cancelled(found, at(worker));
      continue;
    }
    if (result?.kind === 'failed' && !result.retryable) {
      if (move.detail?.message === UNSTORABLE.message) return undefined;
      move = failedMove(task, UNSTORABLE, { log: NO_LOG, worker });
      continue;
    }
    if (clock.monotonicMs() + waitMs >= leaseEndsMs) return undefined;
    await sleep(clock, waitMs);
  }
}
