import type { AttemptDetail, Problem, TaskDetail } from '@holdfast/api/types';
import { describe, expect, it } from 'vitest';
import type { LedgerTask } from '../core/task.ts';
import type { Door } from './door-under-test.ts';
import { openDoor } from './door-under-test.ts';

const submit = (door: Door, taskId: string) => door.ask('POST /tasks', { taskId, payload: {} });

const DEAD: Partial<LedgerTask> = {
  status: 'dead',
  announcement: 'sent',
  failures: 3,
  fence: 3,
  attemptsTotal: 3,
  finishedAtMs: Date.UTC(2026, 0, 1),
  purgeAtMs: Date.UTC(2026, 0, 15),
  lastFailure: { class: 'SYSTEM', code: 'simulated', message: 'Simulated failure.', atMs: Date.UTC(2026, 0, 1) },
};
const RUNNING: Partial<LedgerTask> = {
  status: 'running',
  fence: 2,
  attemptsTotal: 2,
  failures: 1,
  startedAtMs: Date.UTC(2026, 0, 1),
};

async function withTask(taskId: string, fields: Partial<LedgerTask> = {}): Promise<Door> {
  const door = openDoor();
  await submit(door, taskId);
  door.change(taskId, fields);
  return door;
}

describe('getTask', () => {
  it('shows the running attempt, which the item does not list', async () => {
    const { ask } = await withTask('one', { ...RUNNING, progress: { percent: 40 } });
    const { headers, body } = await ask<TaskDetail>('GET /tasks/one');
    expect(headers.get('etag')).toBe('"2"');
    expect(body).toMatchObject({ attempt: 2, maxAttempts: 3, result: null, progress: { percent: 40, message: null } });
    expect(body.attempts).toMatchObject([{ fence: 2, attempt: 2, outcome: 'running', endedAt: null }]);
  });

  it.each([
    ['queued', {}, 0],
    ['after one failure', { status: 'retrying', failures: 1 }, 1],
    ['succeeded at the second attempt', { status: 'succeeded', failures: 1, result: '{"ok":true}' }, 2],
    ['redriven after three', { failures: 3, budgetBase: 3 }, 0],
    ['running after a redrive', { ...RUNNING, failures: 4, budgetBase: 3 }, 2],
    ['dead', DEAD, 3],
  ] satisfies [string, Partial<LedgerTask>, number][])(
    'counts the attempts of this budget: %s',
    async (_, fields, attempt) => {
      const { ask } = await withTask('one', fields);
      expect((await ask<TaskDetail>('GET /tasks/one')).body.attempt).toBe(attempt);
    },
  );

  it('answers a wait when the task is settled', async () => {
    const { ask, change } = await withTask('one', RUNNING);
    const waiting = ask<TaskDetail>('GET /tasks/one?wait=20');
    await Promise.resolve();
    change('one', { status: 'succeeded', result: '{"ok":true,"attempt":2}' });
    expect((await waiting).body).toMatchObject({ status: 'succeeded', result: { ok: true, attempt: 2 } });
  });

  it('answers a wait with the task as it is when the time or the limit of the server is up', async () => {
    const { ask, time } = await withTask('one', RUNNING);
    const fromMs = time.nowMs;
    let answeredAtMs = 0;
    const waiting = ask('GET /tasks/one?wait=60').then((answered) => {
      answeredAtMs = time.nowMs;
      return answered;
    });
    await time.play(() => answeredAtMs > 0, fromMs + 60_000);
    expect(await waiting).toMatchObject({ status: 200, body: { status: 'running' } });
    expect(answeredAtMs - fromMs).toBe(25_000);
  });

  it('ends a wait when the server stops and when the client goes away', async () => {
    const door = await withTask('one', RUNNING);
    const client = new AbortController();
    const left = door.ask('GET /tasks/one?wait=20', undefined, { signal: client.signal });
    const kept = door.ask('GET /tasks/one?wait=20');
    client.abort();
    expect(await left).toMatchObject({ status: 200, body: { status: 'running' } });
    door.stop();
    expect(await kept).toMatchObject({ status: 200, body: { status: 'running' } });
  });

  it('waits for a dead task until it is announced', async () => {
    const { ask, change } = await withTask('one', { ...DEAD, announcement: 'pending' });
    const waiting = ask<TaskDetail>('GET /tasks/one?wait=20');
    await Promise.resolve();
    change('one', { announcement: 'sent' });
    expect((await waiting).body).toMatchObject({ status: 'dead', version: 3 });
  });
});

