import { expect, test } from 'vitest';
import { Given } from '../testing/given.ts';

const AT_NOON = { runAt: '2026-06-01T12:00:00Z' };

test.each([
  ['payload', {}, { payload: { a: 1 } }],
  ['type', {}, { type: 'other' }],
  ['time to run', AT_NOON, { runAt: '2026-06-01T12:00:01Z' }],
  ['time to run at all', AT_NOON, { runAt: undefined }],
  ['delay', { delaySeconds: 5 }, { delaySeconds: 6 }],
  ['tags', { tags: ['a'] }, { tags: ['b'] }],
])('the same request again is a replay, with another %s it is a conflict [S16]', async (_, first, other) => {
  const given = new Given();
  expect(await given.submit(first)).toMatchObject({ kind: 'accepted', task: { taskId: 'one' } });
  const before = given.task();
  expect(await given.submit(first)).toEqual({ kind: 'replayed', task: before });
  expect(await given.submit({ ...first, ...other } as object)).toEqual({ kind: 'conflict' });
  expect(given.task()).toEqual(before);
  expect(given.bells.length).toBeLessThanOrEqual(1);
});
