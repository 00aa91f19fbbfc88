import { expect, test } from 'vitest';
import { sleep } from '../../core/ports.ts';
import { createCloud, startSource } from './cloud.ts';
import { Containers } from './containers.ts';
import { join } from 'node:path';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { readStage } from '../twin/stage.ts';
import { MEMORY_MB } from './functions.ts';

test('functions are billed for the memory that serverless.yml gives them', () => {
  const file = join(import.meta.dirname, '../../../serverless.yml');
  const stage = readStage({ file, stage: 'prod', region: 'us-east-1', account: '0', environment: {} });
  const given = [...stage.functions].map(([name, { memoryMb }]) => [name, memoryMb]);
  // Nobody sees an incident here.
  expect(Object.fromEntries(given.filter(([name]) => name !== 'incident'))).toEqual(MEMORY_MB);
});

test('a container serves one invocation at a time, and is kept for the next', async () => {
  const cloud = createCloud();
  const containers = new Containers(cloud, 1024, () => 'handler');
  const invoke = () => containers.run(() => sleep(cloud.clock, 100));
  const [first, second] = [invoke(), invoke()];
  await cloud.time.play(() => false, cloud.clock.nowMs() + 100);
  await Promise.all([first, second]);
  const third = invoke();
  await cloud.time.play(() => false, cloud.clock.nowMs() + 100);
  await third;
  expect([containers.opened, cloud.book.usage.invocations]).toEqual([2, 3]);
  expect(cloud.book.usage.gbSeconds).toBeCloseTo(3 * 0.103 + 2 * 0.3);
});

test('an event source gathers for its window, and takes no more at once than it may', async () => {
  const cloud = createCloud();
  const batches: [number, number][] = [];
  const fromMs = cloud.clock.nowMs();
  startSource(cloud, {
    ...{ url: 'https://sqs.test/queue', batchSize: 2, windowMs: 1000, concurrency: 1 },
    deliver: async (messages) => {
      batches.push([messages.length, cloud.clock.nowMs() - fromMs]);
      await sleep(cloud.clock, 500);
    },
  });
  for (let sent = 0; sent < 5; sent += 1)
    void cloud.sqs.send(new SendMessageCommand({ QueueUrl: 'https://sqs.test/queue', MessageBody: 'x' }));
  await cloud.time.play(() => batches.length === 3, cloud.clock.nowMs() + 5000);
  expect(batches.map(([count]) => count)).toEqual([2, 2, 1]);
  expect(batches[1]![1]).toBeGreaterThanOrEqual(500);
  expect(batches[2]![1]).toBeGreaterThanOrEqual(1000);
});
