import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Problem, TaskDetail } from '@holdfast/api/types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../http/app.ts';
import { isLoopbackHost } from '../../http/gate.ts';
import { simulatedHouse } from '../../http/simulated-house.ts';
import { createLog } from '../../log.ts';
import { GivenTypes } from '../given-types.ts';
import type { RealServer } from '../real-server.ts';
import { freePort, startServer } from '../real-server.ts';
import { CANARY, canaryRequests, TASK_ID } from './canary.ts';
import type { Document } from './contract.ts';
import { Contract } from './contract.ts';
import type { Planned } from './planned.ts';
import { described } from './planned.ts';
import type { Answered } from './wire.ts';
import { Wire } from './wire.ts';

/** Says everything it knows, in every way a handler can. What it prints is for debug alone. */
const TALKATIVE = `
export const policy = { maxAttempts: 1, timeoutSeconds: 5, backoff: { floorSeconds: 0.01, baseSeconds: 0.01, capSeconds: 0.02 } };
export const run = async ({ payload: { data, steps, failureRate }, attempt, log, progress }) => {
  for (const level of ['debug', 'info', 'warn', 'error']) log[level](data);
  progress(50, data);
  if (process.env.LOG_LEVEL === 'info') for (const print of [console.log, console.error]) print('{"level":"error"}\\n\\x1b[31m', data);
  if (steps === 1) throw Object.assign(new Error(data), { name: data, code: data, class: data });
  if (steps === 2) throw data;
  if (steps === 3) setTimeout(() => { throw new Error(data); });
  if (steps === 4) void Promise.reject(Object.assign(new Error(data), { name: data, stack: data }));
  if (steps === 5) setTimeout(() => { throw data; });
  if (steps > 2) await new Promise(() => undefined);
  return { ok: true, attempt, filler: data, data };
};`;
const WAYS = [0, 1, 2, 3, 4, 5];

const SCHEMA = `
title: Talkative
version: 1
payload:
  type: object
  additionalProperties: false
  required: [data]
  properties:
    data: { type: string }
    steps: { type: integer }
    list: { type: array, items: { type: object, properties: { note: { type: string } } } }
`;

let server: RealServer;
let wire: Wire;
let requests: Planned[];
const types = new GivenTypes();
const dataDir = mkdtempSync(join(tmpdir(), 'holdfast-canary-'));

async function start(level: 'debug' | 'info'): Promise<void> {
  const env = { LOG_LEVEL: level, TASKS_DIR: types.tasksDir, DEFAULT_TYPE: 'talkative' };
  server = await startServer({ dataDir, port: await freePort(), env });
  wire = new Wire(server.port);
}

beforeAll(async () => {
  await types.write('talkative', { 'schema.yaml': SCHEMA, 'handler.mjs': TALKATIVE }).generateHere();
  await start('debug');
  const contract = new Contract((await ask('GET', '/openapi.json')).json as Document);
  requests = canaryRequests(contract, contract.schema('TalkativePayload'));
});
afterAll(async () => {
  wire.close();
  await server.killAll();
  types.remove();
  rmSync(dataDir, { recursive: true });
});

async function send(planned: Planned): Promise<Answered | undefined> {
  const exchange = await wire.send(planned);
  return typeof exchange === 'string' ? undefined : exchange;
}

async function ask(method: string, target: string, body?: unknown): Promise<Answered> {
  const sent = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
  const headers = { 'Content-Type': 'application/json' };
  const planned = { index: 0, operationId: undefined, mutation: 'none', expected: 'either', method, target } as const;
  return (await send({ ...planned, headers, body: sent }))!;
}

/** All but the pointers, which name fields as the client did. */
const words = ({ errors, ...problem }: Problem): string =>
  JSON.stringify([problem, errors?.map(({ message }) => message)]);

function echoIn(answered: Answered | undefined): string | undefined {
  if (answered === undefined) return undefined;
  const { status, headers, json, text } = answered;
  const told = status >= 400 ? [json === undefined ? text : words(json as Problem)] : problemsOf(json).map(words);
  return [...told, JSON.stringify(headers)].find((each) => each.includes('canary-4711'));
}

const problemsOf = (json: unknown): Problem[] =>
  ((json as { results?: { problem: Problem | null }[] } | undefined)?.results ?? []).flatMap(
    ({ problem }) => problem ?? [],
  );

