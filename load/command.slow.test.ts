import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { keyIn } from '../service/testing/given-keys.ts';
import { isAlive, until } from '../service/testing/given-pool.ts';
import type { RealServer } from '../service/testing/real-server.ts';
import { childrenOf, freePort, startServer } from '../service/testing/real-server.ts';
import type { Result } from './host/result.ts';

const COMMAND = join(import.meta.dirname, 'command.ts');

let dataDir: string;
let key: string;
let server: RealServer;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'holdfast-command-'));
  key = keyIn(dataDir, 'a-team');
  server = await startServer({ dataDir, port: await freePort(), env: { IDENTITY: 'required', TIMING: 'short' } });
});
afterAll(async () => {
  await server.killAll();
  rmSync(dataDir, { recursive: true });
});

const started = new Set<ChildProcess>();
/** Also after a time limit. What they have started does not outlive them. */
afterEach(() => {
  for (const child of started) child.kill('SIGKILL');
  started.clear();
});

function start(args: readonly string[]) {
  const child = spawn(process.execPath, [COMMAND, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  started.add(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += String(chunk)));
  return { child, said: () => said };
}

async function ended(args: readonly string[]): Promise<{ code: unknown; said: string }> {
  const { child, said } = start(args);
  const [code] = (await once(child, 'close')) as unknown[];
  return { code, said: said() };
}

test('a wrong key is a sentence and exit code 1; with the right one the promises are kept, and the result says so', async () => {
  const at = ['smoke', '--short', '--url', server.url];
  const wrong = await ended([...at, '--key', 'hf_wrong']);
  expect(wrong).toMatchObject({ code: 1, said: expect.stringContaining('does not take this key') as string });
  const right = await ended([...at, '--key', key]);
  expect(right).toMatchObject({ code: 0, said: expect.stringMatching(/All \d+ promises were kept\./) as string });
  const report = right.said.trim().split('\n').at(-1)!;
  const text = readFileSync(join(report, '../result.json'), 'utf8');
  const result = JSON.parse(text) as Result;
  expect(result).toMatchObject({ scenario: 'smoke', throwAway: false, url: server.url });
  expect(text + readFileSync(report, 'utf8')).not.toContain(key);
  rmSync(join(report, '..'), { recursive: true });
});

test.each(['SIGTERM', 'SIGKILL'] as const)('%s in the middle leaves no process and no folder', async (signal) => {
  const { child, said } = start(['smoke']);
  await until(() => childrenOf(child.pid!).some((pid) => commandOf(pid).includes('scenarios/smoke.ts')));
  const theirs = childrenOf(child.pid!);
  const folders = theirs.map(folderOf).filter((folder) => folder !== undefined);
  child.kill(signal);
  const [code] = (await once(child, 'close')) as unknown[];
  await until(() => theirs.every((pid) => !isAlive(pid)));
  expect(folders).toHaveLength(1);
  expect(readdirSync(tmpdir())).not.toContain(folders[0]!.split('/').at(-1));
  if (signal === 'SIGKILL') return;
  expect({ code, said: said() }).toMatchObject({ code: 1, said: expect.stringContaining('Interrupted:') as string });
});

const commandOf = (pid: number): string => readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
const folderOf = (pid: number): string | undefined =>
  /DATA_DIR=(\S*holdfast-load-\w+)\0/.exec(readFileSync(`/proc/${pid}/environ`, 'utf8'))?.[1];
