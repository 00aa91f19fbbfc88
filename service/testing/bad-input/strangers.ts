/** Who is not let in, or not this far: headers without an identity, keys and tokens that are none, scopes that are missing. */
import type { NewApiKey, Scope } from '@holdfast/api/types';
import type { JWTHeaderParameters, JWTPayload } from 'jose';
import { SignJWT } from 'jose';
import type { Identities } from '../identities.ts';
import { ownAddress } from '../identities.ts';
import { newKey } from '../issuer.ts';
import { ask, JSON_TYPE, move, post } from './bytes.ts';

/** Of the tenant alpha; beta is another one. */
export interface Given {
  readonly identities: Identities;
  /** With all scopes. */
  readonly alpha: string;
  readonly key: NewApiKey;
  readonly revoked: NewApiKey;
  /** The text of `key` before it was rotated without grace. */
  readonly rotated: string;
  readonly expired: NewApiKey;
  readonly ofBeta: { readonly taskId: string; readonly keyId: string; readonly cursor: string };
}

export type Make = (given: Given) => string | Promise<string>;
export type Sent = (given: Given) => Buffer | Promise<Buffer>;

const claims = ({ identities }: Given): JWTPayload => identities.claims('alpha', ['tasks:read']);
const signed =
  (change: () => JWTPayload, header: Partial<JWTHeaderParameters> = {}): Make =>
  (given) =>
    given.identities.issuer.sign({ ...claims(given), ...change() }, header);
const lacking =
  (name: string): Make =>
  (given) =>
    given.identities.issuer.sign(Object.fromEntries(Object.entries(claims(given)).filter(([each]) => each !== name)));
const claiming = (fields: JWTPayload): Make => signed(() => fields);
const nowSeconds = (): number => Math.floor(Date.now() / 1_000);
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const secretBytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What stands behind `Bearer `. */
export const CREDENTIALS: Readonly<Record<string, Make>> = {
  'a text that is no token': () => 'hunter2',
  'a key of nobody': () => `holdfast_alpha_aaaaaaaaaaaa_${'a'.repeat(48)}`,
  'a key of no tenant': () => `holdfast_nobody_aaaaaaaaaaaa_${'a'.repeat(48)}`,
  'a key without a secret': ({ key }) => `holdfast_alpha_${key.keyId}_`,
  'a key with another secret': ({ key }) => `holdfast_alpha_${key.keyId}_${'a'.repeat(48)}`,
  'a key that is cut': ({ key }) => key.key.slice(0, -1),
  'a key with a letter more': ({ key }) => `${key.key}a`,
  'a key in upper case': ({ key }) => key.key.toUpperCase(),
  'a key under the name of another tenant': ({ key }) => key.key.replace('_alpha_', '_beta_'),
  'a key with a tenant that climbs': ({ key }) => key.key.replace('_alpha_', '_beta/../alpha_'),
  'the shown prefix of a key': ({ key }) => key.prefix,
  'a key that has expired': ({ expired }) => expired.key,
  'a key that was revoked': ({ revoked }) => revoked.key,
  'a key from before its rotation': ({ rotated }) => rotated,
  'a token that has expired': claiming({ exp: nowSeconds() - 3_600 }),
  'a token of tomorrow': signed(() => ({ nbf: nowSeconds() + 86_400 })),
  'a token without an end': lacking('exp'),
  'a token for another service': claiming({ aud: 'https://other.example' }),
  'a token for nobody': lacking('aud'),
  'a token of another issuer': claiming({ iss: 'https://id.example.com' }),
  'a token without a tenant': lacking('tenant'),
  'a token of a tenant that climbs': claiming({ tenant: '../beta' }),
  'a token of two tenants': claiming({ tenant: ['alpha', 'beta'] }),
  'a token of nobody': lacking('sub'),
  'a token for another use': signed(() => ({}), { typ: 'logout+jwt' }),
  'a token with a key of an unknown name': signed(() => ({}), { kid: 'kid-of-nobody' }),
  'a token with something critical': signed(() => ({}), { crit: ['b64'], b64: true }),
  'a token with alg none': (given) => `${part({ alg: 'none' })}.${part(claims(given))}.`,
  'a token with alg none and a signature': (given) => `${part({ alg: 'none' })}.${part(claims(given))}.YWJj`,
  'a token signed with the public key as a secret': (given) =>
    new SignJWT(claims(given))
      .setProtectedHeader({ alg: 'HS256', kid: given.identities.issuer.key.kid })
      .sign(secretBytes(JSON.stringify(given.identities.issuer.key.publicJwk))),
  'a token signed by somebody else': async (given) =>
    given.identities.issuer.sign(claims(given), {}, (await newKey()).privateKey),
  'a token that brings its own key': async (given) => {
    const { privateKey, publicJwk } = await newKey();
    return given.identities.issuer.sign(claims(given), { jwk: publicJwk, kid: publicJwk.kid! }, privateKey);
  },
  'a token with other claims than were signed': async (given) => {
    const [header, , signature] = (await given.identities.issuer.sign(claims(given))).split('.');
    return `${header}.${part({ ...claims(given), tenant: 'beta' })}.${signature}`;
  },
  'a token without its signature': async (given) =>
    (await given.identities.issuer.sign(claims(given))).replace(/[^.]*$/, ''),
  'a token with a part more': async (given) => `${await given.identities.issuer.sign(claims(given))}.YWJj`,
};

