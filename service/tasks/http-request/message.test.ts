import type { HttpRequestPayload } from '@holdfast/api/types';
import { payloads } from '@holdfast/api/validators';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { readAllowList } from './allow-list.ts';
import { inputOf, secretsOf } from './given-input.ts';
import type { Message } from './message.ts';
import { messageOf } from './message.ts';

const HOOK = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const SECRETS = { HOOK, TOKEN: 'the-very-secret', SHORT: 'short', BROKEN: 'line one\r\nx-more: 1' };
const BOUND = { ...SECRETS, TOKEN_HOSTS: 'api.example.com, *.example.net, 93.184.216.0/24', HOOK_HOSTS: 'a:8443' };
const URL_OF_HOOK = 'https://hooks.example.com/a?b=c';

const made = (payload: Partial<HttpRequestPayload>, atMs = Date.now()): Message =>
  messageOf(inputOf({ url: URL_OF_HOOK, ...payload }), { secrets: secretsOf(SECRETS), allow: [], atMs });

const codeOf = (payload: Partial<HttpRequestPayload>): string => {
  try {
    made(payload);
    return 'none';
  } catch (error) {
    const { class: failureClass, code } = error as { class: string; code: string };
    return `${failureClass} ${code}`;
  }
};

const unknown = (secret: string): Error =>
  expect.objectContaining({
    ...{ class: 'VALIDATION', code: 'unknown-secret' },
    message: `There is no secret ${secret} for this tenant.`,
  }) as Error;

