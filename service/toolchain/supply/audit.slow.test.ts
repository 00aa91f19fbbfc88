// npm itself, asked on the machine's own loopback: how its report is read, and how the command ends.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { afterEach, expect, it } from 'vitest';

const BULK = '/-/npm/v1/security/advisories/bulk';
const COMMAND = join(import.meta.dirname, 'audit-command.ts');

let registry: Server | undefined;
afterEach(() => {
  registry?.closeAllConnections();
  registry?.close();
});

/** Answers the bulk request with this; undefined as a registry that knows no audits. */
async function given(advisories: object | undefined): Promise<{ url: string; asked: () => object }> {
  let asked = {};
  registry = createServer((request, response) => {
    if (request.url !== BULK) return void response.writeHead(404).end('{}');
    if (advisories === undefined) return void response.writeHead(405, { Allow: 'GET,HEAD' }).end();
    void buffer(request).then((body) => {
      asked = JSON.parse((request.headers['content-encoding'] ? gunzipSync(body) : body).toString()) as object;
      response.setHeader('Content-Type', 'application/json').end(JSON.stringify(advisories));
    });
  }).listen(0, '127.0.0.1');
  await once(registry, 'listening');
  return { url: `http://127.0.0.1:${(registry.address() as AddressInfo).port}`, asked: () => asked };
}

async function audit(url: string): Promise<{ code: unknown; said: string }> {
  const child = spawn(process.execPath, [COMMAND, '--registry', url, '--fetch-retries', '0']);
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = (await once(child, 'close')) as [unknown];
  return { code, said: (await said).join('') };
}

const advisory = (severity: string) => ({
  ...{ id: 1, url: 'https://github.com/advisories/GHSA-aaaa-bbbb-cccc', title: 'It is made up', severity },
  ...{ vulnerable_versions: '<99.0.0', cwe: [], cvss: { score: 0, vectorString: null } },
});

it('asks about everything, and is well when nothing is known', async () => {
  const { url, asked } = await given({});
  expect(await audit(url)).toMatchObject({ code: 0, said: expect.stringContaining('0 advisories to mend') as string });
  expect(asked()).toMatchObject({ hono: [expect.any(String)], svelte: [expect.any(String)] });
});

it('fails with 1 for what is shipped, and names it', async () => {
  const { url } = await given({ svelte: [advisory('high')], vite: [advisory('critical')] });
  const { code, said } = await audit(url);
  expect(code).toBe(1);
  expect(said).toContain('To be mended. high: svelte <99.0.0: It is made up');
  expect(said).not.toContain('vite <');
});

it('fails with a code of its own when the registry cannot be asked', async () => {
  const { url } = await given(undefined);
  expect(await audit(url)).toMatchObject({
    code: 3,
    said: expect.stringMatching(/^The registry could not be asked about the \d+ packages.*405/) as string,
  });
});
