// `npm run dashboard`: the dashboard on one port, before a server on another one that asks for a key, in a real browser.
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage, Server } from 'node:http';
import { get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { complaintsOf, openBrowser } from './testing/browser.ts';
import { signIn } from './testing/by-hand.ts';
import { keyIn } from './testing/given-keys.ts';
import type { RealServer } from './testing/real-server.ts';
import { freePort, startServer } from './testing/real-server.ts';
import { serveDashboard } from './toolchain/serve-dashboard.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'holdfast-elsewhere-'));
let browser: Browser;
let key = '';
let api: RealServer;
let host: Server;
let origin = '';
beforeAll(async () => {
  browser = await openBrowser();
  key = keyIn(dataDir, 'acme');
  const [port, own] = [await freePort(), await freePort()];
  origin = `http://127.0.0.1:${own}`;
  api = await startServer({ dataDir, port, env: { IDENTITY: 'required', CORS_ORIGINS: origin } });
  host = await serveDashboard({ place: { api: api.url, live: api.url.replace('http', 'ws') }, port: own });
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});
afterAll(async () => {
  await browser?.close();
  host?.closeAllConnections();
  host?.close();
  await api?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const submit = (taskId: string) =>
  fetch(`${api.url}/tasks`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ taskId, payload: { failureRate: 0 } }),
  });

it('signs in, shows tasks and hears of new ones live', async () => {
  const page = await browser.newPage();
  const complaints = complaintsOf(page, origin);
  await page.goto(`${origin}/app/tasks`);
  await signIn(page, key);
  await page.getByRole('status').filter({ hasText: 'live' }).waitFor();
  expect((await submit('seen-live')).status).toBe(202);
  await page.getByRole('link', { name: 'seen-live' }).waitFor();
  const others = complaints.filter((each) => !each.startsWith(`foreign: ${api.url}/`));
  // Before there is a key the API says 401, which a browser writes down.
  expect(others.filter((each) => !/status of 401/.test(each))).toEqual([]);
});

it('lets its pages ask that API and its live channel, and nothing else', async () => {
  const { headers } = await fetch(`${origin}/app`);
  const asked = /connect-src ([^;]*);/.exec(headers.get('content-security-policy')!)![1];
  expect(asked).toBe(`${api.url} ${api.url.replace('http', 'ws')}`);
  const page = await browser.newPage();
  await page.goto(`${origin}/app`);
  const other = `http://127.0.0.1:${(host.address() as AddressInfo).port}/app`;
  const ask = `fetch(${JSON.stringify(other)}).then(() => 'answered', () => 'forbidden')`;
  expect(await page.evaluate(ask)).toBe('forbidden');
});

/** fetch says where it asks; a name that was rebound to this machine says its own. */
const statusFor = async (path: string, name: string): Promise<number | undefined> => {
  const [answer] = (await once(get(origin + path, { headers: { host: name } }), 'response')) as [IncomingMessage];
  answer.resume();
  return answer.statusCode;
};

it('says when its port is taken', async () => {
  const wanted = { place: { api: api.url, live: api.url.replace('http', 'ws') }, port: Number(new URL(origin).port) };
  await expect(serveDashboard(wanted)).rejects.toThrow(/^Port \d+ cannot be opened \(EADDRINUSE\)\. Name another one/);
});

it('is for this machine alone', async () => {
  const paths = ['/', '/app', '/app/x.js', '/tasks'];
  expect(await Promise.all(paths.map((path) => statusFor(path, 'localhost:1')))).toEqual([302, 200, 404, 404]);
  expect(await statusFor('/app', 'rebound.example')).toBe(404);
});

it('documents the API that it was started for, which may have no pages of its own', async () => {
  const problems = await fetch(`${origin}/docs/problems`, { redirect: 'manual' });
  expect([problems.status, await problems.text()]).toEqual([200, expect.stringContaining('id="too-many-keys"')]);
  expect(await (await fetch(`${origin}/docs/first-steps`)).text()).toContain(`${api.url}/tasks`);
  expect(await (await fetch(`${origin}/openapi.json`)).json()).toMatchObject({ servers: [{ url: api.url }] });
  const page = await browser.newPage();
  await page.goto(`${origin}/docs`);
  const block = page.locator('#operations-Operation-getHealth');
  await block.locator('.opblock-summary-control').click();
  await block.getByRole('button', { name: 'Try it out' }).click();
  await block.getByRole('button', { name: 'Execute', exact: true }).click();
  expect(await block.locator('.live-responses-table tbody .response-col_status').innerText()).toContain('200');
});