describe('a request', () => {
  it('is a POST of JSON with the key that makes it safe to repeat', () => {
    const { method, headers, body } = made({ body: { a: 1 } });
    expect({ method, body: String(body) }).toEqual({ method: 'POST', body: '{"a":1}' });
    expect(headers).toMatchObject({
      'idempotency-key': 'key-of-the-task',
      'content-type': 'application/json',
      'content-length': '7',
      host: 'hooks.example.com',
    });
    expect(headers['user-agent']).toMatch(/^Holdfast\/\d/);
  });

  it('has a length also without a body, unless its method has none', () => {
    expect(made({}).headers).toMatchObject({ 'content-length': '0' });
    expect(made({ method: 'GET' }).headers).not.toHaveProperty('content-length');
    expect(made({ method: 'DELETE', body: null }).headers).toMatchObject({ 'content-length': '4' });
  });

  it('takes headers of the task before its own, and secrets by name', () => {
    const headers = {
      'Idempotency-Key': 'mine',
      'Content-Type': 'text/csv',
      Authorization: { prefix: 'Bearer ', secret: 'TOKEN' },
    };
    const message = made({ headers, text: 'a,b' });
    expect(message.headers).toMatchObject({
      'idempotency-key': 'mine',
      'content-type': 'text/csv',
      authorization: 'Bearer the-very-secret',
    });
    expect(String(message.body)).toBe('a,b');
  });

  it('carries the trace of its submit', () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const input = inputOf({ url: URL_OF_HOOK }, { traceparent });
    expect(messageOf(input, { secrets: secretsOf({}), allow: [], atMs: 0 }).headers).toMatchObject({ traceparent });
  });

  it.each([
    [{ url: 'http://a:99999/' }, 'url-refused'],
    [{ url: 'http://ann:pw@a/' }, 'url-refused'],
    [{ url: 'http://1.2.3.256/' }, 'url-refused'],
    [{ headers: { Host: 'b' } }, 'header-refused'],
    [{ headers: { 'transfer-encoding': 'chunked' } }, 'header-refused'],
    [{ headers: { 'x-a': '1', 'X-A': '2' } }, 'header-refused'],
    [{ headers: { 'Webhook-Id': '1' }, sign: { secret: 'HOOK' } }, 'header-refused'],
    [{ headers: { a: { secret: 'NOBODY' } } }, 'unknown-secret'],
    [{ sign: { secret: 'NOBODY' } }, 'unknown-secret'],
    [{ sign: { secret: 'TOKEN' } }, 'secret-unusable'],
    [{ headers: { a: { secret: 'SHORT' } } }, 'secret-unusable'],
    [{ headers: { a: { secret: 'BROKEN' } } }, 'secret-unusable'],
  ])('of %j is permanently refused', (payload, code) => {
    expect(codeOf(payload)).toBe(`VALIDATION ${code}`);
  });

  it.each([
    { url: 'ftp://a/' },
    { url: 'http://ann:pw@a/' },
    { url: 'http://a\\@b/' },
    { url: 'https:///a' },
    { url: 'http://a/ b' },
    { url: `http://a/${'x'.repeat(2_048)}` },
    { headers: { 'x a': '1' } },
    { headers: { 'x:a': '1' } },
    { headers: { 'x-a': '1\r\nx-b: 2' } },
    { headers: { 'x-a': '\u0000' } },
    { headers: { 'x-a': { secret: 'lower' } } },
    { headers: { 'x-a': { secret: 'A', prefix: '\n' } } },
    { headers: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`x-${i}`, '1'])) },
    { body: 1, text: 'a' },
    { timeoutSeconds: 51 },
    { method: 'CONNECT' },
  ])('of %j is not even taken', (payload) => {
    expect(payloads['http-request']({ url: URL_OF_HOOK, ...payload })).toBe(false);
  });

  it.each([
    ['https://api.example.com/v1', true],
    ['https://API.example.com.:8443/', true],
    ['https://eu.example.net/', true],
    ['https://93.184.216.34/', true],
    ['https://example.net/', false],
    ['https://api.example.com.evil.example/', false],
    ['https://evil.example/?api.example.com', false],
  ])('to %s gets a secret only when that is among its hosts: %s', (url, isAmong) => {
    const input = inputOf({ url, headers: { authorization: { secret: 'TOKEN' } } });
    const making = () => messageOf(input, { secrets: secretsOf(BOUND), allow: [], atMs: 0 }).headers['authorization'];
    if (isAmong) expect(making()).toBe(SECRETS.TOKEN);
    else expect(making).toThrow(expect.objectContaining({ class: 'VALIDATION', code: 'secret-refused' }) as Error);
  });

  it('gets a secret over plain http only for a host that may be asked anyway', () => {
    const input = inputOf({ url: 'http://localhost:4100/', headers: { authorization: { secret: 'TOKEN' } } });
    const means = { secrets: secretsOf(SECRETS), atMs: 0 };
    const refusal = expect.objectContaining({ code: 'secret-refused' }) as Error;
    expect(() => messageOf(input, { ...means, allow: readAllowList('localhost:4101').rules })).toThrow(refusal);
    const { headers } = messageOf(input, { ...means, allow: readAllowList('localhost:4100').rules });
    expect(headers['authorization']).toBe(SECRETS.TOKEN);
  });

  it.each(['', ' ', ','])('gets no secret for any host when the list of hosts is there and empty: %j', (hosts) => {
    const secrets = secretsOf({ ...SECRETS, TOKEN_HOSTS: hosts });
    const input = inputOf({ url: URL_OF_HOOK, headers: { authorization: { secret: 'TOKEN' } } });
    const refusal = expect.objectContaining({ code: 'secret-refused' }) as Error;
    expect(() => messageOf(input, { secrets, allow: [], atMs: 0 })).toThrow(refusal);
  });

  it('is not signed for another host either: what is signed could be sent on', () => {
    const signed = (url: string) =>
      messageOf(inputOf({ url, sign: { secret: 'HOOK' } }), { secrets: secretsOf(BOUND), allow: [], atMs: 0 });
    expect(signed('https://a:8443/').headers).toHaveProperty('webhook-signature');
    expect(() => signed('https://a/')).toThrow(expect.objectContaining({ code: 'secret-refused' }) as Error);
  });

  it.each([
    [undefined, 'local', true],
    [undefined, 'acme', false],
    ['acme, zeta', 'zeta', true],
    ['acme, zeta', 'local', false],
    ['acme-2', 'acme', false],
    ['*', 'anybody', true],
    [' ', 'local', false],
    ['acme,*', 'zeta', false],
  ])('with a secret of the tenants %j gets it by a task of %s: %s', (list, tenant, isTheirs) => {
    const lists = list === undefined ? {} : { HOOK_TENANTS: list, TOKEN_TENANTS: list };
    const secrets = secretsOf({ ...SECRETS, ...lists }, tenant);
    const madeWith = (secret: string, payload: Partial<HttpRequestPayload>) => () => {
      const input = inputOf({ url: URL_OF_HOOK, ...payload });
      const { headers } = messageOf(input, { secrets, allow: [], atMs: 0 });
      return headers['authorization'] ?? headers['webhook-signature'] ?? secret;
    };
    for (const [secret, payload] of [
      ['TOKEN', { headers: { authorization: { secret: 'TOKEN' } } }],
      ['HOOK', { sign: { secret: 'HOOK' } }],
    ] as const) {
      const making = madeWith(secret, payload);
      if (isTheirs) expect(making()).toMatch(/^the-very-secret$|^v1,/);
      else expect(making).toThrow(unknown(secret));
    }
  });

  it('fails by the same words whether a secret is of another tenant, unusable as well, for another host, or nowhere', () => {
    const lists = { TOKEN_TENANTS: 'acme', SHORT_TENANTS: 'acme', BROKEN_TENANTS: 'acme', HOOK_TENANTS: 'acme' };
    const secrets = secretsOf({ ...BOUND, ...lists });
    for (const secret of ['TOKEN', 'SHORT', 'BROKEN', 'HOOK', 'NOBODY', 'TOKEN_HOSTS', 'TOKEN_TENANTS']) {
      const input = inputOf({ url: 'http://evil.example/', headers: { a: { secret } } });
      expect(() => messageOf(input, { secrets, allow: [], atMs: 0 })).toThrow(unknown(secret));
    }
  });

  it('that is signed is one that Standard Webhooks verifies, by the bytes that are sent', () => {
    for (const payload of [{ body: { text: 'ü' } }, { text: '{}' }, {}]) {
      const { headers, body = '' } = made({ ...payload, sign: { secret: 'HOOK' } });
      expect(() => new Webhook(HOOK).verify(String(body), headers)).not.toThrow();
      expect(() => new Webhook(HOOK).verify(`${String(body)} `, headers)).toThrow();
    }
  });

  it('that is signed again has the same id and another time', () => {
    const [first, again] = [1_000, 61_000].map((atMs) => made({ sign: { secret: 'HOOK' } }, atMs).headers);
    expect([first!['webhook-id'], again!['webhook-id']]).toEqual(['key-of-the-task', 'key-of-the-task']);
    expect([first!['webhook-timestamp'], again!['webhook-timestamp']]).toEqual(['1', '61']);
  });
});
