/** What a won write sets off. Only the winner rings, announces and publishes; a loser is silent. [S9] */
import type { ApplyResult, Bell, Ports, TaskEvent } from './ports.ts';
import type { Move, MoveName } from './move.ts';
import { HORIZON_MS } from './rules.ts';
import { announced } from './sweep-moves.ts';
import type { LedgerTask } from './task.ts';
import { isReady, laneOf } from './task.ts';
import type { Rules } from './rules.ts';

interface Consequence {
  /** When the item it left is ready, and starts soon enough. */
  readonly ring?: true;
  /** When the item it left is dead and nobody was told. */
  readonly announce?: true;
  readonly publish?: true;
}

const RING_AND_PUBLISH: Consequence = { ring: true, publish: true };
const PUBLISH: Consequence = { publish: true };
const NOTHING: Consequence = {};

const CONSEQUENCES: Readonly<Record<MoveName | 'submit', Consequence>> = {
  submit: RING_AND_PUBLISH,
  claim: PUBLISH,
  heartbeat: NOTHING,
  succeed: PUBLISH,
  fail: RING_AND_PUBLISH,
  die: { publish: true, announce: true },
  release: RING_AND_PUBLISH,
  checkpoint: RING_AND_PUBLISH,
  cancelled: PUBLISH,
  defer: PUBLISH,
  reap: { ring: true, publish: true, announce: true },
  recheck: NOTHING,
  wake: { ring: true },
  ringAgain: { ring: true },
  announceAgain: { announce: true },
  unreached: NOTHING,
  announced: PUBLISH,
  expire: { publish: true, announce: true },
  pushOn: NOTHING,
  cancel: PUBLISH,
  redrive: RING_AND_PUBLISH,
  discard: PUBLISH,
};

export interface Won {
  readonly move: MoveName | 'submit';
  readonly task: LedgerTask;
  /** The sweeper's brake: everything but the ring happens. */
  readonly unrung?: true;
}

/** The moves that were applied, with the items they left. */
export function winners(moves: readonly Move[], results: readonly ApplyResult[]): Won[] {
  return results.flatMap((result, i) =>
    result.kind === 'applied' ? [{ move: moves[i]!.name, task: result.task }] : [],
  );
}

export const bellOf = (task: LedgerTask): Bell => ({
  tenant: task.tenant,
  taskId: task.taskId,
  lane: laneOf(task),
  notBeforeMs: task.notBeforeMs,
  type: task.type,
});

const isWithinReach = (task: LedgerTask, nowMs: number): boolean =>
  isReady(task) && task.notBeforeMs - nowMs <= HORIZON_MS;

/**
 * A lost bell or announcement is found by the sweeper, so nothing here is repeated and nothing throws. Answers with those
 * whose bell the queue, or whose announcement the dead-letter channel, did not surely take.
 */
export async function follow(ports: Ports, rules: Rules, won: readonly Won[]): Promise<Won[]> {
  const nowMs = ports.clock.nowMs();
  const ringing: Won[] = [];
  const events: TaskEvent[] = [];
  const dying: Won[] = [];
  for (const each of won) {
    const { move, task, unrung } = each;
    const { ring, publish, announce } = CONSEQUENCES[move];
    if (ring && !unrung && isWithinReach(task, nowMs)) ringing.push(each);
    if (publish) events.push({ move, task });
    if (announce && task.announcement === 'pending') dying.push(each);
  }
  const [notRung, notTold] = await Promise.all([
    ringing.length > 0 ? ringFor(ports, ringing) : [],
    dying.length > 0 ? tellOfDeaths(ports, rules, dying) : [],
    ports.statistics.count(won),
    events.length > 0 && ports.publisher.publish(events),
  ]);
  return [...notRung, ...notTold];
}

async function ringFor({ doorbell }: Ports, won: readonly Won[]): Promise<Won[]> {
  const rung = await doorbell.ring(won.map(({ task }) => bellOf(task)));
  return won.filter((_, i) => rung[i] !== 'rung');
}

/** Tells the dead-letter channel, and records it only then: an announcement may come twice, never not at all. [S6] */
async function tellOfDeaths(ports: Ports, rules: Rules, won: readonly Won[]): Promise<Won[]> {
  const sent = await ports.deadLetters.announce(won.map(({ task }) => task));
  const at = { nowMs: ports.clock.nowMs(), rules };
  const moves = won.filter((_, i) => sent[i] === 'sent').map(({ task }) => announced(task, at));
  // Its version is another one: who only heard of the death could not redrive what it was told.
  if (moves.length > 0) await follow(ports, rules, winners(moves, await ports.ledger.apply(moves)));
  return won.filter((_, i) => sent[i] !== 'sent');
}
