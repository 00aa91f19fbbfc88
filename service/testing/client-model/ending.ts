/**
 * How a run ends: what would last is cancelled, all comes to rest, and then every account of it has to agree: each task, all
 * lists, the statistics, and the starts of handlers that the handlers themselves have noted.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Stats } from '@holdfast/api/types';
import type { Client } from './client.ts';
import { named } from './command.ts';
import type { Errands } from './errands.ts';
import { UNTIL_CANCELLED_MS } from './errands.ts';
import type { KnownTasks } from './known-tasks.ts';
import { checkList } from './list-commands.ts';
import type { State } from './state.ts';
import { isFinal } from './task-model.ts';
import { attemptsOf, statusOf } from './views.ts';

/** What was counted a second ago may be told still. */
const AGREED_WITHIN_MS = 90_000;
const LOOK_AGAIN_MS = 100;

/** Nothing runs any more, and no place in a worker is taken. */
export async function stopAll(known: KnownTasks, client: Client): Promise<void> {
  const stop = async (taskId: string): Promise<void> => {
    await known.quiet(client, taskId);
    const lasts = ({ phase, script }: State) => phase === 'running' && script.lastsMs >= UNTIL_CANCELLED_MS;
    if (!known.statesOf(taskId).some(lasts)) return;
    const action = { kind: 'cancel' } as const;
    known.learn(taskId, action, await client.act(taskId, action));
    await known.quiet(client, taskId);
  };
  // At once: elsewhere than in the process that is asked, each cancel may wait for a heartbeat.
  await Promise.all(known.ids.map(stop));
}

const count = (states: readonly State[], isOne: (state: State) => boolean): number => states.filter(isOne).length;
const sum = (states: readonly State[], of: (state: State) => number): number =>
  states.reduce((total, state) => total + of(state), 0);

/** What GET /stats has to say of tasks at rest. */
function countsOf(states: readonly State[], isCloud: boolean): object {
  const withStatus = (status: string) => count(states, (state) => statusOf(state) === status);
  const redriven = ({ history }: State) => history.filter(({ move }) => move === 'redrive').length;
  const ended = (state: State, as: string) => state.outcomes.filter((outcome) => outcome === as).length;
  const tasks = {
    ...{ scheduled: withStatus('scheduled'), queued: 0, retrying: 0, running: 0 },
    ...{ succeeded: withStatus('succeeded'), cancelled: withStatus('cancelled'), dead: withStatus('dead') },
    inbox: count(states, (state) => statusOf(state) === 'dead' && !state.discarded),
  };
  const hasBegun = (state: State): boolean => attemptsOf(state) > 0 || isFinal(state);
  const accepted = isCloud ? count(states, hasBegun) : states.length;
  const totals = {
    ...{ accepted, started: sum(states, attemptsOf), redriven: sum(states, redriven) },
    ...{ succeeded: tasks.succeeded, cancelled: tasks.cancelled, dead: sum(states, redriven) + tasks.dead },
    ...{ failedAttempts: sum(states, (state) => ended(state, 'failed')), lostAttempts: 0 },
  };
  return { tasks, totals };
}

const sorted = (value: object): string =>
  JSON.stringify(value, [...new Set(JSON.stringify(value).match(/\w+/g))].sort());

async function checkStatistics(known: KnownTasks, client: Client): Promise<void> {
  const states = known.ids.map((id) => known.statesOf(id)[0]!);
  const expected = sorted(countsOf(states, client.access.isCloud === true));
  const endMs = performance.now() + AGREED_WITHIN_MS;
  for (;;) {
    const { body } = await client.ask('GET /stats?window=1h');
    const { tasks, totals } = body as Stats;
    const told = sorted({ tasks, totals });
    if (told === expected) return;
    if (performance.now() > endMs) throw new Error(`it counts\n${told}, which is not\n${expected}`);
    await sleep(LOOK_AGAIN_MS);
  }
}

/** Every start has an attempt of its own; every attempt that was not stopped has been started. [S3][S10] */
// eslint-disable-next-line @typescript-eslint/require-await -- it throws as what is awaited does
async function checkStarts(known: KnownTasks, client: Client, errands: Errands): Promise<void> {
  for (const taskId of known.ids) {
    const starts = errands.starts(client.access.tenant, taskId);
    const { outcomes } = known.statesOf(taskId)[0]!;
    const fences = outcomes.map((_, i) => i + 1);
    const isOne = new Set(starts).size === starts.length && starts.every((fence) => fences.includes(fence));
    const missing = fences.filter((fence) => outcomes[fence - 1] !== 'cancelled' && !starts.includes(fence));
    if (!isOne || missing.length > 0)
      throw new Error(`${taskId} ended ${outcomes.join(', ') || 'unstarted'}, and its handler began ${starts.join()}`);
  }
}

export async function checkEnd(known: KnownTasks, client: Client, errands: Errands): Promise<void> {
  const by = `by ${client.access.tenant}`;
  await named(`the end of all, ${by}`, () => stopAll(known, client));
  await named(`each task at the end, ${by}`, async () => {
    for (const taskId of known.ids) {
      known.learn(taskId, { kind: 'get' }, await client.act(taskId, { kind: 'get' }));
    }
  });
  await named(`the list of all, ${by}`, () => checkList(known, client, {}));
  await named(`the statistics, ${by}`, () => checkStatistics(known, client));
  // By now every death has been announced, or the statistics would not agree.
  for (const id of known.ids) {
    const states = known.statesOf(id).filter(({ phase }) => phase !== 'dying');
    known.put(id, states);
  }
  await named(`the starts, ${by}`, () => checkStarts(known, client, errands));
  for (const status of ['dead', 'succeeded', 'cancelled', 'scheduled'] as const) {
    await named(`the list of ${status}, ${by}`, () => checkList(known, client, { status }));
  }
}
