import { createRawSnippet } from 'svelte';
import { afterEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Chart from './Chart.svelte';
import type { Series } from './series.ts';

const values = [3, 0, 8];
const series: Series = {
  atMs: [0, 60_000, 120_000],
  stepMs: 60_000,
  lines: [{ name: 'accepted', shape: 'area', tone: 'blue', values, overall: '11 in all' }],
};
const props = {
  title: 'Throughput',
  measure: 'tasks',
  summary: 'In the last hour: 11 accepted.',
  series,
  words: (value: number) => `${value} tasks`,
  empty: createRawSnippet(() => ({ render: () => '<p>Tasks will appear here.</p>' })),
};

afterEach(() => {
  delete document.documentElement.dataset['theme'];
});

test('a chart says in words what it shows', async () => {
  const screen = await render(Chart, props);
  await expect.element(screen.getByRole('img', { name: 'Throughput. In the last hour: 11 accepted.' })).toBeVisible();
  await expect.poll(() => screen.container.querySelector('canvas')).not.toBeNull();
});

test('the same numbers stand in a table, newest first', async () => {
  const screen = await render(Chart, props);
  await userEvent.click(screen.getByRole('button', { name: /Table/ }));
  const cells = [...screen.container.querySelectorAll('td')].map(({ textContent }) => textContent);
  expect(cells).toEqual(['8 tasks', '0 tasks', '3 tasks']);
});

test('the legend shows the window, and the step that is pointed at', async () => {
  const screen = await render(Chart, props);
  await expect.element(screen.getByText('11 in all')).toBeVisible();
  await expect.poll(() => screen.container.querySelector('.u-over')).not.toBeNull();
  await userEvent.hover(screen.container.querySelector('.u-over')!);
  await expect.element(screen.getByText('0 tasks')).toBeVisible();
});

test('nothing to draw says what will stand there', async () => {
  const blank = { ...series, lines: series.lines.map((line) => ({ ...line, values: [0, 0, 0] })) };
  const screen = await render(Chart, { ...props, series: blank });
  await expect.element(screen.getByText('Tasks will appear here.')).toBeVisible();
  expect(screen.container.querySelector('canvas')).toBeNull();
});

test('another theme draws it anew, in its own colours', async () => {
  const screen = await render(Chart, props);
  await expect.poll(() => screen.container.querySelector('canvas')).not.toBeNull();
  const before = screen.container.querySelector('canvas');
  document.documentElement.dataset['theme'] = 'dark';
  await expect.poll(() => screen.container.querySelector('canvas')).not.toBe(before);
  expect(screen.container.querySelectorAll('canvas')).toHaveLength(1);
});
