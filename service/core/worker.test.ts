import { expect, test } from 'vitest';
import { RUNNING_ITEM } from '../testing/given-items.ts';
import { Running } from './worker.ts';

/** One that says by what it was stopped. */
const attempt = (fence: number, stops: string[] = []) => ({ fence, stop: (reason: string) => void stops.push(reason) });

test('who runs attempts knows each by its fence, and stops those that run and no other', () => {
  const running = new Running();
  const stops: string[] = [];
  running.add(RUNNING_ITEM, attempt(3, stops));
  expect([3, 2].map((fence) => running.has({ ...RUNNING_ITEM, fence }))).toEqual([true, false]);
  expect(running.has({ ...RUNNING_ITEM, taskId: 'two' })).toBe(false);
  running.stop({ ...RUNNING_ITEM, taskId: 'two' }, 'cancel');
  running.stop(RUNNING_ITEM, 'cancel');
  running.stopAll('stopping');
  expect(stops).toEqual(['cancel', 'stopping']);
});

test('an attempt that ends after its task was claimed here again leaves the new one in its place', () => {
  const running = new Running();
  const [old, young] = [attempt(3), attempt(4)];
  running.add(RUNNING_ITEM, old);
  running.add(RUNNING_ITEM, young);
  running.remove(RUNNING_ITEM, old);
  expect(running.has({ ...RUNNING_ITEM, fence: 4 })).toBe(true);
  running.remove(RUNNING_ITEM, young);
  expect(running.size).toBe(0);
});
