// The dashboard in a real browser, served by the real server: what a person sees, under the policy that the server sends.
import { gzipSync } from 'node:zlib';
import type { TaskPage } from '@holdfast/api/types';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FLAWLESS, GivenDashboard } from './testing/given-dashboard.ts';

const dashboard = new GivenDashboard();
beforeAll(() => dashboard.openBrowser());
afterAll(() => dashboard.closeBrowser());
beforeEach(() => dashboard.begin());
afterEach(() => dashboard.end());

async function submit(taskId: string, payload: object = { failureRate: 0 }): Promise<void> {
  expect((await dashboard.ask('/tasks', { taskId, payload })).status).toBe(202);
}

const rowOf = (page: Page, taskId: string) => page.locator(`a[data-task="${taskId}"]`);
const rowsOf = (page: Page): Promise<string[]> => page.locator('a[data-task] .id').allInnerTexts();

const FINAL = / (succeeded|dead)$/;

async function shownByLedger(): Promise<string[]> {
  const answer = await dashboard.ask('/tasks?limit=100');
  const { items } = (await answer.json()) as TaskPage;
  return items.map(({ taskId, status }) => `${taskId} ${status}`);
}

async function shownByPage(page: Page): Promise<string[]> {
  const statuses = await page.locator('a[data-task] .badge').allInnerTexts();
  return (await rowsOf(page)).map((taskId, i) => `${taskId} ${statuses[i]?.trim()}`);
}

