import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { complaintsOf, openBrowser } from './testing/browser.ts';
import type { RealServer } from './testing/real-server.ts';
import { freePort, startServer } from './testing/real-server.ts';

let server: RealServer;
let browser: Browser;
let dataDir = '';

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'holdfast-pages-'));
  browser = await openBrowser();
  server = await startServer({ dataDir, port: await freePort() });
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

interface Opened {
  readonly page: Page;
  readonly complaints: readonly string[];
}

async function open(path: string, options: BrowserContextOptions = {}): Promise<Opened> {
  const page = await browser.newPage(options);
  const complaints = complaintsOf(page, server.url);
  await page.goto(server.url + path);
  return { page, complaints };
}

/** The block of an operation, open and ready to be filled in. */
async function tryOut(page: Page, operationId: string): Promise<Locator> {
  const block = page.locator(`#operations-Tasks-${operationId}`);
  await block.locator('.opblock-summary-control').click();
  await block.getByRole('button', { name: 'Try it out' }).click();
  return block;
}

/** The status that the page shows for the answer. */
async function execute(block: Locator): Promise<string> {
  await block.getByRole('button', { name: 'Execute', exact: true }).click();
  return block.locator('.live-responses-table tbody .response-col_status').innerText();
}

describe('in a browser', () => {
  it.each(['/docs/first-steps', '/docs', '/docs/live', '/docs/problems'])(
    'shows %s on a phone and a screen, light and dark, without a complaint',
    async (path) => {
      for (const [width, colorScheme] of [
        [360, 'light'],
        [1280, 'dark'],
      ] as const) {
        const { page, complaints } = await open(path, { viewport: { width, height: 800 }, colorScheme });
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.waitForLoadState('networkidle');
        const tooWide = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
        expect({ width, tooWide, complaints }).toEqual({ width, tooWide: 0, complaints: [] });
      }
    },
  );

  it('notices what a policy refuses', async () => {
    const { page, complaints } = await open('/docs');
    await page.evaluate(`document.head.append(
      Object.assign(document.createElement('script'), { textContent: 'window.wasRun = true' }),
    )`);
    expect(await page.evaluate('window.wasRun')).toBe(undefined);
    expect(complaints).toEqual([expect.stringContaining('Content Security Policy')]);
  });

  it('submits a task from the documentation, and runs a dead one again', async () => {
    const { page, complaints } = await open('/docs');
    const taskId = 'from-docs-3';
    const submit = await tryOut(page, 'submitTask');
    await submit.locator('textarea').fill(JSON.stringify({ taskId, payload: { data: 'from the page' } }));
    expect(await execute(submit)).toBe('202');
    const ended = await fetch(`${server.url}/tasks/${taskId}?wait=20`);
    expect(await ended.json()).toMatchObject({ status: 'dead' });

    const redrive = await tryOut(page, 'redriveTask');
    await redrive.locator('input[placeholder="taskId"]').fill(taskId);
    await redrive.locator('textarea').fill('{"reason":"tried from the page"}');
    expect(await execute(redrive)).toBe('202');
    const { history } = (await (await fetch(`${server.url}/tasks/${taskId}`)).json()) as { history: unknown[] };
    expect(history).toMatchObject([{ move: 'redrive', reason: 'tried from the page' }]);
    expect(complaints).toEqual([]);
  });

  it('leads from a problem to what to do about it', async () => {
    const answer = await fetch(`${server.url}/tasks`, { method: 'POST', body: '{' });
    const { type, code } = (await answer.json()) as { type: string; code: string };
    const { page } = await open(type);
    await expect.poll(() => page.locator(`[id="${code}"]:target`).isVisible()).toBe(true);
  });
});
