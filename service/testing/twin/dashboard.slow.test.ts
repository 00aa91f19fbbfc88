// The dashboard in a real browser before the functions of serverless.yml: the same pages as on one machine, the live channel elsewhere.
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { complaintsOf, openBrowser } from '../browser.ts';
import { press } from '../by-hand.ts';
import { GivenDeployed } from './given-deployed.ts';

const deployed = new GivenDeployed();
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
  await deployed.start({ dashboard: join(import.meta.dirname, '../../../web/build') });
});
afterAll(async () => {
  await browser.close();
  await deployed.stop();
});

async function open(path: string): Promise<{ page: Page; complaints: readonly string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const complaints = complaintsOf(page, deployed.url);
  await page.goto(`${deployed.url}/app${path}`);
  return { page, complaints };
}

const WITHIN = { timeout: 60_000 };
const rowOf = (page: Page, taskId: string) => page.locator(`a[data-task="${taskId}"]`);

test('a task is shown from its submit to its end, without being asked again', async () => {
  const { page, complaints } = await open('/tasks');
  await page.getByText('Live', { exact: true }).waitFor(WITHIN);
  await deployed.submit('order-1', { failureRate: 0, durationMs: 1_000 });
  await rowOf(page, 'order-1').getByText('succeeded').waitFor(WITHIN);
  expect(complaints).toEqual([]);
});

test('a dead task is mended, redriven, and shown to succeed', async () => {
  await deployed.submit('order-2', { failureRate: 1, failureClass: 'VALIDATION' });
  const { page, complaints } = await open('/tasks/order-2');
  await press(page, 'Edit and redrive …');
  await page.getByLabel('failureRate').fill('0');
  await press(page, 'Redrive with this payload');
  await page.getByRole('status').getByText('succeeded', { exact: true }).waitFor(WITHIN);
  expect(await deployed.task('order-2')).toMatchObject({ payload: { failureRate: 0 }, payloadEdited: true });
  expect(complaints).toEqual([]);
});
