import type { Problem, TaskDetail, TaskPage } from '@holdfast/api/types';
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

describe('listTasks', () => {
  async function withTasks(count: number, fields: Partial<LedgerTask> = {}): Promise<Door> {
    const door = openDoor();
    for (let i = 0; i < count; i += 1) {
      await submit(door, `task-${i}`);
      door.change(`task-${i}`, fields);
    }
    return door;
  }
  const page = async ({ ask }: Door, query: string) => ask<TaskPage>(`GET /tasks?${query}`);

  it('pages through all tasks, and the Link is the next page', async () => {
    const door = await withTasks(5);
    const seen: string[] = [];
    for (let line = 'GET /tasks?limit=2'; ;) {
      const { headers, body } = await door.ask<TaskPage>(line);
      seen.push(...body.items.map(({ taskId }) => taskId));
      if (body.nextCursor === null) {
        expect(headers.get('link')).toBeNull();
        break;
      }
      line = `GET ${/^<(.*)>; rel="next"$/.exec(headers.get('link') ?? '')![1]!}`;
    }
    expect(seen).toEqual(['task-4', 'task-3', 'task-2', 'task-1', 'task-0']);
  });

  it('shows the failure inbox', async () => {
    const door = await withTasks(2);
    door.change('task-0', DEAD);
    const { body } = await page(door, 'status=dead');
    expect(body).toMatchObject({ items: [{ taskId: 'task-0', status: 'dead' }], nextCursor: null, indexed: true });
  });

  it('refuses a cursor that was cut, changed, or given out for another list, all alike', async () => {
    const door = await withTasks(3, DEAD);
    const { nextCursor } = (await page(door, 'limit=1')).body;
    const cursor = nextCursor!;
    const flipped = Buffer.from(cursor, 'base64url');
    flipped[20]! ^= 1;
    const seal = Buffer.from(cursor, 'base64url');
    seal[0]! ^= 128;
    const bad = [
      ...[cursor.slice(0, -1), `${cursor}A`, `${cursor}=`, cursor.slice(4), 'garbage', 'é'].map(
        (text) => `cursor=${text}`,
      ),
      ...[flipped, seal].map((bytes) => `cursor=${bytes.toString('base64url')}`),
      `status=dead&cursor=${cursor}`,
    ];
    const answers = await Promise.all(bad.map((query) => page(door, query)));
    const details = answers.map(({ status, body }) => [status, (body as unknown as Problem).detail]);
    expect(new Set(details.map(String)).size).toBe(1);
    expect(details[0]?.[0]).toBe(400);
    expect((await page(door, `limit=2&cursor=${cursor}`)).status).toBe(200);
  });

  it('keeps its cursors over a restart, by a secret that is made once', async () => {
    const door = await withTasks(3);
    const { nextCursor } = (await page(door, 'limit=1')).body;
    const restarted = openDoor({ ports: door.house.desk.ports });
    expect((await page(restarted, `cursor=${nextCursor!}`)).body.items).toHaveLength(2);
    const foreign = openDoor();
    expect((await page(foreign, `cursor=${nextCursor!}`)).status).toBe(400);
  });
});
