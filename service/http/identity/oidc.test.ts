import { constants, createHmac, generateKeyPairSync, KeyObject, sign as signWith } from 'node:crypto';
import fc from 'fast-check';
import type { JWTPayload } from 'jose';
import { exportJWK, exportSPKI } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newKey, startIssuer } from '../../testing/issuer.ts';
import { createFailures } from './failures.ts';
import type { GivenOidc } from './oidc-under-test.ts';
import { givenOidc } from './oidc-under-test.ts';

let given: GivenOidc;
beforeAll(async () => {
  given = await givenOidc({ alg: 'RS256' });
});
afterAll(() => given.issuer.close());

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Signed by hand, as no library would. */
function made(header: object, claims: object, sign: (input: string) => Buffer): string {
  const input = `${part(header)}.${part(claims)}`;
  return `${input}.${sign(input).toString('base64url')}`;
}

const withClaims = (more: JWTPayload) => given.issuer.sign(given.claims(more));
const withHeader = (more: object) => given.issuer.sign(given.claims(), more);
const without = (name: string) => given.issuer.sign({ ...given.claims(), [name]: undefined });
const RS256 = (input: string): Buffer =>
  signWith('sha256', Buffer.from(input), KeyObject.from(given.issuer.key.privateKey));
const PS256 = (input: string): Buffer => {
  const key = KeyObject.from(given.issuer.key.privateKey);
  const { RSA_PKCS1_PSS_PADDING: padding } = constants;
  return signWith('sha256', Buffer.from(input), { key, padding, saltLength: 32 });
};

/** With the public key as the secret, in a form that is no secret to anybody. */
async function confused(form: 'pem' | 'jwk' | 'modulus'): Promise<string> {
  const { publicKey, publicJwk, kid } = given.issuer.key;
  const forms = { pem: await exportSPKI(publicKey), jwk: JSON.stringify(publicJwk), modulus: publicJwk.n! };
  const header = { alg: 'HS256', kid };
  return made(header, given.claims(), (input) => createHmac('sha256', forms[form]).update(input).digest());
}

async function byStranger(header: (key: Awaited<ReturnType<typeof newKey>>) => object): Promise<string> {
  const stranger = await newKey('RS256');
  return given.issuer.sign(given.claims(), header(stranger), stranger.privateKey);
}

async function tampered(): Promise<string> {
  const [header, , signature] = (await given.issuer.sign(given.claims())).split('.');
  return [header, part(given.claims({ tenant: 'other' })), signature].join('.');
}

const header = () => ({ alg: 'RS256', kid: given.issuer.key.kid });
const now = () => given.nowSeconds();
const unsigned = (alg: string) => Promise.resolve(`${part({ alg })}.${part(given.claims())}.`);
const REFUSED: Readonly<Record<string, () => Promise<string>>> = {
  'no token at all': () => Promise.resolve('x'),
  'two parts': async () => (await withClaims({})).split('.').slice(0, 2).join('.'),
  'five parts': async () => `${await withClaims({})}.a.b`,
  'alg none': () => unsigned('none'),
  'alg None': () => unsigned('None'),
  'alg none with a signature': () => Promise.resolve(made({ alg: 'none' }, given.claims(), () => Buffer.from('x'))),
  'no alg': () => Promise.resolve(made({ kid: given.issuer.key.kid }, given.claims(), () => Buffer.from('x'))),
  'HS256 with the public key as PEM': () => confused('pem'),
  'HS256 with the public key as JWK': () => confused('jwk'),
  'HS256 with the modulus': () => confused('modulus'),
  'another audience': () => withClaims({ aud: 'another' }),
  'a list of other audiences': () => withClaims({ aud: ['another', 'holdfast'] }),
  'no audience': () => without('aud'),
  'another issuer': () => withClaims({ iss: 'https://id.example.com' }),
  'an issuer with a slash more': () => withClaims({ iss: `${given.issuer.url}/` }),
  'no issuer': () => without('iss'),
  expired: () => withClaims({ exp: now() - 30 }),
  'not yet': () => withClaims({ nbf: now() + 31 }),
  'no end': () => without('exp'),
  'an end that is no number': () => withClaims({ exp: '2099-01-01' as unknown as number }),
  nobody: () => without('sub'),
  'somebody who is a number': () => withClaims({ sub: 7 as unknown as string }),
  'somebody who cannot be shown': () => withClaims({ sub: 'ann\nkey:root' }),
  'no tenant': () => without('tenant'),
  'a tenant that cannot be': () => withClaims({ tenant: 'acme/../other' }),
  'another payload': tampered,
  'a key that nobody published': () => byStranger(({ kid }) => ({ kid })),
  'the kid of a key that is not its own': () => byStranger(() => ({})),
  'no kid, and a stranger': () => byStranger(() => ({ kid: undefined })),
  'a key brought along': () => byStranger(({ publicJwk }) => ({ jwk: publicJwk })),
  'an algorithm that its key is not of': () =>
    Promise.resolve(made({ ...header(), alg: 'PS256' }, given.claims(), PS256)),
  'something critical': () => Promise.resolve(made({ ...header(), crit: ['b64'], b64: true }, given.claims(), RS256)),
  'something critical that nobody knows': () =>
    Promise.resolve(made({ ...header(), crit: ['exp'], exp: 1 }, given.claims(), RS256)),
  'a token for something else': () => withHeader({ typ: 'logout+jwt' }),
  'more than 8 KB': () => withClaims({ more: 'x'.repeat(6_200) }),
};

