import { tick } from 'svelte';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { FakeClient, taskNumber, taskNumbers } from '#lib/testing/fake-client.ts';
import { TaskList } from './task-list.svelte.ts';
import TaskRows from './TaskRows.svelte';

async function shown(fake: FakeClient): Promise<{ readonly list: TaskList; readonly box: HTMLElement }> {
  const list = new TaskList({ reader: fake.client, filter: {}, beforeFrame: fake.beforeFrame });
  await fake.snapshot();
  while (list.older.isThere) await list.more();
  const { container } = await render(TaskRows, { list });
  const box = container.querySelector<HTMLElement>('.viewport')!;
  box.style.height = '400px';
  return { list, box };
}

const rowsOf = (box: HTMLElement): string[] =>
  [...box.querySelectorAll<HTMLElement>('a')].map((row) => row.dataset['task']!);

test('a long list has few rows, and those in sight', async () => {
  const { box } = await shown(new FakeClient(taskNumbers(1, 5_000)));
  await expect.poll(() => rowsOf(box)[0]).toBe('task-5000');
  box.scrollTop = 38 * 2_500;
  await expect.poll(() => rowsOf(box)).toContain('task-2500');
  expect(rowsOf(box).length).toBeLessThan(60);
});

test('j goes down and k up, with the focus, beyond what is in sight', async () => {
  const { box } = await shown(new FakeClient(taskNumbers(1, 300)));
  for (let press = 0; press < 20; press += 1) await userEvent.keyboard('j');
  await expect.poll(() => (document.activeElement as HTMLElement).dataset['task']).toBe('task-281');
  expect(box.scrollTop).toBeGreaterThan(0);
  await userEvent.keyboard('k');
  await expect.poll(() => (document.activeElement as HTMLElement).dataset['task']).toBe('task-282');
});

test('no row moves while one has the focus', async () => {
  const fake = new FakeClient(taskNumbers(1, 50));
  const { box, list } = await shown(fake);
  await userEvent.keyboard('j');
  await expect.poll(() => document.activeElement?.tagName).toBe('A');
  fake.tell(taskNumber(51));
  fake.frame();
  await tick();
  expect([rowsOf(box)[0], list.news.arrived]).toEqual(['task-50', 1]);
});

test('what a task brings shows as text, and turns nothing around', async () => {
  const message = `<img src=x onerror=alert(1)>${String.fromCodePoint(0x202e)}gnp.exe`;
  const failure = { class: 'SYSTEM', code: 'x', message, at: '2026-11-21T10:00:00.000Z' } as const;
  const { box } = await shown(new FakeClient([taskNumber(1, { status: 'dead', lastFailure: failure })]));
  await expect
    .poll(() => box.querySelector('bdi')?.textContent)
    .toContain('<img src=x onerror=alert(1)>⟨U+202E⟩gnp.exe');
  expect(box.querySelector('img')).toBe(null);
});
