import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { GivenPool, isAlive, until } from '../testing/given-pool.ts';

let given: GivenPool;
beforeEach(() => void (given = new GivenPool()));
afterEach(() => given.close());

/** Notes its process, then blocks it or hangs in it. */
const noting = (file: string) => `
  import { appendFileSync } from 'node:fs';
  export const run = ({ payload }) => {
    appendFileSync(${JSON.stringify(file)}, process.pid + '\\n');
    if (payload.block) for (;;);
    return new Promise(() => {});
  };`;

const parentOf = (typeFolder: string) => `
  import { Pool } from ${JSON.stringify(join(import.meta.dirname, 'pool.ts'))};
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const typeFolders = [${JSON.stringify(typeFolder)}];
  const pool = new Pool({ typeFolders, workers: 1, concurrency: 4, workerMemoryMb: 512, log });
  await pool.decided;
  const start = (payload, isolated) => pool.start({
    task: { taskId: 'one', type: 'noting', payload: JSON.stringify(payload), payloadVersion: 1, fence: 1 },
    attempt: 1, isolated, onProgress() {},
  });
  start({ block: true }, false);
  start({ block: false }, true);`;

it('worker processes end with a server that was killed, also from an endless loop', async () => {
  const file = join(given.folder, 'pids');
  writeFileSync(file, '');
  const script = join(given.folder, 'parent.mjs');
  writeFileSync(script, parentOf(given.type('noting', noting(file))));
  const parent = spawn(process.execPath, [script], { stdio: 'ignore' });
  const pids = () => readFileSync(file, 'utf8').trim().split('\n').filter(Boolean).map(Number);
  await until(() => pids().length === 2);
  expect(pids().every(isAlive)).toBe(true);
  parent.kill('SIGKILL');
  await until(() => !pids().some(isAlive));
});
