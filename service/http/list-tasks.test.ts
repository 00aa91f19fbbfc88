import type { Problem, TaskPage } from '@holdfast/api/types';
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

  it('shows a moment that no calendar has as the last one there is', async () => {
    const door = await withTasks(2);
    door.change('task-0', { expiresAtMs: Number.MAX_SAFE_INTEGER });
    const { status, body } = await page(door, 'limit=2');
    expect({ status, shown: body.items.length }).toEqual({ status: 200, shown: 2 });
    expect(body.items.map(({ expiresAt }) => expiresAt)).toContain('9999-12-31T23:59:59.999Z');
  });

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

  it('keeps filter and limit in the Link', async () => {
    const { headers, body } = await page(await withTasks(3), 'status=queued&type=simulate&limit=2');
    const next = new URL(/^<(.*)>/.exec(headers.get('link') ?? '')![1]!, 'http://localhost');
    expect(next.pathname).toBe('/tasks');
    const asked = { status: 'queued', type: 'simulate', limit: '2', cursor: body.nextCursor };
    expect(Object.fromEntries(next.searchParams)).toEqual(asked);
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

  it.each([
    ['status=queued', ['task-2', 'task-1']],
    ['class=SYSTEM', ['task-0']],
    ['tag=team:billing', ['task-1']],
    ['type=simulate&tag=team:billing&status=queued', ['task-1']],
    ['type=other', []],
  ])('searches by %s', async (query, found) => {
    const door = await withTasks(3);
    door.change('task-0', DEAD);
    door.change('task-1', { tags: ['team:billing'] });
    const { body } = await page(door, query);
    expect(body.items.map(({ taskId }) => taskId)).toEqual(found);
    expect(body).toMatchObject({ indexed: false, searchedTo: null, nextCursor: null });
  });

  it.each(['', 'since=2025-01-01T00:00:00Z', 'status=dead&type=simulate&until=2099-01-01T00:00:00Z'])(
    'answers %s from an index',
    async (query) => {
      const door = await withTasks(2, DEAD);
      expect((await page(door, query)).body).toMatchObject({ indexed: true, searchedTo: null, items: [{}, {}] });
    },
  );

  it('says how far a search has come, and goes on from there with the same filter only', async () => {
    const door = openDoor();
    await submit(door, 'needle');
    door.change('needle', { tags: ['x'] });
    for (let batch = 0; batch < 11; batch += 1) {
      await door.time.play(() => false, door.time.nowMs + 1_000);
      const tasks = Array.from({ length: 100 }, (_, i) => ({ taskId: `t${batch}-${i}`, payload: {} }));
      await door.ask('POST /tasks/batch', { tasks });
    }
    const first = await page(door, 'tag=x');
    expect(first.body).toMatchObject({ items: [], indexed: false });
    expect(first.body.searchedTo).toBe(new Date(door.time.nowMs - 9_000).toISOString());
    const cursor = first.body.nextCursor!;
    expect((await page(door, `tag=y&cursor=${cursor}`)).status).toBe(400);
    const second = await page(door, `tag=x&cursor=${cursor}`);
    expect(second.body).toMatchObject({ items: [{ taskId: 'needle' }], searchedTo: null, nextCursor: null });
  });

  it.each(['status=lost', 'class=system', 'tag=-', 'type=A', 'since=yesterday', 'since=2025-02-30T00:00:00Z', 'tag='])(
    'refuses %s',
    async (query) => {
      expect(await page(openDoor(), query)).toMatchObject({ status: 400, body: { code: 'invalid-parameter' } });
    },
  );

  it('refuses a span of time that holds nothing', async () => {
    const refused = await page(openDoor(), 'since=2025-01-01T00:00:00Z&until=2025-01-01T01:00:00%2B01:00');
    expect(refused).toMatchObject({ status: 400, body: { code: 'invalid-parameter' } });
  });
});
