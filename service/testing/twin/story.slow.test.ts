// What the README promises, told on AWS: the functions of serverless.yml behind API Gateway, SQS and DynamoDB as the twin plays them.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHoldfast } from '@holdfast/sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ownTypesModule } from '../../toolchain/own-types-module.ts';
import { until } from '../given-pool.ts';
import { ANY_PAYLOAD, GivenTypes } from '../given-types.ts';
import { readmeCurls } from '../readme-curls.ts';
import { GivenDeployed } from './given-deployed.ts';

/** Attempts of two seconds, so that a lost one is found soon. */
const MISBEHAVING = `
  import { appendFileSync } from 'node:fs';
  export const policy = { payloadVersions: [1], timeoutSeconds: 2 };
  export const run = ({ payload }) => {
    if (payload.file) appendFileSync(payload.file, 'started');
    if (payload.how === 'crash') process.abort();
    if (payload.how === 'exit') process.exit(0);
    if (payload.how === 'reject') void Promise.reject(new Error('nobody waits for this'));
    if (payload.how === 'block') for (;;);
    return new Promise((resolve) => { if (payload.ms) setTimeout(resolve, payload.ms); });
  };`;

const deployed = new GivenDeployed();
const types = new GivenTypes();
beforeAll(async () => {
  types.write('misbehaving', { 'schema.yaml': ANY_PAYLOAD, 'handler.mjs': MISBEHAVING });
  await types.generateHere();
  const ownTypes = join(types.tasksDir, 'own-types.mjs');
  writeFileSync(ownTypes, ownTypesModule(types.tasksDir));
  await deployed.start({ environment: { FAULTS_ALLOWED: '1' }, aliases: { '#own-types': ownTypes } });
});
afterAll(async () => {
  await deployed.stop();
  types.remove();
});

test('the commands of the README do what it says', async () => {
  const answers: { status: number; body: unknown }[] = [];
  for (const { path, init } of readmeCurls()) {
    const [, taskId] = /^\/tasks\/(\w+)\?wait/.exec(path) ?? [];
    // A wait is an upper bound: whoever wants the end asks again.
    if (taskId !== undefined)
      await until(async () => /succeeded|dead/.test((await deployed.task(taskId, '?wait=5')).status));
    const response = await fetch(deployed.url + path, init);
    answers.push({ status: response.status, body: await response.json() });
  }
  const [, final, , dead, redriven, delivery] = answers;
  expect(answers.map(({ status }) => status)).toEqual([202, 200, 202, 200, 202, 202, 200, 200, 200]);
  expect((final!.body as { status: string }).status).toMatch(/^(succeeded|dead)$/);
  expect(dead!.body).toMatchObject({ status: 'dead', attempt: 3, lastFailure: { class: 'SYSTEM' } });
  expect(redriven!.body).toMatchObject({ history: [{ move: 'redrive', reason: 'fixed the cause' }] });
  expect(delivery!.body).toMatchObject({ type: 'http-request', status: 'queued', maxAttempts: 10 });
});

test('a result reaches whoever waits for it with the SDK', async () => {
  const holdfast = createHoldfast({ baseUrl: deployed.url });
  const tasks = await Promise.all(Array.from({ length: 30 }, () => holdfast.submit('simulate', { failureRate: 0 })));
  expect(await Promise.all(tasks.map((task) => holdfast.result(task)))).toEqual(
    Array.from({ length: 30 }, () => ({ ok: true, attempt: 1 })),
  );
});

test('the same request again answers the task as it is now, and another one under its id a conflict', async () => {
  await deployed.submit('twice');
  const again = await deployed.ask('/tasks', { taskId: 'twice', payload: { failureRate: 0 } });
  const other = await deployed.ask('/tasks', { taskId: 'twice', payload: { failureRate: 1 } });
  expect([again.status, other.status]).toEqual([200, 409]);
});

