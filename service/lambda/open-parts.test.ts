import { expect, it } from 'vitest';
import { openTasks } from './open-parts.ts';
import { readAwsSettings, TASK_RESOURCES } from './settings.ts';

const RESOURCES = Object.fromEntries(TASK_RESOURCES.map((name) => [name, `https://sqs.test/1/${name}`]));
const partsWith = (environment: object) =>
  openTasks(readAwsSettings(TASK_RESOURCES, { STAGE: 'dev', ...RESOURCES, ...environment }));

it('nothing stands between the core and AWS, and nobody is asked for faults, unless they are allowed', async () => {
  const { ports, lab, breaking } = await partsWith({});
  expect([ports.faults, lab, breaking]).toEqual([undefined, undefined, undefined]);
});

it('faults that are allowed stand between the core and AWS, and what they counted is sent with what is held', async () => {
  const { ports, lab, breaking } = await partsWith({ FAULTS_ALLOWED: '1' });
  expect(ports.faults).toBe(lab);
  expect([ports.ledger, ports.doorbell]).toEqual([breaking?.ports.ledger, breaking?.ports.doorbell]);
});
