import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { NO_TASKS, UNTIL_MS } from './fixture.ts';
import Tiles from './Tiles.svelte';

const tasks = { ...NO_TASKS, running: 1_234, dead: 9, inbox: 7 };

test('each status leads to the list of its tasks, with its count', async () => {
  const screen = await render(Tiles, { stats: { tasks, oldestOverdue: null }, nowMs: UNTIL_MS });
  const running = screen.getByRole('link', { name: /running 1,234/ });
  await expect.element(running).toHaveAttribute('href', expect.stringMatching(/\/tasks\?status=running$/));
});

test('the inbox counts those that wait for a decision, and the dead say how many do not', async () => {
  const screen = await render(Tiles, { stats: { tasks, oldestOverdue: null }, nowMs: UNTIL_MS });
  await expect.element(screen.getByRole('link', { name: /Failure inbox 7/ })).toBeVisible();
  await expect.element(screen.getByRole('link', { name: /dead 9 2 not in the inbox/ })).toBeVisible();
});

test('the oldest that is overdue says since when, and leads to its page', async () => {
  const oldestOverdue = { taskId: 'late-1', type: 'simulate', since: new Date(UNTIL_MS - 40_000).toISOString() };
  const screen = await render(Tiles, { stats: { tasks, oldestOverdue }, nowMs: UNTIL_MS });
  const late = screen.getByRole('link', { name: /oldest overdue 40 s late-1/ });
  await expect.element(late).toHaveAttribute('href', expect.stringMatching(/\/tasks\/late-1$/));
});

test('before the numbers come every tile stands where it will stand, without one', async () => {
  const { container } = await render(Tiles, { stats: null, nowMs: UNTIL_MS });
  expect([...container.querySelectorAll('.count')].map(({ textContent }) => textContent)).toEqual(Array(9).fill('–'));
});
