// Who looks at the dashboard, in a real browser against a real server that asks for keys: signing in, and out of it.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { traces } from './testing/browser.ts';
import { keyField, press, signIn, WRONG_KEY } from './testing/by-hand.ts';
import { ALL_SCOPES, GivenDashboard } from './testing/given-dashboard.ts';

const dashboard = new GivenDashboard();
beforeAll(() => dashboard.openBrowser());
afterAll(() => dashboard.closeBrowser());
let first = '';
beforeEach(async () => {
  await dashboard.begin();
  first = await dashboard.requireKeys();
}, 60_000);
afterEach(() => dashboard.end());

const rowOf = (page: Page, taskId: string) => page.locator(`a[data-task="${taskId}"]`);

async function submit(taskId: string, payload: object = { failureRate: 0 }): Promise<void> {
  expect((await dashboard.ask('/tasks', { taskId, payload })).status).toBe(202);
  await dashboard.ask(`/tasks/${taskId}?wait=20`);
}

const FAILS = { failureRate: 1, failureClass: 'VALIDATION', logLines: 1 };

describe('a sign-in', () => {
  it('says that a key is wrong, then leads to what the address asked for, live', async () => {
    await submit('order-1', FAILS);
    const { page } = await dashboard.open('/tasks?status=dead');
    await signIn(page, WRONG_KEY);
    await page.getByText('This key is not known here').waitFor();
    await page.locator('input:focus').and(keyField(page)).waitFor();
    await signIn(page, first);
    await rowOf(page, 'order-1').waitFor();
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/app/tasks?status=dead');
    await page.getByText('Live', { exact: true }).waitFor();
    await submit('order-2', FAILS);
    await rowOf(page, 'order-2').waitFor();
    expect(await traces(page)).not.toContain(first);
  });

  it('is asked for again after a reload, unless it was to be kept in this tab', async () => {
    const { page } = await dashboard.openWith(first, '/tasks');
    await page.getByText('No task yet').waitFor();
    await page.reload();
    await page.getByLabel('Keep the key').check();
    await signIn(page, first);
    await page.getByText('No task yet').waitFor();
    await page.reload();
    await page.getByText('No task yet').waitFor();
    expect(await traces(page)).not.toContain(first);
    const other = await page.context().newPage();
    await other.goto(page.url());
    await keyField(other).waitFor();
  });

  it('can be done, looked at and ended by the keyboard alone', async () => {
    const { page } = await dashboard.open('/tasks');
    await page.locator('input:focus').waitFor();
    await page.keyboard.insertText(first);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await page.getByText('No task yet').waitFor();
    const who = page.getByRole('button', { name: 'Signed in as first' });
    await who.focus();
    await page.keyboard.press('Enter');
    await page.getByText('in this tab until it is closed').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
  });
});

describe('signing out', () => {
  it('leaves nothing of the key and of what it showed, and hears no more', async () => {
    await submit('order-1');
    const { page } = await dashboard.open('/tasks');
    const closed: string[] = [];
    page.on('websocket', (socket) => socket.on('close', () => void closed.push(socket.url())));
    await page.getByLabel('Keep the key').check();
    await signIn(page, first);
    await rowOf(page, 'order-1').waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    await press(page, 'Signed in as first');
    await press(page, 'Sign out');
    await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
    expect(await traces(page)).not.toContain('order-1');
    expect(await page.evaluate('sessionStorage.length')).toBe(0);
    await expect.poll(() => closed.length).toBe(1);
    await page.reload();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });
});

describe('a key that is revoked while somebody looks', () => {
  it('is told, and what was being written is still there for the next key', async () => {
    const made = await dashboard.makeKey('ann', ALL_SCOPES);
    const { page } = await dashboard.openWith(made.key, '/submit?type=simulate');
    await page.getByLabel('durationMs').fill('12');
    await dashboard.ask(`/keys/${made.keyId}/revoke`, {});
    await press(page, 'Submit the task');
    await page.getByRole('heading', { name: 'Your key has ended' }).waitFor();
    await signIn(page, first);
    // The submit that was refused has gone out again.
    await page.waitForURL(/\/app\/tasks\//);
    const { items } = (await (await dashboard.ask('/tasks')).json()) as { items: unknown[] };
    expect(items).toHaveLength(1);
  });

  it('closes the live channel of a page that only watches', async () => {
    const made = await dashboard.makeKey('ann', ALL_SCOPES);
    const { page } = await dashboard.openWith(made.key, '/tasks');
    await page.getByText('Live', { exact: true }).waitFor();
    await dashboard.ask(`/keys/${made.keyId}/revoke`, {});
    await page.getByRole('heading', { name: 'Your key has ended' }).waitFor({ timeout: 60_000 });
  });

  it('shows nothing of it to somebody who may see less', async () => {
    await submit('order-1', { data: 'a payload' });
    const made = await dashboard.makeKey('ann', ALL_SCOPES);
    const reader = await dashboard.makeKey('bob', ['tasks:read']);
    const { page } = await dashboard.openWith(made.key, '/tasks/order-1');
    await page.getByText('a payload').waitFor();
    await dashboard.ask(`/keys/${made.keyId}/revoke`, {});
    await page.getByRole('heading', { name: 'Your key has ended' }).waitFor({ timeout: 60_000 });
    await signIn(page, reader.key);
    await page.getByRole('region', { name: 'Payload' }).getByText('Not shown').waitFor();
    expect(await traces(page)).not.toContain('a payload');
  });
});
