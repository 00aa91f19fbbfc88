import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { claim } from '../core/attempt-moves.ts';
import { cancelTask, readTask } from '../core/operate.ts';
import type { Clock } from '../core/ports.ts';
import { DEFAULT_POLICY, STANDARD } from '../core/rules.ts';
import type { Submission } from '../core/submit.ts';
import { submitAll } from '../core/submit.ts';
import type { LedgerTask, TaskKey } from '../core/task.ts';
import { isSettled } from '../core/task.ts';
import { settledTask } from '../core/watch.ts';
import { Seeded } from '../testing/seeded.ts';
import type { Engine, EngineOptions } from './engine.ts';
import { startEngine } from './engine.ts';
import { SqliteLedger } from './ledger.ts';
import { MemoryDoorbell } from './memory-doorbell.ts';
import { FINE, GivenPool, SIMULATE, until } from '../testing/given-pool.ts';
import { openStorage } from './storage.ts';

const clock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  timer: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
const random = new Seeded(Date.now()).random();
const SOON = 'backoff: { floorSeconds: 0.01, baseSeconds: 0.01, capSeconds: 0.02 }';
const CRASHES = `export const policy = { ${SOON} }; export const run = () => process.kill(process.pid, 'SIGKILL');`;
const LEAKS = `export const policy = { ${SOON} };
  export const run = async () => {
    for (const kept = []; ; await new Promise(setImmediate)) kept.push(Buffer.alloc(8 * 1024 * 1024, 1));
  };`;
const LOOPS = `export const policy = { ${SOON}, timeoutSeconds: 0.4 }; export const run = () => { for (;;); };`;
const NAPS = `export const policy = { ${SOON}, timeoutSeconds: 0.4 };
  export const run = () => new Promise((resolve) => setTimeout(resolve, 20));`;

let given: GivenPool;
let engine: Engine | undefined;
beforeEach(() => void (given = new GivenPool()));
afterEach(async () => {
  await engine?.stop();
  engine = undefined;
  await given.close();
});

async function start(options: Partial<EngineOptions> = {}): Promise<Engine> {
  const { log, folder } = given;
  const dataDir = join(folder, 'data');
  const constants = { ...STANDARD, killAfterMs: 100 };
  const onBroken = (error: unknown) => expect.fail(String(error));
  const standard = { dataDir, typeFolders: [SIMULATE], clock, random, log, onBroken, constants, stopWithinMs: 100 };
  return (engine = await startEngine({ workers: 1, ...standard, ...options }));
}

const keyOf = (taskId: string) => ({ tenant: 'alpha', taskId });
const submission = (taskId: string, type: string, payload: object = {}): Submission & { taskId: string } => ({
  ...keyOf(taskId),
  type,
  payloadVersion: 1,
  payload,
});

async function submit(...submissions: ReturnType<typeof submission>[]): Promise<void> {
  const { ports, rules } = engine!.desk;
  const receipts = await submitAll(ports, rules, submissions);
  expect(receipts.map(({ kind }) => kind)).toEqual(submissions.map(() => 'accepted'));
}

const settled = (taskId: string): Promise<LedgerTask> => settledOf(keyOf(taskId));
const settledOf = (key: TaskKey): Promise<LedgerTask> => {
  const { desk, changes } = engine!;
  return settledTask(desk.ports, key, { changes, waitMs: 60_000, signal: new AbortController().signal });
};

async function running(taskId: string): Promise<void> {
  await until(() => engine!.desk.running.size > 0);
  expect(await readTask(engine!.desk.ports, keyOf(taskId))).toMatchObject({ status: 'running' });
}

it('nothing stands between the core and its ports unless faults are allowed', async () => {
  const { ledger, doorbell } = (await start()).desk.ports;
  expect([ledger, doorbell].map((port) => port.constructor)).toEqual([SqliteLedger, MemoryDoorbell]);
});

it('a submitted task is run and final, and its events are published after their commits', async () => {
  const events: string[] = [];
  await start({ onEvents: (each) => void events.push(...each.map(({ move }) => move)) });
  await submit(submission('one', 'simulate', { failureRate: 0 }));
  expect(await settled('one')).toMatchObject({ status: 'succeeded', result: '{"ok":true,"attempt":1}', fence: 1 });
  expect(events).toEqual(['submit', 'claim', 'succeed']);
  expect(engine!.facts()).toMatchObject({ workersReady: 1, sweepFaults: 0, workersProblem: undefined });
});

it('a trace that came with a submit reaches every attempt', async () => {
  const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
  const source = `export const policy = { ${SOON} };
    export const run = ({ traceparent, attempt }) => {
      if (attempt === 1) throw new Error('once');
      return { traceparent };
    };`;
  await start({ typeFolders: [given.type('traced', source)] });
  await submit({ ...submission('one', 'traced'), traceparent }, submission('none', 'traced'));
  expect(await settled('one')).toMatchObject({ fence: 2, result: JSON.stringify({ traceparent }) });
  expect(await settled('none')).toMatchObject({ fence: 2, result: '{}' });
});

it('a bell rung while all places are taken is answered when one is free', async () => {
  await start({ concurrency: 2 });
  const ids = Array.from({ length: 50 }, (_, i) => `task-${i}`);
  await submit(...ids.map((id) => submission(id, 'simulate', { failureRate: 0, durationMs: 5 })));
  const tasks = await Promise.all(ids.map(settled));
  expect(tasks.every(({ status, fence }) => status === 'succeeded' && fence === 1)).toBe(true);
});

