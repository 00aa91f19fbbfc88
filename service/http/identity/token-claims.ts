/** Whom a verified token stands for: its claims, read as the installation says, become tenant, subject, name and scopes. */
import type { Scope } from '@holdfast/api/types';
import type { JWTPayload } from 'jose';
import { SECOND } from '../../core/rules.ts';
import type { Principal } from '../principal.ts';
import { SCOPES } from '../principal.ts';

export interface ClaimRules {
  /** The tenant of all tokens, or the claim that has it. */
  readonly tenant: { readonly fixed: string } | { readonly claim: string };
  readonly scopesClaim: string;
  /** Undefined: the claim has scopes as they are. */
  readonly scopesMap: ReadonlyMap<string, readonly Scope[]> | undefined;
}

export const TENANT = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** OpenID Connect Core §2 allows ASCII up to 255; what cannot be shown could be mistaken for another in a history. */
const SUBJECT = /^[ -~]{1,255}$/;
const LONGEST_NAME = 200;
/** Of the year 9999: later ones have no timestamp. */
const LAST_MS = 253_402_300_799_000;

/** Undefined: it stands for nobody here. */
export function principalOf(claims: JWTPayload, rules: ClaimRules): Principal | undefined {
  const { sub, exp } = claims;
  const tenant = 'fixed' in rules.tenant ? rules.tenant.fixed : claimOf(claims, rules.tenant.claim);
  if (typeof sub !== 'string' || !SUBJECT.test(sub) || exp === undefined) return undefined;
  if (typeof tenant !== 'string' || !TENANT.test(tenant)) return undefined;
  return {
    tenant,
    subject: `user:${sub}`,
    kind: 'token',
    name: nameIn(claims['name']) ?? nameIn(claims['email']) ?? null,
    scopes: scopesIn(claimOf(claims, rules.scopesClaim), rules.scopesMap),
    expiresAtMs: Math.min(Math.floor(exp * SECOND), LAST_MS),
  };
}

const claimOf = (claims: JWTPayload, name: string): unknown => (Object.hasOwn(claims, name) ? claims[name] : undefined);

/** Text with spaces or a list. What is no scope here is one of another service. */
function scopesIn(claim: unknown, map: ClaimRules['scopesMap']): ReadonlySet<Scope> {
  const words: readonly unknown[] = typeof claim === 'string' ? claim.split(' ') : Array.isArray(claim) ? claim : [];
  const granted = new Set(words.flatMap((word) => (map === undefined ? word : (map.get(word as string) ?? []))));
  return new Set(SCOPES.filter((scope) => granted.has(scope)));
}

/** Without controls and what reorders text. */
function nameIn(claim: unknown): string | undefined {
  if (typeof claim !== 'string') return undefined;
  const shown = claim.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ').trim();
  return Array.from(shown).slice(0, LONGEST_NAME).join('') || undefined;
}
