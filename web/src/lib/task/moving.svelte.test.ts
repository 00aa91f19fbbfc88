import type { Holdfast } from '@holdfast/sdk';
import { Unreachable } from '@holdfast/sdk';
import { expect, test } from 'vitest';
import { toasts } from '#lib/ui/toasts.svelte.ts';
import { Moving } from './moving.svelte.ts';
import type { TaskView } from './task-view.svelte.ts';

test('a move that fails after its dialog was left says so, and touches no other dialog', async () => {
  const answer = Promise.withResolvers<never>();
  const view = { taskId: 'order-1', detail: null, refresh: () => Promise.resolve() } as unknown as TaskView;
  const moving = new Moving(view, { discard: () => answer.promise } as unknown as Holdfast);
  moving.choose('discard');
  const done = moving.confirm();
  moving.drop();
  moving.choose('redrive');
  answer.reject(new Unreachable('away'));
  expect(await done).toBe(false);
  expect(toasts.list.map(({ text, kind }) => [text, kind])).toEqual([
    [
      'The task was not discarded. No answer: Holdfast does not answer. Is it running, and is this machine online?',
      'trouble',
    ],
  ]);
  expect([moving.step, moving.error]).toEqual(['redrive', null]);
});
