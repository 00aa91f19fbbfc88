/** What a run of a row on the twin has shown: by the witness on the wire, by what the API lists, and by what handlers noted. */
import type { LedgerTask } from '../../core/task.ts';
import { MAX_CRASHES, MAX_LOST_IN_ROW } from '../../core/rules.ts';
import type { GivenFaults } from '../twin/given-faults.ts';
import type { Mixed } from './mix.ts';
import { ENDS } from './mix.ts';
import type { Verdict } from './row.ts';

const MOST_BELLS = 6;
/** After the healing; what is not final by then is lost, as the matrix gives it 60 s. */
const LOOKED_FOR_MS = 120_000;

/** How a row was struck. */
export interface Struck {
  readonly tasks: readonly Mixed[];
  readonly injected: number;
  readonly healedAtMs: number;
  readonly wrongs: readonly string[];
  /** By task: bells that were rung in place of such as could not be answered. */
  readonly givenBack?: ReadonlyMap<string, number>;
}

export async function verdictOf(stage: GivenFaults, struck: Struck): Promise<Verdict> {
  const { tasks, injected, healedAtMs } = struck;
  const open = await stage.settled(tasks, LOOKED_FOR_MS);
  const recoveryMs = Math.round(performance.now() - healedAtMs);
  const astray = await notAtTheirEnd(stage, tasks);
  const items = tasks.flatMap(({ taskId }) => stage.witness.task(taskId) ?? []);
  const bells = bellsOfMost(stage, struck);
  return {
    ...{ injected, tasks: tasks.length, recoveryMs, bells },
    lost: astray.length,
    twice: tasks.filter(({ taskId }) => successesOf(stage, taskId) > 1).length,
    falseDead: items.filter(isFalselyDead).length,
    notes: [`${deadOfLosses(items, tasks)} of ${tasks.length} tasks dead of losses`],
    wrongs: [
      ...struck.wrongs,
      ...astray.slice(0, 5),
      ...(open.length > 0 ? [`${open.length} are not final: ${stage.some(open)}`] : []),
      ...tasks.flatMap(({ taskId }) => stage.witness.contradictionsOf(taskId)).slice(0, 5),
      ...startedTwice(stage, tasks),
      ...stage.incidents.map((line) => `SQS gave a message up: ${line}`),
      ...(bells > MOST_BELLS ? [`${bells} bells of 99 tasks in a hundred`] : []),
    ],
  };
}

async function notAtTheirEnd(stage: GivenFaults, tasks: readonly Mixed[]): Promise<string[]> {
  const shown = await stage.shown();
  return tasks.flatMap(({ taskId, kind }) => {
    const [status, task] = [shown.get(taskId), stage.witness.task(taskId)];
    const end = status === 'dead' ? `dead ${task?.lastFailure?.class ?? ''}` : status;
    return end === ENDS[kind] ? [] : [`${taskId} (${kind}) is ${end ?? 'not shown'}, ${task?.status ?? 'not there'}`];
  });
}

const successesOf = ({ witness }: GivenFaults, taskId: string): number =>
  witness.historyOf(taskId).filter(({ becomes }) => becomes === 'succeeded').length;

const isFalselyDead = ({ status, crashes, lostInRow, lastFailure }: LedgerTask): boolean =>
  status === 'dead' &&
  (lastFailure === undefined || ['CRASH', 'EXPIRED'].includes(lastFailure.class)) &&
  crashes < MAX_CRASHES &&
  lostInRow < MAX_LOST_IN_ROW;

/** Whoever is no poison; each counts as lost, however it came: on the twin no row kills processes. */
const deadOfLosses = (items: readonly LedgerTask[], tasks: readonly Mixed[]): number => {
  const poison = new Set(tasks.filter(({ kind }) => kind === 'poison').map(({ taskId }) => taskId));
  return items.filter(
    ({ taskId, status, lastFailure }) =>
      status === 'dead' && !poison.has(taskId) && ['CRASH', 'TIMEOUT'].includes(lastFailure?.class ?? ''),
  ).length;
};

/** Attempts that ended by no outcome of their own. */
const lostAttempts = ({ fence, failures, status }: LedgerTask): number =>
  fence - failures - (status === 'succeeded' ? 1 : 0);

/** Of a hundred tasks at most one has more. */
function bellsOfMost({ witness }: GivenFaults, { tasks, givenBack }: Struck): number {
  const bells = tasks.map(({ taskId }) => {
    const task = witness.task(taskId);
    return witness.bellsOf(taskId).bells - (task ? lostAttempts(task) : 0) - (givenBack?.get(taskId) ?? 0);
  });
  return bells.sort((a, b) => a - b)[Math.ceil(bells.length * 0.99) - 1]!;
}

/** A claim is for one start. */
function startedTwice(stage: GivenFaults, tasks: readonly Mixed[]): string[] {
  const own = new Set(tasks.map(({ taskId }) => taskId));
  return Array.from(stage.starts())
    .filter(([start, times]) => times > 1 && own.has(start.split(' ')[0]!))
    .map(([start, times]) => `${start} began ${times} times`);
}

/** By task: attempts that went with their process. */
const endedWithProcess = (stage: GivenFaults): ReadonlyMap<string, readonly string[]> =>
  Map.groupBy(stage.ended().flat(), (taskId) => taskId);

/** Attempts that were lost although no process ended: by a lease that nobody held in time. */
export function wasted(stage: GivenFaults, tasks: readonly Mixed[]): number {
  const ended = endedWithProcess(stage);
  return tasks.reduce((sum, { taskId }) => {
    const task = stage.witness.task(taskId);
    return sum + (task ? Math.max(0, lostAttempts(task) - (ended.get(taskId)?.length ?? 0)) : 0);
  }, 0);
}

/** More than one in ten: some are lost by a machine that is as slow as the calls. */
export function leasesLost(stage: GivenFaults, tasks: readonly Mixed[]): string[] {
  const count = wasted(stage, tasks);
  return count <= tasks.length / 10 ? [] : [`${count} leases were lost`];
}

/**
 * Claims that were applied and that nobody knew for his own: no handler began. Unlike a lease that is lost this does not depend on
 * how fast a machine is. One alone may be a process that ended in between.
 */
export function unbegun(stage: GivenFaults, tasks: readonly Mixed[]): string[] {
  const [starts, ended] = [stage.starts(), endedWithProcess(stage)];
  const found = tasks
    .filter(({ taskId }) => !ended.has(taskId))
    .flatMap(({ taskId }) => {
      const fence = stage.witness.task(taskId)?.fence ?? 0;
      return Array.from({ length: fence }, (_, i) => `${taskId} ${i + 1}`).filter((start) => !starts.has(start));
    });
  const most = Math.max(1, tasks.length / 50);
  return found.length <= most ? [] : [`${found.length} claims without a start: ${found.slice(0, 3).join()}`];
}
