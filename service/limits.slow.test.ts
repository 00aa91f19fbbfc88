// A real server with two tenants, one of which asks for more than its rate: what each of them is answered. How fast is for
// the benchmark to say (testing/bench/flood.ts).
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { responses } from '@holdfast/api/response-validators';
import type { BatchResult, Problem, TaskDetail } from '@holdfast/api/types';
import type { Validator } from '@holdfast/api/validator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Entry } from './testing/contract-examples.ts';
import { bodiesOf, entries, headersOf, pathFor, statusesOf } from './testing/contract-examples.ts';
import { keyIn } from './testing/given-keys.ts';
import type { HttpAnswer } from './testing/http-request.ts';
import { ask } from './testing/http-request.ts';
import type { RealServer } from './testing/real-server.ts';
import { freePort, startServer } from './testing/real-server.ts';

type Tenant = 'flood' | 'quiet' | 'spent';

let server: RealServer;
let dataDir = '';
let keys: Record<Tenant, string>;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'holdfast-limits-'));
  keys = { flood: keyIn(dataDir, 'flood'), quiet: keyIn(dataDir, 'quiet'), spent: keyIn(dataDir, 'spent') };
  const env = { IDENTITY: 'required', RATE_LIMIT_PER_SECOND: '1', RATE_LIMIT_BURST: '400' };
  server = await startServer({ dataDir, port: await freePort(), env });
});
afterAll(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

function send(tenant: Tenant, line: string, body?: unknown): Promise<HttpAnswer> {
  const [method = '', path = ''] = line.split(' ');
  const headers = { authorization: `Bearer ${keys[tenant]}`, 'content-type': 'application/json' };
  return ask({ method, url: server.url + path, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
}

const short = (taskId: string) => ({ taskId, type: 'simulate', payload: { failureRate: 0 } });
const batch = (name: string, count = 100) => ({
  tasks: Array.from({ length: count }, (_, i) => short(`${name}-${i}-x`)),
});
const statuses = (answers: readonly HttpAnswer[]): Record<number, number> =>
  Object.fromEntries(
    Object.entries(Object.groupBy(answers, ({ status }) => status)).map(([status, all]) => [status, all!.length]),
  );

describe('a tenant whose rate is used up', () => {
  beforeAll(async () => {
    for (const name of ['a', 'b', 'c', 'd']) await send('spent', 'POST /tasks/batch', batch(name));
  });

  test.each(entries.filter((entry) => statusesOf(entry).includes(429)))(
    'gets 429 from $operationId',
    async (entry: Entry) => {
      // A request or two may pass meanwhile: one a second.
      let answer: HttpAnswer;
      do answer = await send('spent', `${entry.method} ${pathFor(entry.path, 'a-1-x')}`, bodiesOf(entry)[0]);
      while (answer.status !== 429);
      expect((answer.body as Problem).code).toBe('rate-limited');
      const validate = (responses[entry.operationId] as Record<string, Validator<unknown>>)['429']!;
      expect(validate(answer.body), JSON.stringify(answer.body)).toBe(true);
      expect(headersOf(entry, 429).filter((name) => answer.headers[name] === undefined)).toEqual([]);
      expect(answer.headers).toMatchObject({
        'retry-after': '1',
        ratelimit: '"tenant";r=0;t=1',
        'ratelimit-policy': '"tenant";q=400;w=400',
      });
    },
  );

  test('may still ask whether the service lives', async () => {
    const answers = await Promise.all(['GET /health', 'GET /ready'].map((line) => send('spent', line)));
    expect(answers.map(({ status, headers }) => [status, headers['ratelimit']])).toEqual([
      [200, undefined],
      [200, undefined],
    ]);
  });
});

test('a flood is refused, batches as a whole, and a tenant beside it is served to the end', async () => {
  const singles = Array.from({ length: 100 }, (_, i) => send('flood', 'POST /tasks', short(`single-${i}-x`)));
  const batches = Array.from({ length: 20 }, (_, i) => send('flood', 'POST /tasks/batch', batch(`batch-${i}`)));
  const ids = Array.from({ length: 50 }, (_, i) => `quiet-${i}-x`);
  const submitted = await Promise.all(ids.map((taskId) => send('quiet', 'POST /tasks', short(taskId))));
  const ended = await Promise.all(ids.map((taskId) => send('quiet', `GET /tasks/${taskId}?wait=20`)));
  expect(statuses([...submitted, ...ended])).toEqual({ 200: 50, 202: 50 });
  expect(new Set(ended.map(({ body }) => (body as TaskDetail).status))).toEqual(new Set(['succeeded']));

  const flooded = await Promise.all([...singles, ...batches]);
  const refused = flooded.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThan(10);
  expect(refused.every(({ headers }) => Number(headers['retry-after']) >= 1)).toBe(true);
  const taken = flooded.flatMap(({ status, body }) => (status === 200 ? (body as BatchResult).results : []));
  expect(taken.every(({ status }) => status === 202) && taken.length % 100 === 0).toBe(true);
  expect(taken.length + statuses(flooded)[202]!).toBeLessThanOrEqual(400 + 60);
});