describe('a token that is good', () => {
  it('stands for its subject, tenant, name and the scopes that are ours, until it ends', async () => {
    const principal = await given.judge(await given.issuer.sign(given.claims()));
    expect(principal).toEqual({
      tenant: 'acme',
      subject: 'user:ann',
      kind: 'token',
      name: 'Ann',
      scopes: new Set(['tasks:read']),
      expiresAtMs: (now() + 300) * 1_000,
    });
  });

  it.each([
    ['whose audience is in a list', { aud: ['another', 'holdfast-under-test'] }],
    ['that ended 29 s ago by a clock that is ahead', { exp: -29 }],
    ['that begins in 30 s by a clock that is behind', { nbf: 30 }],
  ])('may be one %s', async (_, { exp, nbf, aud }: { exp?: number; nbf?: number; aud?: string[] }) => {
    const times = { ...(exp !== undefined && { exp: now() + exp }), ...(nbf !== undefined && { nbf: now() + nbf }) };
    expect(await given.judge(await withClaims({ ...times, ...(aud && { aud }) }))).toBeDefined();
  });

  it.each(['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'])('may be signed by %s', async (alg) => {
    const other = await givenOidc({ alg });
    expect(await other.judge(await other.issuer.sign(other.claims()))).toMatchObject({ subject: 'user:ann' });
    await other.issuer.close();
  });

  it('may be signed by any library', async () => {
    expect(await given.judge(made(header(), given.claims(), RS256))).toBeDefined();
  });

  it.each([{ typ: 'at+jwt' }, { typ: 'JWT' }, { jku: 'http://127.0.0.1:1/keys' }])('may say %o', async (header) => {
    expect(await given.judge(await withHeader(header))).toBeDefined();
  });

  it('is not judged again for a minute, and is known to have been good until it ends', async () => {
    const other = await givenOidc();
    const token = await other.issuer.sign(other.claims({ exp: other.nowSeconds() + 90 }));
    expect([other.known(token), other.wasGood(token)]).toEqual([undefined, false]);
    const principal = await other.judge(token);
    await other.pass(59_999);
    expect(other.known(token)).toBe(principal);
    await other.pass(1);
    expect([other.known(token), other.wasGood(token)]).toEqual([undefined, true]);
    await other.pass(59_999);
    expect([other.wasGood(token), await other.judge(token)]).toEqual([true, principal]);
    await other.pass(1);
    expect([other.wasGood(token), other.known(token), await other.judge(token)]).toEqual([false, undefined, undefined]);
    await other.issuer.close();
  });

  it('is good no more when its key is withdrawn, a minute after it was judged at the latest', async () => {
    const other = await givenOidc();
    const token = await other.issuer.sign(other.claims());
    await other.judge(token);
    await other.issuer.rotate();
    await other.judge(await other.issuer.sign(other.claims()));
    await other.pass(60_000);
    await other.judge(await other.issuer.sign(other.claims()));
    expect([await other.judge(token), other.wasGood(token)]).toEqual([undefined, false]);
    await other.issuer.close();
  });
});

