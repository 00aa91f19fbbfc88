import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestListener, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CannotRun } from './sentences.ts';
import { find } from './target.ts';
import { environmentOf, startThrowAway } from './throw-away.ts';

let folder: string;
let server: Server | undefined;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'holdfast-target-'))));
afterEach(() => {
  server?.close();
  server = undefined;
  rmSync(folder, { recursive: true });
});

async function listening(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A Holdfast as far as it is asked, whose /stats answers so. */
const holdfast = (status: number, stats: object) =>
  listening(({ url }, answer) => {
    const isHealth = url === '/health';
    answer
      .writeHead(isHealth ? 200 : status)
      .end(JSON.stringify(isHealth ? { status: 'ok', version: '1.2.3' } : stats));
  });

test('who counts exactly is one machine, who counts about is AWS', async () => {
  expect(await find({ url: await holdfast(200, { exact: true }), key: 'k' })).toEqual({
    engine: 'one-machine',
    holdfast: '1.2.3',
  });
  server!.close();
  expect(await find({ url: await holdfast(200, { exact: false }), key: 'k' })).toMatchObject({ engine: 'aws' });
});

test('nobody, somebody else, no key and a wrong key are told apart', async () => {
  await expect(find({ url: 'http://127.0.0.1:1', key: undefined })).rejects.toThrow(
    'Nobody answers at http://127.0.0.1:1',
  );
  const other = await listening((_, answer) => answer.end('hello'));
  await expect(find({ url: other, key: undefined })).rejects.toThrow(`What answers at ${other} is no Holdfast`);
  server!.close();
  const url = await holdfast(401, { detail: 'This key is unknown.' });
  await expect(find({ url, key: undefined })).rejects.toThrow('asks for a key: say --key, or set HOLDFAST_API_KEY.');
  await expect(find({ url, key: 'wrong' })).rejects.toThrow('does not take this key: This key is unknown.');
});

test('a server that does not start is a sentence with its last words, and leaves no folder', async () => {
  const entry = join(folder, 'server.mjs');
  writeFileSync(
    entry,
    `import fs from 'node:fs'; fs.writeFileSync(process.env.DATA_DIR + '/here', ''); console.error(process.env.DATA_DIR); process.exit(3);`,
  );
  const interrupted = new AbortController().signal;
  const started = startThrowAway({ engine: 'one-machine', logFile: join(folder, 'log'), interrupted, entry });
  const error = await started.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(CannotRun);
  const [sentence, dataDir] = (error as Error).message.split('\n');
  expect(sentence).toBe('The server of the run did not start:');
  expect(readdirSync(tmpdir())).not.toContain(dataDir!.split('/').at(-1));
});

test('no setting of the README reaches the server of a run from outside', () => {
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
  const settings = [...readme.matchAll(/^\| `([A-Z][A-Z_]+)` /gm)].map(([, name]) => name!);
  const own = { PORT: '1', DATA_DIR: '2', FAULTS_ALLOWED: '1', TIMING: 'short', LOG_LEVEL: 'warn' };
  const outside = Object.fromEntries([...settings, 'HOME'].map((name) => [name, 'set outside']));
  expect(settings).toEqual(expect.arrayContaining(['ALLOWED_HOSTS', 'TRUSTED_PROXIES', 'OIDC_ISSUER']));
  expect(environmentOf(outside, own)).toEqual({ ...own, HOME: 'set outside' });
});

test('a start that is interrupted ends the server at once', async () => {
  const entry = join(folder, 'server.mjs');
  writeFileSync(entry, `console.log(process.pid); setInterval(() => {}, 1_000);`);
  const interruption = new AbortController();
  const started = startThrowAway({
    engine: 'twin',
    logFile: join(folder, 'log'),
    interrupted: interruption.signal,
    entry,
  });
  interruption.abort();
  await expect(started).rejects.toThrow('Interrupted: what the run had started was stopped');
});
