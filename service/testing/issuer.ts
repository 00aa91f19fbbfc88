/**
 * An OpenID Connect issuer on loopback for tests: it signs what it is told to, and answers discovery and key set as it is
 * told to, also badly. Each has keys of its own.
 */
import type { ServerResponse } from 'node:http';
import type { CryptoKey, JWK, JWTHeaderParameters, JWTPayload } from 'jose';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { startReceiver } from './receiver.ts';

export const AUDIENCE = 'holdfast-under-test';

export interface SigningKey {
  readonly alg: string;
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly publicJwk: JWK;
}

/** How it answers: as it should, or not. */
export type Manner = keyof ReturnType<typeof mannersOf>;

export interface Issuer {
  readonly url: string;
  /** Signs with this one from now on. */
  key: SigningKey;
  /** What it publishes, besides whatever a test puts there. */
  published: JWK[];
  manner: Manner;
  /** How often the key set was asked for. */
  readonly keyRequests: () => number;
  readonly requests: () => number;
  /** A new key in place of all before. */
  readonly rotate: (alg?: string) => Promise<SigningKey>;
  readonly sign: (claims: JWTPayload, header?: Partial<JWTHeaderParameters>, key?: CryptoKey) => Promise<string>;
  readonly close: () => Promise<void>;
}

let kids = 0;

export async function newKey(alg = 'ES256'): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const kid = `kid-${(kids += 1)}`;
  return { alg, kid, privateKey, publicKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

const DISCOVERY = '/realm/.well-known/openid-configuration';
const KEYS = '/realm/keys';

export async function startIssuer(alg?: string): Promise<Issuer> {
  const key = await newKey(alg);
  const receiver = await startReceiver(({ url: path = '' }, response) => answer(issuer, path, response));
  const asked = (path: string) => receiver.received.filter((request) => request.path === path).length;
  const issuer: Issuer = {
    url: `${receiver.url}/realm`,
    key,
    published: [key.publicJwk],
    manner: 'well',
    keyRequests: () => asked(KEYS),
    requests: () => receiver.received.length,
    rotate: async (next) => {
      issuer.key = await newKey(next);
      issuer.published = [issuer.key.publicJwk];
      return issuer.key;
    },
    sign: (claims, header, privateKey = issuer.key.privateKey) =>
      new SignJWT(claims).setProtectedHeader({ alg: issuer.key.alg, kid: issuer.key.kid, ...header }).sign(privateKey),
    close: () => receiver.close(),
  };
  return issuer;
}

function answer(issuer: Issuer, path: string, response: ServerResponse): void {
  const documents: Record<string, object> = {
    [DISCOVERY]: { issuer: issuer.url, jwks_uri: issuer.url.replace('/realm', KEYS) },
    [KEYS]: { keys: issuer.published },
    '/moved': { keys: issuer.published },
  };
  const document = documents[path];
  if (document === undefined) response.writeHead(404).end();
  else mannersOf(document, response)[issuer.manner]();
}

/** Every way to answer. */
const mannersOf = (document: object, response: ServerResponse) => ({
  well: () => response.end(JSON.stringify(document)),
  failing: () => response.writeHead(503).end(JSON.stringify(document)),
  redirecting: () => response.writeHead(302, { location: '/moved' }).end(JSON.stringify(document)),
  garbled: () => response.end(JSON.stringify(document).slice(0, -1)),
  shapeless: () => response.end('null'),
  huge: () => response.end(JSON.stringify({ ...document, more: 'x'.repeat(300_000) })),
  hanging: () => undefined,
  endless: () => response.write('{"keys":['),
  /** About who it is. */
  lying: () => response.end(JSON.stringify({ ...document, issuer: 'https://id.example.com' })),
  /** It would have keys fetched in the clear. */
  elsewhere: () => response.end(JSON.stringify({ ...document, jwks_uri: 'http://id.example.com/keys' })),
  keyless: () => response.end(JSON.stringify({ ...document, keys: undefined })),
});
