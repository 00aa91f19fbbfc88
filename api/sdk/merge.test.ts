import type { Task } from '@holdfast/api/types';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { taskOf } from './fake-service.ts';
import { heldNothing, isNewer, mergeFrame, mergeSnapshot, trim } from './merge.ts';

const all = (): boolean => true;
const isDead = ({ status }: Task): boolean => status === 'dead';
const dayOf = (life: number): string => `2026-01-0${life + 1}T00:00:00.000Z`;

/** Every state a few tasks went through; an id may have lived twice. The last of each is the ledger's. */
const histories = fc
  .array(
    fc.record({
      lives: fc.integer({ min: 1, max: 2 }),
      versions: fc.integer({ min: 1, max: 4 }),
      isPurged: fc.boolean(),
    }),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((list) =>
    list.map(({ lives, versions, isPurged }, i) => {
      const states = Array.from({ length: lives * versions }, (_, n) => {
        const version = (n % versions) + 1;
        const createdAt = dayOf(Math.floor(n / versions));
        return taskOf(`task${i}`, { version, createdAt, status: version % 2 === 0 ? 'dead' : 'queued' });
      });
      return { states, isPurged };
    }),
  );

/** Some of them, some twice, in any order. */
const framesOf = (states: readonly Task[]): fc.Arbitrary<Task[][]> =>
  fc.array(fc.array(fc.constantFrom(...states), { maxLength: 5 }), { maxLength: 12 });

const runs = histories.chain((tasks) =>
  framesOf(tasks.flatMap(({ states }) => states)).map((frames) => ({ tasks, frames })),
);

test('whatever is lost, doubled or out of order: after a snapshot a feed holds what the ledger holds', () => {
  const property = fc.property(runs, fc.constantFrom(all, isDead), ({ tasks, frames }, includes) => {
    const held = heldNothing();
    for (const frame of frames) mergeFrame(held, frame, includes);
    const ledger = tasks.filter(({ isPurged }) => !isPurged).map(({ states }) => states.at(-1)!);
    mergeSnapshot(held, ledger.filter(includes), { includes, since: new Set() });
    expect(new Map(held.tasks)).toEqual(new Map(ledger.filter(includes).map((task) => [task.taskId, task])));
  });
  fc.assert(property, { numRuns: 500 });
});

test('frames that come while a snapshot is read win over it where they are newer', () => {
  const property = fc.property(runs, fc.constantFrom(all, isDead), ({ tasks, frames }, includes) => {
    const held = heldNothing();
    const early = tasks.map(({ states }) => states[0]!);
    const since = new Set(frames.flat().map(({ taskId }) => taskId));
    for (const frame of frames) mergeFrame(held, frame, includes);
    mergeSnapshot(held, early.filter(includes), { includes, since });
    for (const { taskId } of early) {
      const told = [...frames.flat(), ...early.filter(includes)].filter((task) => task.taskId === taskId);
      const newest = told.reduce<Task | undefined>((best, task) => (isNewer(task, best) ? task : best), undefined);
      expect(held.tasks.get(taskId)).toEqual(newest && includes(newest) ? newest : undefined);
    }
  });
  fc.assert(property, { numRuns: 500 });
});

test('a task that has not changed stays the same object', () => {
  const held = heldNothing();
  const task = taskOf('a');
  mergeFrame(held, [task], all);
  expect(mergeSnapshot(held, [taskOf('a')], { includes: all, since: new Set() })).toEqual(new Set());
  expect(held.tasks.get('a')).toBe(task);
});

test('an older report does not bring back what left the view', () => {
  const held = heldNothing();
  mergeFrame(held, [taskOf('a', { version: 5, status: 'dead' })], isDead);
  expect(mergeFrame(held, [taskOf('a', { version: 6 })], isDead)).toEqual(new Set(['a']));
  mergeFrame(held, [taskOf('a', { version: 5, status: 'dead' })], isDead);
  expect([...held.tasks.keys()]).toEqual([]);
});

test('an id that lives again wins over its former life with the higher version', () => {
  const held = heldNothing();
  mergeFrame(held, [taskOf('a', { version: 9, createdAt: dayOf(0) })], all);
  mergeFrame(held, [taskOf('a', { version: 1, createdAt: dayOf(1) })], all);
  expect(held.tasks.get('a')).toMatchObject({ version: 1 });
});

test('beyond twice the limit the oldest are dropped', () => {
  const held = heldNothing();
  const tasks = Array.from({ length: 9 }, (_, i) => taskOf(`t${i}`, { createdAt: dayOf(i) }));
  mergeFrame(held, tasks.slice(0, 8), all);
  expect(trim(held, 4)).toEqual([]);
  mergeFrame(held, tasks.slice(8), all);
  expect(trim(held, 4)).toEqual(['t0', 't1', 't2', 't3', 't4']);
});

test('what is not shown is remembered in bounds too, so that a view of the few dead ones can stay open', () => {
  const held = heldNothing();
  for (let i = 0; i < 1000; i++) {
    mergeFrame(held, [taskOf(`q${i}`)], isDead);
    trim(held, 10);
  }
  expect(held.outside.size).toBeLessThanOrEqual(20);
  expect(held.outside.has('q999')).toBe(true);
});
