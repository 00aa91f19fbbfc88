// Rows of the fault matrix on AWS, as the twin plays it: real functions, and proxies before DynamoDB and SQS that do what networks and
// services do. Every row ends with all tasks where they belong, once.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Fault, Rule } from '../fault-proxy/rules.ts';
import { until } from '../given-pool.ts';
import type { Given } from './given-faults.ts';
import { GivenFaults, tasksOf } from './given-faults.ts';

/** After healing; FAULTS calls for no more than that on any machine. */
const WITHIN_MS = 60_000;
const BELLS = ['FreshQueue', 'RecoveryQueue', 'IsolatedQueue'];
const SENDS = ['SendMessage', 'SendMessageBatch'];

const given = new GivenFaults();
beforeAll(() => given.start());
afterEach(() => given.heal());
afterAll(() => given.stop());

const rule = (name: string, fault: Fault, more: Partial<Rule> = {}): Rule => ({ name, fault, ...more });

const MANY = 200;
const FEW = 100;
const mixed = (taskId: string) => ({ taskId, type: 'mixed', payload: { kind: 'fine' } });

interface Answered {
  readonly status: number;
  readonly code: unknown;
  readonly retryAfter: string | null;
  readonly tookMs: number;
}

/** One after the other, for so long. */
async function answersFor(ms: number, ask: (i: number) => Promise<Response>): Promise<Answered[]> {
  const answers: Answered[] = [];
  const endsAtMs = performance.now() + ms;
  for (let i = 0; performance.now() < endsAtMs; i += 1) {
    const beganAtMs = performance.now();
    const response = await ask(i);
    const { code } = (await response.json()) as { code?: string };
    const tookMs = performance.now() - beganAtMs;
    answers.push({ status: response.status, code, retryAfter: response.headers.get('retry-after'), tookMs });
  }
  return answers;
}

async function isWell(tasks: readonly Given[]): Promise<void> {
  const tookMs = await given.settled(tasks, WITHIN_MS);
  console.log('settled after', Math.round(tookMs), 'wasted', given.wasted(tasks), 'bells', given.bellsOfMost(tasks));
  expect(await given.wrongs(tasks)).toEqual([]);
  expect(given.bellsOfMost(tasks)).toBeLessThanOrEqual(6);
  expect(given.incidents).toEqual([]);
}

test('F3: replies of DynamoDB that are lost make no conflict and waste hardly an attempt', async () => {
  const tasks = tasksOf('f3', MANY);
  given.dynamo.set([rule('reply', { kind: 'drop-reply' }, { share: 0.15 })]);
  await given.submit(tasks);
  given.heal();
  await isWell(tasks);
  expect(given.dynamo.count('reply').struck).toBeGreaterThan(MANY / 10);
  expect(given.wasted(tasks)).toBeLessThan(MANY / 50);
});

test('F4: of bells that SQS took and lost each is found by the sweeper, once', async () => {
  const tasks = tasksOf('f4', MANY);
  given.sqs.set(BELLS.map((resource) => rule(resource, { kind: 'lose' }, { resource, share: 0.2, actions: SENDS })));
  for (let from = 0; from < tasks.length; from += 25) {
    await given.submit(tasks.slice(from, from + 25));
  }
  await isWell(tasks);
  const lost = BELLS.reduce((sum, resource) => sum + given.sqs.count(resource).struck, 0);
  console.log('lost', lost, 'found', given.findings(tasks));
  expect(Math.abs(given.findings(tasks) - lost)).toBeLessThanOrEqual(lost * 0.02);
});

test('F5: duplicates and disorder start no second attempt, and ring no further bells', async () => {
  const tasks = tasksOf('f5', MANY);
  given.sqs.set([rule('twice', { kind: 'duplicate', withinMs: 500 }, { share: 0.3, actions: SENDS })]);
  await given.submit(tasks);
  await isWell(tasks);
  console.log('twice', given.sqs.count('twice'), 'found', given.findings(tasks));
  expect(given.wasted(tasks)).toBe(0);
});

test('F10: while DynamoDB is down nothing is accepted, and nothing is lost', async () => {
  const tasks = tasksOf('f10', FEW);
  const half = FEW / 2;
  await given.submit(tasks.slice(0, half));
  given.dynamo.set([rule('down', { kind: 'drop' })]);
  const late = given.submit(tasks.slice(half));
  const refused = await answersFor(6_000, (i) => given.deployed.ask('/tasks', mixed(`f10-refused-${i}`)));
  console.log(refused);
  expect(refused.filter(({ status, code, retryAfter }) => status !== 503 || !retryAfter || !code)).toEqual([]);
  given.heal();
  await late;
  await isWell(tasks);
  expect(given.witness.ids('f10-refused')).toEqual([]);
});

test('F11: while SQS is down submits are accepted, and all is done soon after', async () => {
  const tasks = tasksOf('f11', FEW);
  given.sqs.set([rule('down', { kind: 'drop' })]);
  await given.submit(tasks);
  const accepted = await answersFor(3_000, (i) => given.deployed.ask('/tasks', mixed(`f11-alone-${i}`)));
  console.log(accepted);
  given.heal();
  await isWell(tasks);
});

test('F12: a queue that is started anew, and has forgotten everything, loses nothing', async () => {
  const tasks = tasksOf('f12', FEW);
  await given.submit(tasks);
  await given.deployed.twin.loseAllMessages();
  await isWell(tasks);
  console.log('found', given.findings(tasks));
  expect(given.findings(tasks)).toBeGreaterThan(FEW / 2);
});

test('F19: deaths that nobody can be told of are told of later, and then only stand in the inbox', async () => {
  const tasks = tasksOf('f19', FEW);
  const dying = tasks.filter(({ kind }) => kind === 'permanent').map(({ taskId }) => taskId);
  given.sqs.set([rule('untold', { kind: 'error', error: 'unavailable' }, { resource: 'DeadQueue' })]);
  await given.submit(tasks);
  await until(() => dying.every((taskId) => given.witness.task(taskId)?.status === 'dead'));
  expect(given.told.filter((taskId) => dying.includes(taskId))).toEqual([]);
  given.heal();
  await isWell(tasks);
  await until(() => dying.every((taskId) => given.told.includes(taskId)));
});

test('F25: of five writes one fails: four tasks are done, and the fifth when it can be written', async () => {
  const tasks = tasksOf('f25', FEW).map((task, i) =>
    i % 5 === 0 ? { ...task, taskId: `${task.taskId}-fifth` } : task,
  );
  const [fifths, others] = [
    tasks.filter(({ taskId }) => taskId.endsWith('fifth')),
    tasks.filter(({ taskId }) => !taskId.endsWith('fifth')),
  ];
  given.dynamo.set([
    rule('fifth', { kind: 'error', error: 'internal' }, { holds: '-fifth"', actions: ['UpdateItem'] }),
  ]);
  await given.submit(tasks.filter(({ kind }) => kind !== 'cancelled'));
  await given.settled(
    others.filter(({ kind }) => kind !== 'cancelled'),
    WITHIN_MS,
  );
  expect(fifths.filter(({ taskId }) => given.witness.task(taskId)?.fence !== 0)).toEqual([]);
  given.heal();
  await isWell(tasks.filter(({ kind }) => kind !== 'cancelled'));
});
