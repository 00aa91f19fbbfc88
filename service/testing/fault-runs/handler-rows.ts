/** Rows in which handlers misbehave: they end their process, fill its memory, keep its event loop, or hand back too much. */
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { hear } from '../audit.ts';
import { inRooms, lossesOf } from './losses.ts';
import type { Plan, Play } from './play.ts';
import type { Planned } from './planned.ts';
import { extra } from './planned.ts';

/** Small enough to be filled in no time, large enough for what a worker is made of. */
const SMALL_WORKERS = { env: { WORKER_MEMORY_MB: '256' } };
const EVERY = 50;
/** An endless loop takes the isolated lane three times for some seconds: with more tasks these would become more, and the lane no wider. */
const MOST_OF_A_KIND = 4;
const MOST_LOST = 4;
/** Of an item with all that lies beside it; what a handler hands back in these rows is 500 KB and 5 MB. */
const MOST_ITEM_BYTES = 32_768;
const POISONED = ['dead CRASH', 'dead TIMEOUT'];

/** More with more tasks, and at least one. */
const some = (tasks: readonly Planned[], one: (i: number) => Planned): Planned[] =>
  Array.from({ length: Math.min(MOST_OF_A_KIND, Math.ceil(tasks.length / EVERY)) }, (_, i) => one(i));

/** First of all, so that they have neighbours. */
const withFirst = (first: (tasks: readonly Planned[]) => Planned[]) => (tasks: Planned[]) => [
  ...first(tasks),
  ...tasks,
];

/** Whoever is no poison has not crashed; a poison costs no more attempts than it may. */
function whoWasCharged(play: Play): void {
  const poison = new Set(play.tasks.filter(({ ends }) => ends.includes('dead CRASH')).map(({ taskId }) => taskId));
  const { tasks, audit, starts } = hear(play.ground.dataDir);
  const seen = { starts, ...inRooms(audit, play.ground.rooms()) };
  for (const { taskId, crashes } of tasks) {
    const { lost } = lossesOf(audit.get(taskId)!, seen);
    if (!poison.has(taskId) && crashes > 0) play.wrongs.push(`${taskId} was charged for the crash of a neighbour`);
    if (poison.has(taskId) && lost > MOST_LOST) play.wrongs.push(`${taskId} has lost ${lost} attempts`);
    if (poison.has(taskId)) play.injected += lost;
  }
}

const nothing = (): Promise<void> => Promise.resolve();

export const poison: Plan = {
  id: 'F17',
  fault: 'poison: abort, out of memory, endless loop',
  start: SMALL_WORKERS,
  mix: withFirst((tasks) => [
    ...some(tasks, (i) => extra(`F17-leaks-${i}`, 'leak', { ends: POISONED })),
    ...some(tasks, (i) => extra(`F17-loops-${i}`, 'loop', { ends: POISONED })),
    ...some(tasks, (i) => extra(`F17-aborts-${i}`, 'abort', { ends: POISONED })),
  ]),
  strike: nothing,
  expect: whoWasCharged,
};

const STUMBLES = ['block-once', 'leak-once'] as const;

/** It stumbles at its first fence only; without a start of that nothing has struck. */
function countStumbles(play: Play): void {
  const stumbling = play.tasks.filter(({ does }) => STUMBLES.some((stumble) => stumble === does));
  const struck = new Set(stumbling.map(({ taskId }) => `${taskId} 1`));
  play.injected += play.ground.starts().filter((start) => struck.has(start)).length;
  const poison = new Set(play.tasks.filter(({ does }) => does === 'abort').map(({ taskId }) => taskId));
  for (const { taskId, crashes } of hear(play.ground.dataDir).tasks)
    if (crashes > 0 && !poison.has(taskId)) play.wrongs.push(`${taskId} was charged`);
}

export const blocked: Plan = {
  id: 'F18',
  fault: 'event loop blocked 10 s, memory leak, once each',
  start: SMALL_WORKERS,
  mix: withFirst((tasks) =>
    STUMBLES.flatMap((does) => some(tasks, (i) => extra(`F18-${does}-${i}`, does, { ends: ['succeeded'] }))),
  ),
  strike: nothing,
  expect: countStumbles,
};

const BYTES = `SELECT task_id AS taskId, length(cast(payload AS blob)) + ifnull(length(cast(result AS blob)), 0)
    + ifnull(length(cast(attempts AS blob)), 0) + ifnull(length(cast(last_failure AS blob)), 0)
    + ifnull((SELECT sum(length(cast(message AS blob)) + length(cast(log AS blob))) FROM attempt_detail
        WHERE attempt_detail.task = task.id), 0) AS bytes
  FROM task`;

function measureItems({ ground, tasks, wrongs, ...play }: Play): number {
  const database = new DatabaseSync(path.join(ground.dataDir, 'ledger.sqlite'), { readOnly: true });
  const items = database.prepare(BYTES).all() as { taskId: string; bytes: number }[];
  database.close();
  for (const { taskId, bytes } of items)
    if (bytes > MOST_ITEM_BYTES) wrongs.push(`the item of ${taskId} has ${bytes} bytes`);
  play.notes.push(`the largest item has ${Math.max(...items.map(({ bytes }) => bytes))} bytes`);
  const large = new Set(tasks.filter(({ does }) => does.startsWith('large')).map(({ taskId }) => taskId));
  return ground.starts().filter((start) => large.has(start.split(' ')[0]!)).length;
}

export const large: Plan = {
  id: 'F27',
  fault: 'result of 500 KB, error of 5 MB',
  mix: withFirst((tasks) =>
    (['large-result', 'large-error'] as const).flatMap((does) =>
      some(tasks, (i) => extra(`F27-${does}-${i}`, does, { ends: ['dead VALIDATION'] })),
    ),
  ),
  strike: nothing,
  expect: (play) => void (play.injected += measureItems(play)),
};
