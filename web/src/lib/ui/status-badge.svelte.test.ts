import { taskStatusValues } from '@holdfast/api/types';
import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { LOOKS } from '#lib/tasks/status.ts';
import StatusBadge from './StatusBadge.svelte';

test.each(taskStatusValues)('a task that is %s says so in a word, not by colour alone', async (status) => {
  const screen = await render(StatusBadge, { status });
  await expect.element(screen.getByText(status)).toBeVisible();
});

test('each state has a mark of its own shape', () => {
  const marks = Object.values(LOOKS).map(({ mark }) => mark);
  expect(new Set(marks).size).toBe(taskStatusValues.length);
});
