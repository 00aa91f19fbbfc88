// The program of the README, in a folder of its own with the package that `npm run build` makes, as an app would have it.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RealServer } from './testing/real-server.ts';
import { freePort, startServer } from './testing/real-server.ts';
import { buildSdk } from './toolchain/build-sdk.ts';

const README = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
const PROGRAM = /```js\n(import [^`]*@holdfast\/sdk(?:[^`]|`(?!``))*)```/.exec(README)![1]!;

let server: RealServer;
let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-app-'));
  await buildSdk(join(folder, 'node_modules', '@holdfast', 'sdk'));
  mkdirSync(join(folder, 'data'));
  server = await startServer({ dataDir: join(folder, 'data'), port: await freePort() });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function run(file: string): Promise<{ readonly code: number | null; readonly output: string }> {
  const child = spawn(process.execPath, [join(folder, file)], { cwd: folder });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await once(child, 'close');
  return { code: child.exitCode, output };
}

test('submits, shows progress and result, redrives what is dead, hears why it was refused, and ends', async () => {
  writeFileSync(join(folder, 'app.mjs'), PROGRAM.replace('http://localhost:4000', server.url));
  const { code, output } = await run('app.mjs');
  expect(output).toMatch(/^accepted as [a-z0-9]{26}\n/);
  expect(output).toMatch(/running \d+\n/);
  expect(output).toMatch(
    /result: \{ ok: true, attempt: 1 \}\ndead after 3 attempts: Simulated .*\nrefused: must be <= 1\n$/,
  );
  expect(code).toBe(0);
});

test('the types of the package stand alone, also for a strict compiler that looks into them', () => {
  const config = {
    compilerOptions: {
      strict: true,
      noEmit: true,
      target: 'es2022',
      module: 'nodenext',
      types: [],
      lib: ['es2022', 'dom', 'dom.iterable'],
    },
    files: ['app.mts'],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const lines = [
    "import { createHoldfast, type Task } from '@holdfast/sdk';",
    "const holdfast = createHoldfast({ baseUrl: 'http://localhost:4000' });",
    "export const task: Task = await holdfast.submit('simulate', { failureRate: 0 });",
    '// @ts-expect-error the payload of simulate has no such field',
    "await holdfast.submit('simulate', { rate: 0 });",
  ];
  writeFileSync(join(folder, 'app.mts'), lines.join('\n'));
  const compiler = dirname(createRequire(import.meta.url).resolve('@typescript/native/package.json'));
  const compiled = spawnSync(process.execPath, [join(compiler, 'bin', 'tsc'), '-p', folder], { encoding: 'utf8' });
  expect(compiled.stdout + compiled.stderr).toBe('');
});