describe('getAttempt', () => {
  const ended = { fence: 3, attempt: 3, startedAtMs: 1, endedAtMs: 2, outcome: 'failed', class: 'SYSTEM' } as const;
  const detail = {
    fence: 3,
    message: 'all of it',
    log: [{ atMs: 5, level: 'warn', text: 'tried' }],
    logTruncated: true,
  };

  it('shows the whole message and the log lines of an attempt that failed', async () => {
    const door = await withTask('one', { ...DEAD, attempts: [ended] });
    const { ledger } = door.house.desk.ports;
    ledger.attemptDetail = () => Promise.resolve(detail as never);
    const { status, body } = await door.ask<AttemptDetail>('GET /tasks/one/attempts/3');
    expect({ status, message: body.message, logTruncated: body.logTruncated }).toEqual({
      status: 200,
      message: 'all of it',
      logTruncated: true,
    });
    expect(body.log).toEqual([{ at: '1970-01-01T00:00:00.005Z', level: 'warn', text: 'tried' }]);
  });

  it('shows the running attempt without either', async () => {
    const { ask } = await withTask('one', RUNNING);
    const { body } = await ask<AttemptDetail>('GET /tasks/one/attempts/2');
    expect(body).toMatchObject({ fence: 2, outcome: 'running', message: null, log: [], logTruncated: false });
  });

  it.each(['0', '9', '-1', '1.0', '01', 'x', '9999999999999999'])('finds no attempt %s', async (fence) => {
    const { ask } = await withTask('one', { ...DEAD, attempts: [ended] });
    expect(await ask(`GET /tasks/one/attempts/${fence}`)).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect((await ask(`GET /tasks/two/attempts/${fence}`)).status).toBe(404);
  });
});

describe('discardTask', () => {
  it('takes a dead task out of the inbox, with its reason in the history, and a redrive brings it back', async () => {
    const { ask } = await withTask('one', DEAD);
    const discarded = await ask<TaskDetail>('POST /tasks/one/discard', { reason: 'The customer is gone' });
    expect(discarded).toMatchObject({ status: 200, body: { status: 'dead', discarded: true, version: 3 } });
    expect(discarded.body.history).toMatchObject([{ move: 'discard', reason: 'The customer is gone' }]);
    expect((await ask('POST /tasks/one/discard')).headers.get('etag')).toBe('"3"');
    expect((await ask('GET /tasks?status=dead')).body).toMatchObject({ items: [] });
    expect((await ask('POST /tasks/one/redrive')).body).toMatchObject({ status: 'queued', discarded: false });
  });

  it('is refused for a task that is not dead', async () => {
    const { ask } = await withTask('one');
    expect(await ask('POST /tasks/one/discard')).toMatchObject({ status: 409, body: { code: 'not-dead' } });
  });
});

