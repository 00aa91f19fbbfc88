/**
 * A runner that tells the process of an attempt what befalls it on purpose. What is to be drawn is known: the ledger was asked about
 * the claim just before. A crash is counted before it happens, for on AWS it takes the process that counts.
 */
import type { InjectedFault, Run, Runner } from '../core/ports.ts';
import { INJECTED_FAULT } from '../core/ports.ts';
import { SECOND } from '../core/rules.ts';
import type { LedgerTask } from '../core/task.ts';
import type { Lab } from './lab.ts';

export function faultyRunner(runner: Runner, lab: Lab): Runner {
  return {
    start: (request) => {
      const { task } = request;
      const fault = faultOf(task, lab);
      if (fault === undefined) return runner.start(request);
      const begin = () => runner.start({ ...request, fault });
      if (fault.delayMs > 0) lab.count(task.tenant, 'delays');
      if (fault.then.kind === 'crash') {
        lab.count(task.tenant, 'crashes');
        return begunAfter(lab.flush(), begin);
      }
      const run = begin();
      void run.outcome.then((outcome) => {
        const isOurs = outcome.kind === 'failed' && outcome.error.code === INJECTED_FAULT;
        if (isOurs) lab.count(task.tenant, 'failures');
      });
      return run;
    },
  };
}

function faultOf({ tenant, type }: LedgerTask, lab: Lab): InjectedFault | undefined {
  const fault = lab.on(tenant)?.types.find((each) => each.type === type);
  if (fault === undefined) return undefined;
  const delayMs = fault.delaySeconds * SECOND;
  if (lab.strikes(fault.crashRate)) return { delayMs, then: { kind: 'crash' } };
  if (lab.strikes(fault.failureRate)) return { delayMs, then: { kind: 'fail', class: fault.failureClass } };
  return delayMs > 0 ? { delayMs, then: { kind: 'run' } } : undefined;
}

/** What is asked of a run that has not begun, it is told when it has. */
function begunAfter(ready: Promise<void>, begin: () => Run): Run {
  const begun = ready.then(begin);
  return {
    outcome: begun.then(({ outcome }) => outcome),
    abort: () => void begun.then((run) => run.abort()),
    kill: () => void begun.then((run) => run.kill()),
  };
}
