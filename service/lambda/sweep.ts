/**
 * The sweeper on AWS: started every minute, it sweeps at intervals until the next one is due, and cares for live connections
 * between rounds. Two at once, or one that dies in the middle, change nothing but who does it.
 */
import type { Context } from 'aws-lambda';
import { namesOf } from '../core/names-of.ts';
import { sleep } from '../core/ports.ts';
import { MINUTE, SECOND } from '../core/rules.ts';
import { sweep } from '../core/sweep.ts';
import { Connections } from './connections.ts';
import { openIdentity } from './identity.ts';
import { flushed, lazily } from './invocation.ts';
import { care } from './live-care.ts';
import { gatewayOf } from './open-live.ts';
import type { TaskParts } from './open-parts.ts';
import { openTasks } from './open-parts.ts';
import { readAwsSettings, TASK_RESOURCES } from './settings.ts';
import { noteSwept } from './swept.ts';

/** Their tasks are read whole: a page of 100 of the largest ones took 300 MB, of the 256 that the function has. */
const PAGE = 50;
const EVERY_MS = { standard: 15 * SECOND, short: SECOND } as const;
/** A round that has begun is to end with its moves written. */
const STOPS_BEFORE_END_MS = 15 * SECOND;

export interface SweepParts extends Pick<TaskParts, 'ports' | 'rules'> {
  readonly everyMs: number;
  /** Of live connections: whoever is old or has no identity any more is told to go. */
  readonly care: () => Promise<void>;
}

type Invocation = Pick<Context, 'getRemainingTimeInMillis'>;
export type Sweep = (event: unknown, invocation: Invocation) => Promise<void>;

export function createSweep(parts: SweepParts): Sweep {
  const { ports, everyMs } = parts;
  const { clock, log } = ports;
  return async (_, invocation) => {
    const endsAtMs =
      clock.monotonicMs() + Math.min(MINUTE, invocation.getRemainingTimeInMillis() - STOPS_BEFORE_END_MS);
    let fault: unknown;
    for (let nextAtMs = clock.monotonicMs(); nextAtMs < endsAtMs; nextAtMs += everyMs) {
      await sleep(clock, Math.max(0, nextAtMs - clock.monotonicMs()));
      try {
        fault = undefined;
        await round(parts, endsAtMs);
      } catch (error) {
        fault = error;
        log.error('sweep-failed', namesOf(error));
      }
    }
    // Counted as a failed invocation: whoever watches those learns that nobody sweeps.
    if (fault !== undefined) throw new SweepFailed();
  };
}

/** Says nothing of what was thrown: the runtime prints it. */
class SweepFailed extends Error {
  override readonly name = 'SweepFailed';
}

/** Pages until one is not full, then the rest; all of it is tried, whatever fails. */
async function round({ ports, rules, care }: SweepParts, endsAtMs: number): Promise<void> {
  const { clock, log, keyValue } = ports;
  try {
    for (let isFull = true; isFull && clock.monotonicMs() < endsAtMs;) {
      const { looked, moved } = await sweep(ports, rules, { limit: PAGE });
      if (moved > 0) log.info('swept', { looked, moved });
      isFull = looked === PAGE && moved > 0;
    }
    await noteSwept(keyValue, clock.nowMs());
  } finally {
    await flushed(ports);
    await care();
  }
}

const opened = lazily(async () => {
  const parts = await openTasks(readAwsSettings([...TASK_RESOURCES, 'GATEWAY_URL']));
  const { settings, ports } = parts;
  const { clock, log } = ports;
  const cared = {
    connections: new Connections(ports),
    gateway: gatewayOf(settings),
    identity: openIdentity(settings, ports).identity,
  };
  return createSweep({
    ...parts,
    everyMs: EVERY_MS[settings.timing],
    care: () => care({ ...cared, clock, log }),
  });
});

export const handler: Sweep = async (event, invocation) => (await opened())(event, invocation);
