import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Problem } from '@holdfast/api/types';
import { afterAll, describe, expect, it, test } from 'vitest';
import { openDoor } from './door-under-test.ts';
import { pages } from './pages.ts';
import { installedSwaggerUi } from './docs/swagger-ui.ts';

const CODE = 'export const answer = 42;\n'.repeat(20);
const SHELL = '<!doctype html><head><script>first()</script></head><div><script>\nstart()\n</script></div>';
const SCRIPT = '_app/immutable/start.abc.js';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-dashboard-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const files = {
  'index.html': SHELL,
  'icon.svg': '<svg/>',
  [SCRIPT]: CODE,
  [`${SCRIPT}.br`]: brotliCompressSync(CODE),
  [`${SCRIPT}.gz`]: gzipSync(CODE),
  'sources.sha256': 'abc',
};
for (const [name, content] of Object.entries(files)) {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), content);
}

const asyncapi = readFileSync(fileURLToPath(import.meta.resolve('@holdfast/api/asyncapi.json')), 'utf8');
const shown = (dashboard?: string) => pages({ openapi: '{}', asyncapi, swaggerUi: installedSwaggerUi(), dashboard });
const { ask } = openDoor({ app: { pages: shown(folder) } });

describe('the dashboard', () => {
  it('is where / leads; without one the first steps are', async () => {
    const { status, headers } = await ask('GET /');
    expect([status, headers.get('location')]).toEqual([302, '/app']);
    const without = await openDoor({ app: { pages: shown() } }).ask('GET /');
    expect(without.headers.get('location')).toBe('/docs/first-steps');
  });

  test.each(['/app', '/app/', '/app/tasks', '/app/tasks/order-1?status=dead', '/app/tasks/_x_/y-'])(
    'has its shell at %s',
    async (path) => {
      const { status, body, headers } = await ask<string>(`GET ${path}`);
      expect([status, body, headers.get('cache-control')]).toEqual([200, SHELL, 'no-cache']);
    },
  );

  test.each([
    '/app/_app/immutable/gone.js',
    '/app/_app',
    '/app/x.js',
    '/app/../etc',
    '/app/%2e%2e/x',
    '/app//tasks',
    '/apple',
  ])('has nothing at %s', async (path) => {
    expect(await ask<Problem>(`GET ${path}`)).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });

  it('shows no file that is none of a page', async () => {
    for (const name of ['sources.sha256', `${SCRIPT}.br`]) expect((await ask(`GET /app/${name}`)).status).toBe(404);
  });

  it('takes GET and HEAD, and says so', async () => {
    for (const path of ['/app/tasks', '/app/icon.svg']) {
      expect(await ask(`HEAD ${path}`)).toMatchObject({ status: 200, body: '' });
      const { status, headers } = await ask(`POST ${path}`, {});
      expect([status, headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
    }
  });

  it('lets run its own files and the scripts of its shell, and nothing else', async () => {
    const policy = (await ask('GET /app')).headers.get('content-security-policy')!;
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'( 'sha256-[\w+/=]{44}'){2}; style-src 'self'; /);
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|\*|https?:/);
  });
});

describe('a file that its name tells apart', () => {
  test.each([
    ['br, gzip', 'br'],
    ['gzip, deflate', 'gzip'],
    ['gzip;q=1.0, BR;q=0.5', 'br'],
    ['br;q=0, gzip', 'gzip'],
    ['identity', null],
    ['', null],
  ])('is packed as the client takes it: %j gets %s', async (accepted, encoding) => {
    const { headers } = await ask<string>(`GET /app/${SCRIPT}`, undefined, {
      headers: { 'accept-encoding': accepted },
    });
    expect([headers.get('content-encoding'), headers.get('vary')]).toEqual([encoding, 'Accept-Encoding']);
  });

  it('is kept for ever, each packing under a tag of its own', async () => {
    const plain = await ask<string>(`GET /app/${SCRIPT}`);
    expect([plain.body, plain.headers.get('cache-control')]).toEqual([CODE, 'public, max-age=31536000, immutable']);
    const headers = { 'accept-encoding': 'br', 'if-none-match': plain.headers.get('etag')! };
    expect((await ask(`GET /app/${SCRIPT}`, undefined, { headers })).status).toBe(200);
  });
});
