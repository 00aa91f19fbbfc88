/**
 * The real live channel over real sockets, in this process: two tenants with an identity each, whose tasks have the same
 * ids in part, and a clock that runs as fast as the sockets do.
 */
import { setImmediate as turn } from 'node:timers/promises';
import { bearer, GivenIdentity, keyOf } from '../given-identity.ts';
import type { GivenLive } from '../given-live.ts';
import { givenLive } from '../given-live.ts';
import { ticketOf } from '../live-client.ts';

export const TENANTS = ['alpha', 'beta'] as const;
export type Tenant = (typeof TENANTS)[number];

const TASKS = 60;
/** Ids that both have lie between. */
const FIRST: Readonly<Record<Tenant, number>> = { alpha: 0, beta: 40 };
/** Slow enough that nobody is silent for two minutes of it while his socket is served. */
const MS_A_TURN = 2;
/** Enough for all of a run, and far from all there are. */
const LIMITS = { seats: 1_000 };

const idsFrom = (first: number): string[] => Array.from({ length: TASKS }, (_, n) => `t-${first + n}`);

export const OWN: Readonly<Record<Tenant, readonly string[]>> = {
  alpha: idsFrom(FIRST.alpha),
  beta: idsFrom(FIRST.beta),
};

export interface FrameWorld {
  readonly url: string;
  readonly log: GivenLive['log'];
  readonly ticket: (tenant: Tenant) => Promise<string>;
  /** Writes the task and tells of it; answers its version. */
  readonly change: (tenant: Tenant, taskId: string) => number;
  readonly close: () => Promise<void>;
}

export async function frameWorld(): Promise<FrameWorld> {
  const identity = new GivenIdentity(TENANTS.map((tenant) => keyOf(tenant, `key-of-${tenant}`)));
  const live = await givenLive({ house: { identity }, limits: LIMITS });
  const { url, store, house, log, pass } = live;
  for (const tenant of TENANTS) await submitAll(url, tenant);
  let isOver = false;
  const clock = (async () => {
    while (!isOver) {
      await pass(MS_A_TURN);
      await turn();
    }
  })();
  return {
    url,
    log,
    ticket: async (tenant) => (await ticketOf(url, bearer(`key-of-${tenant}`))).ticket,
    change: (tenant, taskId) => {
      const before = store.items.get(`${tenant}/${taskId}`)!;
      const task = { ...before, version: before.version + 1 };
      store.items.set(`${tenant}/${taskId}`, task);
      house.changes.notify([{ move: 'claim', task }]);
      return task.version;
    },
    close: async () => {
      isOver = true;
      await clock;
      await live.close(0);
    },
  };
}

async function submitAll(url: string, tenant: Tenant): Promise<void> {
  const tasks = OWN[tenant].map((taskId) => ({ taskId, type: 'simulate', payload: {}, tags: [tenant] }));
  const response = await fetch(`${url}/tasks/batch`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...bearer(`key-of-${tenant}`) },
    body: JSON.stringify({ tasks }),
  });
  if (response.status !== 200) throw new Error(`The tasks of ${tenant} were not taken: ${response.status}.`);
}
