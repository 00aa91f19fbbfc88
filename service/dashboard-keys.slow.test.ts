// The page of keys, and what a key does not allow, in a real browser against a real server that asks for keys.
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { traces } from './testing/browser.ts';
import { keyField, press, signIn, WRONG_KEY } from './testing/by-hand.ts';
import { FLAWLESS, GivenDashboard } from './testing/given-dashboard.ts';

const dashboard = new GivenDashboard();
beforeAll(() => dashboard.openBrowser());
afterAll(() => dashboard.closeBrowser());
let first = '';
beforeEach(async () => {
  await dashboard.begin();
  first = await dashboard.requireKeys();
}, 60_000);
afterEach(() => dashboard.end());

async function submit(taskId: string, payload: object = { failureRate: 0 }): Promise<void> {
  expect((await dashboard.ask('/tasks', { taskId, payload })).status).toBe(202);
  await dashboard.ask(`/tasks/${taskId}?wait=20`);
}

const FAILS = { failureRate: 1, failureClass: 'VALIDATION', logLines: 1 };
const statusWith = async (key: string): Promise<number> =>
  (await fetch(`${dashboard.url}/identity`, { headers: { authorization: `Bearer ${key}` } })).status;

describe('the page of keys', () => {
  it('carries a key through its life', async () => {
    const { page } = await dashboard.openWith(first, '/keys');
    await press(page, 'New key …');
    await page.locator('input:focus').and(page.getByLabel('Name')).fill('<b>importer</b>');
    await press(page, 'Make the key');
    const shown = page.getByRole('dialog', { name: 'Store this key now' });
    const made = await shown.locator('.key code').innerText();
    expect(await statusWith(made)).toBe(200);
    await press(page, 'I have stored it');
    await page.locator('button:focus').and(page.getByText('New key …')).waitFor();
    await press(page, 'Rotate <b>importer</b>');
    await page.getByLabel('not at all').check();
    await press(page, 'Rotate the key');
    await page.getByText('The secret before works no more').waitFor();
    const rotated = await shown.locator('.key code').innerText();
    expect([await statusWith(made), await statusWith(rotated)]).toEqual([401, 200]);
    await press(page, 'I have stored it');
    await press(page, 'Revoke <b>importer</b>');
    await press(page, 'Revoke the key');
    await page.getByText('1 ended key').waitFor();
    // Its own button has gone with the key.
    await page.locator('main:focus').waitFor();
    expect(await statusWith(rotated)).toBe(401);
    expect(await traces(page)).not.toContain(rotated);
  });

  it('goes on with the own key when that is rotated, and ends with it when it is revoked', async () => {
    const { page } = await dashboard.openWith(first, '/keys');
    await press(page, 'Rotate first');
    await page.getByLabel('not at all').check();
    await press(page, 'Rotate the key');
    await press(page, 'I have stored it');
    await page.getByText('you are using this one').waitFor();
    await press(page, 'Revoke first');
    await page.getByText('You lock yourself out').waitFor();
    await press(page, 'Revoke my own key');
    await page.getByRole('heading', { name: 'Your key has ended' }).waitFor();
  });

  it('keeps who wants to leave with a key that is not stored', async () => {
    const { page } = await dashboard.openWith(first, '/tasks');
    await page.getByRole('link', { name: 'Keys' }).click();
    await press(page, 'New key …');
    await page.getByLabel('Name').fill('importer');
    await press(page, 'Make the key');
    await page.getByRole('dialog', { name: 'Store this key now' }).waitFor();
    await page.goBack();
    await page.getByText('Is it stored?').waitFor();
    expect(new URL(page.url()).pathname).toBe('/app/keys');
  });
});

