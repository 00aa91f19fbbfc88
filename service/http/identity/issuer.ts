/**
 * Where the issuer keeps its keys, and what it keeps there: by discovery unless the address is configured. What a document
 * says is believed only if it names the very issuer, and keys are fetched over https alone, except on loopback.
 * https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationValidation
 */
import type { JSONWebKeySet } from 'jose';
import { createLocalJWKSet } from 'jose';
import type { Clock } from '../../core/ports.ts';
import { fetchJson } from './fetch-json.ts';

export type KeySet = ReturnType<typeof createLocalJWKSet>;
export type FetchedKeys = { readonly keys: KeySet } | { readonly failed: string };

export interface IssuerAddress {
  /** Exactly as its tokens name it. */
  readonly issuer: string;
  /** Undefined: asked of the issuer. */
  readonly jwksUrl: string | undefined;
}

const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])$/;

/** Readable by nobody on the way: https, or what never leaves the machine. */
export function isSafeUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  const isSafe = protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname));
  return isSafe && username === '' && password === '';
}

export async function fetchKeys({ issuer, jwksUrl }: IssuerAddress, clock: Pick<Clock, 'timer'>): Promise<FetchedKeys> {
  const found = jwksUrl === undefined ? await discovered(issuer, clock) : { url: jwksUrl };
  if ('failed' in found) return found;
  const fetched = await fetchJson(found.url, clock);
  return 'failed' in fetched ? fetched : keySetOf(fetched.value);
}

type Discovered = { readonly url: string } | { readonly failed: string };

async function discovered(issuer: string, clock: Pick<Clock, 'timer'>): Promise<Discovered> {
  const fetched = await fetchJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, clock);
  if ('failed' in fetched) return fetched;
  const { issuer: named, jwks_uri: url } = Object(fetched.value) as { issuer?: unknown; jwks_uri?: unknown };
  if (named !== issuer) return { failed: 'another-issuer' };
  if (typeof url !== 'string' || !isSafeUrl(url)) return { failed: 'no-usable-jwks-uri' };
  // A document that came over the network may not send us to a server of this machine.
  if (!url.startsWith('https:') && issuer.startsWith('https:')) return { failed: 'no-usable-jwks-uri' };
  return { url };
}

function keySetOf(value: unknown): FetchedKeys {
  try {
    return { keys: createLocalJWKSet(value as JSONWebKeySet) };
  } catch {
    return { failed: 'no-key-set' }; // jose judges its shape by throwing
  }
}
