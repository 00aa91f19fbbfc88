// Rows of the fault matrix on AWS, as the twin plays it: real functions, and proxies before DynamoDB and SQS that do what networks
// and services do. Every row ends with each task where it belongs, once.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Fault, Rule } from '../fault-proxy/rules.ts';
import { until } from '../given-pool.ts';
import type { Given } from './given-faults.ts';
import { GivenFaults, tasksOf } from './given-faults.ts';

/** Where a share is struck: enough to count. */
const MANY = 1_000;
/** Where everything is struck for some seconds: more would only take longer on two cores, which run AWS as well. */
const FEW = 200;
const POISONED = 1;
/** After healing. */
const WITHIN_MS = 60_000;
/** So that bells of the sweeper are lost, too; one of a thousand would lose six of them, and wait a minute for the next. */
const FAULTY_FOR_MS = 3_000;
const MOST_BELLS = 6;
/** Of a client: far below the 30 s after which it, or API Gateway, gives up. */
const PATIENCE_MS = 8_000;
const BELLS = ['FreshQueue', 'RecoveryQueue', 'IsolatedQueue'];
const SENDS = ['SendMessage', 'SendMessageBatch'];

const given = new GivenFaults();
beforeAll(() => given.start());
afterEach(() => given.heal());
afterAll(() => given.stop());

const rule = (name: string, fault: Fault, more: Partial<Rule> = {}): Rule => ({ name, fault, ...more });

async function isWell(tasks: readonly Given[]): Promise<void> {
  const tookMs = await given.settled(tasks, WITHIN_MS);
  const [wasted, findings, bells] = [given.wasted(tasks), given.findings(tasks), given.bellsOfMost(tasks)];
  const seconds = (tookMs / 1_000).toFixed(1);
  console.log(`${tasks.length} tasks: ${seconds} s, ${wasted} attempts wasted, ${findings} found, ≤ ${bells} bells`);
  expect(await given.wrongs(tasks)).toEqual([]);
  expect(bells).toBeLessThanOrEqual(MOST_BELLS);
  expect(given.incidents).toEqual([]);
}

test('F3: replies of DynamoDB that are lost make no conflict, and waste hardly an attempt', async () => {
  const tasks = tasksOf('f3', MANY);
  given.dynamo.set([rule('reply', { kind: 'drop-reply' }, { share: 0.15 })]);
  await given.submit(tasks);
  await given.settled(tasks, WITHIN_MS);
  given.heal();
  await isWell(tasks);
  expect(given.dynamo.count('reply').struck).toBeGreaterThan(MANY / 4);
  expect(given.wasted(tasks)).toBeLessThan(MANY / 50);
});

test('F4: of bells that SQS took and lost each is found by the sweeper, once', async () => {
  const tasks = tasksOf('f4', MANY);
  given.sqs.set(BELLS.map((resource) => rule(resource, { kind: 'lose' }, { resource, share: 0.2, actions: SENDS })));
  // Paced: a bell that waits in a long queue for two seconds is taken for lost, too.
  for (let from = 0; from < MANY; from += 25) await given.submit(tasks.slice(from, from + 25));
  await sleep(FAULTY_FOR_MS);
  given.heal();
  await isWell(tasks);
  const lost = BELLS.reduce((sum, resource) => sum + given.sqs.count(resource).struck, 0);
  expect(lost).toBeGreaterThan(MANY / 8);
  const found = given.findingsOfLost(tasks);
  const late = given.findings(tasks) - found;
  console.log(`${lost} bells lost: ${found} found, ${late} others were late`);
  expect(found).toBeLessThanOrEqual(lost * 1.02);
  // A bell may be lost while another of its task is under way, which was rung because an earlier one was late.
  expect(found).toBeGreaterThanOrEqual(lost * 0.98 - late);
  expect(late).toBeLessThan(MANY / 2); // as slow as a busy machine may be
});

test('F5: duplicates and disorder start no second attempt, and ring no further bells', async () => {
  const tasks = tasksOf('f5', MANY);
  given.sqs.set([rule('twice', { kind: 'duplicate', withinMs: 500 }, { share: 0.3, actions: SENDS })]);
  await given.submit(tasks);
  await isWell(tasks);
  expect(given.sqs.count('twice').struck).toBeGreaterThan(MANY / 40); // of batches
  expect(given.wasted(tasks)).toBe(0);
});