describe('redriveTask with an edited payload', () => {
  it('runs the edited one and says so', async () => {
    const { ask } = await withTask('one', DEAD);
    const { status, body } = await ask<TaskDetail>('POST /tasks/one/redrive', { payload: { failureRate: 0 } });
    expect({ status, payload: body.payload }).toEqual({ status: 202, payload: { failureRate: 0 } });
    expect(body.payloadEdited).toBe(true);
    expect((await ask('POST /tasks', { taskId: 'one', payload: {} })).status).toBe(200);
  });

  it('is refused when the payload is not of the type, and nothing has changed', async () => {
    const { ask } = await withTask('one', DEAD);
    const { status, body } = await ask<Problem>('POST /tasks/one/redrive', { payload: { failureRate: 2 } });
    expect({ status, code: body.code, at: body.errors?.[0]?.pointer }).toEqual({
      status: 422,
      code: 'validation',
      at: '/payload/failureRate',
    });
    const large = { payload: { data: 'x'.repeat(262_140) } };
    expect((await ask('POST /tasks/one/redrive', large)).status).toBe(413);
    expect((await ask('GET /tasks/one')).body).toMatchObject({ status: 'dead', version: 2, payloadEdited: false });
  });

  it('is judged by payload, then state, then If-Match', async () => {
    const stale = { headers: { 'if-match': '"1"' } };
    const { ask } = await withTask('one', DEAD);
    const status = async (body: unknown) => (await ask('POST /tasks/one/redrive', body, stale)).status;
    expect(await status({ payload: { failureRate: 2 } })).toBe(422);
    expect(await status({})).toBe(412);
    await ask('POST /tasks/one/redrive');
    expect(await status({ payload: { failureRate: 2 } })).toBe(422);
    expect(await status({})).toBe(409);
  });

  it('is refused for a task whose type is not installed any more', async () => {
    const { ask } = await withTask('one', { ...DEAD, type: 'gone' });
    const refused = await ask<Problem>('POST /tasks/one/redrive', { payload: {} });
    expect(refused).toMatchObject({ status: 422, body: { code: 'unknown-task-type' } });
    expect((await ask('POST /tasks/one/redrive')).status).toBe(202);
  });
});

describe('cancelTask and redriveTask', () => {
  it('cancels a waiting task at once, and asks a running one to stop', async () => {
    const waiting = await withTask('one');
    const cancelled = await waiting.ask<TaskDetail>('POST /tasks/one/cancel', { reason: 'Sent twice' });
    expect(cancelled).toMatchObject({ status: 200, body: { status: 'cancelled' } });
    expect(cancelled.body.history).toMatchObject([{ subject: 'local', move: 'cancel', reason: 'Sent twice' }]);
    const running = await withTask('one', RUNNING);
    expect(await running.ask('POST /tasks/one/cancel')).toMatchObject({ status: 202, body: { cancelRequested: true } });
  });

  it('refuses to cancel a final task, with its status', async () => {
    const { ask } = await withTask('one', { status: 'succeeded' });
    const { status, body } = await ask<Problem>('POST /tasks/one/cancel');
    expect({ status, code: body.code }).toEqual({ status: 409, code: 'task-final' });
    expect(body.detail).toContain('succeeded');
  });

  it('redrives a dead task once, with a body and without', async () => {
    const { ask } = await withTask('one', DEAD);
    const redriven = await ask<TaskDetail>('POST /tasks/one/redrive', { reason: 'Fixed' });
    expect(redriven).toMatchObject({ status: 202, body: { status: 'queued', attempt: 0, attemptsTotal: 3 } });
    expect(redriven.headers.get('etag')).toBe('"3"');
    expect(await ask('POST /tasks/one/redrive')).toMatchObject({ status: 409, body: { code: 'not-dead' } });
  });

  it('asks for patience while a death is being announced', async () => {
    const { ask } = await withTask('one', { ...DEAD, announcement: 'pending' });
    const { status, headers, body } = await ask<Problem>('POST /tasks/one/redrive');
    expect({ status, code: body.code, retryable: body.retryable }).toEqual({
      status: 409,
      code: 'not-announced-yet',
      retryable: true,
    });
    expect(headers.get('retry-after')).toBe('1');
  });

  it.each([
    ['"1"', 412],
    ['"2"', 202],
    ['*', 202],
  ])('with If-Match %s on version 2 is %i', async (ifMatch, status) => {
    const { ask } = await withTask('one', DEAD);
    expect((await ask('POST /tasks/one/redrive', undefined, { headers: { 'if-match': ifMatch } })).status).toBe(status);
  });

  it('finds nothing of an unknown id', async () => {
    const { ask } = openDoor();
    expect((await ask('POST /tasks/unknown/cancel')).status).toBe(404);
    expect((await ask('POST /tasks/unknown/redrive')).status).toBe(404);
  });
});
