import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { responses } from '@holdfast/api/response-validators';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readmeCurls } from './testing/readme-curls.ts';
import type { RealServer } from './testing/real-server.ts';
import { freePort, startServer } from './testing/real-server.ts';

let server: RealServer;
let dataDir = '';
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'holdfast-readme-'));
  server = await startServer({ dataDir, port: await freePort(), env: { FAULTS_ALLOWED: '1' } });
});
afterAll(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

test('the commands of the README do what it says', async () => {
  const answers: { status: number; headers: Headers; body: unknown }[] = [];
  for (const { path, init } of readmeCurls()) {
    const response = await fetch(server.url + path, init);
    answers.push({ status: response.status, headers: response.headers, body: await response.json() });
  }
  const [submitted, final, , dead, redriven, delivery] = answers;
  expect(answers.map(({ status }) => status)).toEqual([202, 200, 202, 200, 202, 202, 200, 200, 200]);
  expect([submitted!.headers.get('location'), submitted!.headers.get('etag')]).toEqual(['/tasks/task124', '"1"']);
  expect((final!.body as { status: string }).status).toMatch(/^(succeeded|dead)$/);
  expect(dead!.body).toMatchObject({ status: 'dead', attempt: 3, lastFailure: { class: 'SYSTEM' } });
  expect(redriven!.body).toMatchObject({ history: [{ move: 'redrive', reason: 'fixed the cause' }] });
  expect(delivery!.body).toMatchObject({ type: 'http-request', status: 'queued', maxAttempts: 10 });
  expect(responses.submitTask['202'](submitted!.body)).toBe(true);
  expect(answers.at(-2)?.body).toMatchObject({ faults: { endsAfterSeconds: 60 } });
  expect(answers.at(-1)?.body).toMatchObject({ endsAt: null });
  for (const { body } of [final!, dead!]) expect(responses.getTask['200'](body)).toBe(true);
  expect(responses.redriveTask['202'](redriven!.body)).toBe(true);
});