/** Whole values of Authorization; a line break makes a second header. */
export const HEADERS: Readonly<Record<string, Make>> = {
  'an empty Authorization': () => '',
  'a scheme alone': () => 'Bearer',
  'a scheme that is not known': ({ key }) => `Token ${key.key}`,
  'a name and a password': () => `Basic ${Buffer.from('admin:admin').toString('base64')}`,
  'a good key for a password': ({ key }) => `Basic ${Buffer.from(`key:${key.key}`).toString('base64')}`,
  'a key without a scheme': ({ key }) => key.key,
  'a good key with a word behind it': ({ key }) => `Bearer ${key.key} please`,
  'a good key with a comma behind it': ({ key }) => `Bearer ${key.key}, Basic YTpi`,
  'a good key in quotes': ({ key }) => `Bearer "${key.key}"`,
  'a good key behind a tab': ({ key }) => `Bearer\t${key.key}`,
  'a good key twice': ({ key }) => `Bearer ${key.key}\r\nAuthorization: Bearer ${key.key}`,
  'a good key behind a bad one': ({ key }) => `Bearer x\r\nAuthorization: Bearer ${key.key}`,
  'bytes that are no ASCII': () => 'Bearer \u00e9\u00ff',
  'a token of 9 000 letters': () => `Bearer ${'a'.repeat(9_000)}`,
};

/** From an address of its own, and with an id that makes answers the same to the byte. */
export const authorization = (value: string): string =>
  `Authorization: ${value}\r\nX-Forwarded-For: ${ownAddress()}\r\nX-Request-Id: same\r\n`;
export const bearer = (token: string): string => authorization(`Bearer ${token}`);

const as =
  (scopes: readonly Scope[], send: (headers: string) => Buffer): Sent =>
  async ({ identities }) =>
    send(bearer(await identities.token('alpha', scopes)));
const submit = (headers: string): Buffer => post({ taskId: 'bad', payload: {} }, { headers: JSON_TYPE + headers });
const makeKey = (headers: string): Buffer =>
  post({ name: 'mine', scopes: ['admin'] }, { to: '/keys', headers: JSON_TYPE + headers });
const get =
  (target: string) =>
  (headers: string): Buffer =>
    ask(`GET ${target}`, headers);
const cancel = (headers: string): Buffer => move('/tasks/waiting/cancel', headers);

/** The scopes of who asks are good for something else. */
export const UNSCOPED: Readonly<Record<string, Sent>> = {
  'a reader who submits': as(['tasks:read', 'payloads:read'], submit),
  'a submitter who reads a task': as(['tasks:submit'], get('/tasks/waiting')),
  'a submitter who lists': as(['tasks:submit'], get('/tasks')),
  'a submitter who looks at numbers': as(['tasks:submit'], get('/stats')),
  'a reader who cancels': as(['tasks:read'], cancel),
  'a reader of payloads who reads tasks': as(['payloads:read'], get('/tasks')),
  'an operator who submits': as(['tasks:operate'], submit),
  'an operator who makes a key': as(['tasks:submit', 'tasks:read', 'payloads:read', 'tasks:operate'], makeKey),
  'an operator who lists keys': as(['tasks:operate'], get('/keys')),
  'an admin who submits': as(['admin'], submit),
  'an admin who cancels': as(['admin'], cancel),
  'nobody in particular who lists': as([], get('/tasks')),
  'a bad body of who may not submit': as([], (headers) => post('{', { headers: JSON_TYPE + headers })),
  'an unknown task of who may not read': as([], get('/tasks/nobody')),
};

const all =
  (send: (headers: string, given: Given) => Buffer): Sent =>
  (given) =>
    send(bearer(given.alpha), given);

/** With all scopes of one's own tenant, at what is another's; beside each what the same gets for what nobody has. */
export const FOREIGN: Readonly<Record<string, readonly [theirs: Sent, nobodys: Sent]>> = {
  'a task': [
    all((headers, { ofBeta }) => get(`/tasks/${ofBeta.taskId}`)(headers)),
    all((headers) => get('/tasks/nobody')(headers)),
  ],
  'an attempt': [
    all((headers, { ofBeta }) => get(`/tasks/${ofBeta.taskId}/attempts/1`)(headers)),
    all((headers) => get('/tasks/nobody/attempts/1')(headers)),
  ],
  ...Object.fromEntries(
    ['cancel', 'redrive', 'discard'].map((name) => [
      `a ${name}`,
      [
        all((headers, { ofBeta }) => move(`/tasks/${ofBeta.taskId}/${name}`, headers)),
        all((headers) => move(`/tasks/nobody/${name}`, headers)),
      ] as const,
    ]),
  ),
  ...Object.fromEntries(
    ['rotate', 'revoke'].map((name) => [
      `the ${name} of a key`,
      [
        all((headers, { ofBeta }) => move(`/keys/${ofBeta.keyId}/${name}`, headers)),
        all((headers) => move(`/keys/aaaaaaaaaaaa/${name}`, headers)),
      ] as const,
    ]),
  ),
  'a cursor': [
    all((headers, { ofBeta }) => get(`/tasks?limit=1&cursor=${ofBeta.cursor}`)(headers)),
    all((headers) => get('/tasks?limit=1&cursor=garbage')(headers)),
  ],
};
