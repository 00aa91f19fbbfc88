/** npm run screenshots [beginnings of names]: every view of the dashboard in its states, on a phone and a screen, light and dark, to be looked at. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { press } from './by-hand.ts';
import type { RealServer } from './real-server.ts';
import { freePort, startServer } from './real-server.ts';
import type { View } from './views-with-keys.ts';
import { makeKeys, SIGNING_IN, WITH_KEYS } from './views-with-keys.ts';

const FOLDER = join(import.meta.dirname, '..', '..', '.cache', 'screenshots');
const SIZES = { phone: { width: 360, height: 740 }, screen: { width: 1280, height: 800 } };
const SCHEMES = ['light', 'dark'] as const;

const BEFORE_ANY_TASK: readonly View[] = [
  { name: 'overview-none', path: '', text: 'No task has been submitted yet' },
  { name: 'tasks-none', path: '/tasks', text: 'No task yet' },
];

const drawn = (page: Page): Promise<void> => page.locator('.drawing canvas').nth(2).waitFor();

async function asTables(page: Page): Promise<void> {
  for (const title of ['Throughput', 'Time to start', 'Time to finish']) {
    await page.getByRole('button', { name: `Table of ${title}` }).click();
  }
}

const VIEWS: readonly View[] = [
  { name: 'overview', path: '?window=15m', text: 'order-', act: drawn, isWhole: true },
  { name: 'overview-tables', path: '?window=15m', text: 'order-', act: asTables, isWhole: true },
  { name: 'tasks', path: '/tasks', text: 'order-' },
  { name: 'tasks-dead', path: '/tasks?status=dead', text: 'order-' },
  { name: 'tasks-filtered', path: '/tasks?type=simulate&tag=team%3Abilling', text: 'order-' },
  { name: 'tasks-nothing-fits', path: '/tasks?status=cancelled', text: 'No task fits' },
  { name: 'tasks-refused', path: '/tasks?status=broken', text: 'What to do about' },
  { name: 'task-succeeded', path: '/tasks/order-1001', text: 'Result', isWhole: true },
  { name: 'task-running', path: '/tasks/order-1005', text: 'is running' },
  { name: 'task-scheduled', path: '/tasks/order-1007', text: 'Waits' },
  {
    name: 'task-dead',
    path: '/tasks/order-1002',
    text: 'Why it is dead',
    act: (page) => page.getByText('Attempt 1', { exact: true }).click(),
    isWhole: true,
  },
  { name: 'task-discard', path: '/tasks/order-1002', text: 'Why', act: (page) => press(page, 'Discard …') },
  {
    name: 'task-edit',
    path: '/tasks/order-1002',
    text: 'Why',
    act: async (page) => {
      await press(page, 'Edit and redrive …');
      await page.getByLabel('failureRate').waitFor();
    },
    isWhole: true,
  },
  { name: 'task-missing', path: '/tasks/nothing', text: 'There is no task' },
  { name: 'submit', path: '/submit?type=http-request', text: 'At most', isWhole: true },
  {
    name: 'submit-refused',
    path: '/submit?type=simulate',
    text: 'At most',
    act: async (page) => {
      await page.getByLabel('failureRate').fill('7');
      await press(page, 'Submit the task');
      await page.getByRole('alert').waitFor();
    },
    isWhole: true,
  },
  { name: 'faults-not-allowed', path: '/faults', text: 'Nothing may be broken' },
  { name: 'not-found', path: '/nowhere', text: 'There is no such view' },
];

async function fillWrong(page: Page): Promise<void> {
  await press(page, 'Add this type');
  await page.getByLabel('Fail', { exact: true }).fill('101');
  await page.getByLabel('Refused').fill('5');
  await press(page, 'Set these faults');
  await page.getByText('From 0 to 100 %').waitFor();
}

const MAY_BE_BROKEN: readonly View[] = [
  { name: 'faults-none', path: '/faults', text: 'Nothing is broken', isWhole: true },
  { name: 'faults-wrong', path: '/faults', text: 'Nothing is broken', act: fillWrong, isWhole: true },
];
const IS_BROKEN: View = { name: 'faults-on', path: '/faults', text: 'Things are broken', isWhole: true };

const WHEN_THE_SERVER_IS_GONE: readonly View[] = [
  { name: 'tasks-stale', path: '/tasks', text: 'This may be out of date' },
  { name: 'overview-lost', path: '?window=15m', text: 'Holdfast does not answer' },
];

const TASKS = [
  { failureRate: 0, durationMs: 600_000 },
  { failureRate: 0 },
  { failureRate: 1, failureClass: 'VALIDATION' },
  { failureRate: 1, failureClass: 'NETWORK' },
  { failureRate: 0, durationMs: 20 },
];

async function submitSome(server: RealServer): Promise<void> {
  const submissions = Array.from({ length: 60 }, (_, index) => ({
    taskId: `order-${1_000 + index}`,
    payload: TASKS[index % TASKS.length],
    tags: ['team:billing'],
    ...(index % 7 === 0 && { delaySeconds: 3_600 }),
  }));
  const init = { method: 'POST', headers: { 'content-type': 'application/json' } };
  await fetch(`${server.url}/tasks/batch`, { ...init, body: JSON.stringify({ tasks: submissions }) });
  await fetch(`${server.url}/tasks/order-1058?wait=5`);
}

/** So that some of each has happened. */
async function breakThings(server: RealServer): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const settings = {
    types: [{ type: 'simulate', failureRate: 0.4, failureClass: 'SYSTEM', delaySeconds: 0.01, crashRate: 0.05 }],
    doorbell: { loseRate: 0.1, duplicateRate: 0.3 },
    ledger: { loseReplyRate: 0.05 },
  };
  await fetch(`${server.url}/faults`, { method: 'PUT', headers, body: JSON.stringify(settings) });
  const tasks = Array.from({ length: 90 }, (_, i) => ({ taskId: `rough-${i}-x`, payload: { failureRate: 0 } }));
  await fetch(`${server.url}/tasks/batch`, { method: 'POST', headers, body: JSON.stringify({ tasks }) });
  await fetch(`${server.url}/tasks/rough-89-x?wait=5`);
}

