/** Rows of the twin in which something is away as a whole, or for one task alone: they tell their own story of tasks and strikes. */
import { setTimeout as sleep } from 'node:timers/promises';
import { openKeys } from '../../aws/task-item.ts';
import { until } from '../given-pool.ts';
import { later } from './later.ts';
import type { Mixed } from './mix.ts';
import type { Play, TwinRow } from './twin-strikes.ts';
import { losing, rule } from './twin-strikes.ts';
import type { Struck } from './twin-verdict.ts';

/** Of a client: far below the 30 s after which it, or API Gateway, gives up. */
const PATIENCE_MS = 8_000;
/** For whatever has to happen while the fault is on; only a hanging run takes so long. */
const WITHIN_MS = 120_000;
/** Of poison, and of its neighbours. */
const MOST_ATTEMPTS = 4;
const TENANT = 'local';

const inItem = (taskId: string): string => `#TASK#${taskId}"`;
const withoutPoison = (tasks: readonly Mixed[]): Mixed[] => tasks.filter(({ kind }) => kind !== 'poison');
const fine = (taskId: string): Mixed => ({ taskId, kind: 'fine' });

export const OUTAGES: readonly TwinRow[] = [
  { id: 'F9', fault: 'one shard throttled, 20 % of bells lost', strike: oneShard },
  { id: 'F10', fault: 'ledger down', strike: ledgerDown },
  { id: 'F11', fault: 'queue down', strike: queueDown },
  { id: 'F12', fault: 'queue started anew, empty', strike: queueEmptied },
  { id: 'F17', fault: 'poison tasks end their processes', poisoned: true, strike: poisoned, wrongs: fewAttempts },
  { id: 'F19', fault: 'deaths cannot be announced', strike: unannounced, wrongs: allTold },
  { id: 'F25', fault: '1 of 5 writes fails', strike: oneOfFive },
];

/** The tasks of the shard: what is written of them is written to the index as well, whose shard takes nothing. */
async function oneShard(play: Play): Promise<Struck> {
  const { stage, tasks } = play;
  const shardOf = ({ taskId }: Mixed): string => openKeys({ tenant: TENANT, taskId }, 0).AP;
  const shard = shardOf(tasks[0]!);
  const [own, others] = [true, false].map((is) => tasks.filter((task) => (shardOf(task) === shard) === is)) as [
    Mixed[],
    Mixed[],
  ];
  const error = { kind: 'error', error: 'throttling' } as const;
  const strike = {
    dynamo: [
      rule('shard', error, { index: 'attention', holds: `"${shard}"` }),
      ...own.map(({ taskId }) =>
        rule('tasks of the shard', error, { holds: inItem(taskId), actions: ['PutItem', 'UpdateItem'] }),
      ),
    ],
    sqs: losing(0.2),
  };
  await play.submit(own.slice(0, own.length / 2));
  play.strike(strike);
  const late = later(play.submit(own.slice(own.length / 2)));
  await Promise.all([play.submit(others), sleep(play.msOf({ manyMs: 60_000, fewMs: 3_000 }))]);
  const open = await stage.settled(others, WITHIN_MS);
  const struck = play.heal();
  await late;
  return { ...struck, wrongs: open.map(({ taskId }) => `${taskId} of another shard had to wait`) };
}

/** While no write can be made a bell is rung only in place of another. */
async function ledgerDown(play: Play): Promise<Struck> {
  const { stage, tasks } = play;
  const bells = (): Map<string, number> =>
    new Map(tasks.map(({ taskId }) => [taskId, stage.witness.bellsOf(taskId).bells]));
  const others = await play.poisonFirst();
  await play.submit(others.slice(others.length / 2));
  play.strike({ dynamo: [rule('ledger down', { kind: 'drop' })] });
  const before = bells();
  const patient = later(play.submit(others.slice(0, others.length / 2)));
  const name = `${tasks[0]!.taskId}-refused`;
  const answers = await stage.answersFor(play.msOf({ manyMs: 60_000, fewMs: 6_000 }), name);
  const givenBack = new Map(Array.from(bells(), ([taskId, count]) => [taskId, count - before.get(taskId)!]));
  const struck = play.heal({ givenBack });
  await patient;
  const astray = answers.filter(
    ({ status, code, retryable, retryAfter }) =>
      !(status === 503 && code === 'ledger-unavailable' && retryable && retryAfter !== null),
  );
  return {
    ...struck,
    wrongs: [
      ...astray.map((answer) => `A submit was answered with ${JSON.stringify(answer)}`),
      ...stage.witness.ids(name).map((id) => `${id} was refused, and is there`),
    ],
  };
}

/**
 * First it refuses, at the end it does not answer at all: a minute in all, for whoever was rung for in vain is looked at again after
 * as long as he has waited.
 */
