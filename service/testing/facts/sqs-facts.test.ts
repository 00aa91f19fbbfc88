import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openDoorbell } from '../../aws/sqs-doorbell.ts';
import { changesIn, openPublisher } from '../../aws/sqs-events.ts';
import type { Message } from '../../aws/sqs-send.ts';
import { send } from '../../aws/sqs-send.ts';
import { newTask, RULES } from '../conformance/engine-under-test.ts';
import { taskView } from '../../http/view.ts';
import { dateClock, GivenSqs, SILENT } from '../given-sqs.ts';
import { sqsClient } from '../emulators/sqs.ts';
import { NotModelled, queueOf, simulatedQueue } from './queue-subject.ts';
import type { QueueSubject } from './queue-subject.ts';
import type { Fact } from './sqs-facts.ts';
import { rowOf, SQS_FACTS, targetOf } from './sqs-facts.ts';

let given: GivenSqs;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  given = await GivenSqs.start();
});
afterAll(async () => {
  await given.stop();
  vi.useRealTimers();
});

/** Undefined for what cannot be asked. */
async function holds({ check }: Fact, queue: QueueSubject): Promise<boolean | undefined> {
  try {
    return await check(queue);
  } catch (error) {
    if (error instanceof NotModelled) return undefined;
    throw error;
  }
}

const pass = (ms: number): Promise<void> => {
  vi.setSystemTime(Date.now() + ms);
  return Promise.resolve();
};

describe.each(SQS_FACTS.map((fact, at) => [fact.name, fact, at] as const))('%s', (_, fact, at) => {
  test(`on fauxqs: ${fact.fauxqs ?? 'holds'}`, async () => {
    const queue = await queueOf({ sqs: sqsClient(given.endpoint), pass }, `fact-${at}`);
    expect(await holds(fact, queue)).toBe(fact.fauxqs === undefined);
  });

  test(`on the simulated queue: ${fact.isModelled ? 'holds' : 'cannot be asked'}`, async () => {
    expect(await holds(fact, simulatedQueue('fact'))).toBe(fact.isModelled);
  });
});

/** Its client refuses whatever AWS would, so that what was sent broke no limit. */
describe('the adapters keep the limits, though the emulator would not mind', () => {
  const doorbell = () => openDoorbell({ sqs: given.sqs, queues: given.urls, clock: dateClock });

  test('of delay: a bell that is due in a month is rung in 900 s', async () => {
    const notBeforeMs = Date.now() + 30 * 86_400_000;
    expect(await doorbell().ring([{ tenant: 'a', taskId: 'b', type: 't', lane: 'isolated', notBeforeMs }])).toEqual([
      'rung',
    ]);
    expect(given.requested.at(-1)?.request.Entries?.[0]?.DelaySeconds).toBe(900);
  });

  test('of batches: number, ids and size, and no request for nothing', async () => {
    const message = (length: number): Message => ({ tenant: 'x'.repeat(63), body: 'a'.repeat(length) });
    const queue = { sqs: given.sqs, url: given.urls.dead };
    expect(await send(queue, [])).toEqual([]);
    for (const length of [1, 30_000, 100_000, 262_144]) {
      const messages = Array.from({ length: 23 }, () => message(length));
      expect(new Set(await send(queue, messages))).toEqual(new Set(['sent']));
    }
    expect(await send(queue, [message(5), message(262_145), message(5)])).toEqual(['sent', 'failed', 'sent']);
  });

  test('of characters: what no queue takes arrives as it was', async () => {
    const view = (task: Parameters<typeof taskView>[0]) => taskView(task, RULES);
    const publisher = openPublisher({ sqs: given.sqs, queueUrl: given.urls.events, view, log: SILENT });
    const task = newTask(1_000, { tags: ['😀', '\uFFFE', '\uDC00'] });
    await publisher.publish([{ move: 'claim', task }]);
    await publisher.flush();
    expect((await given.take('events')).map(changesIn)).toEqual([{ tenant: 'alpha', tasks: [view(task)] }]);
  });

  test('and their client would have noticed', async () => {
    const ask = (more: Partial<Message>) =>
      send({ sqs: given.sqs, url: given.urls.dead }, [{ tenant: 'a', body: 'b', ...more }]);
    expect([await ask({ tenant: 'a b' }), await ask({ body: '\uFFFE' })]).toEqual([['failed'], ['failed']]);
  });
});

test('CONTRIBUTING.md tells of each fact who keeps it', () => {
  const lines = readFileSync(new URL('../../../CONTRIBUTING.md', import.meta.url), 'utf8').split('\n');
  const from = lines.findIndex((line) => line.startsWith('| fact about SQS '));
  const rows = lines.slice(from + 2, from + 3 + SQS_FACTS.length).map((line) => line.split('|').slice(1, -1));
  expect(rows.map((row) => row.map((cell) => cell.trim()))).toEqual([...SQS_FACTS.map(rowOf), []]);
  expect(lines).toEqual(expect.arrayContaining(SQS_FACTS.map(targetOf)));
});
