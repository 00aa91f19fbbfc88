/**
 * Is anything lost when everything breaks? Tasks come at a steady rate, from a client that repeats a submit until it is accepted, while
 * processes crash, bells are lost and doubled, the ledger fails and a downstream dies; at last all of that together. Then it is healed.
 */
import type { FaultLab, TaskDetail } from '@holdfast/api/types';
import { check, sleep } from 'k6';
import exec from 'k6/execution';
import type { Options, Scenario } from 'k6/options';
import { persistently } from '../lib/again.ts';
import { ask } from '../lib/client.ts';
import { faultLab, HAS_CRASHES, heal, OBEYED_AFTER_S, PHASES, putFaults, settleAccount } from '../lib/faults.ts';
import { endOf, redrive } from '../lib/inbox.ts';
import { audited } from '../lib/ledger.ts';
import { faultsCame, faultsRecovered, noErrors, nothingLost } from '../lib/promises.ts';
import { ENGINE, IS_SHORT, rate, RUN } from '../lib/settings.ts';
import type { Ready } from '../lib/setup.ts';
import { breakableOrFail } from '../lib/setup.ts';
import { afterwards, steady } from '../lib/shapes.ts';
import { TREND_STATS } from '../lib/summary.ts';
import { noteAccepted, noteError, taskIdOf, taskOf } from '../lib/tasks.ts';

export { handleSummary } from '../lib/summary.ts';

const ACCEPTED_WITHIN_S = 60;
/** After healing, and where a crash is not seen, after the last lease. */
const SETTLED_WITHIN_S = 60;
const LEASE_GRACE_S = 10;
const AUDIT_S = 600;
const WARM_TASKS = 20;

const load = {
  // More than a tenth for others in a short run, or some kind of fault might not come at all.
  ...{ exec: 'submitUntilAccepted', perSecond: rate(!IS_SHORT ? 30 : ENGINE === 'one-machine' ? 20 : 50) },
  ...{ seconds: IS_SHORT ? 12 : 60, iterationSeconds: ACCEPTED_WITHIN_S },
};

export const options: Options = {
  scenarios: {
    // A ledger that fails makes submits long, all at once.
    load: { ...steady(load), preAllocatedVUs: 100, maxVUs: 1_000 } as Scenario,
    faults: {
      ...{ executor: 'per-vu-iterations', exec: 'breakThings', vus: 1, iterations: 1 },
      maxDuration: `${load.seconds + ACCEPTED_WITHIN_S}s`,
    },
    audit: afterwards('audit', { seconds: load.seconds + OBEYED_AFTER_S }, AUDIT_S),
  },
  thresholds: {
    ...nothingLost,
    ...noErrors,
    ...faultsCame(HAS_CRASHES),
    ...faultsRecovered(HAS_CRASHES),
  },
  summaryTrendStats: TREND_STATS,
};

interface Given extends Ready {
  readonly before: FaultLab;
}

export function setup(): Given {
  const ready = breakableOrFail();
  const before = faultLab();
  if (before.endsAt !== null) throw new Error(`Something is broken on purpose already, until ${before.endsAt}.`);
  if (ENGINE !== 'one-machine') warmUp();
  return { ...ready, before };
}

/** A function that is loaded only when the faults are over would be struck by none of them. These tasks are not of the run. */
function warmUp(): void {
  const tasks = Array.from({ length: WARM_TASKS }, (_, n) => ({ ...taskOf(`${RUN}-warm-${n}`), tags: [] }));
  const answer = persistently(() => ask('post', '/tasks/batch', { body: { tasks } }), ACCEPTED_WITHIN_S);
  if (!answer.ok) throw new Error(`No task could be submitted: ${answer.why}`);
  for (const { taskId } of tasks) endOf(taskId);
}

/** Also when the run is broken off. */
export const teardown = (): void => putFaults({}, 1);

/** As the contract asks a client to: the same id again, until an answer says what has become of it. */
export function submitUntilAccepted(): void {
  const task = taskOf(taskIdOf());
  const answer = persistently(() => {
    const tried = ask('post', '/tasks', { body: task });
    // A fault of the ledger has a name, and is no fault of the server.
    if (!tried.ok && tried.status === 500) noteError(tried);
    return tried;
  }, ACCEPTED_WITHIN_S);
  if (answer.ok) noteAccepted([task.taskId], answer.tookMs);
  else noteError(answer);
  // Most runs have none dead, and a rate without a single check would be no promise.
  check(answer, { 'each submit is accepted at last': ({ ok }) => ok });
}

export function breakThings(): void {
  const endMs = exec.scenario.startTime + load.seconds * 1_000;
  let phaseEndMs = exec.scenario.startTime;
  for (const { share, faults } of PHASES) {
    phaseEndMs += share * load.seconds * 1_000;
    putFaults(faults, Math.max(1, (endMs - Date.now()) / 1_000));
    sleep(Math.max(0, phaseEndMs - Date.now()) / 1_000);
  }
  heal();
}

export function audit({ before, policy }: Given): void {
  const leaseS = ENGINE === 'one-machine' || !HAS_CRASHES ? 0 : policy.timeoutSeconds + LEASE_GRACE_S;
  audited(SETTLED_WITHIN_S + leaseS, (tasks) => {
    const dead = tasks.filter(({ status }) => status === 'dead');
    sleep(OBEYED_AFTER_S);
    settleAccount({ before, after: faultLab(), dead });
    for (const task of dead) redriveHealed(task);
  });
}

function redriveHealed({ taskId }: TaskDetail): void {
  check(redrive(taskId, {}), { 'a task that died is redriven': ({ status }) => status === 202 });
  check(endOf(taskId), { 'and succeeds when all is well again': (end) => end?.status === 'succeeded' });
}
