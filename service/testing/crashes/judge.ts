/** What must hold at the end of a run, whoever died in it: a list of what does not. */
import type { LedgerTask } from '../../core/task.ts';
import { isSettled } from '../../core/task.ts';
import { contradictions } from '../audit.ts';
import type { Asked, Client } from './client.ts';
import type { Kind } from './handlers.ts';
import type { Observed } from './house.ts';
import type { End, Scenario } from './scenarios.ts';

/** A crash costs each task an attempt at most, and one bell: of a reap, of a sweeper, or of whoever is asked again. */
const MORE_ATTEMPTS = 1;
const MORE_BELLS = 1;
const MORE_TOLD = 1;

/** What the run without a crash has needed. */
export type Measure = ReadonlyMap<string, { readonly attempts: number; readonly bells: number }>;

export interface Judging {
  readonly scenario: Scenario;
  readonly client: Client;
  readonly measure: Measure | undefined;
  /** Whether a loss alone in its process may be charged: where nobody can tell whose fault it was. */
  readonly isLossCharged: boolean;
}

export async function judge(judging: Judging): Promise<string[]> {
  const { scenario, client } = judging;
  const found = [...client.house.complaints()];
  for (const [kind, end] of Object.entries(scenario.ends) as [Kind, End][]) {
    const observed = await client.house.observe(client.idOf(kind));
    for (const what of judgedTask({ kind, end, observed }, judging)) found.push(`${kind}: ${what}`);
  }
  for (const asked of client.asked) found.push(...judgedAnswer(asked));
  return found;
}

interface Judged {
  readonly kind: Kind;
  readonly end: End;
  readonly observed: Observed;
}

function judgedTask({ kind, end, observed }: Judged, { measure, isLossCharged }: Judging): string[] {
  const { history, task, bells, told } = observed;
  if (task === undefined) return ['[S1] lost'];
  const found = contradictions(history);
  const expect = (holds: boolean, what: string): void => {
    if (!holds) found.push(what);
  };
  expect(
    task.status === end.status && isSettled(task) && task.dueMs === undefined,
    `[L1] ${task.status}, due ${task.dueMs}`,
  );
  expect(task.version === history.length, `[S5] version ${task.version} after ${history.length} writes`);
  expect(task.failures === end.failures, `[S7] ${task.failures} failures`);
  expect(task.budgetBase === (end.history.includes('redrive') ? 1 : 0), `[S7] a budget from ${task.budgetBase} on`);
  const mostCrashes = isLossCharged && task.attempts.some(isLostAlone) ? 1 : 0;
  expect(task.crashes <= mostCrashes, `[S13] charged for ${task.crashes} crashes`);
  expect(end.deaths > 0 ? told >= 1 && told <= end.deaths + MORE_TOLD : told === 0, `[S6] told of ${told} deaths`);
  const moves = task.history.map(({ move }) => move).join();
  expect(moves === end.history.join(), `moves of the operator: ${moves}`);
  const usual = measure?.get(kind);
  if (usual === undefined) return found;
  expect(task.fence <= usual.attempts + MORE_ATTEMPTS, `${task.fence} attempts instead of ${usual.attempts}`);
  expect(bells <= usual.bells + MORE_BELLS, `[S9] ${bells} bells instead of ${usual.bells}`);
  return found;
}

/** A second loss of the same task: at the first it was beside others. */
const isLostAlone = ({ outcome }: LedgerTask['attempts'][number], i: number, all: LedgerTask['attempts']): boolean =>
  outcome === 'lost' && all.slice(0, i).some((before) => before.outcome === 'lost');

/** Refusals that are true of a request that was made, though nobody had said so. */
const REPEATED: Readonly<Partial<Record<Asked['operation'], string>>> = { redrive: 'not-dead', cancel: 'task-final' };

function judgedAnswer({ operation, taskId, times, answer }: Asked): string[] {
  if (typeof answer === 'string') {
    return times > 1 && answer === REPEATED[operation] ? [] : [`[S16] ${operation} was answered with ${answer}`];
  }
  const isItself = answer.taskId === taskId;
  const isMade = operation === 'submit' || answer.history.some(({ move }) => move === operation);
  return isItself && isMade ? [] : [`${operation} was answered with a task that does not show it`];
}
