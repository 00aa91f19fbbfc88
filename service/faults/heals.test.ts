// Whatever is broken on purpose, and however much: once it ends, every accepted task becomes final, and nobody else was struck. [L1]
import type { FaultSettings } from '@holdfast/api/types';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { attend } from '../core/attempt.ts';
import type { Bell, Ports, Run, RunOutcome, RunRequest } from '../core/ports.ts';
import { INJECTED_FAULT } from '../core/ports.ts';
import { submitAll } from '../core/submit.ts';
import { sweep } from '../core/sweep.ts';
import type { LedgerTask } from '../core/task.ts';
import { Running } from '../core/worker.ts';
import { simulatedHouse } from '../http/simulated-house.ts';
import { breakable } from '../testing/given-lab.ts';

const MINUTE_MS = 60_000;
const TENANTS = ['acme', 'other'];
const TASKS = 8;
const LOG = { lines: [], truncated: false };

/** As a worker process would play it. */
function outcomeOf({ fault }: RunRequest): RunOutcome {
  if (fault?.then.kind === 'crash') return { kind: 'gone', cause: 'crashed' };
  if (fault?.then.kind !== 'fail') return { kind: 'succeeded' };
  const error = { name: 'InjectedFault', message: 'struck', code: INJECTED_FAULT, class: fault.then.class };
  return { kind: 'failed', error, log: LOG };
}

/** One worker and one sweeper, whose bells are visible when it is time for them. */
function openWorld() {
  const bells: Bell[] = [];
  const ring: Ports['doorbell']['ring'] = (rung) => {
    bells.push(...rung);
    return Promise.resolve(rung.map(() => 'rung'));
  };
  const simulated = simulatedHouse({ ports: { doorbell: { ring, depth: () => Promise.resolve(0) } } });
  const broken = breakable(simulated);
  const { lab, ports, upkeep } = broken;
  const { time, house, store } = simulated;
  const { rules } = house.desk;
  const start = (request: RunRequest): Run => {
    const { promise, resolve } = Promise.withResolvers<RunOutcome>();
    time.after(10 + (request.fault?.delayMs ?? 0), () => resolve(outcomeOf(request)));
    return { outcome: promise, abort: () => resolve(outcomeOf(request)), kill: () => resolve(outcomeOf(request)) };
  };
  const worker = { ports, rules, runner: broken.runner({ start }), running: new Running(), ownerPrefix: '' };
  const attendVisible = () => {
    const visible = bells.filter(({ notBeforeMs }) => notBeforeMs <= time.nowMs);
    for (const bell of visible) {
      bells.splice(bells.indexOf(bell), 1);
      const isolated = bell.lane === 'isolated';
      void attend(bell, { ...worker, isolated, versionsOf: () => [1], unserved: new Set() }).catch(() => undefined);
    }
    time.after(1_000, attendVisible);
  };
  const sweepOn = () => {
    void sweep(upkeep, rules, { limit: 100 });
    time.after(15_000, sweepOn);
  };
  attendVisible();
  sweepOn();
  return { lab, ports, rules, time, tasks: () => [...store.items.values()] };
}

const rate = fc.constantFrom(0, 0.1, 0.5, 1);
const settings: fc.Arbitrary<FaultSettings> = fc.record({
  types: fc.array(
    fc.record({
      type: fc.constant('simulate'),
      failureRate: rate,
      failureClass: fc.constantFrom('VALIDATION', 'NETWORK', 'RATE_LIMIT', 'SYSTEM', 'UNKNOWN'),
      delaySeconds: fc.constantFrom(0, 1, 600),
      crashRate: rate,
    }),
    { maxLength: 1 },
  ),
  doorbell: fc.record({ loseRate: rate, duplicateRate: rate }),
  ledger: fc.record({ refuseRate: rate, loseReplyRate: rate }),
  endsAfterSeconds: fc.constant(300),
});

const isFinal = ({ status, dueMs }: LedgerTask) => ['succeeded', 'dead'].includes(status) && dueMs === undefined;

it(
  'every accepted task ends once the faults have, and those of another tenant never noticed',
  { timeout: 60_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(settings, async (faults) => {
        const { lab, ports, rules, time, tasks } = openWorld();
        await lab.replace('acme', faults);
        const submissions = TENANTS.flatMap((tenant) =>
          Array.from({ length: TASKS }, (_, i) => ({
            ...{ tenant, taskId: `t${i}`, type: 'simulate', payloadVersion: 1, payload: {} },
          })),
        );
        const receipts = submitAll(ports, rules, submissions);
        await time.play(() => false, time.nowMs + 5 * MINUTE_MS);
        const accepted = (await receipts).filter(({ kind }) => kind === 'accepted').length;
        expect(tasks().filter(({ tenant, attemptsTotal }) => tenant === 'other' && attemptsTotal === 1)).toHaveLength(
          TASKS,
        );
        await time.play(() => tasks().every(isFinal), time.nowMs + 120 * MINUTE_MS);
        expect(tasks().filter((task) => !isFinal(task))).toEqual([]);
        expect(tasks().length).toBeGreaterThanOrEqual(accepted);
        expect(accepted).toBeGreaterThanOrEqual(TASKS);
      }),
      { numRuns: 60 },
    );
  },
);
