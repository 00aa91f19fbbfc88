import type { FaultSettings } from '@holdfast/api/types';
import { describe, expect, it } from 'vitest';
import { follow } from '../core/follow.ts';
import type { Bell, Doorbell, Run, RunOutcome, RunRequest } from '../core/ports.ts';
import { INJECTED_FAULT, LedgerUnavailable } from '../core/ports.ts';
import { submitAll } from '../core/submit.ts';
import { sweep } from '../core/sweep.ts';
import { claim } from '../core/attempt-moves.ts';
import { tenantKey } from '../core/entry-keys.ts';
import { simulatedHouse } from '../http/simulated-house.ts';
import { breakable } from '../testing/given-lab.ts';
import { usualTask } from '../testing/given-tasks.ts';

const NOW_MS = simulatedHouse().time.nowMs;
const taskOf = (tenant: string, taskId = 'one') => usualTask(NOW_MS, { tenant, taskId });

/** `acme` has these faults, nobody else has any; `rung` are the bells that reach the queue. */
async function open(faults: FaultSettings) {
  const rung: Bell[] = [];
  const ring: Doorbell['ring'] = (bells) => Promise.resolve(bells.map((bell) => (rung.push(bell), 'rung' as const)));
  const simulated = simulatedHouse({ ports: { doorbell: { ring, depth: () => Promise.resolve(0) } } });
  const broken = breakable(simulated);
  await broken.lab.replace('acme', faults);
  const counted = async () => {
    const { injected, recovered } = await broken.lab.read('acme');
    return Object.fromEntries(Object.entries({ ...injected, ...recovered }).filter(([, count]) => count > 0));
  };
  return { ...simulated, ...broken, rung, counted };
}

const kinds = (results: readonly { kind: string }[]) => results.map(({ kind }) => kind);
const bellOf = (tenant: string): Bell => ({ tenant, taskId: 'one', lane: 'fresh', notBeforeMs: 0, type: 'simulate' });

describe('a ledger that refuses', () => {
  it('keeps nothing of that task, all of the others, and the order', async () => {
    const { ports, store, counted } = await open({ ledger: { refuseRate: 1 } });
    const tasks = [taskOf('other', 'a'), taskOf('acme', 'b'), taskOf('other', 'c')];
    expect(kinds(await ports.ledger.submit(tasks))).toEqual(['created', 'failed', 'created']);
    expect([...store.items.keys()]).toEqual(['other/a', 'other/c']);
    expect(await counted()).toEqual({ ledgerRefusals: 1 });
  });

  it('cannot be asked for that task, and can be for others', async () => {
    const { ports } = await open({ ledger: { refuseRate: 1 } });
    await expect(ports.ledger.get([taskOf('acme')])).rejects.toThrow(LedgerUnavailable);
    expect(await ports.ledger.get([taskOf('other')])).toEqual([undefined]);
  });
});

describe('a ledger that does not answer', () => {
  it('has done what it was told', async () => {
    const { ports, upkeep, store, counted, house } = await open({ ledger: { loseReplyRate: 1 } });
    await upkeep.ledger.submit([taskOf('acme')]);
    const by = { owner: 'me', type: 'simulate', payloadVersions: [1], isolated: false };
    const move = claim(taskOf('acme'), by, { nowMs: NOW_MS, rules: house.desk.rules, pullDue: true });
    expect(kinds(await ports.ledger.apply([move]))).toEqual(['failed']);
    expect(store.items.get('acme/one')).toMatchObject({ status: 'running', owner: 'me' });
    expect(await counted()).toEqual({ ledgerRepliesLost: 1 });
  });
});

describe('a doorbell', () => {
  it.each([
    { fault: { loseRate: 1 }, reached: ['other'], counts: { bellsLost: 1 } },
    { fault: { duplicateRate: 1 }, reached: ['acme', 'other', 'acme'], counts: { bellsDuplicated: 1 } },
  ])('with $fault rings for others as ever, and says that it has', async ({ fault, reached, counts }) => {
    const { ports, rung, counted } = await open({ doorbell: fault });
    expect(await ports.doorbell.ring([bellOf('acme'), bellOf('other')])).toEqual(['rung', 'rung']);
    expect(rung.map(({ tenant }) => tenant)).toEqual(reached);
    expect(await counted()).toEqual(counts);
  });
});

