import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { responses } from '@holdfast/api/response-validators';
import type { Problem, Task, TaskDetail, TypeList } from '@holdfast/api/types';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { GivenTypes } from './testing/given-types.ts';
import { fingerprints, otherHoldfast } from './testing/other-holdfast.ts';
import type { RealServer, ServerOptions } from './testing/real-server.ts';
import { freePort, startServer } from './testing/real-server.ts';

const schema = (version: number): string => `
title: Greet
version: ${version}
payload:
  type: object
  additionalProperties: false
  required: [name]
  properties: { name: { type: string, minLength: 1 } }
result:
  type: object
  additionalProperties: false
  required: [text, payloadVersion]
  properties: { text: { type: string }, payloadVersion: { type: integer } }
`;
/** The second argument is the type, by whose name the handler is typed. */
const handler = (versions: string, type = 'greet'): string => `
import { TaskFailure, type HandlerOf, type HandlerPolicy } from '../.holdfast/handler.ts';

export const policy: HandlerPolicy = { payloadVersions: ${versions} };

export const run: HandlerOf<'${type}'> = ({ payload, payloadVersion }) => {
  if (payload.name === 'nobody') throw new TaskFailure('Nobody is there.', { class: 'VALIDATION', code: 'nobody' });
  return { text: 'Hello ' + payload.name, payloadVersion };
};
`;

let given: GivenTypes;
let dataDir = '';
let other = '';
let server: RealServer | undefined;
beforeEach(() => {
  given = new GivenTypes();
  dataDir = mkdtempSync(join(tmpdir(), 'holdfast-data-'));
});
afterEach(async () => {
  if (server?.process.exitCode === null) await server.killAll();
  given.remove();
  for (const folder of [dataDir, other]) if (folder !== '') rmSync(folder, { recursive: true, force: true });
});

async function start(options: Partial<ServerOptions> = {}): Promise<RealServer> {
  const env = { TASKS_DIR: given.tasksDir, TIMING: 'short' };
  return (server = await startServer({ dataDir, port: await freePort(), env, ...options }));
}

interface Answered<Body> {
  readonly status: number;
  readonly body: Body;
}

async function ask<Body>(path: string, body?: unknown): Promise<Answered<Body>> {
  const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(server!.url + path, body === undefined ? {} : post);
  return { status: response.status, body: (await response.json()) as Body };
}

const submit = (taskId: string, type: string, more: object = {}) =>
  ask<Task & Problem>('/tasks', { taskId, type, payload: { name: 'Ann' }, ...more });
const finished = async (taskId: string): Promise<TaskDetail> =>
  (await ask<TaskDetail>(`/tasks/${taskId}?wait=20`)).body;

async function states(): Promise<Record<string, string | null>> {
  const { body } = await ask<TypeList>('/types');
  expect(responses.listTypes['200'](body)).toBe(true);
  return Object.fromEntries(body.items.map(({ type, state, problem }) => [type, problem ?? state]));
}

it('the command of generation names what cannot be used, generates the rest, and checks that it is fresh', () => {
  given.write('greet', { 'schema.yaml': schema(1) }).write('bad', { 'schema.yaml': 'title: Bad' });
  const sentence = 'A type of TASKS_DIR cannot be used: bad/schema.yaml: version is missing.';
  expect(given.generate()).toEqual({ status: 1, output: expect.stringContaining(sentence) as string });
  given.write('bad', { 'schema.yaml': schema(1) });
  const drifted = expect.stringMatching(/TASKS_DIR\/\.holdfast\/ drift: .*types\.json/) as string;
  expect(given.generate('--check')).toEqual({ status: 1, output: drifted });
  expect(given.generate().status).toBe(0);
  expect(given.generate('--check').status).toBe(0);
});

it('a type of one’s own runs beside a broken one, and after an upgrade of Holdfast, with no file edited by it', async () => {
  given.write('greet', { 'schema.yaml': schema(1), 'handler.ts': handler('[1]') });
  given.write('newest', { 'schema.yaml': schema(1), 'handler.ts': handler('[1]', 'newest') });
  given.write('broken', { 'schema.yaml': schema(1), 'handler.ts': 'export const run = () => {\n  return 1 1;\n};\n' });
  await expect(start()).rejects.toThrow(`TASKS_DIR='${given.tasksDir}' npm run generate`);
  expect(given.generate().status).toBe(0);
  await start();

  const brokenBy = expect.stringMatching(/^broken\/handler\.ts:2: SyntaxError: /) as string;
  expect(await states()).toMatchObject({ broken: brokenBy, greet: 'available', simulate: 'available' });
  expect((await submit('one', 'greet')).status).toBe(202);
  const one = await finished('one');
  expect(one).toMatchObject({ status: 'succeeded', result: { text: 'Hello Ann', payloadVersion: 1 } });
  await submit('nobody', 'greet', { payload: { name: 'nobody' } });
  expect(await finished('nobody')).toMatchObject({ status: 'dead', attempt: 1, lastFailure: { code: 'nobody' } });
  expect(await submit('two', 'greet', { payload: {} })).toMatchObject({ status: 422 });
  expect(await submit('two', 'broken')).toMatchObject({ status: 503, body: { code: 'type-unavailable' } });
  expect(JSON.stringify((await ask('/openapi.json')).body)).toContain('"GreetPayload"');
  for (const type of ['greet', 'newest']) await submit(`late-${type}`, type, { delaySeconds: 8 });
  expect(await server!.stop()).toBe(0);

  given.write('greet', { 'schema.yaml': schema(2), 'handler.ts': handler('[1, 2]') });
  given.write('newest', { 'schema.yaml': schema(2), 'handler.ts': handler('[2]', 'newest') });
  other = otherHoldfast([
    { path: 'service/package.json', from: '"version": "0.1.0"', to: '"version": "0.2.0"' },
    {
      path: 'api/openapi.yaml',
      from: '    CancelRequest:\n      type: object',
      to: '    CancelRequest:\n      title: Upgraded\n      type: object',
    },
  ]);
  const before = { holdfast: fingerprints(other), types: fingerprints(given.tasksDir) };
  await start({ root: other, entry: 'toolchain/run.mjs', args: ['start'] });

  expect(server!.output()).toContain('generating first');
  expect((await ask('/health')).body).toMatchObject({ version: '0.2.0' });
  expect(JSON.stringify((await ask('/openapi.json')).body)).toMatch(/"Upgraded".*"GreetPayload"/);
  expect(await states()).toMatchObject({ broken: brokenBy, greet: 'available', newest: 'available' });
  expect((await ask<TaskDetail>('/tasks/one')).body).toEqual(one);
  await submit('new', 'greet');
  expect((await finished('new')).result).toMatchObject({ payloadVersion: 2 });
  expect((await finished('late-greet')).result).toMatchObject({ payloadVersion: 1 });
  const waiting = { reason: 'unknown-type' };
  await expect.poll(async () => (await ask('/tasks/late-newest')).body, { timeout: 10_000 }).toMatchObject({ waiting });
  expect({ holdfast: fingerprints(other), types: fingerprints(given.tasksDir) }).toEqual(before);
});