const linesWithCanary = (): string[] =>
  server
    .output()
    .split('\n')
    .filter((line) => line.includes('canary-4711'));

describe('what a client sends', () => {
  it('in any place of any operation stands in no log line and in no problem', async () => {
    await ask('POST', '/tasks', { taskId: TASK_ID, payload: { data: CANARY } });
    expect(requests.length).toBeGreaterThan(300);
    const statuses = new Map<number, number>();
    for (const planned of requests) {
      const answered = await send(planned);
      statuses.set(answered?.status ?? 0, (statuses.get(answered?.status ?? 0) ?? 0) + 1);
      expect(echoIn(answered), described(planned)).toBeUndefined();
    }
    for (const status of [200, 202, 400, 403, 404, 409, 415, 421, 422]) expect(statuses.get(status)).toBeGreaterThan(0);
    expect(statuses.get(0) ?? 0).toBe(0);
    expect(linesWithCanary()).toEqual([]);
  });

  it('and a handler repeats in every way it can stands in no log line', async () => {
    for (const steps of WAYS) await ask('POST', '/tasks', { taskId: `way-${steps}`, payload: { data: CANARY, steps } });
    const details = await Promise.all(
      WAYS.map(async (steps) => (await ask('GET', `/tasks/way-${steps}?wait=20`)).json as TaskDetail),
    );
    expect(details.map(({ status }) => status)).toEqual(['succeeded', ...WAYS.slice(1).map(() => 'dead')]);
    // It was there to be told: its readers see it.
    expect(details[0]?.result).toMatchObject({ filler: CANARY });
    expect(details[1]?.lastFailure?.message).toBe(CANARY);
    const lines = server.output().split('\n');
    for (const event of ['"request"', '"attempt-ended"', '"task-dead"', '"worker-ended"']) {
      expect(lines.some((line) => line.includes(`"event":${event}`))).toBe(true);
    }
    expect(linesWithCanary()).toEqual([]);
  });
});

describe('what a handler prints', () => {
  it('stands nowhere in what the server prints at info, and ends or colours no line there', async () => {
    wire.close();
    await server.stop();
    await start('info');
    for (const steps of WAYS)
      await ask('POST', '/tasks', { taskId: `print-${steps}`, payload: { data: CANARY, steps } });
    for (const steps of WAYS) await ask('GET', `/tasks/print-${steps}?wait=20`);
    expect(await server.stop()).toBe(0);
    expect(linesWithCanary()).toEqual([]);
    expect(server.output()).not.toContain('\x1b');
    const events = server
      .output()
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { event?: string }).event);
    expect(events).toContain('worker-ended');
    expect(events.every((event) => event !== undefined && event !== 'handler-printed')).toBe(true);
  });
});

describe('a fault', () => {
  it.each([true, false])('that says all it knows says nothing to log or client (terminal: %s)', async (isTerminal) => {
    const lines: string[] = [];
    const log = createLog({ level: 'debug', isTerminal, write: (line) => lines.push(line) > 0 });
    const fail = () =>
      Promise.reject(Object.assign(new Error(CANARY), { name: CANARY, cause: CANARY, detail: CANARY }));
    const ledger = {
      submit: fail,
      apply: fail,
      get: fail,
      overdue: fail,
      list: fail,
      attemptDetail: fail,
      counts: fail,
      oldestOverdue: fail,
    };
    const { house } = simulatedHouse({ ports: { ledger: ledger, log } });
    const app = createApp({ house, allowsHost: isLoopbackHost, origins: new Set(), pages: new Map() });
    let faults = 0;
    for (const { method, target, headers, body } of requests) {
      if (!/^[!-~]+$/.test(target) || `X-${CANARY}` in headers) continue;
      const init = { method, headers: headers as Record<string, string>, body: body ? new Uint8Array(body) : null };
      const response = await app.fetch(new Request(`http://localhost${target}`, init));
      const text = await response.text();
      if (response.status === 500) faults += 1;
      if (response.status >= 500) expect(text).not.toContain('canary-4711');
    }
    expect(faults).toBeGreaterThan(50);
    expect(lines.filter((line) => line.includes('request-failed')).length).toBe(faults);
    expect(lines.filter((line) => line.includes('canary-4711'))).toEqual([]);
  });
});
