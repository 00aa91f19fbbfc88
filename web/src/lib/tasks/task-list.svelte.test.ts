import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClient, taskNumber, taskNumbers } from '#lib/testing/fake-client.ts';
import type { ListFilter } from './filter.ts';
import { TaskList } from './task-list.svelte.ts';

let fake: FakeClient;
beforeEach(() => {
  fake = new FakeClient(taskNumbers(1, 150));
});

async function open(filter: ListFilter = {}): Promise<TaskList> {
  const list = new TaskList({ reader: fake.client, filter, beforeFrame: fake.beforeFrame });
  await fake.snapshot();
  return list;
}

const statusOf = (list: TaskList, taskId: string): string | undefined =>
  list.rows({ first: 0, end: list.order.length }).find(({ task }) => task.taskId === taskId)?.task.status;

describe('a list that is only looked at', () => {
  it('takes in what comes, newest first, at the next frame', async () => {
    const list = await open();
    fake.tell(taskNumber(151), taskNumber(152));
    expect(list.order[0]).toBe('task-150');
    fake.frame();
    expect(list.order.slice(0, 3)).toEqual(['task-152', 'task-151', 'task-150']);
  });

  it('draws a storm of changes a few times a second, and a few changes at once', async () => {
    const list = await open();
    const storm = (version: number) => taskNumbers(51, 150).map((task) => ({ ...task, version, attempt: version }));
    const shown = () => list.rows({ first: 0, end: 1 })[0]!.task.attempt;
    fake.tell(...storm(2));
    fake.frame();
    fake.tell(...storm(3));
    fake.frame(16);
    expect(shown()).toBe(2);
    fake.frame(500);
    expect(shown()).toBe(3);
    fake.tell(taskNumber(150, { version: 4, attempt: 4 }));
    fake.frame(16);
    expect(shown()).toBe(4);
  });

  it('lets go what no longer fits', async () => {
    const list = await open({ status: 'queued' });
    fake.tell(taskNumber(150, { status: 'running', version: 2 }));
    fake.frame();
    expect(list.order[0]).toBe('task-149');
  });

  it('takes no task in whose page has not come yet', async () => {
    const list = await open();
    fake.tell(taskNumber(10, { status: 'running', version: 2 }));
    fake.frame();
    expect(list.order).not.toContain('task-10');
  });
});

describe('a list that somebody is at work in', () => {
  it('moves no row: what comes and goes waits, and is counted', async () => {
    const list = await open({ status: 'queued' });
    list.hold(true);
    const before = list.order;
    fake.tell(taskNumber(151), taskNumber(150, { status: 'running', version: 2 }));
    fake.frame();
    expect(list.order).toBe(before);
    expect(list.news).toMatchObject({ arrived: 1, left: 1 });
    expect(list.rows({ first: 0, end: 1 })).toMatchObject([{ hasLeft: true, task: { status: 'running' } }]);
  });

  it('moves when it is told to, or left alone', async () => {
    const list = await open();
    list.hold(true);
    fake.tell(taskNumber(151));
    fake.frame();
    list.hold(false);
    fake.frame();
    expect(list.order[0]).toBe('task-151');
    expect(list.news).toMatchObject({ arrived: 0, left: 0 });
  });

  it('shows a change of a row in its place', async () => {
    const list = await open();
    list.hold(true);
    fake.tell(taskNumber(149, { status: 'running', version: 2 }));
    fake.frame();
    expect([list.order[1], statusOf(list, 'task-149')]).toEqual(['task-149', 'running']);
  });
});

