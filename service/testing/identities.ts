/**
 * Callers of any tenant and scope for a real server: tokens of an issuer on loopback, and what the server has to be started
 * with to believe it. Requests come through a trusted proxy, so that failures can be counted apart.
 */
import type { Scope } from '@holdfast/api/types';
import type { JWTPayload } from 'jose';
import type { Issuer } from './issuer.ts';
import { AUDIENCE, startIssuer } from './issuer.ts';

const HOUR_SECONDS = 3_600;

export interface Identities {
  readonly env: Readonly<Record<string, string>>;
  readonly issuer: Issuer;
  /** What a good token claims, for an hour. */
  readonly claims: (tenant: string, scopes: readonly Scope[]) => JWTPayload;
  readonly token: (tenant: string, scopes: readonly Scope[]) => Promise<string>;
}

export async function givenIdentities(): Promise<Identities> {
  const issuer = await startIssuer();
  const claims = (tenant: string, scopes: readonly Scope[]): JWTPayload => ({
    ...{ iss: issuer.url, aud: AUDIENCE, tenant, scope: scopes.join(' '), sub: `of-${tenant}` },
    exp: Math.floor(Date.now() / 1_000) + HOUR_SECONDS,
  });
  return {
    issuer,
    claims,
    env: {
      ...{ IDENTITY: 'required', OIDC_ISSUER: issuer.url, OIDC_AUDIENCE: AUDIENCE },
      // No tenant asks too much unless a test says so.
      ...{ TRUSTED_PROXIES: '127.0.0.1, ::1', RATE_LIMIT_PER_SECOND: '0' },
    },
    token: (tenant, scopes) => issuer.sign(claims(tenant, scopes)),
  };
}

let addresses = 0;

/** One that nobody else has. */
export function ownAddress(): string {
  addresses += 1;
  return `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`;
}
