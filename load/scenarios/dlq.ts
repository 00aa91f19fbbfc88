/**
 * Is what fails kept, told apart and brought back? Tasks that fail for good or use up their attempts stand in the failure inbox,
 * from where three operators redrive them one by one, in bulk, or for nothing, and discard those. Then the inbox is empty.
 */
import type { SimulatePayload, Task, TaskDetail } from '@holdfast/api/types';
import { check, sleep } from 'k6';
import exec from 'k6/execution';
import { Counter } from 'k6/metrics';
import type { Options, Scenario } from 'k6/options';
import { codeOf } from '../lib/again.ts';
import { ask } from '../lib/client.ts';
import { discard, endOf, inbox, REASON, redrive } from '../lib/inbox.ts';
import { audited, tasksOfRun, whileMoreThan } from '../lib/ledger.ts';
import { inboxEmptied, loadCame, noErrors, nothingLost } from '../lib/promises.ts';
import { IS_SHORT, rate, RUN } from '../lib/settings.ts';
import type { Ready } from '../lib/setup.ts';
import { allowedOrFail } from '../lib/setup.ts';
import { afterwards, steady } from '../lib/shapes.ts';
import { TREND_STATS } from '../lib/summary.ts';
import { submit, taskIdOf, taskOf } from '../lib/tasks.ts';

export { handleSummary } from '../lib/summary.ts';

const CLASSES = ['VALIDATION', 'NETWORK', 'RATE_LIMIT', 'SYSTEM', 'UNKNOWN'] as const;
const FATES = 'alone bulk discarded alone bulk alone bulk alone bulk alone'.split(' ') as Fate[];
const OPERATORS = 3;
const DEAD_WITHIN_S = 60;
/** The list of one class may be this much later than the list of all. */
const LISTS_AGREE_WITHIN_S = 3;
const AUDIT_S = 600;
/** After the load. The operators wait for it: only once it is there do they know how many are at work beside the load. */
const AUDIT_AFTER_S = 1;

type Fate = 'alone' | 'bulk' | 'discarded';
interface Plan {
  readonly failureClass: (typeof CLASSES)[number];
  readonly fate: Fate;
  readonly operator: number;
}

const load = {
  exec: 'fail',
  perSecond: rate(IS_SHORT ? 20 : 10),
  seconds: IS_SHORT ? 6 : 30,
  iterationSeconds: 30,
};

const misplaced = new Counter('tasks_misplaced');
const inboxLeft = new Counter('inbox_left');
/** Tasks whose history does not say who redrove or discarded them, and why. */
const unexplained = new Counter('moves_unexplained');

export const options: Options = {
  scenarios: {
    dlq: steady(load),
    operators: { ...afterwards('operate', load, AUDIT_S), vus: OPERATORS } as Scenario,
    audit: afterwards('audit', { seconds: load.seconds + AUDIT_AFTER_S }, AUDIT_S),
  },
  thresholds: { ...nothingLost, ...noErrors, ...inboxEmptied, ...loadCame(load) },
  summaryTrendStats: TREND_STATS,
};

export const setup = (): Ready => allowedOrFail(['tasks:submit', 'tasks:read', 'tasks:operate']);

/** By the number of its iteration, so that each operator gets each class with each fate. */
function planOf(taskId: string): Plan {
  const n = Number(taskId.slice(RUN.length + 1).split('-')[0]);
  const [failureClass, fate] = [CLASSES[n % CLASSES.length]!, FATES[Math.floor(n / CLASSES.length) % FATES.length]!];
  return { failureClass, fate, operator: n % OPERATORS };
}

export function fail(): void {
  const taskId = taskIdOf();
  submit(taskOf(taskId, { failureRate: 1, failureClass: planOf(taskId).failureClass }));
}

export function operate(): void {
  sleep(2 * AUDIT_AFTER_S);
  whileMoreThan(OPERATORS + 1);
  const me = exec.scenario.iterationInTest;
  const mine = tasksOfRun()
    .map(({ taskId }) => taskId)
    .filter((taskId) => planOf(taskId).operator === me);
  listedOf(mine, DEAD_WITHIN_S);
  for (const failureClass of CLASSES) isListed(mine, failureClass);
  const [alone, bulk, discarded] = (['alone', 'bulk', 'discarded'] as const).map((fate) =>
    mine.filter((taskId) => planOf(taskId).fate === fate),
  ) as [string[], string[], string[]];
  for (const taskId of discarded) redriveAsItIs(taskId);
  for (const taskId of bulk) redriveHealed(taskId);
  for (const taskId of alone) redriveAlone(taskId);
  for (const taskId of discarded) discardAgainDead(taskId);
}

