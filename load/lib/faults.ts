/**
 * Faults on purpose: in which phases they come, and what the installation counted of them. Whatever becomes of the run, they end by
 * themselves when its time is over. The names of what was injected and of what put it right agree, so that they are compared.
 */
import type { FaultLab, FaultSettings, TaskDetail, TypeFault } from '@holdfast/api/types';
import { sleep } from 'k6';
import { Counter } from 'k6/metrics';
import { persistently } from './again.ts';
import { ask } from './client.ts';
import { ENGINE, IS_SHORT } from './settings.ts';

/** An installation of several processes obeys everywhere after so long, and its counts are complete. */
export const OBEYED_AFTER_S = 2;
const PUT_WITHIN_S = 30;

export interface Phase {
  readonly name: string;
  /** Of the load. */
  readonly share: number;
  readonly faults: FaultSettings;
}

const simulate = (fault: Omit<TypeFault, 'type'>): TypeFault[] => [{ type: 'simulate', ...fault }];

/**
 * One machine sees a process die. On AWS an attempt that was lost with its process stands until its lease is over, more than a
 * minute: no short run waits for that. Each kind has to come in a few seconds, or among few tasks; but a crash takes up to 50
 * neighbours along, each of which then costs a process of its own.
 */
export const HAS_CRASHES = ENGINE === 'one-machine' || !IS_SHORT;
const crashRate = !HAS_CRASHES ? 0 : ENGINE !== 'one-machine' ? 0.1 : IS_SHORT ? 0.07 : 0.01;
/** Of the 30 bells that a short run on the twin rings, none would be lost in one run of 300 at a rate of 0.2. */
const doorbell = { loseRate: ENGINE !== 'one-machine' && IS_SHORT ? 0.4 : 0.2, duplicateRate: 0.3 };
const ledger = { refuseRate: 0.1, loseReplyRate: 0.1 };

/** One after the other, then together. What a downstream does is what attempts of the type do. */
export const PHASES: readonly Phase[] = [
  { name: 'crashes', share: 0.2, faults: { types: simulate({ crashRate }) } },
  { name: 'bells', share: 0.2, faults: { doorbell } },
  { name: 'ledger', share: 0.2, faults: { ledger } },
  { name: 'downstream dies', share: 0.15, faults: { types: simulate({ failureRate: 1, failureClass: 'NETWORK' }) } },
  { name: 'downstream returns', share: 0.05, faults: { types: simulate({ delaySeconds: 0.2 }) } },
  {
    name: 'everything',
    share: 0.2,
    faults: { types: simulate({ crashRate, failureRate: 0.5, delaySeconds: 0.05 }), doorbell, ledger },
  },
];

/** Throws what the server answered instead. */
export function putFaults(faults: FaultSettings, endsAfterSeconds: number): void {
  const answer = persistently(
    () => ask('put', '/faults', { body: { ...faults, endsAfterSeconds: Math.ceil(endsAfterSeconds) } }),
    PUT_WITHIN_S,
  );
  if (!answer.ok) throw new Error(`The faults could not be set: ${answer.why}`);
}

export function heal(): void {
  putFaults({}, 1);
  sleep(OBEYED_AFTER_S);
}

/** Throws what the server answered instead. */
export function faultLab(): FaultLab {
  const answer = persistently(() => ask('get', '/faults'), PUT_WITHIN_S);
  if (!answer.ok) throw new Error(`What was injected could not be read: ${answer.why}`);
  return answer.body;
}

const injectedBy = {
  failures: new Counter('injected_failures'),
  delays: new Counter('injected_delays'),
  crashes: new Counter('injected_crashes'),
  bellsLost: new Counter('injected_bells_lost'),
  bellsDuplicated: new Counter('injected_bells_duplicated'),
  ledgerRefusals: new Counter('injected_ledger_refusals'),
  ledgerRepliesLost: new Counter('injected_ledger_replies_lost'),
};
const recoveredBy = {
  retried: new Counter('recovered_failures'),
  reaped: new Counter('recovered_crashes'),
  rungAgain: new Counter('recovered_bells_lost'),
};
/** What was injected, and neither put right nor the end of a task. */
const unaccountedFor = {
  failures: new Counter('failures_unaccounted'),
  crashes: new Counter('crashes_unaccounted'),
  bellsLost: new Counter('bells_unaccounted'),
};
const diedOfDownstream = new Counter('dead_of_downstream');
const diedOfCrashes = new Counter('dead_of_crashes');
const diedOtherwise = new Counter('dead_otherwise');

export interface Account {
  readonly before: FaultLab;
  readonly after: FaultLab;
  /** Tasks of the run. */
  readonly dead: readonly TaskDetail[];
}

/**
 * Each injected failure is followed by another attempt or the death of its task, each crash by a lost attempt that is ended, each
 * lost bell by the sweeper's. There may be more of these: a crash takes its neighbours along, and others may have failed, too.
 */
export function settleAccount({ before, after, dead }: Account): void {
  const injected = differenceOf(before.injected, after.injected);
  const recovered = differenceOf(before.recovered, after.recovered);
  for (const [name, counter] of entriesOf(injectedBy)) counter.add(injected[name]);
  for (const [name, counter] of entriesOf(recoveredBy)) counter.add(recovered[name]);
  const crashed = dead.filter(({ lastFailure }) => lastFailure?.class === 'CRASH').length;
  const exhausted = dead.filter(hasUsedItsAttempts).length;
  diedOfCrashes.add(crashed);
  diedOfDownstream.add(exhausted);
  diedOtherwise.add(dead.length - crashed - exhausted);
  unaccountedFor.failures.add(Math.max(0, injected.failures - recovered.retried - exhausted));
  unaccountedFor.crashes.add(Math.max(0, injected.crashes - recovered.reaped - crashed));
  unaccountedFor.bellsLost.add(Math.max(0, injected.bellsLost - recovered.rungAgain));
}

/** On injected failures alone. */
function hasUsedItsAttempts({ attempts, maxAttempts }: TaskDetail): boolean {
  const failed = attempts.filter(({ outcome }) => outcome === 'failed');
  return failed.length >= maxAttempts && failed.every(({ code }) => code === 'injected-fault');
}

const differenceOf = <Counts extends object>(before: Counts, after: Counts): Counts =>
  Object.fromEntries(
    Object.entries(after).map(([name, count]) => [name, (count as number) - (before as Record<string, number>)[name]!]),
  ) as Counts;

const entriesOf = <Name extends string>(by: Readonly<Record<Name, Counter>>): [Name, Counter][] =>
  Object.entries(by) as [Name, Counter][];