describe('the list of tasks', () => {
  it('shows a task from its submit to its end, without being asked again', async () => {
    const { page, complaints } = await dashboard.open('/tasks');
    await page.getByText('No task yet').waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    await submit('order-1', { failureRate: 0, durationMs: 1_500 });
    await rowOf(page, 'order-1').getByText('running').waitFor();
    await rowOf(page, 'order-1').getByText('succeeded').waitFor();
    expect(complaints).toEqual([]);
  });

  it('shows what its address asks for, and finds the way back', async () => {
    await submit('order-1');
    await submit('order-3', { failureRate: 1, failureClass: 'VALIDATION' });
    const { page } = await dashboard.open('/tasks?status=dead');
    await rowOf(page, 'order-3').waitFor();
    expect(await rowsOf(page)).toEqual(['order-3']);
    await page.getByRole('link', { name: 'all', exact: true }).click();
    await rowOf(page, 'order-1').waitFor();
    await page.goBack();
    await expect.poll(() => rowsOf(page)).toEqual(['order-3']);
    expect(new URL(page.url()).search).toBe('?status=dead');
  });

  it('finds the way back to the row it was left at', async () => {
    const tasks = Array.from({ length: 80 }, (_, index) => ({ taskId: `order-${index}`, payload: { failureRate: 0 } }));
    await dashboard.ask('/tasks/batch', { tasks });
    const { page } = await dashboard.open('/tasks');
    await rowOf(page, 'order-79').waitFor();
    await page.evaluate(`document.querySelector('[aria-label="Tasks"][role="region"]').scrollTop = 38 * 40`);
    await rowOf(page, 'order-30').click();
    await page.getByRole('heading', { name: 'order-30' }).waitFor();
    await page.goBack();
    await rowOf(page, 'order-30').waitFor();
    await page.getByRole('link', { name: 'Tasks', exact: true }).click();
    await page.getByRole('link', { name: 'Overview' }).click();
    await page.getByRole('link', { name: 'Tasks', exact: true }).click();
    await rowOf(page, 'order-79').waitFor();
  });

  it('moves nothing under the pointer, and says what waits', async () => {
    await submit('order-1');
    const { page } = await dashboard.open('/tasks');
    await rowOf(page, 'order-1').hover();
    await page.getByText('Live', { exact: true }).waitFor();
    await submit('order-2');
    const news = page.getByRole('button', { name: '1 new' });
    await news.waitFor();
    expect(await rowsOf(page)).toEqual(['order-1']);
    await page.getByRole('link', { name: 'Holdfast' }).hover();
    await expect.poll(() => rowsOf(page)).toEqual(['order-2', 'order-1']);
    expect(await news.count()).toBe(0);
  });

  it('says when it may be old, and heals when the server is back', async () => {
    await submit('order-1');
    const { page } = await dashboard.open('/tasks');
    await page.getByText('Live', { exact: true }).waitFor();
    await dashboard.kill();
    await page.getByText('This may be out of date').waitFor();
    await page.getByText('Offline', { exact: true }).waitFor();
    await dashboard.start();
    await submit('order-2');
    await rowOf(page, 'order-2').waitFor({ timeout: 60_000 });
    await page.getByText('Live', { exact: true }).waitFor({ timeout: 60_000 });
    expect(await page.getByText('This may be out of date').count()).toBe(0);
  });

  it('shows what the ledger holds at most 35 s after the channel has lost every second frame', async () => {
    const { page } = await dashboard.openBlank({ viewport: { width: 1280, height: 1600 } });
    let frames = 0;
    await page.routeWebSocket(/\/live$/, (socket) => {
      socket.connectToServer().onMessage((message) => {
        if (!String(message).startsWith('{"kind":"tasks"') || (frames += 1) % 2 === 0) socket.send(message);
      });
    });
    await page.goto(`${dashboard.url}/app/tasks`);
    await page.getByText('Live', { exact: true }).waitFor();
    const payloadOf = (i: number): object => ({ failureRate: i % 3 === 0 ? 1 : 0, durationMs: 100 * i });
    for (let i = 0; i < 30; i += 1) await submit(`order-${i}`, payloadOf(i));
    await expect
      .poll(async () => (await shownByLedger()).filter((shown) => !FINAL.test(shown)), { timeout: 60_000 })
      .toEqual([]);
    const ledger = await shownByLedger();
    await expect.poll(() => shownByPage(page), { timeout: 35_000 }).toEqual(ledger);
    expect({ frames: frames > 10, tasks: ledger.length }).toEqual({ frames: true, tasks: 30 });
  });

  it('shows its first rows after at most 60 KB of scripts, packed with gzip', async () => {
    await submit('order-1');
    const { page } = await dashboard.openBlank();
    const scripts: Promise<number>[] = [];
    page.on('response', (response) => {
      if (response.url().endsWith('.js')) scripts.push(response.body().then((body) => gzipSync(body).length));
    });
    await page.goto(`${dashboard.url}/app/tasks`);
    await rowOf(page, 'order-1').waitFor();
    const sizes = await Promise.all(scripts);
    const kilobytes = sizes.reduce((bytes, size) => bytes + size, 0) / 1024;
    console.log(`${sizes.length} scripts, ${kilobytes.toFixed(1)} KB with gzip`);
    expect(sizes.length).toBeGreaterThan(3);
    expect(kilobytes).toBeLessThan(60);
  });

  it('asks for a time when its field is left, not at each digit', async () => {
    const { page } = await dashboard.open('/tasks?tag=team:billing');
    await page.getByText('No task fits').waitFor();
    const visited = await page.evaluate<number>('history.length');
    await page.getByLabel('From').pressSequentially('11202026');
    await page.keyboard.press('Tab');
    await page.keyboard.type('1030AM');
    expect(await page.evaluate<number>('history.length')).toBe(visited);
    await page.keyboard.press('Enter');
    await page.waitForURL(/since=2026-11-20T/);
    expect(await page.evaluate<number>('history.length')).toBe(visited + 1);
  });

  it('shows on a phone which state it lists, and how many other filters are in force', async () => {
    const { page } = await dashboard.open('/tasks?status=dead&type=simulate&tag=a', {
      viewport: { width: 360, height: 740 },
    });
    const current = page.getByRole('link', { name: 'dead', exact: true });
    await page.getByRole('button', { name: 'Filter 2' }).waitFor();
    const box = await current.boundingBox();
    const bar = await page.getByRole('navigation', { name: 'Status' }).boundingBox();
    expect(box!.x).toBeGreaterThanOrEqual(bar!.x);
    expect(box!.x + box!.width).toBeLessThanOrEqual(bar!.x + bar!.width);
  });

  it('names what the server refuses, and what to do about it', async () => {
    const { page } = await dashboard.open('/tasks?status=broken');
    await page.getByRole('alert').waitFor();
    await page.getByRole('link', { name: /invalid-parameter/ }).waitFor();
  });
});

const STATES = [
  ['/tasks', 'order-3'],
  ['/tasks?status=cancelled&type=simulate', 'No task fits this filter'],
  ['/tasks?status=broken', 'Try again'],
  ['/nowhere', 'There is no such view'],
] as const;

// Colours against their grounds are judged for every pair in web/src/lib/tokens.test.ts; here each theme once, each width once.
it.each([
  ['a screen', 1280, 'dark'],
  ['a phone', 360, 'light'],
] as const)('can be used by everybody on %s', async (_, width, colorScheme) => {
  for (const taskId of ['order-1', 'order-2']) await submit(taskId);
  await submit('order-3', { failureRate: 1, failureClass: 'VALIDATION' });
  for (const [path, text] of STATES) {
    const { page } = await dashboard.open(path, {
      viewport: { width, height: 740 },
      colorScheme,
      reducedMotion: 'reduce',
    });
    await page.getByText(text).first().waitFor();
    expect({ path, ...(await dashboard.flawsOf(page)) }).toEqual({ path, ...FLAWLESS });
  }
});
