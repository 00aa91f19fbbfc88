/**
 * The settings OIDC_*: whose tokens are believed, and what their claims mean here. Texts of the environment come in; out
 * come rules, or a sentence for everything that is wrong with them. None of them is a secret.
 */
import type { Scope } from '@holdfast/api/types';
import type { OidcSettings } from './http/identity/oidc.ts';
import { isSafeUrl } from './http/identity/issuer.ts';
import { isTenant } from './core/entry-keys.ts';
import { SCOPES } from './http/principal.ts';

/** What reads the environment: an empty value is an absent one, and problems are collected. */
export interface SettingsReader {
  readonly text: (name: string) => string | undefined;
  /** Of all variables that are set. */
  readonly names: readonly string[];
  readonly problems: string[];
}

const PARTS = ['AUDIENCE', 'JWKS_URL', 'TENANT', 'TENANT_CLAIM', 'SCOPES_CLAIM', 'SCOPES_MAP'];
const SAFE_URL = 'an https URL without user and password (http on loopback alone)';

/** A misspelt name would leave a rule out, in silence. */
function refuseUnknown({ names, problems }: SettingsReader): void {
  const known = ['ISSUER', ...PARTS].map((part) => `OIDC_${part}`);
  for (const name of names) {
    if (name.startsWith('OIDC_') && !known.includes(name))
      problems.push(`${name} is no setting: ${known.join(', ')} are.`);
  }
}

/** Undefined without OIDC_ISSUER. */
export function readOidc(read: SettingsReader): OidcSettings | undefined {
  refuseUnknown(read);
  const issuer = read.text('OIDC_ISSUER');
  if (issuer === undefined) {
    for (const name of PARTS.map((part) => `OIDC_${part}`)) {
      if (read.text(name) !== undefined) read.problems.push(`${name} is of no use: OIDC_ISSUER is not set.`);
    }
    return undefined;
  }
  if (!isSafeUrl(issuer) || /[?#]/.test(issuer)) {
    read.problems.push(`OIDC_ISSUER must be ${SAFE_URL}, without ? and #, exactly as its tokens name it.`);
  }
  const jwksUrl = read.text('OIDC_JWKS_URL');
  if (jwksUrl !== undefined && !isSafeUrl(jwksUrl)) read.problems.push(`OIDC_JWKS_URL must be ${SAFE_URL}.`);
  return {
    issuer,
    jwksUrl,
    audience: audienceOf(read),
    tenant: tenantOf(read),
    scopesClaim: read.text('OIDC_SCOPES_CLAIM') ?? 'scope',
    scopesMap: scopesMapOf(read),
  };
}

function audienceOf(read: SettingsReader): string {
  const audience = read.text('OIDC_AUDIENCE');
  if (audience === undefined) {
    read.problems.push(
      'OIDC_AUDIENCE must be set with OIDC_ISSUER: without it tokens for any other service would open this one.',
    );
  }
  return audience ?? '';
}

function tenantOf(read: SettingsReader): OidcSettings['tenant'] {
  const fixed = read.text('OIDC_TENANT');
  const claim = read.text('OIDC_TENANT_CLAIM');
  if (fixed === undefined) return { claim: claim ?? 'tenant' };
  if (claim !== undefined) read.problems.push('OIDC_TENANT and OIDC_TENANT_CLAIM exclude each other: set one of them.');
  if (!isTenant(fixed)) {
    read.problems.push('OIDC_TENANT must be the name of a tenant: a-z, 0-9 and -, at most 63, no - at either end.');
  }
  return { fixed };
}

/** `group-a=tasks:read tasks:operate;group-b=admin`. No scope has a `=`, so that names may. */
function scopesMapOf(read: SettingsReader): OidcSettings['scopesMap'] {
  const text = read.text('OIDC_SCOPES_MAP');
  if (text === undefined) return undefined;
  const map = new Map<string, readonly Scope[]>();
  for (const entry of text.split(';').flatMap((part) => part.trim() || [])) {
    const at = entry.lastIndexOf('=');
    const name = entry.slice(0, Math.max(0, at)).trim();
    const words = entry
      .slice(at + 1)
      .split(' ')
      .filter(Boolean);
    const scopes = SCOPES.filter((scope) => words.includes(scope));
    if (name === '' || words.length === 0 || scopes.length < new Set(words).size || map.has(name)) {
      read.problems.push(`OIDC_SCOPES_MAP ${problemOf(entry, map.has(name))}`);
    }
    map.set(name, scopes);
  }
  return map;
}

const problemOf = (entry: string, isTwice: boolean): string =>
  isTwice
    ? `must name each value once; ${entry} is the second.`
    : `must list values and their scopes such as operators=tasks:read tasks:operate;admins=admin, of ${SCOPES.join(', ')}; ${entry} is none.`;

/** By the names of the environment, to be shown at the start. */
export function shownOidc(oidc: OidcSettings | undefined): Readonly<Record<string, string>> {
  if (oidc === undefined) return { OIDC_ISSUER: '(none: tokens of no issuer are taken)' };
  const { issuer, audience, jwksUrl, tenant, scopesClaim, scopesMap } = oidc;
  return {
    OIDC_ISSUER: issuer,
    OIDC_AUDIENCE: audience,
    OIDC_JWKS_URL: jwksUrl ?? '(as the issuer says)',
    ...('fixed' in tenant ? { OIDC_TENANT: tenant.fixed } : { OIDC_TENANT_CLAIM: tenant.claim }),
    OIDC_SCOPES_CLAIM: scopesClaim,
    OIDC_SCOPES_MAP: scopesMap === undefined ? '(none: scopes as the token names them)' : shownMap(scopesMap),
  };
}

const shownMap = (map: NonNullable<OidcSettings['scopesMap']>): string =>
  Array.from(map, ([name, scopes]) => `${name}=${scopes.join(' ')}`).join(';');
