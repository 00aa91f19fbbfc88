import type { SQSEvent } from 'aws-lambda';
import { beforeEach, expect, it } from 'vitest';
import { eventOf } from '../testing/given-functions.ts';
import { createIncident } from './incident.ts';
import { createMonitor } from './monitor.ts';
import type { TellingParts } from './telling.ts';

const lines: object[] = [];
const numbers: string[] = [];
const parts: TellingParts = {
  stage: 'dev',
  log: {
    warn: (event, fields) => void lines.push({ level: 'warn', event, ...fields }),
    error: (event, fields) => void lines.push({ level: 'error', event, ...fields }),
  },
  nowMs: () => 1_000,
  write: (line) => void numbers.push(line),
};
beforeEach(() => {
  lines.length = 0;
  numbers.length = 0;
});

const messages = (...bodies: (object | string)[]): SQSEvent =>
  eventOf(bodies.map((body) => ({ lane: 'fresh', body: typeof body === 'string' ? body : JSON.stringify(body) })));

const death = (taskId: string, more: object = {}) => ({
  ...{ tenant: 'acme', taskId, type: 'simulate', fence: 3, class: 'SYSTEM', code: 'E1', finishedAtMs: 5, ...more },
});

const counted = () =>
  numbers.map((line) => {
    expect(line.endsWith('\n')).toBe(true);
    const { _aws, ...counts } = JSON.parse(line) as { _aws: object };
    return { _aws, counts };
  });

it('the monitor tells of each death in a line without a word of its handler', async () => {
  const answer = await createMonitor(parts)(messages(death('one', { message: 'secret', payload: 'secret' })));
  expect(answer).toEqual({ batchItemFailures: [] });
  expect(lines).toEqual([
    {
      level: 'warn',
      event: 'task-dead',
      tenant: 'acme',
      taskId: 'one',
      type: 'simulate',
      fence: 3,
      class: 'SYSTEM',
      code: 'E1',
    },
  ]);
  expect(JSON.stringify([lines, numbers])).not.toContain('secret');
});

it('the monitor counts deaths by class, in the metric format of CloudWatch', async () => {
  await createMonitor(parts)(messages(death('one'), death('two'), death('three', { class: 'CRASH' })));
  const [system, crash] = counted();
  expect([system?.counts, crash?.counts]).toEqual([
    { Stage: 'dev', Class: 'SYSTEM', DeadTasks: 2 },
    { Stage: 'dev', Class: 'CRASH', DeadTasks: 1 },
  ]);
  const Metrics = [{ Name: 'DeadTasks', Unit: 'Count' }];
  const metrics = { Namespace: 'Holdfast', Dimensions: [['Stage'], ['Stage', 'Class']], Metrics };
  expect(system?._aws).toEqual({ Timestamp: 1_000, CloudWatchMetrics: [metrics] });
});

it('exactly the messages that tell of no death are given back by the monitor', async () => {
  const answer = await createMonitor(parts)(messages('{', death('one'), {}));
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }, { itemIdentifier: 'm2' }] });
  expect(lines).toHaveLength(3);
});

it('an incident is a line and a number, whatever the message is, and nothing else', async () => {
  const bell = { tenant: 'acme', taskId: 'one', type: 'simulate', notBeforeMs: 1 };
  await createIncident(parts)(messages(bell, 'secret', '{"a":"secret"}'));
  expect(lines).toEqual([
    { level: 'error', event: 'not-taken', tenant: 'acme', taskId: 'one', type: 'simulate', reason: 'm0' },
    { level: 'error', event: 'not-taken', reason: 'm1' },
    { level: 'error', event: 'not-taken', reason: 'm2' },
  ]);
  expect(counted().map(({ counts }) => counts)).toEqual([{ Stage: 'dev', Incidents: 3 }]);
});
