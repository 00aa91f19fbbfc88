import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { sqsClient } from '../testing/emulators/sqs.ts';
import { send } from './sqs-send.ts';

test('a queue that takes a request and never answers holds nobody up: the message may or may not have arrived', async () => {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const sqs = sqsClient(`http://127.0.0.1:${(silent.address() as AddressInfo).port}`);
  const faults: unknown[] = [];
  const onFault = (_: unknown, lost: number): void => void faults.push(lost);
  const queue = { sqs, url: 'http://queue/1/fresh', onFault, withinMs: 20 };
  expect(await send(queue, [{ tenant: 'alpha', body: '{}' }])).toEqual(['failed']);
  expect(faults).toEqual([1]);
  sqs.destroy();
  silent.close();
});
