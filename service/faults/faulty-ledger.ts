/**
 * A ledger that refuses tasks, or does what it is told and does not answer, for each task by itself. Lists, counts and details are
 * left alone. It sees every move that was really made, and counts those that put something right.
 */
import type { ApplyResult, Failed, Ledger } from '../core/ports.ts';
import { LedgerUnavailable } from '../core/ports.ts';
import type { Move, MoveName } from '../core/move.ts';
import type { TaskKey } from '../core/task.ts';
import type { FaultCounter } from './fault-counts.ts';
import type { Lab } from './lab.ts';

type Strike = 'refused' | 'reply-lost' | undefined;

const FAILED: Failed = { kind: 'failed', retryable: true };
const COUNTERS = { refused: 'ledgerRefusals', 'reply-lost': 'ledgerRepliesLost' } as const;

/** By the move, and what it left: a task that has died of it has not recovered. */
const RECOVERED: Partial<Record<MoveName, FaultCounter>> = { fail: 'retried', reap: 'reaped' };

export function faultyLedger(ledger: Ledger, lab: Lab): Ledger {
  return {
    ...watchedLedger(ledger, lab),
    submit: (tasks) => struck(tasks, { lab, write: (some) => ledger.submit(some) }),
    apply: (moves) => struck(moves, { lab, write: (some) => applied(some, { ledger, lab }) }),
    get: async (keys) => {
      const strikes = await strikesOn(keys, lab);
      if (strikes.includes('refused')) throw new LedgerUnavailable('Refused on purpose.');
      const items = await ledger.get(keys);
      if (strikes.includes('reply-lost')) throw new LedgerUnavailable('The reply was lost on purpose.');
      return items;
    },
  };
}

/** Strikes nobody, and counts. */
export function watchedLedger(ledger: Ledger, lab: Lab): Ledger {
  return {
    submit: (tasks) => ledger.submit(tasks),
    apply: (moves) => applied(moves, { ledger, lab }),
    get: (keys) => ledger.get(keys),
    overdue: (nowMs, limit) => ledger.overdue(nowMs, limit),
    list: (query) => ledger.list(query),
    attemptDetail: (key, fence) => ledger.attemptDetail(key, fence),
    counts: (tenant) => ledger.counts(tenant),
    oldestOverdue: (tenant, beforeMs) => ledger.oldestOverdue(tenant, beforeMs),
  };
}

async function applied(moves: readonly Move[], { ledger, lab }: { ledger: Ledger; lab: Lab }): Promise<ApplyResult[]> {
  const results = await ledger.apply(moves);
  for (const [i, result] of results.entries()) {
    const counter = RECOVERED[moves[i]!.name];
    if (counter === undefined || result.kind !== 'applied') continue;
    const { tenant, status } = result.task;
    if (status !== 'dead' && status !== 'cancelled') lab.count(tenant, counter);
  }
  return results;
}

async function strikesOn(items: readonly TaskKey[], lab: Lab): Promise<Strike[]> {
  await lab.look(items.map(({ tenant }) => tenant));
  return items.map(({ tenant }) => {
    const faults = lab.on(tenant)?.ledger;
    const strike = faults && strikeBy(faults, lab);
    if (strike !== undefined) lab.count(tenant, COUNTERS[strike]);
    return strike;
  });
}

function strikeBy({ refuseRate, loseReplyRate }: { refuseRate: number; loseReplyRate: number }, lab: Lab): Strike {
  if (lab.strikes(refuseRate)) return 'refused';
  return lab.strikes(loseReplyRate) ? 'reply-lost' : undefined;
}

interface Write<Item, Result> {
  readonly lab: Lab;
  readonly write: (items: readonly Item[]) => Promise<Result[]>;
}

async function struck<Item extends TaskKey, Result>(
  items: readonly Item[],
  { lab, write }: Write<Item, Result>,
): Promise<(Result | Failed)[]> {
  const strikes = await strikesOn(items, lab);
  const passed = items.filter((_, i) => strikes[i] !== 'refused');
  const answers = passed.length === 0 ? [] : await write(passed);
  let next = 0;
  return strikes.map((strike) => {
    if (strike === 'refused') return FAILED;
    const answer = answers[next]!;
    next += 1;
    return strike === 'reply-lost' ? FAILED : answer;
  });
}