/** Only these, when there are some. */
const wanted = process.argv.slice(2);
const isWanted = ({ name }: View): boolean =>
  wanted.length === 0 || wanted.some((beginning) => name.startsWith(beginning));

/** In every size and colour; `act` between the text and the picture. */
async function shoot(browser: Browser, url: string, view: View): Promise<void> {
  const { name, path, text, act, isWhole = false } = view;
  if (!isWanted(view)) return;
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const colorScheme of SCHEMES) {
      const page = await browser.newPage({ viewport, colorScheme, reducedMotion: 'reduce' });
      await page.goto(`${url}/app${path}`);
      await page.getByText(text).first().waitFor();
      await act?.(page);
      await page.screenshot({ path: join(FOLDER, `${name}-${size}-${colorScheme}.png`), fullPage: isWhole });
      await page.close();
    }
  }
}

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
const dataDir = mkdtempSync(join(tmpdir(), 'holdfast-screenshots-'));
const browser = await openBrowser();
const port = await freePort();
let server = await startServer({ dataDir, port });
try {
  for (const view of BEFORE_ANY_TASK) await shoot(browser, server.url, view);
  await submitSome(server);
  for (const view of VIEWS) await shoot(browser, server.url, view);
  await makeKeys(server.url);
  await server.stop();
  server = await startServer({ dataDir, port, env: { IDENTITY: 'required' } });
  for (const view of [...SIGNING_IN, ...WITH_KEYS]) await shoot(browser, server.url, view);
  await server.stop();
  server = await startServer({ dataDir, port, env: { FAULTS_ALLOWED: '1', NODE_ENV: '' } });
  for (const view of MAY_BE_BROKEN) await shoot(browser, server.url, view);
  await breakThings(server);
  await shoot(browser, server.url, IS_BROKEN);
  await server.stop();
  server = await startServer({ dataDir, port });
  const left = [];
  for (const view of WHEN_THE_SERVER_IS_GONE.filter(isWanted)) {
    const page = await browser.newPage({ viewport: SIZES.screen });
    await page.goto(`${server.url}/app${view.path}`);
    await page.getByText('Live', { exact: true }).waitFor();
    left.push({ page, ...view });
  }
  await server.killAll();
  for (const { page, name, text } of left) {
    await page.getByText(text).waitFor();
    await page.screenshot({ path: join(FOLDER, `${name}-screen-light.png`), fullPage: true });
  }
  console.log(`The views are in ${FOLDER}.`);
} finally {
  await browser.close();
  if (server.process.exitCode === null) await server.killAll();
  rmSync(dataDir, { recursive: true, force: true });
}
