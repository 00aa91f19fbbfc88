import { describe, expect, test } from 'vitest';
import { Given } from '../testing/given.ts';
import type { LedgerTask } from './task.ts';

async function given(fields: Partial<LedgerTask> = {}): Promise<Given> {
  const world = new Given();
  await world.submit();
  world.world.store.items.set('alpha/one', { ...world.task(), ...fields });
  return world;
}

describe('a bell', () => {
  test.each([
    ['up to two seconds early waits, and then its task runs [S11]', 1_900, 'succeeded'],
    ['earlier than that is acknowledged in silence: another one comes', 2_100, 'queued'],
  ])('%s', async (_, earlyMs, status) => {
    const world = await given();
    world.world.store.items.set('alpha/one', { ...world.task(), notBeforeMs: world.nowMs + earlyMs });
    expect(await world.attend()).toBe('done');
    expect(world.task().status).toBe(status);
  });

  test('of a payload version that this worker does not know is deferred, and nobody is charged [S12]', async () => {
    const world = await given({ payloadVersion: 2 });
    expect(await world.attend()).toBe('done');
    const { status, notBeforeMs, waiting, failures, crashes, fence } = world.task();
    expect({ status, failures, crashes, fence }).toEqual({ status: 'queued', failures: 0, crashes: 0, fence: 0 });
    expect(waiting).toEqual({ reason: 'unknown-type', untilMs: notBeforeMs });
    expect(notBeforeMs - world.nowMs).toBeGreaterThan(59_000);
  });

  test.each([
    ['whose greatest age is over', { expiresAtMs: 1, payloadVersion: 2 }],
    ['whose cancel is requested', { cancelRequested: true, payloadVersion: 2 }],
    ['that is suspect', { suspect: true }],
    ['that runs', { status: 'running', owner: 'other' }],
  ] as const)('of a task %s changes nothing', async (_, fields) => {
    const world = await given(fields);
    const before = world.task();
    expect(await world.attend()).toBe('done');
    expect(world.task()).toEqual(before);
  });

  test.each([['final', { status: 'cancelled' }] as const, ['running', { status: 'running', owner: 'other' }] as const])(
    'of a type that this worker does not know changes nothing of a task that is %s',
    async (_, fields) => {
      const world = await given({ ...fields, type: 'other' });
      const before = world.task();
      expect(await world.attend({}, { ...world.bells.at(-1)!, type: 'other' })).toBe('done');
      expect(world.task()).toEqual(before);
    },
  );

  test('of a type that nobody serves is told once, with the first task that waits for it', async () => {
    const world = new Given();
    const told: unknown[] = [];
    const warn = (event: string, fields: object = {}) => void told.push({ event, ...fields });
    world.ports = { ...world.ports, log: { ...world.ports.log, warn } };
    for (const taskId of ['one', 'two']) await world.submit({ taskId, type: 'unheard-of' });
    await world.submit({ taskId: 'three', type: 'unborn' });
    for (const bell of world.bells.splice(0)) await world.attend({}, bell);
    const event = 'type-not-served';
    expect(told).toEqual([
      { event, tenant: 'alpha', taskId: 'one', type: 'unheard-of' },
      { event, tenant: 'alpha', taskId: 'three', type: 'unborn' },
    ]);
  });

  test('of a task that is not there is done', async () => {
    const world = await given();
    expect(await world.attend({}, { ...world.bells.at(-1)!, taskId: 'nobody', type: 'other' })).toBe('done');
    expect(world.world.store.items.size).toBe(1);
  });
});
