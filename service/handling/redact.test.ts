import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redacted } from './redact.ts';

/** Put together here, so that no scanner takes the examples for secrets. */
const JWT = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxIn0', 'c2lnbmF0dXJl'].join('.');
const PEM = ['-----BEGIN RSA PRIVATE KEY-----', 'MIIEowIBAAKC', 'AQEA0Z3VS5JJ', '-----END RSA PRIVATE KEY-----'];
const HEX = '9f86d081884c7d659a2feaa0c55ad015';
const LIVE = 'sk_' + 'live_4eC39HqLyjWDarjtT1zdp7dc';
const GITHUB = 'gh' + 'p_16C7e42F292c6912E7710c838347Ae178B4a';
const AMAZON = 'AKIA' + 'IOSFODNN7EXAMPLE';

const MASKED: readonly (readonly [string, string])[] = [
  ['401: Authorization: Bearer abc', '401: Authorization: ***'],
  ['headers {"authorization":"Basic dXNlcjpwYXNz","x":1}', 'headers {"authorization":"***","x":1}'],
  ['proxy-authorization: Digest username="me"\nnext', 'proxy-authorization: ***\nnext'],
  ['{"cookie":"","a":1}', '{"cookie":"","a":1}'],
  ['Cookie: sid=1; theme=dark\nnext', 'Cookie: ***\nnext'],
  ['sent Bearer 0a1b2c3d4e to upstream', 'sent Bearer *** to upstream'],
  ['sent bearer abcdefghijklmnopqrstuvwxyz', 'sent bearer ***'],
  ['Basic dXNlcjpwYXNz', 'Basic ***'],
  ['password=hunter2 host=db', 'password=*** host=db'],
  ['DB_PASSWORD: hunter', 'DB_PASSWORD: ***'],
  ["pwd='two words' x", "pwd='***' x"],
  ['{"password":"qu\\"ote","user":"me"}', '{"password":"***","user":"me"}'],
  ['{\\"password\\":\\"deep secret\\",\\"a\\":1}', '{\\"password\\":\\"***\\",\\"a\\":1}'],
  ['{"access_token":"a.b","n":1}', '{"access_token":"***","n":1}'],
  ['{ clientSecret: abc }', '{ clientSecret: *** }'],
  ['GET /x?api_key=abc&page=2', 'GET /x?api_key=***&page=2'],
  ['GET /x?token=abc&sig=d%3D&page=2', 'GET /x?token=***&sig=***&page=2'],
  ['X-Api-Key: abc', 'X-Api-Key: ***'],
  ['aws_secret_access_key = wJalrXUtnFEMI/K7MDENG', 'aws_secret_access_key = ***'],
  ['invalid token: a1b2c3', 'invalid token: ***'],
  ['postgres://app:s3cr@t@db:5432/main is down', 'postgres://app:***@db:5432/main is down'],
  ['redis://:pw@cache', 'redis://:***@cache'],
  [`with ${AMAZON}.`, 'with ***.'],
  [`${LIVE} and ${GITHUB}`, '*** and ***'],
  [`jwt ${JWT}, again`, 'jwt ***, again'],
  [`jwt ${JWT.slice(0, 30)}`, 'jwt ***'],
  [`key file:\n${PEM.join('\n')}\nend`, 'key file:\n***\nend'],
  [`cut ${PEM.slice(0, 2).join('\n')}`, 'cut ***'],
  [`The key ${HEX} was refused`, 'The key *** was refused'],
  [`secret is '${HEX}'`, "secret is '***'"],
  ['password="cut in the midd', 'password="***'],
  ['{"auth":{"user":"a","pass":"b123"}}', '{"auth":{"user":"a","pass":"***"}}'],
  ['{\\"secret\\":{\\"pass\\":\\"b\\"}}', '{\\"secret\\":{\\"pass\\":\\"***\\"}}'],
  ["{ auth: { user: 'a', pass: 'b123' }, token: 'c45' }", "{ auth: { user: 'a', pass: '***' }, token: '***' }"],
  ['pass: b123', 'pass: ***'],
  ['DB_PASS=letmein db_pass: l3tmein', 'DB_PASS=*** db_pass: ***'],
  ['x-auth-token: abcdef', 'x-auth-token: ***'],
  ['X-Amz-Security-Token=abcdef', 'X-Amz-Security-Token=***'],
  ['AccountName=a;AccountKey=abcd==;EndpointSuffix=b', 'AccountName=a;AccountKey=***;EndpointSuffix=b'],
  ['UID=me;PWD={abc};', 'UID=me;PWD=***};'],
  ['token = abc123', 'token = ***'],
  ["token: a\\b1 and \\\"token: \\'a1\\'", "token: *** and \\\"token: \\'***\\'"],
];

