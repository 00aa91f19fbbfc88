/** Faults of the queue, as the rows of the fault matrix say, on the ledger of one machine: its own faults are others'. */
import { rmSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { deathIn } from '../aws/sqs-dead-letters.ts';
import type { Clock } from '../core/ports.ts';
import { openStorage } from '../embedded/storage.ts';
import type { Rule } from './fault-proxy/rules.ts';
import { FaultyAws } from './faulty-aws.ts';
import { newDataDir } from './given-storage.ts';

const TASKS = 60;
/** Of submission(): one in twenty fails for good, one in seven of the others once. */
const DEATHS = 3;
const HEALED_WITHIN_S = 60;
const SENDS = ['SendMessage', 'SendMessageBatch'];
let world: FaultyAws;

function onOneMachine(clock: Clock) {
  const dataDir = newDataDir();
  const onBroken = (error: unknown) => {
    throw error;
  };
  const storage = openStorage({ dataDir, clock, onBroken });
  return Promise.resolve({
    ledger: storage.ledger,
    close: () => {
      storage.close();
      rmSync(dataDir, { recursive: true });
      return Promise.resolve();
    },
  });
}

afterEach(() => world.close());

const start = async (maxAttempts = 1): Promise<void> => {
  world = await FaultyAws.open(onOneMachine, maxAttempts);
};
const rule = (name: string, fault: Rule['fault'], more: Partial<Rule> = {}): Rule => ({ name, fault, ...more });

/** Every accepted task is settled, and none succeeded twice; none was taken for another. */
async function isWell(): Promise<void> {
  await world.secondsToSettle(HEALED_WITHIN_S);
  expect(world.accepted).toHaveLength(TASKS);
  expect([...new Set(world.successes.values())]).toEqual([1]);
  expect([world.successes.size, world.movesOf('die'), world.counts.conflicts]).toEqual([TASKS - DEATHS, DEATHS, 0]);
}

test('without faults nobody sweeps in vain and nothing is rung twice', async () => {
  await start();
  await world.submit(0, TASKS);
  await isWell();
  expect([world.movesOf('ringAgain'), world.movesOf('reap'), world.movesOf('announceAgain')]).toEqual([0, 0, 0]);
  expect(await world.wasted()).toBe(0);
});

test('F4: of bells that were accepted and lost each is found by the sweeper, once', async () => {
  await start();
  world.proxy.set(
    ['/fresh', '/recovery'].map((resource) =>
      rule(resource, { kind: 'lose' }, { resource, share: 0.2, actions: SENDS }),
    ),
  );
  await world.submit(0, TASKS);
  await world.play(30);
  world.proxy.heal();
  await isWell();
  const injected = world.proxy.count('/fresh').struck + world.proxy.count('/recovery').struck;
  expect(injected).toBeGreaterThan(TASKS / 8);
  expect(Math.abs(world.movesOf('ringAgain') - injected)).toBeLessThanOrEqual(injected * 0.02);
});

test('F5: duplicates and disorder of messages start no second attempt and ring no second bell', async () => {
  await start();
  world.proxy.set([
    rule('twice', { kind: 'duplicate', withinMs: 20 }, { share: 0.3, actions: SENDS }),
    rule('undeleted', { kind: 'lose' }, { share: 0.3, actions: ['DeleteMessage'] }),
  ]);
  await world.submit(0, TASKS);
  await world.play(30);
  await isWell();
  // Whatever is late on a busy machine has a move that says so: of leases `reap`, of bells `ringAgain`.
  const attempts = TASKS + world.movesOf('fail') + world.movesOf('reap');
  expect([world.counts.starts, world.movesOf('claim')]).toEqual([attempts, attempts]);
  expect(world.counts.bells).toBe(attempts + world.movesOf('ringAgain'));
  expect(Math.min(world.proxy.count('twice').struck, world.proxy.count('undeleted').struck)).toBeGreaterThan(1);
});

test('F3 of the queue: a reply that is lost after its message arrived costs no attempt', async () => {
  await start(3);
  world.proxy.set([rule('reply', { kind: 'drop-reply' }, { share: 0.15 })]);
  await world.submit(0, TASKS);
  await world.play(30);
  await isWell();
  expect(world.proxy.count('reply').struck).toBeGreaterThan(5);
  expect(await world.wasted()).toBe(0);
});

test('F7 of the queue: errors, throttling and batches that are done in part cost latency only', async () => {
  await start();
  world.proxy.set([
    rule('internal', { kind: 'error', error: 'internal' }, { share: 0.1 }),
    rule('throttled', { kind: 'error', error: 'throttling' }, { share: 0.05 }),
    rule('part', { kind: 'refuse-entries' }, { share: 0.1, actions: SENDS }),
    rule('slow', { kind: 'delay', fromMs: 1, toMs: 20 }, { share: 0.2 }),
  ]);
  await world.submit(0, TASKS);
  await world.play(20);
  world.proxy.heal();
  await isWell();
  expect(['internal', 'throttled', 'part', 'slow'].filter((name) => world.proxy.count(name).struck === 0)).toEqual([]);
});

test('F11: while the queue is down submits are accepted, and all is done within a minute after', async () => {
  await start();
  world.proxy.set([rule('down', { kind: 'drop' })]);
  await world.submit(0, TASKS);
  expect([world.accepted.length, world.counts.failedReceipts]).toEqual([TASKS, 0]);
  await world.play(60);
  expect(await world.unsettled()).toHaveLength(TASKS);
  world.proxy.heal();
  await isWell();
});

test('F12: a queue that forgets everything loses nothing', async () => {
  await start();
  await world.submit(0, TASKS);
  await world.given.restart();
  await world.play(1);
  await isWell();
  expect(world.movesOf('ringAgain')).toBeGreaterThanOrEqual(TASKS);
});

test('F19: while deaths cannot be announced none is in the inbox, and every one is announced after [S6]', async () => {
  await start();
  world.proxy.set([rule('dead', { kind: 'error', error: 'unavailable' }, { resource: '/dead' })]);
  await world.submit(0, TASKS);
  await world.play(30);
  expect([world.movesOf('die'), world.movesOf('announced')]).toEqual([DEATHS, 0]);
  world.proxy.heal();
  await isWell();
  const told = (await world.given.takeAll('dead')).map((body) => deathIn(body).taskId);
  expect([new Set(told).size, world.movesOf('announced')]).toEqual([DEATHS, DEATHS]);
});
