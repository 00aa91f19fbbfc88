import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TaskEvent } from '../core/ports.ts';
import type { LedgerTask } from '../core/task.ts';
import { taskView } from '../http/view.ts';
import { newTask, RULES } from '../testing/conformance/engine-under-test.ts';
import { FaultProxy } from '../testing/fault-proxy/proxy.ts';
import { GivenSqs, SILENT } from '../testing/given-sqs.ts';
import { bodyOf } from './sqs-send.ts';
import { changesIn, openPublisher } from './sqs-events.ts';

const view = (task: LedgerTask) => taskView(task, RULES);
let given: GivenSqs;

beforeEach(async () => {
  given = await GivenSqs.start();
});
afterEach(() => given.stop());

const open = (sqs = given.sqs) => openPublisher({ sqs, queueUrl: given.urls.events, view, log: SILENT });
const changes = async () => (await given.takeAll('events')).map(changesIn);
const event = (fields: Partial<LedgerTask>, move: TaskEvent['move'] = 'claim'): TaskEvent => ({
  move,
  task: newTask(1_000, fields),
});

test('changes are held, and of each task only the newest is told, as a client sees it', async () => {
  const publisher = open();
  await publisher.publish([event({ version: 2, status: 'running', fence: 1 }), event({ taskId: 'two', version: 5 })]);
  await publisher.publish([event({ version: 3, status: 'succeeded' }), event({ taskId: 'two', version: 4 })]);
  expect(given.requested).toHaveLength(0);
  await publisher.flush();
  const newest = [newTask(1_000, { version: 3, status: 'succeeded' }), newTask(1_000, { taskId: 'two', version: 5 })];
  expect(await changes()).toEqual([{ tenant: 'alpha', tasks: newest.map(view) }]);
});

test('a task that lives anew under its id is newer than any version of the life before', async () => {
  const publisher = open();
  const anew = newTask(9_000, { version: 2 });
  await publisher.publish([event({ version: 8 }), { move: 'claim', task: anew }, event({ version: 9 })]);
  await publisher.flush();
  expect(await changes()).toEqual([{ tenant: 'alpha', tasks: [view(anew)] }]);
});

test('a submit is not told of, and nothing to tell is no request', async () => {
  const publisher = open();
  await publisher.publish([event({}, 'submit')]);
  await publisher.flush();
  await publisher.flush();
  expect(given.requested).toHaveLength(0);
});

test('a flush waits for what another one has begun to send', async () => {
  const publisher = open();
  await publisher.publish([event({ version: 2 })]);
  const order: string[] = [];
  const first = publisher.flush().then(() => order.push('first'));
  await publisher.flush().then(() => order.push('second'));
  await first;
  expect(order).toEqual(['first', 'second']);
});

test('no message tells of two tenants, and their messages are in groups of their own [S14]', async () => {
  const publisher = open();
  await publisher.publish(['alpha', 'beta', 'alpha'].map((tenant, i) => event({ tenant, taskId: `t${i}` })));
  await publisher.flush();
  const told = (await changes()).map(({ tenant, tasks }) => [tenant, tasks.map(({ taskId }) => taskId)]);
  expect(told).toEqual([
    ['alpha', ['t0', 't2']],
    ['beta', ['t1']],
  ]);
  const groups = given.requested.flatMap(({ request }) => request.Entries ?? []);
  expect(groups.map(({ MessageGroupId }) => MessageGroupId)).toEqual(['alpha', 'beta']);
});

test('many changes leave without being asked, in messages that SQS bills as one request each', async () => {
  const publisher = open();
  const message = 'ünïcödé 😀\uFFFE'.repeat(80);
  const lastFailure = { class: 'SYSTEM', code: 'E', message, atMs: 1 } as const;
  const events = Array.from({ length: 80 }, (_, i) => event({ taskId: `t${i}`, lastFailure }));
  await publisher.publish(events);
  const bodies = await given.takeAll('events');
  expect(bodies.length).toBeGreaterThan(1);
  expect(Math.max(...bodies.map((body) => Buffer.byteLength(body)))).toBeLessThanOrEqual(65_536);
  const told = bodies.flatMap((body) => changesIn(body).tasks);
  expect(told).toEqual(events.map(({ task }) => view(task)));
});

test('a change too large for any message is left out, and its message says so', async () => {
  const publisher = open();
  await publisher.publish([event({ tags: ['x'.repeat(70_000)] }), event({ taskId: 'two' })]);
  await publisher.publish([event({ tenant: 'beta', tags: ['x'.repeat(70_000)] })]);
  await publisher.flush();
  expect(await changes()).toEqual([
    { tenant: 'alpha', tasks: [view(newTask(1_000, { taskId: 'two' }))], isIncomplete: true },
    { tenant: 'beta', tasks: [], isIncomplete: true },
  ]);
});

test('a queue that is down, or a task that cannot be shown, costs its changes and rejects nothing', async () => {
  const proxy = await FaultProxy.start({ upstream: given.endpoint });
  proxy.set([{ name: 'down', fault: { kind: 'error', error: 'internal' } }]);
  const publisher = open(given.client(proxy.endpoint));
  await publisher.publish([event({}), event({ taskId: 'two', createdAtMs: NaN })]);
  await publisher.flush();
  proxy.heal();
  await publisher.publish([event({ taskId: 'three' })]);
  await publisher.flush();
  expect((await changes()).map(({ tasks }) => tasks.map(({ taskId }) => taskId))).toEqual([['three']]);
  await proxy.stop();
});

test.each(['', 'null', '[]', '{"tenant":"alpha"}', '{"tenant":"a/b","tasks":[]}'])('%s tells of no changes', (body) => {
  expect(() => changesIn(body)).toThrow();
});

test('a body is plain ASCII and says the same', () => {
  const value = { text: 'a\u0000\t ü\uFFFE\uFFFF\uD800 😀 </script>' };
  expect(bodyOf(value)).toMatch(/^[ -~]+$/);
  expect(JSON.parse(bodyOf(value))).toEqual(value);
});
