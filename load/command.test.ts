/** The command with a k6 and a Holdfast that are played: what it says when k6 answers what no run should. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const HOLDFAST = JSON.stringify({ status: 'ok', version: '1.2.3', exact: true });

let folder: string;
let server: Server;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-command-'));
  server = createServer((_, answer) => answer.end(HOLDFAST)).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

/** Whose k6 does so when it is to run something. */
async function smoke(k6: string): Promise<{ code: unknown; said: string }> {
  const path = join(folder, 'k6');
  writeFileSync(path, `#!/bin/sh\n[ "$1" = version ] && { echo "k6 v2.9.1 (played)"; exit 0; }\n${k6}\n`);
  chmodSync(path, 0o755);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const child = spawn(process.execPath, [join(import.meta.dirname, 'command.ts'), 'smoke', '--url', url], {
    env: { ...process.env, PATH: `${folder}${delimiter}${process.env['PATH']}` },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += String(chunk)));
  const [code] = (await once(child, 'close')) as unknown[];
  const file = /\S*load\/results\/[^\s']+/.exec(said)?.[0];
  if (file !== undefined) rmSync(dirname(file), { recursive: true });
  return { code, said };
}

const figures = (metrics: object): string =>
  `echo '${JSON.stringify({ metrics, state: { testRunDurationMs: 1 } })}' > "$RESULT_FILE"`;
const kept = { tasks_lost: { type: 'counter', values: { count: 0 }, thresholds: { 'count==0': { ok: true } } } };

test.each([
  ['leaves no figures', 'exit 0', 'k6 left no figures in '],
  ['leaves half of them', 'echo "{" > "$RESULT_FILE"', 'k6 left no figures in '],
  ['judged nothing', figures({ tasks_lost: { ...kept.tasks_lost, thresholds: {} } }), 'do not say which promises'],
  ['says by its code alone that a bar was broken', `${figures(kept)}; exit 99`, 'do not say which promises'],
  [
    'could not begin',
    `printf '%s' '{"level":"error","msg":"wrong:\\n- this"}' >&2; exit 104`,
    'code 104): wrong: this',
  ],
])('a k6 that %s is a sentence and exit code 1', async (_, k6, sentence) => {
  const { code, said } = await smoke(k6);
  expect(said).toContain(sentence);
  expect(said).not.toMatch(/^ +at /m);
  expect(code).toBe(1);
});
