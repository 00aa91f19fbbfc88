import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Bell } from '../core/ports.ts';
import type { Lane } from '../core/task.ts';
import { VirtualTime } from '../testing/virtual-time.ts';
import { BellHeap } from './bell-heap.ts';
import { MemoryDoorbell } from './memory-doorbell.ts';
import { clockOf } from '../testing/given-storage.ts';

let time: VirtualTime;
let doorbell: MemoryDoorbell;

function start(capacity = 1_000): void {
  time = new VirtualTime();
  doorbell = new MemoryDoorbell({ clock: clockOf(time), capacity });
}
beforeEach(() => {
  start();
});

const bell = (taskId: string, inMs = 0, more: Partial<Bell> = {}): Bell => ({
  ...{ tenant: 'alpha', taskId, lane: 'fresh', type: 'simulate', notBeforeMs: time.nowMs + inMs },
  ...more,
});
const pass = (ms: number) => time.play(() => false, time.nowMs + ms);

const losers = (): string[] => [...doorbell.takeLosers()].toSorted();

function takeAll(lane: Lane = 'fresh'): string[] {
  const names: string[] = [];
  for (let next = doorbell.take(lane); next; next = doorbell.take(lane)) names.push(next.taskId);
  return names;
}

describe('a bell', () => {
  test('is visible at its notBefore and not before, in its own lane [S11]', async () => {
    let woken = 0;
    doorbell.onVisible(() => (woken += 1));
    await doorbell.ring([bell('now'), bell('soon', 50), bell('other', 0, { lane: 'isolated' })]);
    expect([takeAll(), takeAll('isolated'), takeAll('recovery')]).toEqual([['now'], ['other'], []]);
    await pass(49);
    expect([await doorbell.depth('fresh', 'alpha'), woken]).toEqual([0, 1]);
    await pass(1);
    expect([await doorbell.depth('fresh', 'alpha'), woken]).toEqual([1, 2]);
    expect(takeAll()).toEqual(['soon']);
  });

  test('far ahead of the longest sleep is visible in time', async () => {
    await doorbell.ring([bell('a', 590_000)]);
    await pass(589_999);
    expect(takeAll()).toEqual([]);
    await pass(1);
    expect(takeAll()).toEqual(['a']);
  });

  test('is not doubled by a second one for the same task: the newest counts', async () => {
    await doorbell.ring([
      bell('a', 30),
      bell('a', 100),
      bell('a', 60),
      bell('b'),
      bell('b', -5),
      bell('c'),
      bell('c', 70),
    ]);
    expect(takeAll()).toEqual(['b']);
    await pass(60);
    expect(takeAll()).toEqual(['a']);
    await pass(1_000);
    expect(takeAll()).toEqual(['c']);
  });

  test('of one tenant with many does not keep another tenant waiting', async () => {
    await doorbell.ring(['a1', 'a2', 'a3', 'a4'].map((taskId) => bell(taskId)));
    await doorbell.ring(['b1', 'b2'].map((taskId) => bell(taskId, 0, { tenant: 'beta' })));
    expect(takeAll()).toEqual(['a1', 'b1', 'a2', 'b2', 'a3', 'a4']);
  });

  test('rung after the close is refused, and none becomes visible', async () => {
    await doorbell.ring([bell('a', 10)]);
    doorbell.close();
    expect(await doorbell.ring([bell('b')])).toEqual(['failed']);
    await pass(100);
    expect(takeAll()).toEqual([]);
  });
});

describe('a full lane', () => {
  test('drops the newest, and asks for a refill when it is below half', async () => {
    start(4);
    const names = ['a', 'b', 'c', 'd', 'e'];
    expect(await doorbell.ring(names.map((taskId) => bell(taskId)))).toEqual([
      'rung',
      'rung',
      'rung',
      'rung',
      'failed',
    ]);
    expect(losers()).toEqual([]);
    doorbell.take('fresh');
    doorbell.take('fresh');
    expect(losers()).toEqual([]);
    doorbell.take('fresh');
    expect([losers(), losers()]).toEqual([['alpha'], []]);
    expect(takeAll()).toEqual(['d']);
  });

  test("keeps a tenant's retry, whatever another one has planned", async () => {
    start(3);
    await doorbell.ring([1, 2, 3].map((n) => bell(`b${n}`, 500 + n, { tenant: 'beta' })));
    expect(await doorbell.ring([bell('retry', 100)])).toEqual(['rung']);
    await pass(101);
    expect(takeAll()).toEqual(['retry']);
  });

  test('gives the place of a future bell to a visible one, and touches no other lane', async () => {
    start(2);
    await doorbell.ring([bell('late', 900), bell('soon', 10), bell('other', 0, { lane: 'recovery' })]);
    expect(await doorbell.ring([bell('now'), bell('later', 999)])).toEqual(['rung', 'failed']);
    await pass(1_000);
    expect([takeAll().length, takeAll('recovery').length]).toEqual([2, 1]);
    expect(losers()).toEqual(['alpha']);
  });
});

/** `count` bells of a tenant, named like it. */
const ringMany = (tenant: string, count: number, inMs = 0) =>
  doorbell.ring(Array.from({ length: count }, (_, i) => bell(`${tenant}-${i}`, inMs, { tenant })));
const kept = () =>
  Object.fromEntries(
    Object.entries(Object.groupBy(takeAll(), (name) => name.split('-')[0]!)).map(([tenant, names]) => [
      tenant,
      names!.length,
    ]),
  );