test('each task of a batch has an answer of its own', async () => {
  await deployed.submit('taken');
  const tasks = [
    { taskId: 'batch-1', payload: {} },
    { taskId: 'taken', payload: { failureRate: 1 } },
    { type: 'unknown', payload: {} },
  ];
  const answer = await deployed.ask('/tasks/batch', { tasks });
  const { results } = (await answer.json()) as { results: { status: number }[] };
  expect(results.map(({ status }) => status)).toEqual([202, 409, 422]);
});

test('a dead task is announced, listed, and with another payload it succeeds', async () => {
  await deployed.submit('mended', { failureRate: 1, failureClass: 'VALIDATION' });
  await deployed.until('mended', 'dead');
  await until(() =>
    deployed.twin.logs.some(({ functionName, line }) => functionName === 'monitor' && line.includes('mended')),
  );
  const { items } = (await (await deployed.ask('/tasks?status=dead')).json()) as { items: { taskId: string }[] };
  expect(items.map(({ taskId }) => taskId)).toContain('mended');
  expect((await deployed.ask('/tasks/mended/redrive', { reason: 'mended', payload: { failureRate: 0 } })).status).toBe(
    202,
  );
  expect(await deployed.until('mended', 'succeeded')).toMatchObject({ payloadEdited: true, attemptsTotal: 2 });
});

test('a task is cancelled before its start, and in the middle of an attempt', async () => {
  await deployed.submit('planned', { failureRate: 0 }, { runAt: new Date(Date.now() + 3_600_000).toISOString() });
  // Who runs it learns of the wish when it tells how far it has come.
  await deployed.submit('started', { failureRate: 0, durationMs: 60_000, steps: 600 });
  await deployed.until('started', 'running');
  for (const taskId of ['planned', 'started']) {
    expect((await deployed.ask(`/tasks/${taskId}/cancel`, { reason: 'not wanted' })).status).toBeLessThan(300);
    await deployed.until(taskId, 'cancelled');
  }
});

test('a handler that takes its process with it kills its own task alone', { timeout: 240_000 }, async () => {
  const ways = { crash: 'CRASH', exit: 'CRASH', reject: 'CRASH', block: 'CRASH', hang: 'TIMEOUT' };
  for (const how of Object.keys(ways)) await deployed.submit(how, { how }, { type: 'misbehaving' });
  for (let i = 0; i < 10; i += 1)
    await deployed.submit(`beside-${i}`, { how: 'fine', ms: 100 }, { type: 'misbehaving' });
  const dead = await Promise.all(Object.keys(ways).map((how) => deployed.until(how, 'dead')));
  expect(Object.fromEntries(dead.map(({ taskId, lastFailure }) => [taskId, lastFailure!.class]))).toEqual(ways);
  for (let i = 0; i < 10; i += 1) await deployed.until(`beside-${i}`, 'succeeded');
});

test('a container that is killed in the middle of its attempts loses none', async () => {
  const file = join(types.tasksDir, 'started');
  const ids = Array.from({ length: 20 }, (_, i) => `killed-${i}`);
  for (const taskId of ids) await deployed.submit(taskId, { ms: 1_500, file }, { type: 'misbehaving' });
  await until(() => existsSync(file));
  expect(await deployed.twin.kill('work')).toBeGreaterThan(0);
  const ended = await Promise.all(ids.map((taskId) => deployed.until(taskId, 'succeeded')));
  expect(ended.some(({ attemptsTotal }) => attemptsTotal > 1)).toBe(true);
});

test('a viewer sees a task from its submit to its end', async () => {
  const viewer = await deployed.openLive();
  expect(await viewer.subscribe('tasks')).toMatchObject({ kind: 'subscriptions', topics: ['tasks'] });
  expect(await viewer.untilKind('welcome')).toMatchObject({ protocol: 'holdfast.v1' });
  await deployed.submit('seen', { failureRate: 0, durationMs: 3_000 });
  await viewer.untilTask('seen', 'succeeded');
  const { version } = await deployed.task('seen');
  expect(viewer.versionsOf('seen').at(-1)).toEqual({ version, status: 'succeeded' });
  viewer.socket.close();
});
