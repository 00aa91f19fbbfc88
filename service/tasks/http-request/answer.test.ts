import { describe, expect, it } from 'vitest';
import { failureOf, MOST_READ_BYTES, resultOf, retryAfterMsOf } from './answer.ts';
import { secretsOf } from './given-input.ts';
import type { Answer } from './send.ts';

const SECRET = 'the-very-"secret"';
const secrets = secretsOf({ TOKEN: `Bearer ${SECRET}`, OTHER: 'the-very-' });
const JSON_TYPE = { 'content-type': 'application/problem+json; charset=utf-8' };

const result = (body: string | Buffer, more: Partial<Answer> = {}) => {
  const answer = { status: 200, headers: {}, body: Buffer.from(body as string), isWhole: true, ...more };
  return resultOf(answer, { secrets, durationMs: 1.4 });
};
const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

describe('the result', () => {
  it('is JSON where the answer says so, else text', () => {
    const body = '{"a":[1.5,null]}';
    expect(result(body, { headers: JSON_TYPE })).toMatchObject({ body: { a: [1.5, null] }, durationMs: 1 });
    expect(result(body)).toMatchObject({ body, bodyTruncated: false });
    expect(result('{', { headers: JSON_TYPE })).toMatchObject({ body: '{', bodyTruncated: false });
  });

  it.each([
    '{"id":9007199254740993}',
    '[0.12345678901234567]',
    '1e999',
    '['.repeat(40) + ']'.repeat(40),
    '['.repeat(9_000),
  ])('keeps the text of JSON that would not come back as it was: %.30s', (body) => {
    expect(result(body, { headers: JSON_TYPE })).toMatchObject({ body, bodyTruncated: false });
  });

  it('is cut between two characters', () => {
    const { body, bodyTruncated } = result(`a${'ü'.repeat(20_000)}`.slice(0, 10_000));
    expect(body).toBe(`a${'ü'.repeat(8_191)}`);
    expect(bodyTruncated).toBe(true);
  });

  it.each(['\u0000', '"', '\u{1f600}', '\ufffd'])('fits into the ledger whatever it is made of: %j', (text) => {
    const headers = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`x-${i}`, '"ÿ'.repeat(900)]));
    const made = result(text.repeat(MOST_READ_BYTES), { headers, isWhole: false });
    expect(made.bodyTruncated).toBe(true);
    expect(made.body).not.toBe('');
    expect(bytesOf(made)).toBeLessThan(64 * 1024);
  });

  it('has no body where that is no UTF-8', () => {
    expect(result(Buffer.from([0xff, 0xd8, 0xff]))).toMatchObject({ body: '', bodyTruncated: true });
  });

  it('has no cookies, and nothing named like a credential', () => {
    const headers = { 'set-cookie': ['a=1'], 'x-auth-token': 'b', 'x-api-key': 'c', etag: '"d"', date: 'today' };
    expect(result('', { headers }).headers).toEqual({ etag: '"d"', date: 'today' });
  });

  it('masks every secret that the answer repeats, however JSON writes it', () => {
    const headers = { ...JSON_TYPE, 'x-echo': `Bearer ${SECRET}` };
    const escaped = JSON.stringify({ [SECRET]: `Bearer ${SECRET}!` }).replace('very', String.raw`\u0076ery`);
    for (const body of [escaped, SECRET, JSON.stringify(SECRET)]) {
      const made = result(body, { headers });
      expect(JSON.stringify(made)).not.toMatch(/the-|secret/);
      expect(made.headers['x-echo']).toBe('***');
    }
    expect(result(escaped, { headers }).body).toEqual({ '***': '***!' });
  });

  it.each([
    ['PHP', '{"k":"whsec_a\\/b+c=="}'],
    ['.NET', '{"k":"whsec_a/b\\u002Bc=="}'],
    ['Gson', '{"k":"whsec_a/b+c\\u003d\\u003d"}'],
    ['a form', 'k=whsec_a%2Fb%2Bc%3D%3D'],
    ['a form in lower case', 'k=whsec_a%2fb%2bc%3d%3d'],
    ['HTML', '<td>whsec_a&#x2F;b&#43;c&#x3d;=</td>'],
  ])('masks a secret as %s writes it, whatever the answer says it is', (_, body) => {
    const answer = { status: 200, headers: { 'x-echo': body }, body: Buffer.from(body), isWhole: true };
    const made = resultOf(answer, { secrets: secretsOf({ HOOK: 'whsec_a/b+c==' }), durationMs: 1 });
    expect(JSON.stringify(made)).not.toContain('whsec');
  });

  it('masks a secret that the end of what was read has cut in two', () => {
    const long = `${'s'.repeat(4_000)}-end`;
    const body = Buffer.from(`${'x'.repeat(16_000)}${long}${'x'.repeat(50_000)}`).subarray(0, MOST_READ_BYTES - 5_000);
    const answer = { status: 200, headers: {}, body, isWhole: false };
    const made = resultOf(answer, { secrets: secretsOf({ LONG: long }), durationMs: 1 });
    expect(made.body).not.toMatch(/s/);
  });
});

describe('an answer that is no success', () => {
  it.each([
    [400, 'VALIDATION', 'http-400'],
    [404, 'VALIDATION', 'http-404'],
    [408, 'NETWORK', 'http-408'],
    [425, 'NETWORK', 'http-425'],
    [429, 'RATE_LIMIT', 'http-429'],
    [500, 'SYSTEM', 'http-500'],
    [503, 'SYSTEM', 'http-503'],
    [304, 'VALIDATION', 'http-304'],
  ])('%i fails as %s', (status, failureClass, code) => {
    const answer = { status, headers: {}, body: Buffer.alloc(0), isWhole: true };
    const failure = failureOf(answer, { host: 'a.example', nowMs: 0 });
    expect(failure).toMatchObject({ class: failureClass, code, message: `a.example answered ${status}.` });
  });

  it('says when to try again, if it is worth another try', () => {
    const answer = { status: 503, headers: { 'retry-after': '7' }, body: Buffer.alloc(0), isWhole: true };
    expect(failureOf(answer, { host: 'a', nowMs: 0 }).retryAfterMs).toBe(7_000);
    expect(failureOf({ ...answer, status: 403 }, { host: 'a', nowMs: 0 }).retryAfterMs).toBeUndefined();
  });

  it.each([
    ['7', 7_000],
    [' 0 ', 0],
    ['99999999', 86_400_000],
    ['Sat, 21 Nov 2026 13:00:30 GMT', 30_000],
    ['Sat, 21 Nov 2026 12:00:00 GMT', 0],
    ['Sun, 21 Nov 2027 12:00:00 GMT', 86_400_000],
    ['Sat, 99 Nov 2026 12:00:00 GMT', undefined],
    ['-1', undefined],
    ['1.5', undefined],
    ['tomorrow', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('Retry-After: %s means %s ms', (text, expected) => {
    expect(retryAfterMsOf(text, Date.UTC(2026, 10, 21, 13, 0, 0))).toBe(expected);
  });
});
