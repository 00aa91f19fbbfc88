// The requests of api/examples.http get the statuses that it promises, from a running server, in its order.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { entries } from './testing/contract-examples.ts';
import type { ExpectedRequest } from './testing/http-file.ts';
import { readHttpFile, withAnswers } from './testing/http-file.ts';
import { ask } from './testing/http-request.ts';
import type { RealServer } from './testing/real-server.ts';
import { freePort, startServer } from './testing/real-server.ts';

const FILE = join(import.meta.dirname, '../api/examples.http');
const requests = readHttpFile(FILE, { host: '' });

let server: RealServer;
let dataDir = '';
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'holdfast-examples-'));
  server = await startServer({ dataDir, port: await freePort(), env: { FAULTS_ALLOWED: '1' } });
});
afterAll(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('examples.http', () => {
  const answers = new Map<string, unknown>();

  test.each(requests)('$title: $status', async (shown) => {
    const { status, name, url, ...request } = withAnswers(shown, answers);
    const answer = await ask({ ...request, url: server.url + url });
    if (name !== undefined) answers.set(name, answer.body);
    expect({ status: answer.status, body: answer.body }).toMatchObject({ status });
  });

  test.each(entries)('shows $operationId doing well, and refusing', ({ method, path }) => {
    const pattern = new RegExp(`^${path.replace(/\{\w+\}/g, '[^/?]+')}(\\?|$)`);
    const shown = requests.filter((each: ExpectedRequest) => each.method === method && pattern.test(each.url));
    expect(
      shown.some(({ status }) => status < 300),
      'doing well',
    ).toBe(true);
    expect(
      shown.some(({ status }) => status >= 400),
      'refusing',
    ).toBe(true);
  });
});