/** The inbox, or that of one class, as soon as all of the tasks are in it, or the time is over. */
function listedOf(taskIds: readonly string[], withinSeconds: number, failureClass?: Plan['failureClass']) {
  const untilMs = Date.now() + withinSeconds * 1_000;
  for (;;) {
    const listed = new Map(inbox(failureClass).map((task) => [task.taskId, task]));
    if (taskIds.every((taskId) => listed.has(taskId)) || Date.now() > untilMs) return listed;
    sleep(0.5);
  }
}

/** That the dead are told apart in the inbox. */
function isListed(mine: readonly string[], failureClass: Plan['failureClass']): void {
  const expected = mine.filter((taskId) => planOf(taskId).failureClass === failureClass);
  const listed: ReadonlyMap<string, Task> = listedOf(expected, LISTS_AGREE_WITHIN_S, failureClass);
  for (const taskId of expected)
    check(listed.get(taskId), {
      'the dead task is in the inbox of its class': (task) => task?.status === 'dead' && !task.discarded,
      'its failure has class and code': (task) =>
        task?.lastFailure?.class === failureClass && task.lastFailure.code === 'simulated',
      'it had its attempts, or one where none can help': (task) =>
        task?.attempt === (failureClass === 'VALIDATION' ? 1 : task?.maxAttempts),
    });
}

const HEALED: Record<string, unknown> & SimulatePayload = { failureRate: 0 };

const redriveHealed = (taskId: string): void =>
  void check(redrive(taskId, { payload: HEALED }), { 'a dead task is redriven': ({ status }) => status === 202 });

const redriveAsItIs = (taskId: string): void =>
  void check(redrive(taskId, {}), { 'a dead task is redriven': ({ status }) => status === 202 });

/** As a person does it: look, redrive what was looked at, see it succeed. */
function redriveAlone(taskId: string): void {
  const found = ask('get', '/tasks/{taskId}', { path: { taskId } });
  if (!check(found, { 'a dead task can be looked at': ({ ok }) => ok }) || !found.ok) return;
  const { version } = found.body;
  check(redrive(taskId, { payload: HEALED, ifVersion: version - 1 }), {
    'a redrive of an older version is 412': (answer) => codeOf(answer) === 'stale-version',
  });
  check(redrive(taskId, { payload: HEALED, ifVersion: version }), {
    'a dead task is redriven': ({ status }) => status === 202,
    'its payload is marked as edited': (answer) => answer.ok && answer.body.payloadEdited,
  });
  check(redrive(taskId, { payload: HEALED, ifVersion: version }), {
    'the second of two redrives is refused': (answer) => ['not-dead', 'stale-version'].includes(codeOf(answer)),
  });
  check(endOf(taskId), { 'a redriven task succeeds with its new payload': (end) => end?.status === 'succeeded' });
  check(discard(taskId), { 'what has succeeded is not discarded': (answer) => codeOf(answer) === 'not-dead' });
}

function discardAgainDead(taskId: string): void {
  check(endOf(taskId), {
    'with its old payload it is dead again, after new attempts': (end) =>
      end?.status === 'dead' && end.attemptsTotal === 2 * end.attempt,
  });
  const first = discard(taskId);
  check(first, { 'a dead task is discarded': (answer) => answer.ok && answer.body.discarded });
  check(discard(taskId), {
    'discarding it again changes nothing': (again) => again.ok && first.ok && again.body.version === first.body.version,
  });
}

export const audit = (): void => audited(DEAD_WITHIN_S, judge);

function judge(tasks: readonly TaskDetail[]): void {
  misplaced.add(tasks.filter((task) => !isWhereItBelongs(task)).length);
  unexplained.add(tasks.filter((task) => !isExplained(task)).length);
  inboxLeft.add(inbox().length);
}

const isDiscarded = ({ taskId }: Task): boolean => planOf(taskId).fate === 'discarded';

const isWhereItBelongs = (task: Task): boolean =>
  isDiscarded(task)
    ? task.status === 'dead' && task.discarded
    : task.status === 'succeeded' && task.payloadEdited && task.attempt === 1;

/** Who moved it, and why: nobody else has, and nobody twice. */
function isExplained(task: TaskDetail): boolean {
  const moves = task.history.map(({ move }) => move).join(' ');
  const isSigned = task.history.every(({ subject, reason }) => subject !== '' && reason === REASON);
  return isSigned && moves === (isDiscarded(task) ? 'redrive discard' : 'redrive');
}