const LEFT = [
  'Simulated failure of class SYSTEM.',
  'The token expired',
  'token expired: renew it',
  'Unexpected token } in JSON at position 3',
  "Unexpected token ':'",
  'Bearer authentication is required',
  'Basic auth failed',
  'The password is required and must have 8 characters',
  'a secret that nobody keeps',
  'tests pass: 12, fail: 3',
  'pass: 2 of 3',
  'the second pass: done',
  'bypass=yes, compass: n0rth',
  'invalid_token: The token expired',
  'Unexpected token = in JSON',
  'auth = true, token: null, session: undefined',
  "{ credentials: 'include' }",
  '{"secrets":[],"auth":{},"tokens":["',
  'no key for the primary key users_pkey',
  'duplicate key 01980f2e-5c1a-7b60-9d53-2f0c6f1f7a10',
  `commit ${HEX}`,
  'task task123 of tenant local at 2026-11-21T04:26:56.074Z',
  'getaddrinfo ENOTFOUND db.internal',
  'connect ECONNREFUSED 127.0.0.1:5432',
  'GET http://localhost:4000/users/me@example.org answered 404',
  'https://example.org:8443/a?b=c',
  'TypeError: x is not a function\n    at run (file:///app/tasks/mail/handler.ts:12:5)\n    at node:internal/a:1:2',
  'git@example.org:team/repository.git',
  'sk-learn-compatible-estimators',
  '',
];

describe('a secret', () => {
  it.each(MASKED)('in %j is masked', (text, masked) => expect(redacted(text)).toBe(masked));

  it.each(LEFT)('is not seen in %j', (text) => expect(redacted(text)).toBe(text));

  it('is masked once: masking again changes nothing', () => {
    const parts = [...MASKED.flat(), ...LEFT, '"', "'", '\\', ' ', '\n', '=', ':', '***', 'token', 'key', 'x1'];
    const text = fc.array(fc.oneof(fc.constantFrom(...parts), fc.string())).map((each) => each.join(''));
    fc.assert(
      fc.property(text, (each) => redacted(redacted(each)) === redacted(each)),
      { numRuns: 2_000 },
    );
  });

  it('is not seen through a cut of the text', () => {
    for (const secret of ['hunter2hunter2', LIVE.slice(3), HEX, 'Zq9'.repeat(20)]) {
      const text = `password=${secret}`;
      for (let end = text.indexOf('=') + 2; end <= text.length; end += 1) {
        expect(redacted(text.slice(0, end))).toBe('password=***');
      }
    }
  });
});

/** Each repeated to a text that starts a pattern at every step, or almost ends one. */
const HOSTILE = [
  ...['a', 'aA1', ' ', '"', '\\', '\\"', '://', '://a:', 'x:x@', 'eyJ', 'eyJ-', 'eyJaaaa.a', 'AKIA', 'sk_', 'ghp_a-'],
  ...['-----BEGIN PRIVATE KEY-----', '-----BEGIN ', 'bearer ', 'bearer a', 'cookie', 'cookie:', 'cookie: a;\n'],
  ...['password', 'password=', 'password="', 'pwd="\\', "password'", 'password: \n', 'token: ', 'token=', 'sig=&'],
  ...[
    'pass: ',
    'pass: 1',
    'pass = "',
    'auth={',
    'token: {[',
    'session-',
    'key ',
    'key a',
    'key:="\'`(',
    'key is ',
    `key ${'a'.repeat(90)}`,
  ],
];

describe('masking', () => {
  /** The same amount of text in pieces of `length`, so that only the length of a piece can make a difference. */
  const timeOf = (shape: string, length: number): number => {
    const text = shape.repeat(length / shape.length);
    const times = [1, 2].map(() => {
      const startMs = performance.now();
      for (let done = 0; done < 1_000_000; done += length) redacted(text);
      return performance.now() - startMs;
    });
    return Math.min(...times);
  };

  it.each(HOSTILE)('1 MB of %j takes a time that grows with its length alone', (shape) => {
    // Quadratic would be 100.
    expect(timeOf(shape, 1_000_000) / timeOf(shape, 10_000)).toBeLessThan(15);
  });
});
