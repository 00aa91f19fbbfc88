// The fault lab in a real browser: on a server that may be broken on purpose, and on one that may not.
import type { FaultLab } from '@holdfast/api/types';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { press } from './testing/by-hand.ts';
import { FLAWLESS, GivenDashboard } from './testing/given-dashboard.ts';

const ALLOWED = { FAULTS_ALLOWED: '1', NODE_ENV: '' };
const dashboard = new GivenDashboard();
beforeAll(() => dashboard.openBrowser());
afterAll(() => dashboard.closeBrowser());
afterEach(() => dashboard.end());

const bannerOf = (page: Page) => page.getByRole('region', { name: 'What is broken' });
const labOf = async (): Promise<FaultLab> => (await (await dashboard.ask('/faults')).json()) as FaultLab;

async function injectedFailuresOf(page: Page): Promise<number> {
  const cell = page.getByRole('row', { name: 'Attempts that failed' }).getByRole('cell').first();
  return Number.parseInt(await cell.innerText(), 10);
}

async function addSimulate(page: Page): Promise<void> {
  await page.getByLabel('Attempts of', { exact: true }).selectOption('simulate');
  await press(page, 'Add this type');
}

describe('the fault lab', () => {
  it('breaks things, counts what it did and what was put right, and heals', async () => {
    await dashboard.begin(ALLOWED);
    const { page, complaints } = await dashboard.open('');
    await page.getByRole('link', { name: 'The fault lab' }).click();
    await bannerOf(page).getByText('Nothing is broken on purpose').waitFor();
    await addSimulate(page);
    await page.getByLabel('Fail', { exact: true }).fill('100');
    await press(page, 'Set these faults');
    await bannerOf(page).getByText('100 % of the attempts of simulate fail with NETWORK').waitFor();
    await bannerOf(page)
      .getByText(/in (10:00|9:5\d)\.$/)
      .waitFor();
    await dashboard.ask('/tasks', { taskId: 'order-1', payload: { failureRate: 0 } });
    await expect.poll(() => injectedFailuresOf(page), { timeout: 20_000 }).toBeGreaterThan(0);
    await press(page, 'Heal everything');
    await bannerOf(page).getByText('Nothing is broken on purpose').waitFor();
    const { endsAt, injected, recovered } = await labOf();
    expect([endsAt, injected.failures > 0, recovered.retried > 0]).toEqual([null, true, true]);
    expect(complaints).toEqual([]);
  });

  it('tells at its field what the server refuses', async () => {
    await dashboard.begin(ALLOWED);
    const { page } = await dashboard.open('/faults');
    await addSimulate(page);
    const delay = page.getByLabel('Begin later by');
    await delay.fill('601');
    await press(page, 'Set these faults');
    await page.locator('[aria-invalid]:focus').and(delay).waitFor();
    const told = (await delay.getAttribute('aria-describedby'))!.split(' ').at(-1);
    expect(await page.locator(`[id="${told}"]`).innerText()).toContain('600');
    expect((await labOf()).endsAt).toBe(null);
  });

  it('says where nothing may be broken how to allow it', async () => {
    await dashboard.begin();
    const { page } = await dashboard.open('/faults');
    await page.getByText('This installation was not started with FAULTS_ALLOWED=1').waitFor();
    expect(await page.getByRole('button', { name: 'Set these faults' }).count()).toBe(0);
    expect(await dashboard.flawsOf(page)).toEqual(FLAWLESS);
  });

  it('shows a reader what is broken, and lets nobody but an admin change it', { timeout: 60_000 }, async () => {
    await dashboard.begin(ALLOWED);
    await dashboard.requireKeys();
    const { key } = await dashboard.makeKey('reader', ['tasks:read']);
    const { page } = await dashboard.openWith(key, '/faults');
    await page.getByText('You cannot break or heal anything: your key has no scope admin').waitFor();
    await page.getByRole('heading', { name: 'Injected against recovered' }).waitFor();
    expect(await page.getByRole('button', { name: 'Set these faults' }).count()).toBe(0);
    const submitter = await dashboard.makeKey('submitter', ['tasks:submit']);
    const other = await dashboard.openWith(submitter.key, '/faults');
    await other.page.getByText('This view needs the scope tasks:read').waitFor();
  });

  it.each([
    ['a screen', 1280, 'dark'],
    ['a phone', 360, 'light'],
  ] as const)('can be used by everybody on %s', async (_, width, colorScheme) => {
    await dashboard.begin(ALLOWED);
    const options = { viewport: { width, height: 740 }, colorScheme, reducedMotion: 'reduce' } as const;
    const { page } = await dashboard.open('/faults', options);
    await addSimulate(page);
    await page.getByLabel('Fail', { exact: true }).fill('101');
    await press(page, 'Set these faults');
    await page.getByText('From 0 to 100 %').waitFor();
    expect(await dashboard.flawsOf(page)).toEqual(FLAWLESS);
    await page.getByLabel('Fail', { exact: true }).fill('10');
    await press(page, 'Set these faults');
    await bannerOf(page).getByText('10 % of the attempts').waitFor();
    expect(await dashboard.flawsOf(page)).toEqual(FLAWLESS);
  });
});
