// What `npm run build` makes, moved away from the repository: it needs nothing that stayed behind.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TaskDetail, TypeList } from '@holdfast/api/types';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { ANY_PAYLOAD, GivenTypes } from './testing/given-types.ts';
import { LiveClient } from './testing/live-client.ts';
import type { RealServer, ServerOptions } from './testing/real-server.ts';
import { freePort, startServer } from './testing/real-server.ts';
import { startReceiver } from './testing/receiver.ts';
import { buildDist, bundledOf } from './toolchain/build.ts';
import { readLock } from './toolchain/supply/lock.ts';
import { titleOf } from './toolchain/supply/licences.ts';
import type { Sbom } from './toolchain/supply/sbom.ts';
import { shippedBy } from './toolchain/supply/shipped.ts';

const MEGABYTE = 1024 * 1024;

let dist = '';
let bytes = 0;
beforeAll(async () => {
  dist = mkdtempSync(join(tmpdir(), 'holdfast-dist-'));
  bytes = await buildDist(dist);
});
afterAll(() => rmSync(dist, { recursive: true, force: true }));

let dataDir = '';
let given: GivenTypes;
let server: RealServer | undefined;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'holdfast-data-'));
  given = new GivenTypes();
});
afterEach(async () => {
  if (server?.process.exitCode === null) await server.killAll();
  server = undefined;
  rmSync(dataDir, { recursive: true, force: true });
  given.remove();
});

async function start(env: ServerOptions['env'] = {}): Promise<string> {
  server = await startServer({ dataDir, port: await freePort(), root: dist, entry: '../server.js', env });
  return server.url;
}

async function finished(url: string, submission: object): Promise<TaskDetail> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(submission) };
  const location = (await fetch(`${url}/tasks`, init)).headers.get('location');
  return (await (await fetch(`${url}${location}?wait=20`)).json()) as TaskDetail;
}

it('runs a task, shows its documentation and stops, without the repository and its dependencies', async () => {
  const url = await start();
  const task = await finished(url, { payload: { failureRate: 0 } });
  expect(task).toMatchObject({ status: 'succeeded', result: { ok: true } });
  const pages = [
    '/app/tasks',
    '/docs',
    '/docs/assets/swagger-ui-bundle.js',
    '/docs/problems',
    '/openapi.json',
    '/asyncapi.json',
  ];
  const answers = await Promise.all(pages.map((page) => fetch(url + page)));
  expect(answers.map(({ status }) => status)).toEqual(pages.map(() => 200));
  expect(await server!.stop()).toBe(0);
});

it('shows a task over the live channel', async () => {
  const url = await start();
  const client = await LiveClient.open(url);
  await client.subscribe('tasks');
  const { taskId } = await finished(url, { payload: { failureRate: 0 } });
  await client.untilTask(taskId, 'succeeded');
});

it('delivers HTTP requests, to whom its settings allow', async () => {
  const receiver = await startReceiver((request, response) => response.end(request.headers['user-agent']));
  const url = await start({ EGRESS_ALLOW: receiver.host });
  const task = await finished(url, { type: 'http-request', payload: { url: receiver.url } });
  expect(task).toMatchObject({
    status: 'succeeded',
    result: { body: expect.stringMatching(/^Holdfast\/\d/) as string },
  });
  await receiver.close();
});

it('charges a crash to the task that caused it, as ever', async () => {
  const url = await start({ TIMING: 'short' });
  const task = await finished(url, { payload: { misbehave: 'crash' } });
  expect(task).toMatchObject({ status: 'dead', lastFailure: { class: 'CRASH' } });
});

it('runs the types of a TASKS_DIR that were generated for its version', async () => {
  given.write('greet', { 'schema.yaml': ANY_PAYLOAD, 'handler.ts': 'export const run = (): string => "hello";' });
  given.write('broken', { 'schema.yaml': ANY_PAYLOAD, 'handler.ts': 'process.exit(3);' });
  expect(given.generate()).toMatchObject({ status: 0 });
  const url = await start({ TASKS_DIR: given.tasksDir });
  expect(await finished(url, { type: 'greet', payload: {} })).toMatchObject({ status: 'succeeded', result: 'hello' });
  const { items } = (await (await fetch(`${url}/types`)).json()) as TypeList;
  const states = Object.fromEntries(items.map(({ type, state }) => [type, state]));
  const builtIn = { 'http-request': 'available', simulate: 'available' };
  expect(states).toEqual({ broken: 'unavailable', greet: 'available', ...builtIn });
});

it('refuses a TASKS_DIR that nothing was generated for, with the command to run', () => {
  given.write('greet', { 'schema.yaml': ANY_PAYLOAD, 'handler.ts': 'export const run = () => 1;' });
  const env = { ...process.env, DATA_DIR: dataDir, TASKS_DIR: given.tasksDir };
  const { status, stderr } = spawnSync(process.execPath, [join(dist, 'server.js')], { env, encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr).toContain(`TASKS_DIR='${given.tasksDir}' npm run generate`);
});

it('makes the first key, where its server says how', () => {
  const env = { ...process.env, DATA_DIR: dataDir, IDENTITY: 'required', PORT: '0' };
  const run = (file: string, ...args: string[]) =>
    spawnSync(process.execPath, [join(dist, file), ...args], { env, encoding: 'utf8' });
  const command = `node ${join(dist, 'keys.js')} create --tenant`;
  expect(run('server.js').stderr).toContain(`${command} acme`);
  expect(run('keys.js').stderr).toContain(`${command} <tenant>`);
  const { stdout } = run('keys.js', 'create', '--tenant', 'acme', '--name', 'first', '--scopes', 'admin');
  expect(stdout).toMatch(/^holdfast_acme_/);
});

it('carries the licence text of every package that it has code of, and says so in its bill of materials', () => {
  const texts = readFileSync(join(dist, 'THIRD-PARTY-LICENSES.txt'), 'utf8').split(`${'='.repeat(80)}\n`);
  const bundled = shippedBy(readLock(), ['dist']).filter(({ isBundled }) => isBundled);
  expect(texts.slice(1).map((text) => text.slice(0, text.indexOf('\n')))).toEqual(bundled.map(titleOf));
  for (const text of texts.slice(1)) expect(text).toMatch(/(?:copyright|licen[cs]e)[^]{200}/i);
  const { components } = JSON.parse(readFileSync(join(dist, 'sbom.cdx.json'), 'utf8')) as Sbom;
  const listed = components.filter(({ scope }) => scope === 'required').map(({ group, name }) => [group, name]);
  expect(listed.map((parts) => parts.filter(Boolean).join('/'))).toEqual(bundled.map(({ name }) => name));
});

it('names no package that it does not have, and ships none that nobody has named', () => {
  const shipped = shippedBy(readLock(), ['dist']);
  const hono = shipped.find(({ name }) => name === 'hono')!.path;
  expect(bundledOf(shipped, new Set([hono])).map(({ name }) => name)).toEqual(['hono']);
  expect(() => bundledOf(shipped, new Set([hono, 'node_modules/left-pad']))).toThrow('left-pad would be shipped');
  expect(() => bundledOf(shipped, new Set(['node_modules/@scarf/scarf']))).toThrow('scarf would be shipped');
});

it('is small: four megabytes, of which two are the Swagger UI', () => {
  expect(bytes).toBeGreaterThan(2 * MEGABYTE);
  expect(bytes).toBeLessThan(4 * MEGABYTE);
});
