// A real server on which everything is broken on purpose at once: whatever is injected is counted and healed, and no task is left.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHoldfast } from '@holdfast/sdk';
import type { FaultLab, FaultSettings, Task } from '@holdfast/api/types';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from './testing/given-pool.ts';
import type { RealServer } from './testing/real-server.ts';
import { freePort, startServer } from './testing/real-server.ts';

const ALL: FaultSettings = {
  types: [{ type: 'simulate', failureRate: 0.2, crashRate: 0.02, delaySeconds: 0.01 }],
  doorbell: { loseRate: 0.2, duplicateRate: 0.3 },
  ledger: { refuseRate: 0.05, loseReplyRate: 0.05 },
  endsAfterSeconds: 8,
};
const FINE = { failureRate: 0, durationMs: 0 };

const dataDir = mkdtempSync(join(tmpdir(), 'holdfast-faults-'));
let server: RealServer;
const start = async () => {
  const env = { FAULTS_ALLOWED: '1', TIMING: 'short', LOG_LEVEL: 'error', WORKERS: '1', NODE_ENV: '' };
  server = await startServer({ dataDir, port: await freePort(), env });
};
beforeAll(start);
afterAll(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function faults(settings?: FaultSettings): Promise<FaultLab> {
  const headers = { 'content-type': 'application/json' };
  const put = settings && { method: 'PUT', headers, body: JSON.stringify(settings) };
  const answer = await fetch(`${server.url}/faults`, put);
  expect(answer.status).toBe(200);
  return (await answer.json()) as FaultLab;
}

async function taskOf(taskId: string): Promise<Task | undefined> {
  const answer = await fetch(`${server.url}/tasks/${taskId}`);
  return answer.ok ? ((await answer.json()) as Task) : undefined;
}

const isFinal = async (taskId: string): Promise<boolean> => {
  const task = await taskOf(taskId);
  return task !== undefined && ['succeeded', 'dead'].includes(task.status);
};

async function submit(ids: readonly string[]): Promise<void> {
  const holdfast = createHoldfast<Record<string, { payload: object; result: unknown }>>({
    ...{ baseUrl: server.url, retry: { attempts: 40, capMs: 500 } },
  });
  const outcomes = await holdfast.submitMany(ids.map((taskId) => ({ type: 'simulate', taskId, payload: FINE })));
  for (const { error } of outcomes) if (error) throw error;
}

test('everything that is injected is counted, and everything heals: each task ends', { timeout: 120_000 }, async () => {
  await faults(ALL);
  const ids = Array.from({ length: 300 }, (_, i) => `task-${i}-x`);
  await submit(ids);
  for (const taskId of ids) await until(() => isFinal(taskId));
  await until(async () => (await faults()).endsAt === null);
  const { injected, recovered } = await faults();
  const missing = Object.entries({ ...injected, ...recovered }).filter(([, count]) => count === 0);
  expect(missing).toEqual([]);
  expect(recovered.rungAgain).toBeGreaterThan(injected.bellsLost / 2);
});

test('a restart keeps faults and counts', { timeout: 60_000 }, async () => {
  const before = await faults({ doorbell: { loseRate: 1 }, endsAfterSeconds: 3_600 });
  expect(await server.stop()).toBe(0);
  await start();
  expect(await faults()).toEqual(before);
  await submit(['after-restart-x']);
  expect((await faults()).injected.bellsLost).toBe(before.injected.bellsLost + 1);
  expect((await taskOf('after-restart-x'))?.status).toBe('queued');
  await faults({});
  await until(() => isFinal('after-restart-x'));
});
