// The page of a task and the form for new ones, in a real browser against the real server: what an operator does, to the end.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { press } from './testing/by-hand.ts';
import { FLAWLESS, GivenDashboard } from './testing/given-dashboard.ts';

const dashboard = new GivenDashboard();
beforeAll(() => dashboard.openBrowser());
afterAll(() => dashboard.closeBrowser());
beforeEach(() => dashboard.begin());
afterEach(() => dashboard.end());

async function submit(taskId: string, payload: object, more: object = {}): Promise<void> {
  expect((await dashboard.ask('/tasks', { taskId, payload, ...more })).status).toBe(202);
}

/** As the API has it, when it is final. */
const ended = async (taskId: string): Promise<unknown> => (await dashboard.ask(`/tasks/${taskId}?wait=20`)).json();
const untilIs = (page: Page, status: string): Promise<void> =>
  page.getByRole('status').getByText(status, { exact: true }).waitFor();
const focused = (page: Page): Promise<string | null> => page.locator(':focus').getAttribute('id');
const idOf = (page: Page): string => new URL(page.url()).pathname.split('/').at(-1)!;

describe('a new task', () => {
  it('is submitted from the form, and followed to its death without being asked again', async () => {
    const { page, complaints } = await dashboard.open('/submit?type=simulate');
    await press(page, 'The first task to try');
    await page.getByLabel('failureRate').fill('1');
    await page.getByLabel('failureClass').selectOption('NETWORK');
    await press(page, 'Submit the task');
    await untilIs(page, 'dead');
    expect(await page.getByText(/^Attempt \d$/).allInnerTexts()).toEqual(['Attempt 1', 'Attempt 2', 'Attempt 3']);
    expect(await page.getByText(/^waited .*backoff/).count()).toBe(2);
    expect(await ended(idOf(page))).toMatchObject({ status: 'dead', payload: { failureRate: 1, data: 'test data' } });
    expect(complaints).toEqual([]);
  });

  it('is one task however often the button is pressed', async () => {
    const { page } = await dashboard.open('/submit?type=simulate');
    await page.getByLabel('stay here').check();
    await page.getByRole('button', { name: 'Submit the task' }).dblclick();
    await page.getByText('Accepted and stored').waitFor();
    const { items } = (await (await dashboard.ask('/tasks')).json()) as { items: unknown[] };
    expect(items).toHaveLength(1);
  });

  it('is the same in the form and in the JSON beside it', async () => {
    const { page } = await dashboard.open('/submit?type=simulate');
    const json = page.getByLabel('Payload as JSON');
    await page.getByLabel('durationMs').fill('12');
    expect(JSON.parse(await json.inputValue())).toEqual({ durationMs: 12 });
    await json.fill('{"durationMs": 9007199254740993, "unknown": true}');
    expect(await page.getByLabel('durationMs').inputValue()).toBe('9007199254740993');
    await page.getByText('Only in the JSON: unknown').waitFor();
    await json.fill('{"durationMs": ');
    await page.getByText('The JSON cannot be read just now').waitFor();
    await press(page, 'Submit the task');
    await page.getByText('The payload cannot be read').waitFor();
  });

  it('is judged by the server, whose words stand at their fields', async () => {
    const { page } = await dashboard.open('/submit?type=simulate');
    await page.getByLabel('failureRate').fill('7');
    await page.getByLabel('steps').fill('-1');
    await press(page, 'Submit the task');
    await page.getByText('2 fields have to be mended').waitFor();
    await press(page, '/payload/failureRate');
    const field = page.getByLabel('failureRate');
    expect(await focused(page)).toBe('field/payload/failureRate');
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByLabel('steps').getAttribute('aria-invalid')).toBe('true');
    await field.fill('0');
    await page.getByLabel('steps').fill('');
    await page.getByLabel('Tags').fill('!');
    await press(page, 'Submit the task');
    await press(page, '/tags/0');
    expect(await focused(page)).toBe('field/tags');
  });
});

