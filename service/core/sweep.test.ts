import { describe, expect, test } from 'vitest';
import { failing, Given } from '../testing/given.ts';
import { Cloud } from '../testing/cloud.ts';
import { World } from '../testing/world.ts';
import { submitAll } from './submit.ts';

describe('the sweeper', () => {
  test('rings again for a bell that was lost, in the recovery lane, at growing gaps [S9][S18]', async () => {
    const given = new Given();
    await given.submit();
    given.bells.length = 0;
    for (let rings = 1; rings <= 3; rings += 1) {
      await given.pass(31_000 * 2 ** (rings - 1));
      await given.sweep();
      expect(given.task().rings).toBe(rings);
      await given.sweep();
      expect(given.bells.map(({ lane }) => lane)).toEqual(Array(rings).fill('recovery'));
    }
    await given.attend();
    expect(given.task()).toMatchObject({ status: 'succeeded', rings: 0 });
  });

  test('finds soon what could not be rung for, however long the queue was away [S18]', async () => {
    const given = new Given();
    await given.submit();
    given.bells.length = 0;
    const { doorbell } = given.ports;
    given.ports = {
      ...given.ports,
      doorbell: { ...doorbell, ring: (bells) => Promise.resolve(bells.map(() => 'failed')) },
    };
    for (let looks = 1; looks <= 6; looks += 1) {
      await given.pass(31_000);
      await given.sweep();
      expect(given.task()).toMatchObject({ rings: 0, version: 1 + 2 * looks });
      expect(given.task().dueMs).toBeLessThanOrEqual(given.nowMs + 30_000);
    }
    given.ports = { ...given.ports, doorbell };
    await given.pass(31_000);
    await given.sweep();
    expect(given.bells).toHaveLength(1);
  });

  test('tells soon of a death that nobody could be told of, however long that was [S18]', async () => {
    const given = new Given([{ outcome: failing('Broken') }], { maxAttempts: 1 });
    await given.submit();
    const { deadLetters } = given.ports;
    given.ports = { ...given.ports, deadLetters: { announce: (tasks) => Promise.resolve(tasks.map(() => 'failed')) } };
    await given.attend();
    for (let looks = 1; looks <= 6; looks += 1) {
      await given.pass(31_000);
      await given.sweep();
      expect(given.task()).toMatchObject({ status: 'dead', announcement: 'pending', rings: 0 });
    }
    given.ports = { ...given.ports, deadLetters };
    await given.pass(31_000);
    await given.sweep();
    expect(given.task()).toMatchObject({ announcement: 'sent', rings: 0 });
  });

  test('leaves the ring out while the lane is full of bells', async () => {
    const given = new Given();
    await given.submit();
    given.bells.length = 0;
    given.ports = { ...given.ports, doorbell: { ...given.ports.doorbell, depth: () => Promise.resolve(1) } };
    await given.pass(31_000);
    await given.sweep();
    expect(given.task().rings).toBe(1);
    expect(given.bells).toEqual([]);
  });

  test('rings for a tenant whose bell was lost, however many bells another one has [S14]', async () => {
    const given = new Given();
    await given.submit();
    await given.submit({ tenant: 'flood' });
    given.bells.length = 0;
    const depth = (_lane: string, tenant: string) => Promise.resolve(tenant === 'flood' ? 100_000 : 0);
    given.ports = { ...given.ports, doorbell: { ...given.ports.doorbell, depth } };
    await given.pass(31_000);
    await given.sweep();
    expect(given.bells).toMatchObject([{ tenant: 'alpha', lane: 'recovery' }]);
  });

  test('ends a lease that is over, replaces its owner and charges nobody [S4][S13]', async () => {
    const given = new Given([{}]);
    await given.submit();
    await given.begin();
    const running = given.task();
    given.abandon();
    await given.pass(72_000);
    await given.sweep();
    expect(given.task()).toMatchObject({ status: 'running', owner: running.owner }); // the margin is not over yet
    await given.pass(2_000);
    await given.sweep();
    expect(given.task()).toMatchObject({ status: 'retrying', crashes: 0, lostInRow: 1, suspect: true, failures: 0 });
    expect(given.task().owner).not.toBe(running.owner);
  });

  test('does not take a clock that jumps for the death of an attempt that runs here [S13]', async () => {
    const given = new Given([{}]);
    await given.submit();
    await given.begin();
    given.abandon();
    await given.pass(200_000);
    await given.sweep({ isAlive: (task) => given.running.has(task) });
    expect(given.task()).toMatchObject({ status: 'running', fence: 1, crashes: 0 });
    expect(given.task().leaseUntilMs).toBeGreaterThan(given.nowMs);
    await given.pass(200_000);
    await given.sweep();
    expect(given.task()).toMatchObject({ status: 'retrying', lostInRow: 1 });
  });

  test('pushes on what it cannot judge, and looks after the rest of the page', async () => {
    const given = new Given();
    const items = given.world.store.items;
    for (const taskId of ['odd', 'torn', 'one']) await given.submit({ taskId });
    given.bells.length = 0;
    await given.pass(31_000);
    items.set('alpha/odd', { ...given.task('odd'), status: 'unheard-of' as never });
    items.set('alpha/torn', { ...given.task('torn'), status: 'running', leaseUntilMs: 1, attempts: {} as never });
    await given.sweep();
    expect(given.bells.map(({ taskId }) => taskId)).toEqual(['one']);
    for (const taskId of ['odd', 'torn']) expect(given.task(taskId).dueMs).toBeGreaterThan(given.nowMs + 500_000);
  });

  test('ends a task that nobody could run within its greatest age as EXPIRED, and announces it [S6]', async () => {
    const given = new Given([], { maxAgeMs: 120_000 });
    await given.submit({ type: 'unheard-of' });
    await given.attend();
    expect(given.task()).toMatchObject({ status: 'queued', waiting: { reason: 'unknown-type' }, failures: 0 });
    for (let i = 0; i < 6; i += 1) {
      await given.pass(30_000);
      await given.sweep();
    }
    expect(given.task()).toMatchObject({ status: 'dead', announcement: 'sent', lastFailure: { class: 'EXPIRED' } });
  });
});

describe('scheduled tasks', () => {
  test.each([5, 90, 700, 1_500])(
    'asked to start in %i s, start at most 6 s late without faults [S11]',
    async (seconds) => {
      const world = new World(3, 'cloud', []);
      const { process } = new Cloud(world).api('client');
      const task = { tenant: 'alpha', taskId: 'later', type: 'quick', payloadVersion: 1, payload: { script: 'fine' } };
      const runAtMs = world.time.nowMs + seconds * 1_000;
      void submitAll(process.ports, world.rules, [{ ...task, delaySeconds: seconds }]);
      await world.time.play(() => world.store.items.get('alpha/later')?.status === 'succeeded', runAtMs + 60_000);
      const { startedAtMs } = world.store.items.get('alpha/later')!.attempts[0]!;
      expect(startedAtMs - runAtMs).toBeGreaterThan(-1_000);
      expect(startedAtMs - runAtMs).toBeLessThan(6_000);
    },
  );
});
