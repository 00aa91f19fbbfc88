/** What every engine must count, told by somebody who looks at the tasks before and after, not at the moves. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { claim } from '../../core/attempt-moves.ts';
import { winners } from '../../core/follow.ts';
import type { Move } from '../../core/move.ts';
import type { TaskCounts } from '../../core/ports.ts';
import type { SpanMs, Sums } from '../../core/statistics.ts';
import { addTo, SPANS } from '../../core/statistics.ts';
import type { LedgerTask } from '../../core/task.ts';
import type { EngineUnderTest, OpenEngine } from './engine-under-test.ts';
import { CLAIMER, newTask, RULES } from './engine-under-test.ts';
import { MAKERS, steps } from './model-suite.ts';

let engine: EngineUnderTest;

const NO_TASKS: TaskCounts = {
  ...{ scheduled: 0, queued: 0, retrying: 0, running: 0 },
  ...{ succeeded: 0, dead: 0, cancelled: 0, inbox: 0 },
};

/** What has happened to a task, by what it was and what it became. */
function difference(before: LedgerTask, after: LedgerTask): Sums {
  const became = (status: LedgerTask['status']) => Number(after.status === status && before.status !== status);
  const last = after.attempts.at(-1);
  const ended = last?.fence === before.attempts.at(-1)?.fence ? undefined : last;
  const outcome = ended?.outcome ?? '';
  return {
    started: after.fence - before.fence,
    succeeded: became('succeeded'),
    dead: became('dead'),
    cancelled: became('cancelled'),
    redriven: Number(before.status === 'dead' && after.status === 'queued'),
    failedAttempts: Number(['failed', 'timed-out'].includes(outcome)),
    lostAttempts: Number(outcome === 'lost'),
    ...(ended?.class && { [`attempts:${ended.class}`]: 1 }),
    ...(became('dead') && { [`deaths:${after.lastFailure!.class}`]: 1 }),
    starts: Number(before.fence === 0 && after.fence === 1),
    finishes: became('succeeded') + became('dead'),
  };
}

/** With the buckets of each histogram added up, and without what is nothing. */
async function counted(spanMs: SpanMs): Promise<Sums> {
  const sums: Sums = {};
  for (const { counters } of await engine.statistics.since('alpha', spanMs, 0)) {
    for (const [name, n] of Object.entries(counters)) {
      const shown = name.replace(/^start:.*/, 'starts').replace(/^finish:.*/, 'finishes');
      if (!name.startsWith('now:')) addTo(sums, { [shown]: n });
    }
  }
  return sums;
}

const something = (sums: Sums): Sums => Object.fromEntries(Object.entries(sums).filter(([, n]) => n !== 0));

async function apply(move: Move): Promise<LedgerTask | undefined> {
  const results = await engine.ledger.apply([move]);
  await engine.statistics.count(winners([move], results));
  return results[0]?.kind === 'applied' ? results[0].task : undefined;
}

async function submit(fields: Partial<LedgerTask>): Promise<LedgerTask> {
  const task = newTask(engine.nowMs(), fields);
  await engine.ledger.submit([task]);
  await engine.statistics.count([{ move: 'submit', task }]);
  return task;
}

async function lives(taskId: string, plan: { move: string; passMs: number }[], happened: Sums): Promise<LedgerTask> {
  const expires = plan[0]?.move === 'expire' && { expiresAtMs: engine.nowMs() };
  let task = await submit({ taskId, ...expires });
  addTo(happened, { accepted: 1 });
  for (const { move, passMs } of plan) {
    await engine.pass(passMs);
    const next = await apply(MAKERS[move]!(task, engine.nowMs()));
    if (next) addTo(happened, difference(task, next));
    task = next ?? task;
  }
  return task;
}

/** Beginnings that random moves seldom find. */
const BEGINNINGS = [
  '',
  'claim succeed',
  'claim die announced redrive',
  'claim cancel reap',
  'expire announced discard',
];

const plans = fc
  .tuple(fc.constantFrom(...BEGINNINGS), steps)
  .map(([beginning, rest]) => [
    ...beginning.split(' ').flatMap((move) => (move === '' ? [] : [{ move, passMs: 1 }])),
    ...rest,
  ]);

function scanOf(tasks: readonly LedgerTask[]): TaskCounts {
  const counts: Record<string, number> = { ...NO_TASKS };
  for (const { status, announcement, discarded } of tasks) {
    counts[status]! += 1;
    if (status === 'dead' && announcement === 'sent' && !discarded) counts['inbox']! += 1;
  }
  return counts as TaskCounts;
}