describe('the page of a task', () => {
  it('mends a dead task: edits its payload, redrives it, and shows that it succeeded', async () => {
    await submit('order-1', { failureRate: 1, failureClass: 'VALIDATION' });
    const { page } = await dashboard.open('/tasks/order-1');
    await press(page, 'Edit and redrive …');
    await page.getByLabel('failureRate').fill('7');
    await press(page, 'Redrive with this payload');
    await expect.poll(() => focused(page)).toBe('field/payload/failureRate');
    await page.getByLabel('failureRate').fill('0');
    await page.getByLabel('Reason').fill('the rate was wrong');
    await press(page, 'Redrive with this payload');
    await untilIs(page, 'succeeded');
    await page.getByText('the rate was wrong').waitFor();
    await page.getByText('edited by a redrive').waitFor();
    expect(await ended('order-1')).toMatchObject({ payload: { failureRate: 0 }, payloadEdited: true });
  });

  it('shows how far a task has come while it runs', async () => {
    await submit('order-1', { failureRate: 0, durationMs: 60_000, steps: 1_000 });
    const { page } = await dashboard.open('/tasks/order-1');
    await untilIs(page, 'running');
    const first = await page.getByText(/^step \d+ of 1000$/).innerText({ timeout: 60_000 });
    await page.getByText(first, { exact: true }).waitFor({ state: 'detached', timeout: 60_000 });
    await page.getByText(/^step \d+ of 1000$/).waitFor();
  });

  it('cancels a task that runs', async () => {
    await submit('order-1', { failureRate: 0, durationMs: 60_000 });
    const { page } = await dashboard.open('/tasks/order-1');
    await untilIs(page, 'running');
    await press(page, 'Cancel …');
    await press(page, 'Cancel the task');
    await untilIs(page, 'cancelled');
    expect(await page.getByRole('button', { name: 'Cancel …' }).count()).toBe(0);
  });

  it('discards a dead task with a reason, and can still redrive it', async () => {
    await submit('order-1', { failureRate: 1, failureClass: 'VALIDATION' });
    const { page } = await dashboard.open('/tasks/order-1');
    await press(page, 'Discard …');
    await page.getByLabel('Reason').fill('a test order');
    await press(page, 'Discard');
    await page.getByText('a test order').waitFor();
    await page.getByRole('button', { name: 'Discard …' }).waitFor({ state: 'detached' });
    expect(await ended('order-1')).toMatchObject({ discarded: true, history: [{ reason: 'a test order' }] });
    await page.getByRole('button', { name: 'Redrive …', exact: true }).waitFor();
  });

  it('does nothing to a task that has changed since it was seen', async () => {
    await submit('order-1', { failureRate: 1, failureClass: 'VALIDATION' });
    await ended('order-1');
    const { page } = await dashboard.open('/tasks/order-1');
    await press(page, 'Discard …');
    await dashboard.ask('/tasks/order-1/redrive', {});
    await ended('order-1');
    await press(page, 'Discard');
    await page.getByText('Changed meanwhile: look again.').waitFor();
    expect(await ended('order-1')).toMatchObject({ discarded: false });
  });

  it('opens an attempt with its message and its log', async () => {
    await submit('order-1', { failureRate: 1, failureClass: 'VALIDATION', logLines: 2 });
    const { page } = await dashboard.open('/tasks/order-1');
    await page.getByText('Attempt 1', { exact: true }).click();
    expect(await page.getByRole('list', { name: 'Log of attempt 1' }).innerText()).toContain('line 2 of 2');
  });

  it('heals when the server was killed and is back', async () => {
    await submit('order-1', { failureRate: 0, durationMs: 2_000 });
    const { page } = await dashboard.open('/tasks/order-1');
    await page.getByText('Live', { exact: true }).waitFor();
    await dashboard.kill();
    await page.getByText('This may be out of date').waitFor();
    await dashboard.start();
    await untilIs(page, 'succeeded');
    await page.getByText('Live', { exact: true }).waitFor({ timeout: 60_000 });
    expect(await page.getByText('was lost', { exact: true }).count()).toBe(1);
    expect(await page.getByText('This may be out of date').count()).toBe(0);
  });

  it('says what may have become of a task that is not there, and finds it once it is', async () => {
    const { page } = await dashboard.open('/tasks/order-1');
    await page.getByText('There is no task order-1').waitFor();
    await submit('order-1', { failureRate: 0 });
    await press(page, 'Look again');
    await untilIs(page, 'succeeded');
  });

  it('shows hostile texts as texts', async () => {
    const data = '</script><img src=x onerror="window.wasRun=true">\u202eevil';
    await submit('order-1', { failureRate: 0, data });
    const { page, complaints } = await dashboard.open('/tasks/order-1');
    await page.getByText('⟨U+202E⟩evil').waitFor();
    expect(await page.evaluate('window.wasRun')).toBe(undefined);
    expect(complaints).toEqual([]);
  });
});

const VIEWS: readonly (readonly [path: string, text: string, act?: (page: Page) => Promise<void>])[] = [
  ['/tasks/order-1', 'succeeded', (page) => page.getByText('Attempt 1', { exact: true }).click()],
  ['/tasks/order-3', 'Why it is dead', (page) => page.getByText('Attempt 1', { exact: true }).click()],
  ['/tasks/order-3', 'Why it is dead', (page) => press(page, 'Discard …')],
  ['/tasks/order-3', 'Why it is dead', (page) => press(page, 'Edit and redrive …')],
  ['/tasks/order-4', 'Waits'],
  ['/tasks/order-5', 'is running'],
  ['/tasks/order-6', 'There is no task'],
  ['/submit?type=simulate', 'At most 3 attempts'],
  ['/submit?type=http-request', 'At most 10 attempts'],
  ['/submit?like=order-6', 'Begin without it'],
];

it.each([
  ['a screen', 1280, 'dark'],
  ['a phone', 360, 'light'],
] as const)('can be used by everybody on %s of %i, %s', async (_, width, colorScheme) => {
  await submit('order-1', { failureRate: 0, data: { a: [1, 'x'.repeat(5_000)] } }, { tags: ['team:billing'] });
  await submit('order-3', { failureRate: 1, failureClass: 'VALIDATION', logLines: 3 });
  await submit('order-4', {}, { delaySeconds: 3_600 });
  await submit('order-5', { durationMs: 120_000, steps: 100, failureRate: 0 });
  for (const [path, text, act] of VIEWS) {
    const { page } = await dashboard.open(path, {
      viewport: { width, height: 740 },
      colorScheme,
      reducedMotion: 'reduce',
    });
    await page.getByText(text).first().waitFor();
    await act?.(page);
    expect({ path, ...(await dashboard.flawsOf(page)) }).toEqual({ path, ...FLAWLESS });
    await page.context().close();
  }
});

it('leads the focus to what cannot be sent, and back to where the edit began', async () => {
  await submit('order-3', { failureRate: 1, failureClass: 'VALIDATION' });
  await ended('order-3');
  const { page } = await dashboard.open('/tasks/order-3');
  await press(page, 'Edit and redrive …');
  await page.getByLabel('failureRate').waitFor();
  await page.getByLabel('Payload as JSON').fill('{"failureRate":');
  await press(page, 'Redrive with this payload');
  await page.locator('textarea:focus').and(page.getByLabel('Payload as JSON')).waitFor();
  await press(page, 'Back');
  await page.locator('button:focus', { hasText: 'Edit and redrive …' }).waitFor();
});
