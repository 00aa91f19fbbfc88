import type { Task } from '@holdfast/api/types';
import { expect, test } from 'vitest';
import { VirtualTime } from '../../service/testing/virtual-time.ts';
import { fakeSockets } from './fake-live.ts';
import { jsonResponse, problemOf, taskOf } from './fake-service.ts';
import { createHoldfast } from './index.ts';

/** A client of a service that knows no live channel, and one task. */
function given() {
  const time = new VirtualTime();
  const world = {
    task: taskOf('a'),
    answer: () => jsonResponse(200, world.task),
    pass: (ms: number) => time.play(() => false, time.nowMs + ms),
  };
  const ticket = (): Response => jsonResponse(404, problemOf('not-found', 404, false));
  const timing = {
    nowMs: () => time.nowMs,
    after: (ms: number, run: () => void) => time.after(ms, run),
    random: () => 0.5,
  };
  const fetch = async (url: string): Promise<Response> => {
    await new Promise<void>((resolve) => void time.after(1, resolve));
    return url.endsWith('/live-tickets') ? ticket() : world.answer();
  };
  const { WebSocket } = fakeSockets();
  return { ...world, world, holdfast: createHoldfast({ baseUrl: 'http://h.test/', fetch, timing, WebSocket }) };
}

async function outcomeOf(run: Promise<unknown>): Promise<{ readonly outcome: unknown }> {
  const box = { outcome: 'pending' as unknown };
  void run.then(
    (value) => (box.outcome = value),
    (error: unknown) => (box.outcome = error),
  );
  await Promise.resolve();
  return box;
}

test('a task is watched to its end where the service knows no live channel', async () => {
  const { world, holdfast, pass } = given();
  const seen: Task[] = [];
  const box = await outcomeOf(holdfast.finished('a', { onChange: (task) => seen.push(task) }));
  await pass(10_000);
  expect(box.outcome).toBe('pending');
  world.task = taskOf('a', { version: 2, status: 'succeeded' });
  await pass(10_000);
  expect(box.outcome).toMatchObject({ status: 'succeeded' });
  expect(seen.map(({ version }) => version)).toEqual([1, 2]);
});

test.each([
  ['not-found', 404],
  ['unauthenticated', 401],
] as const)('watching ends with %s, which no other try would change', async (code, status) => {
  const { world, holdfast, pass } = given();
  const box = await outcomeOf(holdfast.finished('a', { onChange: () => undefined }));
  await pass(5000);
  world.answer = () => jsonResponse(status, problemOf(code, status, false));
  await pass(10_000);
  expect(box.outcome).toMatchObject({ code });
});

test('a service that goes away just when the task is over is waited for', async () => {
  const { world, holdfast, pass } = given();
  let isAway = false;
  world.answer = () => {
    if (isAway) throw new TypeError('fetch failed');
    return jsonResponse(200, world.task);
  };
  world.task = taskOf('a', { version: 2, status: 'succeeded' });
  const box = await outcomeOf(holdfast.finished('a', { onChange: () => (isAway = true) }));
  await pass(120_000);
  expect(box.outcome).toBe('pending');
  isAway = false;
  await pass(60_000);
  expect(box.outcome).toMatchObject({ status: 'succeeded' });
});