function counting(): void {
  test('after any moves the tasks are counted as a scan would, and what happened once, in every span', async () => {
    const tasks: LedgerTask[] = [];
    const happened: Sums = {};
    const property = fc.asyncProperty(plans, async (plan) => {
      tasks.push(await lives(`t${tasks.length}`, plan, happened));
      expect(await engine.ledger.counts('alpha')).toEqual(scanOf(tasks));
    });
    await fc.assert(property, { numRuns: 80, seed: 3 });
    expect(Object.values(happened)).not.toContain(0); // else some kind was never tried
    for (const { spanMs } of SPANS) expect(await counted(spanMs)).toEqual(something(happened));
  });

  test('of two tenants each sees its own counts [S14]', async () => {
    await submit({});
    await submit({ tenant: 'beta', status: 'scheduled' });
    expect(await engine.ledger.counts('alpha')).toEqual({ ...NO_TASKS, queued: 1 });
    expect(await engine.ledger.counts('beta')).toEqual({ ...NO_TASKS, scheduled: 1 });
    expect(await engine.ledger.counts('gamma')).toEqual(NO_TASKS);
    expect(await engine.statistics.since('gamma', 60_000, 0)).toEqual([]);
  });

  test('what is counted stands at the beginning of its span, by type, from a moment on', async () => {
    const minuteMs = engine.nowMs();
    expect(minuteMs % 3_600_000).toBe(0); // so that the spans below are known
    await submit({ taskId: 'a', type: 'one' });
    await engine.pass(6 * 60_000);
    await submit({ taskId: 'b', type: 'two' });
    const seen = async (spanMs: SpanMs, sinceMs: number) =>
      (await engine.statistics.since('alpha', spanMs, minuteMs + sinceMs)).map(({ atMs, type }) => [
        Math.floor((atMs - minuteMs) / spanMs),
        type,
      ]);
    expect((await seen(60_000, 0)).sort()).toEqual([
      [0, 'one'],
      [6, 'two'],
    ]);
    expect((await seen(300_000, 0)).sort()).toEqual([
      [0, 'one'],
      [1, 'two'],
    ]);
    expect((await seen(3_600_000, 0)).sort()).toEqual([
      [0, 'one'],
      [0, 'two'],
    ]);
    expect(await seen(60_000, 60_000)).toEqual([[6, 'two']]);
  });
}

function keeping(): void {
  test('an hour is kept when its minutes are gone, and outlives the longest window', async () => {
    await submit({});
    const hours = async () => (await engine.statistics.since('alpha', 3_600_000, 0)).length;
    await engine.pass(3 * 86_400_000 + 60_000);
    expect(await engine.statistics.since('alpha', 60_000, 0)).toEqual([]);
    expect(await hours()).toBe(1);
    await engine.pass(11.2 * 86_400_000);
    expect(await hours()).toBe(1);
    await engine.pass(86_400_000);
    expect(await hours()).toBe(0);
  });
}

function overdue(): void {
  test('the oldest ready task whose start is past is found, of its own tenant', async () => {
    const nowMs = engine.nowMs();
    expect(await engine.ledger.oldestOverdue('alpha', nowMs)).toBeUndefined();
    await submit({ taskId: 'foreign', tenant: 'beta', notBeforeMs: nowMs - 9_000 });
    const running = await submit({ taskId: 'running', notBeforeMs: nowMs - 8_000 });
    await apply(claim(running, { ...CLAIMER, owner: 'o' }, { nowMs, rules: RULES, pullDue: true }));
    await submit({ taskId: 'rung', notBeforeMs: nowMs - 7_000, dueMs: nowMs + 600_000, rings: 5 });
    await submit({ taskId: 'younger', notBeforeMs: nowMs - 6_000 });
    await submit({ taskId: 'to-come', notBeforeMs: nowMs + 900_000, dueMs: nowMs + 300_000 });
    const oldest = { taskId: 'rung', type: 'simulate', notBeforeMs: nowMs - 7_000 };
    expect(await engine.ledger.oldestOverdue('alpha', nowMs)).toEqual(oldest);
    expect(await engine.ledger.oldestOverdue('alpha', nowMs - 7_000)).toBeUndefined();
  });
}

export function statisticsSuite(name: string, open: OpenEngine): void {
  describe(`${name}: statistics`, () => {
    beforeEach(async () => {
      engine = await open();
    });
    afterEach(() => engine.close());
    counting();
    keeping();
    overdue();
  });
}