test('F10: while DynamoDB is down nothing is accepted, and nothing is lost', async () => {
  const tasks = tasksOf('f10', FEW, POISONED);
  await given.submit(tasks.slice(FEW / 2));
  given.dynamo.set([rule('down', { kind: 'drop' })]);
  const patient = given.submit(tasks.slice(0, FEW / 2));
  const answers = await given.answersFor(6_000, 'f10-refused');
  const problem = {
    status: 503,
    code: 'ledger-unavailable',
    retryable: true,
    retryAfter: expect.any(String) as string,
  };
  for (const answer of answers) expect(answer).toMatchObject(problem);
  given.heal();
  await patient;
  await isWell(tasks.filter(({ kind }) => kind !== 'poison'));
  expect(given.witness.ids('f10-refused')).toEqual([]);
});

test('F11: while SQS is down submits are accepted without a long wait, and all is done soon after', async () => {
  const tasks = tasksOf('f11', FEW, POISONED);
  given.sqs.set([rule('down', { kind: 'drop' })]);
  await given.submit(tasks);
  const refused = await given.answersFor(1_000, 'f11-fine-refused');
  given.sqs.set([rule('silent', { kind: 'delay', fromMs: WITHIN_MS, toMs: WITHIN_MS })]);
  const silent = await given.answersFor(1, 'f11-fine-silent');
  for (const { status, tookMs } of [...refused, ...silent])
    expect([status, Math.max(tookMs, PATIENCE_MS)]).toEqual([202, PATIENCE_MS]);
  given.heal();
  const alone = given.witness.ids('f11-fine').map((taskId): Given => ({ taskId, kind: 'fine' }));
  await isWell([...tasks.filter(({ kind }) => kind !== 'poison'), ...alone]);
});

test('F12: a queue that is started anew, and has forgotten everything, loses nothing', async () => {
  const tasks = tasksOf('f12', FEW);
  await given.submit(tasks);
  await given.deployed.twin.loseAllMessages();
  await isWell(tasks);
  expect(given.findings(tasks)).toBeGreaterThan(FEW / 10); // else there was nothing to forget
});

test('F19: deaths that nobody could be told of are told of later, and only then stand in the inbox', async () => {
  const tasks = tasksOf('f19', FEW);
  const dying = tasks.filter(({ kind }) => kind === 'permanent').map(({ taskId }) => taskId);
  given.sqs.set([rule('untold', { kind: 'error', error: 'unavailable' }, { resource: 'DeadQueue' })]);
  await given.submit(tasks);
  await until(() => dying.every((taskId) => given.witness.task(taskId)?.status === 'dead'));
  expect(dying.filter((taskId) => given.isSettled(taskId) || given.told.includes(taskId))).toEqual([]);
  given.heal();
  await isWell(tasks);
  await until(() => dying.every((taskId) => given.told.includes(taskId)));
});

test('F25: of five tasks one cannot be written: four are done, and the fifth when it can be', async () => {
  const tasks = tasksOf('f25', FEW)
    .filter(({ kind }) => kind !== 'cancelled')
    .map((task, i) => (i % 5 === 0 ? { ...task, taskId: `${task.taskId}-fifth` } : task));
  const [fifths = [], others = []] = [true, false].map((is) =>
    tasks.filter(({ taskId }) => taskId.endsWith('-fifth') === is),
  );
  const fault: Fault = { kind: 'error', error: 'internal' };
  given.dynamo.set([rule('fifth', fault, { holds: '-fifth"', actions: ['UpdateItem'] })]);
  await given.submit(tasks);
  await given.settled(others, WITHIN_MS);
  expect(fifths.filter(({ taskId }) => given.witness.task(taskId)?.version !== 1)).toEqual([]);
  given.heal();
  await isWell(tasks);
});

test('F17: tasks that end their process are dead of it, and SQS has given up no message', async () => {
  const poisoned = given.witness.ids('poison').map((taskId): Given => ({ taskId, kind: 'poison' }));
  expect(poisoned).toHaveLength(2 * POISONED);
  await given.settled(poisoned, WITHIN_MS);
  expect(await given.wrongs(poisoned)).toEqual([]);
  const attempts = poisoned.map(({ taskId }) => given.witness.task(taskId)!.fence);
  expect(attempts.filter((count) => count > 4)).toEqual([]);
  expect(given.incidents).toEqual([]);
});
