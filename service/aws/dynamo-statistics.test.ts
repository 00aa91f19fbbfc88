import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import { tenantPrefix } from '../core/entry-keys.ts';
import type { Ledger, TaskEvent } from '../core/ports.ts';
import { HOUR } from '../core/rules.ts';
import type { LedgerTask } from '../core/task.ts';
import { newTask } from '../testing/conformance/engine-under-test.ts';
import { statisticsSuite } from '../testing/conformance/statistics-suite.ts';
import type { GivenDynamo } from '../testing/given-dynamo.ts';
import { givenDynamo } from '../testing/given-dynamo.ts';
import { SimulatedStore } from '../testing/simulated-store.ts';
import { openKeyValue } from './dynamo-key-value.ts';
import { openStatistics } from './dynamo-statistics.ts';

/** Holds the tasks in memory; how many are final it takes from the counters. */
function ledgerOn({ clock }: GivenDynamo, statistics: ReturnType<typeof openStatistics>): Ledger {
  const store = new SimulatedStore({ nowMs: () => clock.nowMs() });
  const later = <T>(take: () => T) => Promise.resolve().then(take);
  return {
    submit: (tasks) => later(() => tasks.map((task) => store.submit(task).result)),
    apply: (moves) => later(() => moves.map((move) => store.apply(move).result)),
    get: (keys) => later(() => keys.map((key) => store.get(key))),
    overdue: (nowMs, limit) => later(() => store.overdue(nowMs, limit)),
    list: (query) => later(() => store.list(query)),
    attemptDetail: (key, fence) => later(() => store.attemptDetail(key, fence)),
    counts: async (tenant) => ({ ...store.counts(tenant), ...(await statistics.pastCounts(tenant)) }),
    oldestOverdue: (tenant, beforeMs) => later(() => store.oldestOverdue(tenant, beforeMs)),
  };
}

let given: GivenDynamo;

const opened = (acceptedBy: 'submit' | 'first-claim') =>
  openStatistics({ keyValue: openKeyValue(given), clock: given.clock, acceptedBy });

const pass = (ms: number) => given.time.play(() => false, given.time.nowMs + ms);

/** Won by a task that waited and ran for these times. */
function lifeOf(index: number, { startMs, runMs }: { startMs: number; runMs: number }): readonly TaskEvent[] {
  const nowMs = given.time.nowMs;
  const startedAtMs = nowMs + startMs;
  const running = newTask(nowMs, { taskId: `t${index}`, status: 'running', fence: 1, startedAtMs });
  const succeeded: LedgerTask = { ...running, status: 'succeeded', finishedAtMs: startedAtMs + runMs };
  return [
    { move: 'claim', task: running },
    { move: 'succeed', task: succeeded },
  ];
}

/** The write units of every request from now on. */
function metered(client: DynamoDBDocumentClient): { units: number; requests: number } {
  const meter = { units: 0, requests: 0 };
  client.middlewareStack.add(
    (next) => async (args) => {
      Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
      const answer = await next(args);
      const { ConsumedCapacity } = answer.output as { ConsumedCapacity?: { CapacityUnits?: number } };
      meter.units += ConsumedCapacity?.CapacityUnits ?? Number.NaN;
      meter.requests += 1;
      return answer;
    },
    { step: 'initialize', name: 'metered' },
  );
  return meter;
}

function accepting(): void {
  test('a submit writes nothing beside its task: whoever claims it first counts it, once', async () => {
    const statistics = opened('first-claim');
    const task = newTask(given.time.nowMs);
    const [claim, succeed] = lifeOf(1, { startMs: 5, runMs: 5 }) as [TaskEvent, TaskEvent];
    const again: TaskEvent = { move: 'claim', task: { ...claim.task, fence: 2 } };
    await statistics.count([{ move: 'submit', task }]);
    await statistics.flush();
    expect(await statistics.since('alpha', HOUR, 0)).toEqual([]);
    await statistics.count([claim, again, succeed]);
    await statistics.flush();
    expect((await statistics.since('alpha', HOUR, 0))[0]?.counters).toMatchObject({ accepted: 1, started: 2 });
  });

  test('what ends without any claim is counted then, and not again when it was redriven', async () => {
    const statistics = opened('first-claim');
    const nowMs = given.time.nowMs;
    const lastFailure = { class: 'EXPIRED', code: 'expired', message: '', atMs: nowMs } as const;
    const redrive = { move: 'redrive', atMs: nowMs, subject: 'me', moveId: 'm' } as const;
    const expired = newTask(nowMs, { status: 'dead', lastFailure, finishedAtMs: nowMs });
    const cancelled = newTask(nowMs, { status: 'cancelled', finishedAtMs: nowMs });
    const claimed = newTask(nowMs, { status: 'running', fence: 1, startedAtMs: nowMs, history: [redrive] });
    const moves: TaskEvent[] = [
      { move: 'cancel', task: cancelled },
      { move: 'expire', task: expired },
      { move: 'claim', task: claimed },
      { move: 'expire', task: { ...expired, history: [redrive] } },
    ];
    await statistics.count(moves);
    await statistics.flush();
    expect((await statistics.since('alpha', HOUR, 0))[0]?.counters).toMatchObject({ accepted: 2, dead: 2 });
  });
}