async function queueDown(play: Play): Promise<Struck> {
  const { stage, tasks } = play;
  const name = `${tasks[0]!.taskId}-alone`;
  const others = await play.poisonFirst();
  play.strike({ sqs: [rule('queue down', { kind: 'drop' })] });
  const endsAtMs = performance.now() + play.msOf({ manyMs: 50_000, fewMs: 3_000 });
  await play.submit(others);
  const refused = await stage.answersFor(Math.max(1_000, endsAtMs - performance.now()), `${name}-refused`);
  play.strike({ sqs: [rule('queue silent', { kind: 'delay', fromMs: 60_000, toMs: 60_000 })] });
  const silent = await stage.answersFor(1, `${name}-silent`);
  const struck = play.heal();
  const answers = [...refused, ...silent];
  return {
    ...struck,
    tasks: [...tasks, ...answers.map(({ taskId }) => fine(taskId))],
    wrongs: answers
      .filter(({ status, tookMs }) => status !== 202 || tookMs > PATIENCE_MS)
      .map((answer) => `A submit was answered with ${JSON.stringify(answer)}`),
  };
}

/** Their bells wait in the queue when it forgets them. */
async function queueEmptied(play: Play): Promise<Struck> {
  const { stage, tasks } = play;
  const others = await play.poisonFirst();
  const times = play.isLong ? 4 : 1;
  const size = Math.ceil(others.length / times);
  let forgotten = 0;
  for (let i = 0; i < times; i += 1) {
    await stage.submit(others.slice(i * size, (i + 1) * size), { delaySeconds: 3 });
    forgotten += tasks.filter(({ taskId }) => stage.witness.bellsOf(taskId).isOnItsWay).length;
    await stage.deployed.twin.loseAllMessages();
  }
  return play.heal({ injected: forgotten });
}

async function poisoned(play: Play): Promise<Struck> {
  const { stage, tasks } = play;
  const dying = tasks.filter(({ kind }) => kind === 'poison');
  await play.submit(tasks);
  // The fault is theirs: it is over when they are.
  await stage.settled(dying, WITHIN_MS);
  const own = new Set(tasks.map(({ taskId }) => taskId));
  return play.heal({ injected: stage.ended().filter((ids) => ids.some((id) => own.has(id))).length });
}

function fewAttempts({ stage, tasks }: Play): string[] {
  const charged = tasks.filter(({ taskId }) => (stage.witness.task(taskId)?.fence ?? 0) > MOST_ATTEMPTS);
  return charged.map(({ taskId }) => `${taskId} had more than ${MOST_ATTEMPTS} attempts`);
}

const failsForGood = (tasks: readonly Mixed[]): string[] =>
  tasks.filter(({ kind }) => kind === 'permanent').map(({ taskId }) => taskId);

async function unannounced(play: Play): Promise<Struck> {
  const { stage, tasks } = play;
  const dying = failsForGood(tasks);
  play.strike({ sqs: [rule('untold', { kind: 'error', error: 'unavailable' }, { resource: 'DeadQueue' })] });
  await Promise.all([play.submit(tasks), sleep(play.msOf({ manyMs: 60_000, fewMs: 3_000 }))]);
  await until(() => dying.every((taskId) => stage.witness.task(taskId)?.status === 'dead'), WITHIN_MS);
  const early = dying.filter((taskId) => stage.isSettled(taskId) || stage.told.includes(taskId));
  return play.heal({ wrongs: early.map((taskId) => `${taskId} is in the inbox, and nobody was told`) });
}

async function allTold({ stage, tasks }: Play): Promise<string[]> {
  const isTold = (taskId: string): boolean => stage.told.includes(taskId);
  await until(() => failsForGood(tasks).every(isTold), WITHIN_MS).catch(() => undefined); // the sentences say whom it was
  return failsForGood(tasks)
    .filter((taskId) => !isTold(taskId))
    .map((taskId) => `Nobody was told of ${taskId}`);
}

async function oneOfFive(play: Play): Promise<Struck> {
  const { stage, tasks } = play;
  const able = tasks.filter(({ kind }) => kind !== 'cancelled');
  const fifths = able.filter((_, i) => i % 5 === 0);
  const others = withoutPoison(tasks.filter((task) => !fifths.includes(task)));
  const error = { kind: 'error', error: 'internal' } as const;
  const of = ({ taskId }: Mixed) => rule('fifth', error, { holds: inItem(taskId), actions: ['UpdateItem'] });
  play.strike({ dynamo: fifths.map(of) });
  await play.submit(tasks);
  const open = await stage.settled(others, WITHIN_MS);
  const changed = fifths.filter(({ taskId }) => (stage.witness.task(taskId)?.fence ?? 0) > 0);
  return play.heal({
    wrongs: [
      ...open.map(({ taskId }) => `${taskId} had to wait for another`),
      ...changed.map(({ taskId }) => `${taskId} began, and could not be written`),
    ],
  });
}
