/** What every doorbell must do: what was rung comes out, at least once, in its lane, and not before its time. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Bell, Doorbell } from '../../core/ports.ts';
import { HORIZON_MS } from '../../core/rules.ts';
import type { Lane } from '../../core/task.ts';

export interface DoorbellUnderTest {
  readonly doorbell: Doorbell;
  nowMs(): number;
  /** Moves its clock forward. */
  pass(ms: number): Promise<void>;
  /** A visible bell of a lane, acknowledged; undefined when there is none. */
  take(lane: Lane): Promise<Bell | undefined>;
  /** What carries the bells is gone. */
  break(): Promise<void>;
  close(): Promise<void>;
}

export type OpenDoorbell = () => Promise<DoorbellUnderTest>;

/** How late a bell may be: a queue counts whole seconds. */
const LATE_MS = 2_000;

let given: DoorbellUnderTest;

const bell = (taskId: string, more: Partial<Bell> = {}): Bell => ({
  ...{ tenant: 'alpha', taskId, lane: 'fresh', type: 'simulate', notBeforeMs: given.nowMs() },
  ...more,
});

async function takeAll(lane: Lane = 'fresh'): Promise<Bell[]> {
  const bells: Bell[] = [];
  for (let next = await given.take(lane); next; next = await given.take(lane)) bells.push(next);
  return bells;
}

const names = (bells: readonly Bell[]): string[] =>
  [...new Set(bells.map(({ tenant, taskId }) => `${tenant}/${taskId}`))].sort();

function carrying(): void {
  test('a bell that was rung comes out of its lane as it went in', async () => {
    const bells = [bell('a'), bell('b', { lane: 'recovery', type: 'http-request' }), bell('c', { lane: 'isolated' })];
    expect(await given.doorbell.ring(bells)).toEqual(['rung', 'rung', 'rung']);
    expect(await Promise.all([takeAll('fresh'), takeAll('recovery'), takeAll('isolated')])).toEqual(
      bells.map((each) => [each]),
    );
  });

  test('of many bells of many tenants none is missing', async () => {
    const tenants = ['0', 'a', 'a-b', 'alpha', 'x'.repeat(63)];
    const bells = tenants.flatMap((tenant) =>
      Array.from({ length: 7 }, (_, i) => bell(`${'_-Zz9'.repeat(12)}-${i}`, { tenant })),
    );
    expect(await given.doorbell.ring(bells)).toEqual(bells.map(() => 'rung'));
    expect(names(await takeAll())).toEqual(names(bells));
  });

  test('the answers are in the order of the bells, whatever their lanes', async () => {
    const lanes: readonly Lane[] = ['fresh', 'isolated', 'recovery'];
    const bells = Array.from({ length: 31 }, (_, i) => bell(`t${i}`, { lane: lanes[i % 3]! }));
    expect(await given.doorbell.ring(bells)).toHaveLength(31);
    const taken = await Promise.all(lanes.map(takeAll));
    expect(names(taken.flat())).toEqual(names(bells));
  });

  test('no bells are nothing to do', async () => {
    expect(await given.doorbell.ring([])).toEqual([]);
    expect(await takeAll()).toEqual([]);
  });

  test('one that cannot be rung is told, and nothing is thrown', async () => {
    await given.break();
    expect(await given.doorbell.ring([bell('a'), bell('b', { lane: 'isolated' })])).toEqual(['failed', 'failed']);
    expect(await given.doorbell.depth('fresh', 'alpha')).toBe(0);
  });
}

function waiting(): void {
  test('a bell is not taken before its time, and soon after it [S11]', async () => {
    await given.doorbell.ring([bell('now'), bell('soon', { notBeforeMs: given.nowMs() + 2_500 })]);
    expect(names(await takeAll())).toEqual(['alpha/now']);
    await given.pass(2_499);
    expect(names(await takeAll())).toEqual([]);
    await given.pass(1 + LATE_MS);
    expect(names(await takeAll())).toEqual(['alpha/soon']);
  });

  test('a bell as far ahead as any is rung comes in time', async () => {
    await given.doorbell.ring([bell('far', { notBeforeMs: given.nowMs() + HORIZON_MS })]);
    await given.pass(HORIZON_MS - 1);
    expect(await takeAll()).toEqual([]);
    await given.pass(1 + LATE_MS);
    expect(names(await takeAll())).toEqual(['alpha/far']);
  });

  test('a bell whose time is long past is rung at once', async () => {
    await given.doorbell.ring([bell('past', { notBeforeMs: given.nowMs() - 3_600_000 })]);
    expect(names(await takeAll())).toEqual(['alpha/past']);
  });

  test('no more bells are said to wait than do, and none of a tenant that has none', async () => {
    await given.doorbell.ring([bell('a'), bell('b'), bell('later', { notBeforeMs: given.nowMs() + 60_000 })]);
    expect(await given.doorbell.depth('fresh', 'alpha')).toBeLessThanOrEqual(2);
    expect(await given.doorbell.depth('fresh', 'beta')).toBe(0);
    expect(await given.doorbell.depth('isolated', 'alpha')).toBe(0);
  });
}

export function doorbellSuite(name: string, open: OpenDoorbell): void {
  describe(`${name}: doorbell`, () => {
    beforeEach(async () => {
      given = await open();
    });
    afterEach(() => given.close());
    carrying();
    waiting();
  });
}
