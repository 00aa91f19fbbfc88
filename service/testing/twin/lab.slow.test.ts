// Faults on purpose where each function has a process of its own: all of them obey, crashes take the process, and no task is left.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FaultLab, FaultSettings } from '@holdfast/api/types';
import { createHoldfast } from '@holdfast/sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ownTypesModule } from '../../toolchain/own-types-module.ts';
import { until } from '../given-pool.ts';
import { ANY_PAYLOAD, GivenTypes } from '../given-types.ts';
import { GivenDeployed } from './given-deployed.ts';

/** A lost attempt is found when its time is over. */
const QUICK = `
  const backoff = { floorSeconds: 0.95, baseSeconds: 0.95, capSeconds: 0.95 };
  export const policy = { timeoutSeconds: 2, maxAttempts: 10, backoff };
  export const run = () => ({});`;
const ALL: FaultSettings = {
  types: [{ type: 'quick', failureRate: 0.2, crashRate: 0.05, delaySeconds: 0.05 }],
  doorbell: { loseRate: 0.2, duplicateRate: 0.3 },
  ledger: { refuseRate: 0.05, loseReplyRate: 0.05 },
  endsAfterSeconds: 600,
};

const deployed = new GivenDeployed();
const types = new GivenTypes();
beforeAll(async () => {
  types.write('quick', { 'schema.yaml': ANY_PAYLOAD, 'handler.mjs': QUICK });
  await types.generateHere();
  const ownTypes = join(types.tasksDir, 'own-types.mjs');
  writeFileSync(ownTypes, ownTypesModule(types.tasksDir));
  const environment = { FAULTS_ALLOWED: '1', LOG_LEVEL: 'error' };
  await deployed.start({ environment, aliases: { '#own-types': ownTypes } });
});
afterAll(async () => {
  await deployed.stop();
  types.remove();
});

async function faults(settings?: FaultSettings): Promise<FaultLab> {
  const headers = { 'content-type': 'application/json' };
  const put = settings && { method: 'PUT', headers, body: JSON.stringify(settings) };
  return (await (await fetch(`${deployed.url}/faults`, put)).json()) as FaultLab;
}

async function isFinal(taskId: string): Promise<boolean> {
  const answer = await deployed.ask(`/tasks/${taskId}?wait=5`);
  return answer.ok && ['succeeded', 'dead'].includes(((await answer.json()) as { status: string }).status);
}

test('what is injected into every function is counted and heals: each task ends', { timeout: 300_000 }, async () => {
  const holdfast = createHoldfast<Record<string, { payload: object; result: unknown }>>({
    ...{ baseUrl: deployed.url, retry: { attempts: 40, capMs: 500 } },
  });
  const ids = Array.from({ length: 150 }, (_, i) => `task-${i}`);
  expect((await faults(ALL)).faults).toMatchObject(ALL);
  const outcomes = await holdfast.submitMany(ids.map((taskId) => ({ type: 'quick', taskId, payload: {} })));
  expect(outcomes.filter(({ error }) => error)).toEqual([]);
  for (const taskId of ids) await until(() => isFinal(taskId), 200_000);
  const { injected, recovered } = await faults({});
  const missing = Object.entries({ ...injected, ...recovered }).filter(([, count]) => count === 0);
  expect(missing).toEqual([]);
});
