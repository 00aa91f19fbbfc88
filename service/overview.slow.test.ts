// The overview in a real browser, served by the real server: its numbers move by themselves, and it says when they do not.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { FLAWLESS, GivenDashboard } from './testing/given-dashboard.ts';

const dashboard = new GivenDashboard();
beforeAll(() => dashboard.openBrowser());
afterAll(() => dashboard.closeBrowser());
beforeEach(() => dashboard.begin());
afterEach(() => dashboard.end());

async function submit(...payloads: object[]): Promise<void> {
  const tasks = payloads.map((payload) => ({ type: 'simulate', payload }));
  expect((await dashboard.ask('/tasks/batch', { tasks })).status).toBe(200);
}

const GOOD = { failureRate: 0 };
const BAD = { failureRate: 1, failureClass: 'VALIDATION' };

const verdictOf = (page: Page): Promise<string> => page.locator('[data-kind] .title').innerText();
const countOf = (page: Page, status: string): Promise<string> =>
  page.locator(`[data-tile="${status}"] .count`).innerText();

/** The first column of a chart's table; its steps, newest first. */
async function tabled(page: Page, title: string): Promise<number[]> {
  const cells = page.getByRole('region', { name: `${title} as a table` }).locator('tbody td:nth-child(2)');
  return (await cells.allInnerTexts()).map((text) => Number(text.replaceAll(',', '')));
}

/** The server tells at most once a second, the page asks a second or two later, and the machine may be busy. */
const WITHIN = { timeout: 30_000 };

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);

it('counts what is submitted while it is looked at, without being asked again', async () => {
  const { page, complaints } = await dashboard.open('');
  await expect.poll(() => verdictOf(page), WITHIN).toBe('No task has been submitted yet');
  await page.getByText('Live', { exact: true }).waitFor();
  await submit(GOOD, GOOD, GOOD);
  await expect.poll(() => countOf(page, 'succeeded'), WITHIN).toBe('3');
  expect(await verdictOf(page)).toBe('All is well: 3 accepted in the last hour, none dead');
  await page.getByRole('button', { name: 'Table of Throughput' }).click();
  expect(sum(await tabled(page, 'Throughput'))).toBe(3);
  await submit(GOOD, GOOD);
  await expect.poll(async () => sum(await tabled(page, 'Throughput')), WITHIN).toBe(5);
  expect(complaints).toEqual([]);
});

it('names what died and why, and leads to it', async () => {
  const { page } = await dashboard.open('');
  await page.getByText('Live', { exact: true }).waitFor();
  await submit(BAD, GOOD);
  await expect.poll(() => verdictOf(page), WITHIN).toBe('1 task died in the last hour');
  await page.getByRole('link', { name: 'Failure inbox 1' }).waitFor();
  await page.getByRole('link', { name: /VALIDATION 1 attempt, 1 death/ }).waitFor();
  const row = page.getByRole('region', { name: 'What died last' }).locator('li');
  expect(await row.innerText()).toContain('Simulated failure of class VALIDATION');
  await page.locator('[data-tile="dead"]').click();
  await expect.poll(() => page.url(), WITHIN).toContain('/app/tasks?status=dead');
  await page.locator('a[data-task]').waitFor();
});

it('keeps its window in the address, and finds the way back', async () => {
  await submit(GOOD);
  const { page } = await dashboard.open('?window=15m');
  await page.getByRole('button', { name: 'Table of Throughput' }).click();
  await expect.poll(async () => (await tabled(page, 'Throughput')).length, WITHIN).toBeLessThanOrEqual(16);
  await page.getByRole('link', { name: '6h' }).click();
  await expect.poll(async () => (await tabled(page, 'Throughput')).length, WITHIN).toBeGreaterThan(60);
  expect(new URL(page.url()).search).toBe('?window=6h');
  expect(await verdictOf(page)).toContain('in the last 6 hours');
  await page.goBack();
  await expect.poll(() => verdictOf(page), WITHIN).toContain('in the last 15 minutes');
});

it('says when nobody answers, keeps what was known, and heals', async () => {
  await submit(GOOD, GOOD);
  const { page } = await dashboard.open('');
  await expect.poll(() => countOf(page, 'succeeded'), WITHIN).toBe('2');
  await page.getByText('Live', { exact: true }).waitFor();
  await dashboard.kill();
  await expect.poll(() => verdictOf(page), WITHIN).toBe('Holdfast does not answer');
  expect(await countOf(page, 'succeeded')).toBe('2');
  await dashboard.start();
  await submit(GOOD);
  await expect.poll(() => countOf(page, 'succeeded'), { timeout: 60_000 }).toBe('3');
  expect(await verdictOf(page)).toContain('All is well');
});

it('fetches what draws after the numbers', async () => {
  await submit(GOOD);
  const { page } = await dashboard.open('');
  await page.locator('.drawing canvas').first().waitFor();
  const { early, late } = await page.evaluate<{ early: number; late: number }>(`(() => {
    const all = performance.getEntriesByType('resource');
    const answered = all.find(({ name }) => name.includes('/stats?')).responseEnd;
    const scripts = all.filter(({ name }) => name.endsWith('.js'));
    const sum = (some) => some.reduce((bytes, { encodedBodySize }) => bytes + encodedBodySize, 0) / 1024;
    return {
      early: sum(scripts.filter(({ startTime }) => startTime <= answered)),
      late: sum(scripts.filter(({ startTime }) => startTime > answered)),
    };
  })()`);
  console.log(
    `${early.toFixed(1)} KB of scripts, as they are sent, before the numbers, ${late.toFixed(1)} KB after them`,
  );
  expect(late).toBeGreaterThan(15);
});

/** In both themes, without loading it anew. */
async function judged(page: Page, state: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect({ state, colorScheme, ...(await dashboard.flawsOf(page)) }).toEqual({ state, colorScheme, ...FLAWLESS });
  }
}

it.each([
  ['a screen', 1280],
  ['a phone', 360],
] as const)('can be used by everybody on %s of %d px, light and dark', async (_, width) => {
  const { page } = await dashboard.open('?window=15m', { viewport: { width, height: 740 } });
  await expect.poll(() => verdictOf(page), WITHIN).toBe('No task has been submitted yet');
  await judged(page, 'nothing yet');
  await submit(BAD, BAD, GOOD);
  await page.locator('.drawing canvas').nth(2).waitFor();
  await page.getByRole('region', { name: 'What died last' }).locator('li').nth(1).waitFor();
  await judged(page, 'charts');
  for (const title of ['Throughput', 'Time to start', 'Time to finish']) {
    await page.getByRole('button', { name: `Table of ${title}` }).click();
  }
  await judged(page, 'tables');
  await dashboard.kill();
  await expect.poll(() => verdictOf(page), WITHIN).toBe('Holdfast does not answer');
  await judged(page, 'no answer');
});
