import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Bell, Doorbell, LogFields } from '../core/ports.ts';
import type { Lane } from '../core/task.ts';
import type { DoorbellUnderTest } from '../testing/conformance/doorbell-suite.ts';
import { doorbellSuite } from '../testing/conformance/doorbell-suite.ts';
import { FaultProxy } from '../testing/fault-proxy/proxy.ts';
import type { Rule } from '../testing/fault-proxy/rules.ts';
import { dateClock, GivenSqs, SILENT } from '../testing/given-sqs.ts';
import { bellIn, openDoorbell } from './sqs-doorbell.ts';

let given: GivenSqs;

/** Only the date stands still: it is moved by the test. */
async function start() {
  vi.useFakeTimers({ toFake: ['Date'] });
  given = await GivenSqs.start();
  return openDoorbell({ sqs: given.sqs, queues: given.urls, clock: dateClock });
}

async function open(): Promise<DoorbellUnderTest> {
  const doorbell = await start();
  const taken: Record<Lane, Bell[]> = { fresh: [], recovery: [], isolated: [] };
  return {
    doorbell,
    knowsTenants: false,
    nowMs: () => Date.now(),
    pass: (ms) => {
      vi.setSystemTime(Date.now() + ms);
      return Promise.resolve();
    },
    take: async (lane) => {
      if (taken[lane].length === 0) taken[lane] = (await given.take(lane)).map((body) => bellIn(body, lane));
      return taken[lane].shift();
    },
    break: () => given.stop(),
    close,
  };
}

async function close(): Promise<void> {
  await given.stop();
  vi.useRealTimers();
}

doorbellSuite('SQS', open);

describe('bells as messages', () => {
  let doorbell: Doorbell;
  let proxy: FaultProxy;
  const warnings: LogFields[] = [];
  beforeEach(async () => {
    await start();
    warnings.length = 0;
    proxy = await FaultProxy.start({ upstream: given.endpoint });
    const log = { ...SILENT, warn: (_: string, fields: LogFields = {}) => void warnings.push(fields) };
    doorbell = openDoorbell({ sqs: given.client(proxy.endpoint), queues: given.urls, clock: dateClock, log });
  });
  afterEach(async () => {
    await proxy.stop();
    await close();
  });
  const bell = (more: Partial<Bell> = {}): Bell => ({
    ...{ tenant: 'alpha', taskId: 'one', type: 'simulate', lane: 'fresh', notBeforeMs: Date.now(), ...more },
  });
  const bells = (count: number) => Array.from({ length: count }, (_, i) => bell({ taskId: `t${i}` }));
  const entries = () => given.requested.flatMap(({ request }) => request.Entries ?? []);

  test('ten share a request', async () => {
    await doorbell.ring([...bells(25), bell({ lane: 'isolated' })]);
    expect(given.requested.map(({ request }) => request.Entries?.length).sort()).toEqual([1, 10, 10, 5]);
    given.requested.length = 0;
    await doorbell.ring([bell()]);
    expect(given.requested).toHaveLength(1);
  });

  test.each([
    [-5_000, undefined],
    [0, undefined],
    [1, 2],
    [1_000, 2],
    [1_001, 3],
    [600_000, 601],
    [898_500, 900],
    [900_000, 900],
    [86_400_000, 900],
  ])(
    'one due in %i ms is delayed by %s s: whole seconds, one more, and no more than a queue can',
    async (ms, delay) => {
      expect(await doorbell.ring([bell({ notBeforeMs: Date.now() + ms })])).toEqual(['rung']);
      expect(entries().map(({ DelaySeconds }) => DelaySeconds)).toEqual([delay]);
    },
  );

  test('the tenant is the message group, and nothing but a hint is in the body', async () => {
    await doorbell.ring([bell({ tenant: 'a-1', notBeforeMs: 5 })]);
    const [{ MessageGroupId, MessageBody } = {}] = entries();
    expect([MessageGroupId, MessageBody]).toEqual([
      'a-1',
      '{"tenant":"a-1","taskId":"one","type":"simulate","notBeforeMs":5}',
    ]);
  });

  test('what the queue refuses of a batch is told bell by bell, and the others are rung', async () => {
    proxy.set([{ name: 'refuse', fault: { kind: 'refuse-entries' }, share: 0.3 }]);
    const rung = bells(40);
    const answers = await doorbell.ring(rung);
    const arrived = (await given.takeAll('fresh')).map((body) => bellIn(body, 'fresh').taskId);
    expect(rung.filter((_, i) => answers[i] === 'rung').map(({ taskId }) => taskId)).toEqual(arrived.sort(byNumber));
    expect(answers.filter((each) => each === 'failed')).toHaveLength(proxy.count('refuse').struck);
    expect(warnings.map(({ lost }) => lost).reduce((a = 0, b = 0) => a + b)).toBe(proxy.count('refuse').struck);
  });

  test('a request that fails costs its own bells and no others, and says in the log what it was', async () => {
    const error: Rule = { name: 'error', fault: { kind: 'error', error: 'unavailable' }, holds: 't11' };
    proxy.set([error]);
    const answers = await doorbell.ring(bells(30));
    expect(answers.map((each) => each === 'rung')).toEqual(bells(30).map((_, i) => i < 10 || i >= 20));
    expect(warnings).toMatchObject([{ error: 'ServiceUnavailable', lost: 10 }]);
  });

  test('the depth of a lane is that of all its tenants beyond a hundred, and one question a second is enough', async () => {
    await Promise.all(Array.from({ length: 2 }, () => doorbell.ring(bells(100))));
    given.requested.length = 0;
    const ask = () => Promise.all(['alpha', 'beta'].map((tenant) => doorbell.depth('fresh', tenant)));
    expect([await ask(), await ask(), given.requested.length]).toEqual([[100, 100], [100, 100], 1]);
    vi.setSystemTime(Date.now() + 1_000);
    proxy.set([{ name: 'down', fault: { kind: 'error', error: 'internal' } }]);
    expect(await ask()).toEqual([0, 0]);
  });
});

const byNumber = (a: string, b: string): number => Number(a.slice(1)) - Number(b.slice(1));

test.each(
  [
    ['', '{', 'null', '7', '[]', '{}', '{"tenant":"a","taskId":"x","type":"t"}'],
    [
      '{"tenant":"A","taskId":"x","type":"t","notBeforeMs":1}',
      '{"tenant":"a/b","taskId":"x","type":"t","notBeforeMs":1}',
    ],
    [
      '{"tenant":"a","taskId":"x y","type":"t","notBeforeMs":1}',
      '{"tenant":"a","taskId":"x","type":"T","notBeforeMs":1}',
    ],
    [
      '{"tenant":"a","taskId":"x","type":"t","notBeforeMs":"1"}',
      '{"tenant":"a","taskId":1,"type":"t","notBeforeMs":1}',
    ],
  ].flat(),
)('%s is no bell', (body) => {
  expect(() => bellIn(body, 'fresh')).toThrow();
});
