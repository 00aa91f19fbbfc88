/**
 * An API key: what it may, until when, and the text that its owner sends: `holdfast_<tenant>_<keyId>_<secret>`. Only the
 * secret may hold a `_`, so a text is read in one way. Kept is a hash: a secret of 288 random bits needs no slow one.
 */
import { hash, timingSafeEqual } from 'node:crypto';
import type { Scope } from '@holdfast/api/types';
import type { Random } from '../../core/ports.ts';

export interface ApiKey {
  readonly tenant: string;
  readonly keyId: string;
  /** For people. */
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly secretHash: string;
  readonly createdAtMs: number;
  /** The subject that made it. */
  readonly createdBy: string;
  readonly expiresAtMs?: number;
  readonly rotatedAtMs?: number;
  /** The secret before the last rotation, and until when it works. */
  readonly previous?: { readonly secretHash: string; readonly endsAtMs: number };
  readonly revokedAtMs?: number;
}

/** What a text says that it is; nothing of it is proven. */
export interface Claim {
  readonly tenant: string;
  readonly keyId: string;
  readonly secret: string;
}

export const KEY_PREFIX = 'holdfast_';

const TEXT = /^holdfast_([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)_([a-z0-9]{12})_([A-Za-z0-9_-]{40,64})$/;
const ID_LENGTH = 12;
const ID_LETTERS = 36;

/** Undefined when it cannot be an API key. */
export function claimIn(text: string): Claim | undefined {
  const [, tenant, keyId, secret] = TEXT.exec(text) ?? [];
  return tenant === undefined ? undefined : { tenant, keyId: keyId!, secret: secret! };
}

/** How the text of a key begins: enough to know it by, too little to use it. */
export const prefixOf = ({ tenant, keyId }: Pick<ApiKey, 'tenant' | 'keyId'>): string =>
  `${KEY_PREFIX}${tenant}_${keyId}`;

export const textOf = (key: Pick<ApiKey, 'tenant' | 'keyId'>, secret: string): string => `${prefixOf(key)}_${secret}`;

export const newSecret = (random: Random): string => random.token() + random.token() + random.token();

/** An id is no secret: that some letters are a little likelier than others is nobody's gain. */
export function newKeyId(random: Random): string {
  const bytes = hash('sha256', random.token(), 'buffer').subarray(0, ID_LENGTH);
  return Array.from(bytes, (byte) => (byte % ID_LETTERS).toString(ID_LETTERS)).join('');
}

export const hashOf = (secret: string): string => hash('sha256', secret, 'base64url');

export type KeyState = 'usable' | 'expired' | 'revoked';

export function stateOf({ revokedAtMs, expiresAtMs = Infinity }: ApiKey, nowMs: number): KeyState {
  if (revokedAtMs !== undefined) return 'revoked';
  return expiresAtMs <= nowMs ? 'expired' : 'usable';
}

/** When it opened nothing any more; undefined while no end is known. */
export function endOf({ revokedAtMs, expiresAtMs }: ApiKey): number | undefined {
  const endMs = Math.min(revokedAtMs ?? Infinity, expiresAtMs ?? Infinity);
  return endMs === Infinity ? undefined : endMs;
}

export type Verdict =
  /** `untilMs` is when this secret ends by itself. */
  | { readonly key: ApiKey; readonly untilMs: number | undefined; readonly secretHash: string }
  /** A word for the log alone. */
  | { readonly refused: 'unknown-key' | 'wrong-secret' | 'rotated' | 'revoked' | 'expired' };

/** What is compared where there is nothing to compare: as long as a hash, and none. */
const NO_HASH = '.'.repeat(43);

/** Costs the same for every claim: two comparisons that take no shorter way. */
export function verdictOn(key: ApiKey | undefined, secret: string, nowMs: number): Verdict {
  const secretHash = hashOf(secret);
  const isCurrent = isSame(key?.secretHash ?? NO_HASH, secretHash);
  const isPrevious = isSame(key?.previous?.secretHash ?? NO_HASH, secretHash);
  if (key === undefined) return { refused: 'unknown-key' };
  if (!isCurrent && !isPrevious) return { refused: 'wrong-secret' };
  const state = stateOf(key, nowMs);
  if (state !== 'usable') return { refused: state };
  if (isCurrent) return { key, untilMs: key.expiresAtMs, secretHash };
  const untilMs = Math.min(key.previous!.endsAtMs, key.expiresAtMs ?? Infinity);
  return untilMs <= nowMs ? { refused: 'rotated' } : { key, untilMs, secretHash };
}

/** Both are hashes of the same length. */
const isSame = (one: string, other: string): boolean => timingSafeEqual(Buffer.from(one), Buffer.from(other));

/** Whether a secret that opened something once still would. */
export function isSecretValid(key: ApiKey, secretHash: string, nowMs: number): boolean {
  if (stateOf(key, nowMs) !== 'usable') return false;
  if (key.secretHash === secretHash) return true;
  return key.previous?.secretHash === secretHash && key.previous.endsAtMs > nowMs;
}
