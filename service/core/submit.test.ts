import { describe, expect, test } from 'vitest';
import { newTask } from '../testing/conformance/engine-under-test.ts';
import { Given } from '../testing/given.ts';
import { requestHash, taskIdOfKey } from './identity.ts';
import { HOUR } from './rules.ts';
import type { Submission } from './submit.ts';
import { acceptedBefore } from './submit.ts';
import type { LedgerTask } from './task.ts';

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

const NOW_MS = new Given().nowMs;
const IN_AN_HOUR_MS = NOW_MS + HOUR;
const iso = (ms: number): string => new Date(ms).toISOString();
const TRACED = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' };

const later = (runAtMs: number, dueMs: number): Partial<LedgerTask> => ({
  ...{ status: 'scheduled', runAtMs, notBeforeMs: runAtMs, waiting: { reason: 'scheduled', untilMs: runAtMs } },
  ...{ expiresAtMs: runAtMs + 2 * HOUR, dueMs },
});

describe('a submission', () => {
  test.each<[string, Partial<Submission>, Partial<LedgerTask>]>([
    ['of the least', {}, {}],
    ['with tags', { tags: ['a'] }, { tags: ['a'] }],
    ['with a delay of nothing', { delaySeconds: 0 }, {}],
    ['with a delay', { delaySeconds: 5 }, later(NOW_MS + 5_000, NOW_MS + 35_000)],
    ['for a time', { runAt: iso(IN_AN_HOUR_MS) }, later(IN_AN_HOUR_MS, IN_AN_HOUR_MS - 600_000)],
    ['for a time that is past', { runAt: iso(NOW_MS - 1) }, {}],
  ])('%s becomes an item that says all of it and nothing else [S1][S16]', async (_, asked, fields) => {
    const given = new Given([], { maxAgeMs: 2 * HOUR });
    await given.submit({ ...asked, ...TRACED, payload: { a: 1 } });
    const hash = requestHash({ type: 'quick', payload: { a: 1 }, ...asked });
    const always = { type: 'quick', payload: '{"a":1}', expiresAtMs: NOW_MS + 2 * HOUR, requestHash: hash };
    expect(given.task()).toEqual(newTask(NOW_MS, { ...always, ...TRACED, ...fields }));
  });

  test('that nobody traces says nothing of a trace', async () => {
    const given = new Given();
    await given.submit();
    expect(Object.keys(given.task())).not.toContain('traceparent');
  });

  test.each([
    ['its task id, whatever its key', { taskId: 'one', idempotencyKey: 'key' }, 'one'],
    ['its key', { taskId: undefined, idempotencyKey: 'key' }, taskIdOfKey('alpha', 'key')],
  ])('is known by %s [S16]', async (_, ids, taskId) => {
    const given = new Given();
    expect(await given.submit(ids as object)).toMatchObject({ kind: 'accepted', task: { taskId } });
  });

  test('that the ledger cannot keep gets no receipt and no bell [S1]', async () => {
    const given = new Given();
    const submit = () => Promise.resolve([{ kind: 'failed', retryable: true } as const]);
    given.ports = { ...given.ports, ledger: { ...given.ports.ledger, submit } };
    expect(await given.submit()).toEqual({ kind: 'failed' });
    expect([given.bells.length, given.events.length]).toEqual([0, 0]);
  });
});

test.each([
  ['the same request', {}, 'one'],
  ['another request', { payload: { a: 2 } }, undefined],
  ['a task that is not there', { taskId: 'two' }, undefined],
  ['a request that names no task', { taskId: undefined }, undefined],
])('%s is known or not known to be accepted before [S16]', async (_, fields, taskId) => {
  const given = new Given();
  const request = { tenant: 'alpha', taskId: 'one', type: 'quick', payload: { a: 1 } };
  await given.submit(request);
  const found = await given.until(acceptedBefore(given.ports, { ...request, ...fields } as typeof request));
  expect(found?.taskId).toBe(taskId);
});
