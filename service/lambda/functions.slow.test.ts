// The functions together, over emulators of DynamoDB and SQS: what the README promises, with real delays of a real queue.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { GivenStage } from '../testing/given-stage.ts';
import { createMonitor } from './monitor.ts';

let stage: GivenStage;
beforeAll(async () => void (stage = await GivenStage.start()));
afterAll(() => stage.stop());

const LOOK_EVERY_MS = 50;

const statusOf = async (taskId: string) => (await stage.ask(`GET /tasks/${taskId}`)).body['status'];

/** Delivers what the lanes hold until the task is in this state. */
async function workUntil(taskId: string, status: string): Promise<void> {
  while ((await statusOf(taskId)) !== status) {
    for (const lane of ['fresh', 'recovery', 'isolated'] as const) await stage.workOnce(lane);
    await pause(LOOK_EVERY_MS);
  }
}

it('a task is accepted, runs, and is read with its result', async () => {
  const submit = () => stage.ask('POST /tasks', { taskId: 'fine', payload: { failureRate: 0 } });
  expect(await submit()).toMatchObject({ status: 202, body: { status: 'queued' } });
  expect((await submit()).status).toBe(200);
  await workUntil('fine', 'succeeded');
  expect((await stage.ask('GET /tasks/fine')).body).toMatchObject({ result: { ok: true }, attempt: 1 });
  expect((await stage.ask('GET /tasks?limit=1')).body).toMatchObject({ items: [{ taskId: 'fine' }] });
});

it('a batch runs as a batch', async () => {
  const tasks = Array.from({ length: 10 }, (_, i) => ({ taskId: `b${i}`, payload: { failureRate: 0 } }));
  expect((await stage.ask('POST /tasks/batch', { tasks })).status).toBe(200);
  for (const { taskId } of tasks) await workUntil(taskId, 'succeeded');
});

it('one that fails is retried, dies, is announced to the monitor, and runs again when told to', async () => {
  await stage.ask('POST /tasks', { taskId: 'bad', payload: { failureRate: 1, failureClass: 'SYSTEM' } });
  await workUntil('bad', 'dead');
  expect((await stage.ask('GET /tasks/bad')).body).toMatchObject({ attempt: 3, lastFailure: { class: 'SYSTEM' } });
  expect((await stage.ask('GET /tasks?status=dead')).body).toMatchObject({ items: [{ taskId: 'bad' }] });
  const lines: object[] = [];
  const log = {
    warn: (event: string, fields?: object) => void lines.push({ event, ...fields }),
    error: () => undefined,
  };
  const monitor = createMonitor({ stage: 'test', log, nowMs: () => 0, write: () => undefined });
  expect(await stage.deliver('dead', monitor)).toBe(1);
  expect(lines).toMatchObject([{ event: 'task-dead', tenant: 'acme', taskId: 'bad', class: 'SYSTEM' }]);
  expect((await stage.ask('POST /tasks/bad/redrive', { payload: { failureRate: 0 } })).status).toBe(202);
  await workUntil('bad', 'succeeded');
});

it('one that is cancelled before it starts never does', async () => {
  await stage.ask('POST /tasks', { taskId: 'off', payload: {}, delaySeconds: 3_600 });
  expect(await stage.ask('POST /tasks/off/cancel')).toMatchObject({ status: 200, body: { status: 'cancelled' } });
});

it('one whose bell was lost is found by the sweeper, and the stage is ready because that wrote', async () => {
  await stage.ask('POST /tasks', { taskId: 'lost', payload: { failureRate: 0 } });
  await stage.loseBells();
  while ((await statusOf('lost')) === 'queued' && (await stage.workOnce('recovery')) === 0) {
    await stage.sweep();
    await pause(LOOK_EVERY_MS);
  }
  expect(await statusOf('lost')).toBe('succeeded');
  expect((await stage.ask('GET /ready')).status).toBe(200);
});

it('what is told to viewers are the newest states of tasks, one message for a batch', async () => {
  const bodies: string[] = [];
  const take = (event: { Records: { body: string }[] }) => {
    bodies.push(...event.Records.map(({ body }) => body));
    return Promise.resolve({ batchItemFailures: [] });
  };
  while ((await stage.deliver('events', take)) > 0);
  expect(bodies.map((body) => (JSON.parse(body) as { tenant: string }).tenant)).toContain('acme');
});