it('a tenant whose tasks hold the places for long leaves some to another one, and takes all while it is alone', async () => {
  await start({ concurrency: 10 });
  const other = (taskId: string) => ({ ...submission(taskId, 'simulate', { failureRate: 0 }), tenant: 'beta' });
  const long = Array.from({ length: 20 }, (_, i) => submission(`l${i}`, 'simulate', { durationMs: 60_000 }));
  await submit(...long.slice(0, 10));
  await until(() => engine!.desk.running.size === 10);
  await submit(other('late'));
  for (const { taskId } of long.slice(0, 2)) await cancelTask(engine!.desk, keyOf(taskId), { subject: 'somebody' });
  expect(await settledOf(other('late'))).toMatchObject({ status: 'succeeded' });
  const others = ['one', 'two', 'three'].map(other);
  await submit(...long.slice(10), ...others);
  for (const each of others) expect(await settledOf(each)).toMatchObject({ status: 'succeeded' });
  await until(() => engine!.desk.running.size === 9);
  expect(await readTask(engine!.desk.ports, keyOf('l2'))).toMatchObject({ status: 'running', fence: 1 });
});

it('an attempt that died with an earlier boot is run again at once and charged to nobody [S13]', async () => {
  const storage = openStorage({ dataDir: join(given.folder, 'data'), clock, onBroken: () => undefined });
  const rules = { constants: STANDARD, policyOf: () => DEFAULT_POLICY };
  const ports = { ...storage, doorbell: { ring: () => Promise.resolve([]) }, publisher: { publish: () => undefined } };
  const world = { ...ports, clock, random, log: given.log } as never;
  await submitAll(world, rules, [submission('one', 'simulate', { failureRate: 0 })]);
  const by = { owner: 'earlier.boot', type: 'simulate', payloadVersions: [1], isolated: false };
  await storage.ledger.apply([claim(keyOf('one'), by, { nowMs: clock.nowMs(), rules, pullDue: false })]);
  storage.close();
  await start();
  const task = await settled('one');
  expect(task).toMatchObject({ status: 'succeeded', fence: 2, failures: 0, crashes: 0 });
  expect(task.suspect).toBeUndefined();
});

it('a stop releases what does not finish in time, and the next start takes it up again', async () => {
  await start();
  await submit(submission('long', 'simulate', { failureRate: 0, durationMs: 60_000 }));
  await running('long');
  await Promise.all([engine!.stop(), engine!.stop()]);
  await start();
  await running('long');
  const { status, fence, failures, crashes } = await readTask(engine!.desk.ports, keyOf('long'));
  expect({ status, fence, failures, crashes }).toEqual({ status: 'running', fence: 2, failures: 0, crashes: 0 });
});

it('a stop lets what runs finish', async () => {
  await start({ stopWithinMs: 5_000 });
  await submit(submission('short', 'simulate', { failureRate: 0, durationMs: 300 }));
  await running('short');
  await engine!.stop();
  await start();
  expect(await settled('short')).toMatchObject({ status: 'succeeded', fence: 1 });
});

it('a cancel reaches a running handler at once', async () => {
  await start();
  await submit(submission('one', 'simulate', { durationMs: 60_000 }));
  await running('one');
  await cancelTask(engine!.desk, keyOf('one'), { subject: 'somebody' });
  expect(await settled('one')).toMatchObject({ status: 'cancelled' });
});

/** A poison task among others of the same process. */
async function poisoned(source: string): Promise<LedgerTask> {
  const typeFolders = [given.type('poison', source), given.type('naps', NAPS)];
  await start({ typeFolders, concurrency: 8, workerMemoryMb: 256 });
  const others = Array.from({ length: 20 }, (_, i) => `other-${i}`);
  await submit(submission('poison', 'poison'), ...others.map((id) => submission(id, 'naps')));
  const neighbours = await Promise.all(others.map(settled));
  expect(
    neighbours.filter(({ status, crashes, failures }) => status !== 'succeeded' || crashes + failures > 0),
  ).toEqual([]);
  const poison = await settled('poison');
  expect(isSettled(poison)).toBe(true);
  expect(poison.attempts.filter(({ outcome }) => outcome !== 'released').length).toBeLessThanOrEqual(4);
  return poison;
}

it('a task that crashes its process is dead after four lost attempts, and no neighbour is charged [S13]', async () => {
  expect(await poisoned(CRASHES)).toMatchObject({ status: 'dead', lastFailure: { class: 'CRASH' } });
  const deaths = given.logged.filter(({ event }) => event === 'task-dead');
  expect(deaths).toEqual([
    {
      ...{ event: 'task-dead', ...keyOf('poison'), type: 'poison', class: 'CRASH', code: 'process-lost' },
      fence: expect.any(Number) as number,
    },
  ]);
});

it('a task that leaks memory is dead after four lost attempts, and no neighbour is charged [S13]', async () => {
  expect(await poisoned(LEAKS)).toMatchObject({ status: 'dead', lastFailure: { class: 'CRASH' } });
});

it('an endless loop is dead after four lost attempts, and no neighbour is charged [S13]', async () => {
  expect(await poisoned(LOOPS)).toMatchObject({ status: 'dead', lastFailure: { class: 'TIMEOUT' } });
});

it('starts without workers that can start, says why, and keeps what it accepts', async () => {
  await start({ typeFolders: [given.type('exits', `process.exit(7); ${FINE}`)] });
  expect(engine!.facts().workersProblem).toContain('code 7');
  await submit(submission('one', 'exits'));
  expect(await readTask(engine!.desk.ports, keyOf('one'))).toMatchObject({ status: 'queued' });
});