describe('a lane that one tenant fills', () => {
  test('has room for another one up to its share, and then each loses its own', async () => {
    start(8);
    await ringMany('flood', 20);
    expect(await ringMany('quiet', 5)).toEqual(['rung', 'rung', 'rung', 'rung', 'failed']);
    expect(await ringMany('third', 2)).toEqual(['rung', 'rung']);
    expect(kept()).toEqual({ flood: 3, quiet: 3, third: 2 });
    expect(losers()).toEqual(['flood', 'quiet']);
  });

  test('takes of those that hold most about alike, from none below its share, and drops no bell of hundreds of others', async () => {
    start(20_000);
    await ringMany('flood', 12_000);
    await ringMany('deluge', 8_000);
    for (let i = 0; i < 198; i += 1) expect(await ringMany(`t${i}`, 80)).not.toContain('failed');
    const { flood = 0, deluge = 0, ...others } = kept();
    expect(new Set(Object.values(others))).toEqual(new Set([80]));
    expect(flood + deluge).toBe(20_000 - 198 * 80);
    expect(Math.abs(flood - deluge)).toBeLessThanOrEqual(2 * 200);
  });

  test('keeps the bells of others that are not visible yet', async () => {
    start(8);
    await ringMany('quiet', 2, 500);
    await ringMany('flood', 20);
    await ringMany('later', 1, 500);
    await pass(500);
    expect(kept()).toEqual({ flood: 5, quiet: 2, later: 1 });
  });

  test('is told of who lost as soon as one of them has half of its share left', async () => {
    start(8);
    await ringMany('flood', 20);
    await ringMany('quiet', 5);
    for (let i = 0; i < 2; i += 1) doorbell.take('fresh', (tenant) => tenant === 'flood');
    expect(losers()).toEqual([]);
    for (let i = 0; i < 3; i += 1) doorbell.take('fresh', (tenant) => tenant === 'quiet');
    expect([losers(), losers()]).toEqual([['flood', 'quiet'], []]);
  });

  test('passes over who may not have one now', async () => {
    await ringMany('alpha', 2);
    await ringMany('beta', 1);
    const next = (not: string) => doorbell.take('fresh', (tenant) => tenant !== not)?.taskId;
    expect([next('alpha'), next('alpha'), next('beta'), next('beta')]).toEqual([
      'beta-0',
      undefined,
      'alpha-0',
      'alpha-1',
    ]);
  });
});

type Step =
  { readonly ring: readonly [taskId: number, inMs: number] } | { readonly take: true } | { readonly passMs: number };
const steps = fc.array(
  fc.oneof(
    fc.record({ ring: fc.tuple(fc.nat(12), fc.integer({ min: -10, max: 60 })) }),
    fc.record({ take: fc.constant(true as const) }),
    fc.record({ passMs: fc.nat(20) }),
  ),
  { maxLength: 120 },
);

const tenantOf = (name: string): string => (Number(name.slice(1)) % 2 === 0 ? 'alpha' : 'beta');

/** What must wait: per task the moment of its newest bell since it was last taken. */
async function follows(plan: readonly Step[]): Promise<void> {
  start();
  const waiting = new Map<string, number>();
  for (const step of plan) {
    if ('passMs' in step) await pass(step.passMs);
    else if ('take' in step) {
      const taken = doorbell.take('fresh');
      if (taken === undefined) continue;
      expect(waiting.get(taken.taskId)).toBeLessThanOrEqual(time.nowMs);
      waiting.delete(taken.taskId);
    } else {
      const [task, inMs] = step.ring;
      await doorbell.ring([bell(`t${task}`, inMs, { tenant: tenantOf(`t${task}`) })]);
      waiting.set(`t${task}`, time.nowMs + inMs);
    }
    const visible = [...waiting].flatMap(([name, atMs]) => (atMs <= time.nowMs ? tenantOf(name) : []));
    for (const tenant of ['alpha', 'beta']) {
      expect(await doorbell.depth('fresh', tenant)).toBe(visible.filter((each) => each === tenant).length);
    }
  }
}

describe('any sequence of rings, takes and moments', () => {
  test('shows every rung task once, at the moment of its newest bell, until it is taken [S11]', () =>
    fc.assert(fc.asyncProperty(steps, follows), { numRuns: 150 }));

  test('never holds more than its bound, and says so whenever it lost one', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(20), fc.nat(30)), { maxLength: 60 }), async (rings) => {
        start(5);
        const answers = await doorbell.ring(rings.map(([task, inMs]) => bell(`t${task}`, inMs)));
        await pass(31);
        const kept = takeAll();
        expect(kept.length).toBeLessThanOrEqual(5);
        const rung = new Set(rings.map(([task]) => `t${task}`));
        expect(losers()).toEqual(kept.length < rung.size || answers.includes('failed') ? ['alpha'] : []);
      }),
    ));

  test('leaves the heap in order of time', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { maxLength: 60 }), (moments) => {
        const heap = new BellHeap<{ readonly notBeforeMs: number }>();
        for (const notBeforeMs of moments) heap.push({ notBeforeMs });
        expect(moments.map(() => heap.shift()?.notBeforeMs)).toEqual(moments.toSorted((a, b) => a - b));
        expect(heap.first).toBeUndefined();
      }),
    );
  });
});