function flushing(): void {
  test('nothing is written before the flush, then each row once, then nothing is left', async () => {
    const statistics = opened('first-claim');
    const meter = metered(given.table.client);
    for (let i = 0; i < 10; i += 1) await statistics.count(lifeOf(i, { startMs: 5, runMs: 5 }));
    expect(meter.requests).toBe(0);
    await statistics.flush();
    await statistics.flush();
    expect(meter.requests).toBe(2); // the minute and the hour
  });

  test('a flush that nobody answers loses counts, and stops nobody', async () => {
    const keyValue = openKeyValue({ ...given, table: { ...given.table, name: 'absent' } });
    const statistics = openStatistics({ keyValue, clock: given.clock, acceptedBy: 'submit' });
    await statistics.count(lifeOf(1, { startMs: 5, runMs: 5 }));
    await expect(statistics.flush()).resolves.toBeUndefined();
    await expect(statistics.pastCounts('alpha')).rejects.toThrow('DynamoDB does not answer');
  });
}

function counting(): void {
  test('the final tasks are counted over the hours they are kept, those that are over read once', async () => {
    const statistics = opened('first-claim');
    for (let hour = 0; hour < 5; hour += 1) {
      await statistics.count(lifeOf(hour, { startMs: 1, runMs: 1 }));
      await statistics.flush();
      expect(await statistics.pastCounts('alpha')).toEqual({ succeeded: hour + 1, cancelled: 0, dead: 0 });
      await pass(HOUR);
    }
    expect(await statistics.pastCounts('beta')).toEqual({ succeeded: 0, cancelled: 0, dead: 0 });
    await pass(14 * 24 * HOUR - HOUR);
    expect(await statistics.pastCounts('alpha')).toMatchObject({ succeeded: 1 });
    await pass(2 * HOUR);
    expect(await statistics.pastCounts('alpha')).toMatchObject({ succeeded: 0 });
  });
}

for (const name of ['dynoxide', 'dynalite'] as const) {
  describe(name, () => {
    const open = givenDynamo(name);

    statisticsSuite(`AWS engine on ${name}`, async () => {
      given = await open();
      const statistics = opened('submit');
      const count = async (won: readonly TaskEvent[]) => {
        await statistics.count(won);
        await statistics.flush();
      };
      return {
        ...{ ledger: ledgerOn(given, statistics), keyValue: openKeyValue(given), statistics: { ...statistics, count } },
        ...{ nowMs: () => given.time.nowMs, pass, close: () => Promise.resolve() },
      };
    });

    describe('statistics on DynamoDB', () => {
      beforeEach(async () => {
        given = await open();
      });
      accepting();
      flushing();
      counting();

      test('a happy task costs at most 0.3 write units for its statistics at batches of 10 [P1]', async () => {
        const statistics = opened('first-claim');
        const meter = metered(given.table.client);
        for (let i = 0; i < 2_000; i += 1) {
          // Starts within 1 to 600 ms and runs of 5 ms to 5 s, most of them short.
          const [startMs, runMs] = [10 ** ((i % 278) / 100), 5 * 10 ** ((i % 301) / 100)];
          await statistics.count(lifeOf(i, { startMs, runMs }));
          if (i % 10 === 9) await statistics.flush();
        }
        expect(meter.units / 2_000).toBeLessThanOrEqual(0.3);
        const [hour] = await openKeyValue(given).list(tenantPrefix('alpha', 'hours'), 1);
        expect(Object.keys(hour!.stored.value as object).length).toBeGreaterThan(100); // a busy hour, and still 1 KB
      });
    });
  });
}