describe('what is older or lost', () => {
  it('comes page by page, each task once', async () => {
    const list = await open();
    fake.tell(taskNumber(151));
    fake.store([taskNumber(151)]);
    fake.frame();
    await list.more();
    expect(list.older.isThere).toBe(false);
    expect(list.order).toEqual(
      taskNumbers(1, 151)
        .reverse()
        .map(({ taskId }) => taskId),
    );
  });

  it('never goes back to an older version, whichever came first', async () => {
    const list = new TaskList({ reader: fake.client, filter: {}, beforeFrame: fake.beforeFrame });
    fake.tell(taskNumber(150, { status: 'succeeded', version: 4 }));
    await fake.snapshot();
    fake.tell(taskNumber(150, { status: 'running', version: 3 }));
    fake.frame();
    expect(statusOf(list, 'task-150')).toBe('succeeded');
  });

  it('is healed by the next look: lost changes show, and what has gone goes', async () => {
    const list = await open({ status: 'queued' });
    fake.store([taskNumber(150, { status: 'running', version: 2 }), taskNumber(149, { version: 3 }), taskNumber(151)]);
    await fake.snapshot();
    fake.frame();
    expect(list.order.slice(0, 2)).toEqual(['task-151', 'task-149']);
    expect(list.rows({ first: 1, end: 2 })).toMatchObject([{ task: { version: 3 } }]);
  });

  it('makes room for a new page when too much was missed, but not while somebody is at work', async () => {
    const list = await open();
    list.hold(true);
    fake.store(taskNumbers(1_000, 1_200));
    await fake.snapshot();
    fake.frame();
    expect([list.order[0], list.news.isMore]).toEqual(['task-150', true]);
    list.settle();
    expect([list.order[0], list.order.length]).toEqual(['task-1200', 100]);
  });

  it('drops an older page that comes when the list has begun anew, or a stretch would be missing', async () => {
    const list = await open();
    const older = await fake.client.page({ cursor: '100', limit: 100 });
    const { page } = fake.client;
    const answer = Promise.withResolvers<typeof older>();
    Object.assign(fake.client, { page: () => answer.promise });
    const asked = list.more();
    Object.assign(fake.client, { page });
    fake.store(taskNumbers(1_000, 1_200));
    list.hold(true);
    await fake.snapshot();
    list.settle();
    answer.resolve(older);
    await asked;
    await list.more();
    expect(list.order).toEqual(
      taskNumbers(1_001, 1_200)
        .map(({ taskId }) => taskId)
        .reverse(),
    );
  });

  it('says why an older page did not come, and asks again', async () => {
    const list = await open();
    const { page } = fake.client;
    Object.assign(fake.client, { page: () => Promise.reject(new Error('gone')) });
    await list.more();
    expect(list.older.error).toMatchObject({ message: 'gone' });
    Object.assign(fake.client, { page });
    await list.more();
    expect([list.older.error, list.order.length]).toEqual([null, 150]);
  });
});

describe('a list that is left alone for long', () => {
  it('keeps nothing of what comes while nobody looks, and has all of it afterwards', async () => {
    const list = await open();
    list.pause(true);
    fake.tell(taskNumber(150, { status: 'running', version: 2 }), ...taskNumbers(151, 170));
    fake.frame();
    expect([list.order[0], statusOf(list, 'task-150')]).toEqual(['task-150', 'running']);
    fake.store(taskNumbers(151, 170));
    list.pause(false);
    await fake.snapshot();
    fake.frame();
    expect(list.order.slice(0, 22)).toEqual(
      taskNumbers(149, 170)
        .map(({ taskId }) => taskId)
        .reverse(),
    );
  });

  it('keeps of what waits no more than the newest page, once that takes its place', async () => {
    const list = await open();
    list.hold(true);
    fake.tell(...taskNumbers(151, 400));
    fake.store(taskNumbers(151, 400));
    for (let frame = 0; frame < 30; frame++) fake.frame();
    expect(list.news).toMatchObject({ isMore: false, arrived: 250 });
    await fake.snapshot();
    fake.tell(taskNumber(200, { status: 'running', version: 2 }));
    fake.frame();
    expect(list.news).toMatchObject({ isMore: true, arrived: 101 });
    list.settle();
    expect(list.order).toEqual(
      taskNumbers(301, 400)
        .map(({ taskId }) => taskId)
        .reverse(),
    );
    await list.more();
    expect(list.order.at(-1)).toBe('task-201');
  });
});
