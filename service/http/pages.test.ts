import { operations } from '@holdfast/api/operations';
import { problems } from '@holdfast/api/problems';
import { problemCodeValues, type Problem } from '@holdfast/api/types';
import { describe, expect, it, test } from 'vitest';
import { openDoor } from './door-under-test.ts';

const { ask } = openDoor();
const HTML_PAGES = ['/docs/first-steps', '/docs', '/docs/live', '/docs/problems'];
const FILES = ['/style.css', '/openapi.json', '/asyncapi.json', '/docs/assets/start-swagger-ui.js'];
const SWAGGER_UI = ['/docs/assets/swagger-ui.css', '/docs/assets/swagger-ui-bundle.js'];

const textOf = async (path: string): Promise<string> => (await ask<string>(`GET ${path}`)).body;
const linksOf = (html: string): string[] => [...html.matchAll(/ (?:href|src)="([^"]*)"/g)].map(([, to]) => to!);

describe('documentation', () => {
  it.each(problemCodeValues)('explains the problem %s where its type points', async (code) => {
    const section = new RegExp(`<section id="${code}">.*?</section>`, 's').exec(await textOf('/docs/problems'));
    expect(section?.[0]).toMatch(/<dt>Status<\/dt>.*<dt>When<\/dt><dd>.+<\/dd>.*<dt>Remedy<\/dt><dd>.+<\/dd>/s);
  });

  it.each(problemCodeValues)('says whether the problem %s may be asked again', async (code) => {
    const section = new RegExp(`<section id="${code}">.*?</section>`, 's').exec(await textOf('/docs/problems'));
    expect(/<dt>Retryable<\/dt><dd>(yes|no)\b/.exec(section![0])?.[1]).toBe(problems[code].retryable ? 'yes' : 'no');
  });

  it.each(HTML_PAGES)('links %s to all other pages, and marks it as the one that is open', async (path) => {
    const html = await textOf(path);
    expect(linksOf(html)).toEqual(expect.arrayContaining([...HTML_PAGES, '/openapi.json', '/asyncapi.json']));
    expect(html.match(/<a href="[^"]*" aria-current="page">/g)).toEqual([`<a href="${path}" aria-current="page">`]);
  });

  it.each(HTML_PAGES)('has no dead link on %s, and none to another server', async (path) => {
    for (const link of linksOf(await textOf(path)).filter((to) => to !== 'data:,')) {
      const [, target, anchor] = /^(\/[^#]*)?(?:#(.+))?$/.exec(link) ?? expect.fail(link);
      const { status, body } = await ask<string>(`GET ${target ?? path}`);
      expect({ link, status }).toEqual({ link, status: link === '/' ? 302 : 200 });
      if (anchor !== undefined) expect(body).toContain(` id="${anchor}"`);
    }
  });

  it('shows the first commands with the host that was asked', async () => {
    const { body } = await ask<string>('GET /docs/first-steps', undefined, { headers: { host: 'localhost:4711' } });
    expect(body).toContain('curl -i localhost:4711/tasks');
    expect(body).not.toContain('localhost:4000');
  });

  it('shows no host that is more than a name and a port, even where every host is let in', async () => {
    const { ask } = openDoor({ app: { allowsHost: () => true } });
    const { body } = await ask<string>('GET /docs/first-steps', undefined, {
      headers: { host: 'a"><script>alert(1)</script>' },
    });
    expect(body).toContain('curl -i localhost:4000/tasks');
    expect(body).not.toContain('alert(1)');
  });

  it('shows the contracts of this installation', async () => {
    expect((await ask('GET /openapi.json')).body).toEqual({ openapi: '3.1.0' });
    expect((await ask('GET /asyncapi.json')).body).toMatchObject({ asyncapi: '3.0.0' });
  });
});

describe('a page', () => {
  test.each([...HTML_PAGES, ...FILES, ...SWAGGER_UI])('%s allows no inline code and no frame', async (path) => {
    const { headers, body } = await ask<string>(`GET ${path}`);
    const policy = headers.get('content-security-policy')!;
    expect(policy).toMatch(/^default-src 'none'; /);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    expect(policy.includes('script-src')).toBe(path === '/docs');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    if (HTML_PAGES.includes(path)) expect(body).not.toMatch(/<script(?![^>]* src=)|<style|\sstyle=|\son\w+=/);
  });

  test.each([...HTML_PAGES, ...FILES, ...SWAGGER_UI])('%s is sent again only when it has changed', async (path) => {
    const first = await ask<unknown>(`GET ${path}`);
    const tag = first.headers.get('etag')!;
    expect(first.headers.get('cache-control')).toBe('no-cache');
    for (const held of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
      const again = await ask(`GET ${path}`, undefined, { headers: { 'if-none-match': held } });
      expect({ status: again.status, body: again.body, tag: again.headers.get('etag') }).toEqual({
        status: 304,
        body: '',
        tag,
      });
    }
    const changed = await ask(`GET ${path}`, undefined, { headers: { 'if-none-match': '"other"' } });
    expect({ status: changed.status, body: changed.body }).toEqual({ status: 200, body: first.body });
  });

  test.each([...HTML_PAGES, ...FILES, ...SWAGGER_UI])('%s takes GET and HEAD, and says so', async (path) => {
    expect(await ask(`HEAD ${path}`)).toMatchObject({ status: 200, body: '' });
    const { status, headers, body } = await ask<Problem>(`POST ${path}`, {});
    expect({ status, code: body.code, allow: headers.get('allow') }).toEqual({
      status: 405,
      code: 'method-not-allowed',
      allow: 'GET, HEAD, OPTIONS',
    });
  });

  test.each([
    '/docs/assets',
    '/docs/assets/',
    '/docs/assets/package.json',
    '/docs/assets/swagger-ui-bundle.js.map',
    '/docs/assets/%2e%2e/package.json',
    '/docs/assets/..%2fpackage.json',
    '/docs/assets//swagger-ui.css',
    '/docs/assets/swagger-ui.css/',
  ])('that is not listed is not there: %s', async (path) => {
    expect(await ask<Problem>(`GET ${path}`)).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });

  test('is never in the way of an operation', () => {
    const paths = Object.values(operations).map(({ path }) => path as string);
    expect(paths.filter((path) => [...HTML_PAGES, ...FILES, ...SWAGGER_UI].includes(path))).toEqual([]);
  });
});