describe('a scope that is missing', () => {
  it('says in the place of a view that it cannot be read, and asks no more', async () => {
    const { key } = await dashboard.makeKey('submitter', ['tasks:submit']);
    const { page } = await dashboard.openBlank();
    await page.clock.install();
    await page.goto(`${dashboard.url}/app/tasks`);
    await signIn(page, key);
    await page.getByText('This view needs the scope tasks:read').waitFor();
    await page.getByText('What it may do: submit tasks').waitFor();
    expect(await page.getByRole('link', { name: 'Keys' }).count()).toBe(0);
    const asked: string[] = [];
    page.on('request', (request) => void asked.push(request.url()));
    await page.clock.fastForward('10:00');
    expect(asked).toEqual([]);
    await page.goto(`${dashboard.url}/app/keys`);
    await signIn(page, key);
    await page.getByText('This view needs the scope admin').waitFor();
  });

  it('withholds payloads and logs, and sends no empty payload in their place', async () => {
    await submit('order-1', FAILS);
    const { key } = await dashboard.makeKey('operator', ['tasks:read', 'tasks:submit', 'tasks:operate']);
    const { page } = await dashboard.openWith(key, '/tasks/order-1', { viewport: { width: 360, height: 740 } });
    await page.getByRole('region', { name: 'Payload' }).getByText('Not shown').waitFor();
    await page.getByText('Attempt 1', { exact: true }).click();
    await page.getByRole('list', { name: 'What happened' }).getByText('Not shown').waitFor();
    const edit = page.getByRole('button', { name: 'Edit and redrive …' });
    expect(await edit.getAttribute('aria-disabled')).toBe('true');
    await edit.click({ force: true });
    expect(await page.getByRole('heading', { name: 'Edit the payload and redrive' }).count()).toBe(0);
    const again = page.getByRole('button', { name: 'Submit again …' });
    expect(await again.getAttribute('aria-disabled')).toBe('true');
    await page.goto(`${dashboard.url}/app/submit?like=order-1`);
    await signIn(page, key);
    await page.getByText('What is not shown cannot be submitted again').waitFor();
    expect(await page.getByRole('button', { name: 'Submit the task' }).count()).toBe(0);
  });

  it('shows what cannot be done, and why, to the keyboard and to who listens', async () => {
    await submit('order-1', FAILS);
    const { key } = await dashboard.makeKey('reader', ['tasks:read', 'payloads:read']);
    const { page } = await dashboard.openWith(key, '/tasks/order-1');
    const redrive = page.getByRole('button', { name: 'Redrive …', exact: true });
    await redrive.focus();
    await page.keyboard.press('Enter');
    expect(await page.getByRole('dialog').count()).toBe(0);
    const why = await redrive.getAttribute('aria-describedby');
    expect(await page.locator(`[id="${why}"]`).innerText()).toContain('has no scope tasks:operate');
    await page.getByRole('link', { name: 'Submit', exact: true }).click();
    const send = page.getByRole('button', { name: 'Submit the task' });
    await send.click({ force: true });
    await page.getByText('has no scope tasks:submit').waitFor();
    const { items } = (await (await dashboard.ask('/tasks')).json()) as { items: unknown[] };
    expect(items).toHaveLength(1);
  });
});

type Seen = readonly [path: string, text: string, act?: (page: Page) => Promise<void>];
const BEFORE: readonly Seen[] = [['/tasks', 'Sign in', (page) => signIn(page, WRONG_KEY)]];
const OF_FIRST: readonly Seen[] = [
  ['/keys', 'you are using this one', (page) => press(page, 'Signed in as first')],
  ['/keys', 'you are using this one', (page) => press(page, 'New key …')],
  ['/keys', 'you are using this one', (page) => press(page, 'Rotate first')],
  ['/keys', 'you are using this one', (page) => press(page, 'Revoke first')],
];
const OF_READER: readonly Seen[] = [
  ['', 'Overview', (page) => press(page, 'Signed in as reader')],
  ['/keys', 'This view needs the scope admin'],
  ['/tasks/order-1', 'You cannot submit again'],
  ['/submit?like=order-1', 'cannot be submitted again'],
  ['/submit?type=simulate', 'has no scope tasks:submit'],
];

async function flawless([path, text, act]: Seen, key: string | null, options: BrowserContextOptions): Promise<void> {
  const { page, complaints } = await dashboard.open(path, options);
  await keyField(page).waitFor();
  if (key !== null) await signIn(page, key);
  await page.getByText(text).first().waitFor();
  await act?.(page);
  const forbidden = complaints.filter((complaint) => /policy|foreign/i.test(complaint));
  expect({ path, ...(await dashboard.flawsOf(page)), forbidden }).toEqual({ path, ...FLAWLESS, forbidden: [] });
  await page.context().close();
}

it.each([
  ['a screen', 1280, 'dark'],
  ['a phone', 360, 'light'],
] as const)('can be used by everybody on %s of %i, %s, and runs nothing foreign', async (_, width, colorScheme) => {
  await submit('order-1', FAILS);
  const reader = await dashboard.makeKey('reader', ['tasks:read']);
  const options = { viewport: { width, height: 740 }, colorScheme, reducedMotion: 'reduce' } as const;
  for (const seen of BEFORE) await flawless(seen, null, options);
  for (const seen of OF_FIRST) await flawless(seen, first, options);
  for (const seen of OF_READER) await flawless(seen, reader.key, options);
});

it('would tell what the policy forbids', async () => {
  const { page, complaints } = await dashboard.open('/tasks');
  await keyField(page).waitFor();
  await page.evaluate(`(() => {
    document.body.setAttribute('style', 'color: red');
    fetch('https://elsewhere.example.com/').catch(() => undefined);
    const script = document.createElement('script');
    script.textContent = 'window.wasRun = true';
    document.body.append(script);
  })()`);
  for (const directive of ['style-src-attr', 'connect-src', 'script-src-elem']) {
    await expect.poll(() => complaints.some((complaint) => complaint.includes(`policy: ${directive}`))).toBe(true);
  }
  expect(await page.evaluate('window.wasRun')).toBe(undefined);
});