describe('the sweeper', () => {
  it('is never struck by the ledger, and each task that it rings again is counted', async () => {
    const { ports, upkeep, rung, counted, time, house } = await open({
      ledger: { refuseRate: 1 },
      doorbell: { loseRate: 1 },
    });
    await upkeep.ledger.submit([taskOf('acme')]);
    await follow(ports, house.desk.rules, [{ move: 'submit', task: taskOf('acme') }]);
    await time.play(() => false, time.nowMs + 500_000);
    expect(await sweep(upkeep, house.desk.rules, { limit: 10 })).toEqual({ looked: 1, moved: 1 });
    expect(rung).toEqual([]);
    expect(await counted()).toEqual({ bellsLost: 2, rungAgain: 1 });
  });
});

describe('an attempt', () => {
  const SUCCEEDED: RunOutcome = { kind: 'succeeded' };
  const STRUCK: RunOutcome = {
    kind: 'failed',
    error: { name: 'InjectedFault', message: '', code: INJECTED_FAULT },
    log: { lines: [], truncated: false },
  };

  /** What the runner was told, and what was counted then. */
  async function startedWith(fault: object, tenant = 'acme') {
    const opened = await open({ types: [{ type: 'simulate', ...fault }] });
    const requests: RunRequest[] = [];
    const start = (request: RunRequest): Run => {
      requests.push(request);
      const outcome = Promise.resolve(request.fault?.then.kind === 'fail' ? STRUCK : SUCCEEDED);
      return { outcome, abort: () => undefined, kill: () => undefined };
    };
    const request = { task: { ...taskOf(tenant), type: 'simulate' }, attempt: 1, isolated: false };
    await opened.runner({ start }).start({ ...request, onProgress: () => undefined }).outcome;
    return { faults: requests.map((each) => each.fault), counts: await opened.counted() };
  }

  it.each([
    { given: { delaySeconds: 2 }, delayMs: 2_000, then: { kind: 'run' }, counts: { delays: 1 } },
    { given: { crashRate: 1, failureRate: 1 }, delayMs: 0, then: { kind: 'crash' }, counts: { crashes: 1 } },
    {
      given: { failureRate: 1, failureClass: 'SYSTEM', delaySeconds: 1 },
      ...{ delayMs: 1_000, then: { kind: 'fail', class: 'SYSTEM' }, counts: { delays: 1, failures: 1 } },
    },
  ])('with $given is told so, and it is counted', async ({ given, delayMs, then, counts }) => {
    expect(await startedWith(given)).toEqual({ faults: [{ delayMs, then }], counts });
  });

  it('that is to crash begins when that is counted for good, and is then told what it was asked', async () => {
    const { house, ...broken } = await open({ types: [{ type: 'simulate', crashRate: 1 }] });
    const told: unknown[] = [];
    const start = (): Run => {
      told.push(house.desk.ports.keyValue.get(tenantKey('acme', 'fault-counts')));
      const outcome = Promise.resolve<RunOutcome>({ kind: 'gone', cause: 'crashed' });
      return { outcome, abort: () => told.push('abort'), kill: () => told.push('kill') };
    };
    const task = { ...taskOf('acme'), type: 'simulate' };
    const run = broken.runner({ start }).start({ task, attempt: 1, isolated: false, onProgress: () => undefined });
    run.abort();
    run.kill();
    expect(await run.outcome).toEqual({ kind: 'gone', cause: 'crashed' });
    const [kept, ...asked] = await Promise.all(told);
    expect([kept, asked]).toMatchObject([{ value: { crashes: 1 } }, ['abort', 'kill']]);
  });

  it('of another tenant is left alone', async () => {
    expect(await startedWith({ crashRate: 1 }, 'other')).toEqual({ faults: [undefined], counts: {} });
  });
});

it('where faults are off a task is accepted and read as ever', async () => {
  const { ports, house, counted } = await open({});
  const submission = { tenant: 'acme', taskId: 'one', type: 'simulate', payloadVersion: 1, payload: {} };
  expect(kinds(await submitAll(ports, house.desk.rules, [submission]))).toEqual(['accepted']);
  expect(await ports.ledger.get([taskOf('acme')])).toMatchObject([{ status: 'queued' }]);
  expect(await counted()).toEqual({});
});
