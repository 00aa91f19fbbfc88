import type { TaskDetail } from '@holdfast/api/types';
import type { FeedListener, FollowOptions, Holdfast } from '@holdfast/sdk';
import { ProblemError } from '@holdfast/sdk';
import { expect, test } from 'vitest';
import { Connection } from '#lib/connection.svelte.ts';
import { taskNumber } from '#lib/testing/fake-client.ts';
import { TaskView } from './task-view.svelte.ts';

const detailOf = (version: number, fields: Partial<TaskDetail> = {}): TaskDetail => ({
  ...taskNumber(1, { version }),
  payload: {},
  withheld: false,
  result: null,
  attempts: [],
  history: [],
  ...fields,
});

/** A server whose answers a test gives, and a feed that says what a test has it say. */
function stage() {
  const answers: PromiseWithResolvers<TaskDetail>[] = [];
  const told = new Map<string, TaskDetail>();
  let say: FeedListener = () => undefined;
  let look: FollowOptions['snapshot'];
  const state = {
    connection: 'live',
    since: new Date(0),
    lastError: null as Error | null,
    nextTryAt: null,
    stale: false,
  };
  const feed = {
    state,
    tasks: told,
    subscribe: (listener: FeedListener) => (say = listener),
    refresh: () => look!(new AbortController().signal),
    pause: () => undefined,
    close: () => undefined,
  };
  const get = (): Promise<TaskDetail> => {
    answers.push(Promise.withResolvers<TaskDetail>());
    return answers.at(-1)!.promise;
  };
  const follow = ({ snapshot }: FollowOptions) => ((look = snapshot), feed);
  const holdfast = { get, follow } as unknown as Holdfast;
  const view = new TaskView('task-1', { holdfast, connection: new Connection() });
  const tell = (task: TaskDetail): void => {
    told.set(task.taskId, task);
    say(new Set([task.taskId]));
  };
  const fail = (error: Error): void => {
    state.lastError = error;
    say(new Set());
  };
  return { view, answers, tell, fail, look: () => look!(new AbortController().signal) };
}

test('an answer that was overtaken is not shown', async () => {
  const { view, answers, look } = stage();
  const both = [look(), look()];
  answers[1]!.resolve(detailOf(3));
  answers[0]!.resolve(detailOf(2));
  await Promise.all(both);
  expect(view.detail?.version).toBe(3);
  view.close();
});

test('a new life of the id is shown, although its version is lower', () => {
  const { view } = stage();
  view.take(detailOf(9));
  view.take(detailOf(1, { createdAt: '2026-12-21T10:00:00.000Z' }));
  expect(view.detail?.version).toBe(1);
  view.close();
});

test('many changes in a short time are asked for once', async () => {
  const { view, answers, tell } = stage();
  view.take(detailOf(1));
  for (const version of [2, 3, 4]) tell(detailOf(version));
  await expect.poll(() => answers.length).toBe(1);
  answers[0]!.resolve(detailOf(4));
  await expect.poll(() => view.detail?.version).toBe(4);
  tell(detailOf(4));
  expect(answers.length).toBe(1);
  view.close();
});

test('a task that is gone is told from a server that does not answer', () => {
  const { view, fail } = stage();
  fail(new Error('no answer'));
  expect(view.isMissing).toBe(false);
  const problem = { code: 'not-found', status: 404, title: 'Not found', detail: '', retryable: false };
  fail(new ProblemError(problem, { requestId: null, retryAfterSeconds: null }));
  expect(view.isMissing).toBe(true);
  view.close();
});

test('a task that runs is looked at again, for its progress, until it has ended', async () => {
  const { view, answers } = stage();
  view.take(detailOf(1, { status: 'running' }));
  await expect.poll(() => answers.length, { timeout: 10_000 }).toBe(1);
  answers[0]!.resolve(detailOf(2, { status: 'running', progress: { percent: 50, message: null } }));
  await expect.poll(() => answers.length, { timeout: 10_000 }).toBe(2);
  expect(view.detail?.progress?.percent).toBe(50);
  view.close();
});
