import { afterEach, beforeEach, expect, test } from 'vitest';
import { newTask } from '../testing/conformance/engine-under-test.ts';
import { FaultProxy } from '../testing/fault-proxy/proxy.ts';
import { GivenSqs } from '../testing/given-sqs.ts';
import { deathIn, openDeadLetters } from './sqs-dead-letters.ts';

const SECRET = 'what a handler wrote';
const traceId = '0af7651916cd43dd8448eb211c80319c';
let given: GivenSqs;
let proxy: FaultProxy;

beforeEach(async () => {
  given = await GivenSqs.start();
  proxy = await FaultProxy.start({ upstream: given.endpoint });
});
afterEach(async () => {
  await proxy.stop();
  await given.stop();
});

const open = () => openDeadLetters({ sqs: given.client(proxy.endpoint), queueUrl: given.urls.dead });

const dead = (taskId: string) =>
  newTask(1_000, {
    ...{ taskId, status: 'dead', fence: 3, announcement: 'pending', finishedAtMs: 2_000 },
    ...{ payload: JSON.stringify(SECRET), result: JSON.stringify(SECRET), tags: ['tag'] },
    lastFailure: { class: 'SYSTEM', code: 'E_NET', message: SECRET, atMs: 2_000 },
    traceparent: `00-${traceId}-b7ad6b7169203331-01`,
  });

test('a death is told with its task, its attempt and its class, and without a word of a handler', async () => {
  expect(await open().announce([dead('one')])).toEqual(['sent']);
  const [body = ''] = await given.take('dead');
  expect(deathIn(body)).toEqual({
    ...{ tenant: 'alpha', taskId: 'one', type: 'simulate', fence: 3, class: 'SYSTEM', code: 'E_NET' },
    ...{ traceId, finishedAtMs: 2_000 },
  });
  expect(body).not.toContain(SECRET);
});

test('each death that was not told is known, so that it will be told again [S6]', async () => {
  proxy.set([{ name: 'refuse', fault: { kind: 'refuse-entries' }, share: 0.3 }]);
  const deaths = Array.from({ length: 25 }, (_, i) => dead(`t${i}`));
  const answers = await open().announce(deaths);
  const told = (await given.takeAll('dead')).map((body) => deathIn(body).taskId);
  expect(new Set(told)).toEqual(new Set(deaths.flatMap(({ taskId }, i) => (answers[i] === 'sent' ? taskId : []))));
  expect(told).toHaveLength(25 - proxy.count('refuse').struck);
});

test('a queue that is down is a value', async () => {
  proxy.set([{ name: 'down', fault: { kind: 'drop' } }]);
  expect(await open().announce([dead('one'), dead('two')])).toEqual(['failed', 'failed']);
});

test.each(['', 'null', '{}', '{"tenant":"A","taskId":"x","type":"t","fence":1,"finishedAtMs":1}'])(
  '%s tells of no death',
  (body) => {
    expect(() => deathIn(body)).toThrow();
  },
);