describe('a token that is refused', () => {
  it.each(Object.keys(REFUSED))('%s: not valid', async (name) => {
    const token = await REFUSED[name]!();
    expect(await given.judge(token)).toBeUndefined();
    expect(given.known(token)).toBeUndefined();
    expect(given.lines.at(-1)).toMatch(/^token-refused [a-z0-9-]+$/);
  });

  it.each(['alg none', 'HS256 with the public key as PEM', 'something critical'])(
    '%s: not even a key is looked for',
    async (name) => {
      await given.judge(await REFUSED[name]!());
      expect(given.lines.at(-1)).toBe('token-refused shape');
    },
  );

  it('is answered with the same bytes, whatever is wrong with it', async () => {
    const door = given.door();
    const answers = new Set<string>();
    for (const make of Object.values(REFUSED)) {
      const headers = { authorization: `Bearer ${await make()}`, 'x-request-id': 'one' };
      const { status, body, headers: answered } = await door.ask('GET /identity', undefined, { headers });
      answers.add(JSON.stringify([status, body, [...answered]]));
    }
    expect([...answers]).toEqual([expect.stringMatching(/^\[401,/)]);
  });

  it('too often from one address is 429, and not judged where many come; one that was good is judged anew', async () => {
    const other = await givenOidc();
    const door = other.door(createFailures(other));
    const statusOf = async (token: string) => {
      const headers = { authorization: `Bearer ${token}` };
      return (await door.ask('GET /identity', undefined, { headers })).status;
    };
    const good = await other.issuer.sign(other.claims());
    expect(await statusOf(good)).toBe(200);
    await other.pass(61_000);
    for (let i = 0; i < 99; i += 1) expect(await statusOf(`bad${i}`)).toBe(i < 20 ? 401 : 429);
    const fresh = await other.issuer.sign(other.claims({ sub: 'new' }));
    expect([await statusOf(fresh), await statusOf(fresh)]).toEqual([200, 200]);
    expect(await statusOf(await other.issuer.sign(other.claims({ sub: 'newer' })))).toBe(429);
    expect([other.known(good), await statusOf(good)]).toEqual([undefined, 200]);
    await other.issuer.close();
  });

  it('sends nobody anywhere: neither to its jku nor to its x5u', async () => {
    const elsewhere = await startIssuer('RS256');
    const { kid, privateKey } = elsewhere.key;
    const keys = `${elsewhere.url}/keys`;
    for (const header of [{ jku: keys }, { x5u: keys }, { jku: keys, kid: given.issuer.key.kid }]) {
      expect(
        await given.judge(await given.issuer.sign(given.claims(), { kid, ...header }, privateKey)),
      ).toBeUndefined();
    }
    expect(elsewhere.requests()).toBe(0);
    await elsewhere.close();
  });

  it('is every token that differs from a good one in one letter', async () => {
    const good = await given.issuer.sign(given.claims());
    const [anywhere, letter] = [fc.nat(good.length - 1), fc.integer({ min: 0, max: 255 })];
    const property = fc.asyncProperty(anywhere, letter, async (at, code) => {
      const other = good.slice(0, at) + String.fromCharCode(code) + good.slice(at + 1);
      fc.pre(other !== good);
      expect(await given.judge(other)).toBeUndefined();
    });
    await fc.assert(property, { numRuns: 500 });
    const ends = Array.from(
      'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=',
      (end) => good.slice(0, -1) + end,
    );
    for (const other of ends) expect((await given.judge(other)) === undefined).toBe(other !== good);
    expect(await given.judge(good)).toBeDefined();
  });
});

describe('keys that an issuer should not publish', () => {
  it('open nothing: a secret, a private one, a short one, several without a name', async () => {
    const other = await givenOidc();
    const { issuer, claims } = other;
    const secret = Buffer.alloc(32, 7);
    const short = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const unnamed = await Promise.all([newKey(), newKey()]);
    issuer.published = [
      { kty: 'oct', k: secret.toString('base64url'), kid: 'secret', alg: 'HS256' },
      { ...(await exportJWK(issuer.key.privateKey)), kid: 'private', alg: 'ES256' },
      { ...short.publicKey.export({ format: 'jwk' }), kid: 'short', kty: 'RSA' },
      { kty: 'RSA', kid: 'broken', n: '!', e: 'AQAB' },
      ...unnamed.map(({ publicJwk: { kid: _, ...jwk } }) => jwk),
    ];
    const tokens = [
      made({ alg: 'HS256', kid: 'secret' }, claims(), (input) => createHmac('sha256', secret).update(input).digest()),
      await issuer.sign(claims(), { kid: 'private' }),
      made({ alg: 'RS256', kid: 'short' }, claims(), (input) =>
        signWith('sha256', Buffer.from(input), short.privateKey),
      ),
      made({ alg: 'RS256', kid: 'broken' }, claims(), () => Buffer.alloc(256)),
      await issuer.sign(claims(), { kid: undefined as unknown as string }, unnamed[0].privateKey),
    ];
    for (const token of tokens) expect(await other.judge(token)).toBeUndefined();
    await issuer.close();
  });
});
