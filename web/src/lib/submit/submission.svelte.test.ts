import type { Task, TypeInfo } from '@holdfast/api/types';
import type { Holdfast, SubmitOptions } from '@holdfast/sdk';
import { Unreachable } from '@holdfast/sdk';
import { expect, test } from 'vitest';
import { taskNumber } from '#lib/testing/fake-client.ts';
import { Submission } from './submission.svelte.ts';

const TYPE: TypeInfo = {
  type: 'simulate',
  title: 'Simulate',
  description: '',
  version: 1,
  payloadSchema: {},
  resultSchema: {},
  examples: [],
  policy: null,
  state: 'available',
  problem: null,
};

/** Answers in turn with these, and keeps what it was asked with. */
function submissionTo(...answers: readonly (Task | Error)[]) {
  const asked: SubmitOptions[] = [];
  const submit = (...[, , options]: readonly [string, object, SubmitOptions]): Promise<Task> => {
    const answer = answers[asked.push(options) - 1]!;
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return { submission: new Submission([TYPE], { submit } as unknown as Holdfast), asked };
}

test('a press after no answer is the same task, and the next one is another', async () => {
  const { submission, asked } = submissionTo(new Unreachable('away'), taskNumber(1), taskNumber(2));
  for (let press = 0; press < 3; press++) await submission.send();
  const keys = asked.map(({ idempotencyKey }) => idempotencyKey);
  expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
  expect(keys[1]).toBe(keys[0]);
  expect(keys[2]).not.toBe(keys[0]);
});

test('what was changed after no answer is another task', async () => {
  const { submission, asked } = submissionTo(new Unreachable('away'), taskNumber(1));
  await submission.send();
  expect(submission.error).toBeInstanceOf(Unreachable);
  submission.tags = 'other';
  await submission.send();
  expect(asked[1]!.idempotencyKey).not.toBe(asked[0]!.idempotencyKey);
});

test('a second press while it is being sent sends nothing', async () => {
  const { submission, asked } = submissionTo(taskNumber(1), taskNumber(2));
  await Promise.all([submission.send(), submission.send()]);
  expect(asked).toHaveLength(1);
});

test('an id of one own takes the place of a key', async () => {
  const { submission, asked } = submissionTo(taskNumber(1));
  submission.taskId = ' order-1 ';
  submission.tags = 'a, b  c';
  await submission.send();
  expect(asked).toEqual([{ taskId: 'order-1', tags: ['a', 'b', 'c'], idempotencyKey: undefined }]);
});

test('nothing is sent while a field cannot be read', async () => {
  const { submission, asked } = submissionTo();
  submission.draft.mark('/payload/a', 'is not a number');
  expect(await submission.send()).toBe(null);
  submission.draft.mark('/payload/a', undefined);
  submission.draft.text = '[]';
  expect(await submission.send()).toBe(null);
  expect(asked).toEqual([]);
});
