/** What can be done with the keys of a tenant, in the shapes of the contract: for its operations, and for `npm run keys`. */
import type { ApiKey as ApiKeyView, CreateKeyRequest, NewApiKey, RotateKeyRequest } from '@holdfast/api/types';
import type { Ports } from '../../core/ports.ts';
import { DAY } from '../../core/rules.ts';
import { invalid } from '../field-errors.ts';
import type { Principal } from '../principal.ts';
import { timestamp } from '../view.ts';
import type { ApiKey } from './api-key.ts';
import { prefixOf, stateOf } from './api-key.ts';
import type { KeyStore } from './key-store.ts';
import { endUse, lastUseOf, lastUsesOf } from './key-uses.ts';

type Named = Pick<ApiKey, 'tenant' | 'keyId'>;

/** Each throws ledger-unavailable; what needs a key that is not there not-found. */
export interface KeyDesk {
  /** Newest first. */
  readonly list: (tenant: string) => Promise<ApiKeyView[]>;
  /** Throws validation and too-many-keys. */
  readonly create: (maker: Pick<Principal, 'tenant' | 'subject'>, wanted: CreateKeyRequest) => Promise<NewApiKey>;
  /** Throws key-ended. */
  readonly rotate: (named: Named, wanted: RotateKeyRequest) => Promise<NewApiKey>;
  readonly revoke: (named: Named) => Promise<ApiKeyView>;
}

const MAX_LIFE_MS = 3_653 * DAY;
const GRACE_SECONDS = 86_400;

export function keyDesk(ports: Pick<Ports, 'keyValue' | 'clock'>, keys: KeyStore): KeyDesk {
  const { clock } = ports;
  return {
    list: async (tenant) => {
      const [all, uses] = await Promise.all([keys.list(tenant), lastUsesOf(ports, tenant)]);
      return all.map((key) => keyView(key, uses.get(key.keyId), clock.nowMs()));
    },

    create: async ({ tenant, subject }, { name, scopes, expiresAt }) => {
      const nowMs = clock.nowMs();
      const expiry = expiresAt === undefined ? {} : { expiresAtMs: expiryOf(expiresAt, nowMs) };
      const { key, text } = await keys.create({ tenant, name, scopes, createdBy: subject, ...expiry });
      return { ...keyView(key, undefined, nowMs), key: text };
    },

    rotate: async (named, { graceSeconds = GRACE_SECONDS }) => {
      // Beforehand: once there is a new secret, nothing may keep it from whoever asked.
      const lastUsedAtMs = await lastUseOf(ports, named);
      const { key, text } = await keys.rotate(named, graceSeconds);
      return { ...keyView(key, lastUsedAtMs, clock.nowMs()), key: text };
    },

    revoke: async (named) => {
      const lastUsedAtMs = await lastUseOf(ports, named);
      const key = await keys.revoke(named);
      await endUse(ports, key);
      return keyView(key, lastUsedAtMs, clock.nowMs());
    },
  };
}

/** Epoch milliseconds. Throws a validation refusal. */
function expiryOf(expiresAt: string, nowMs: number): number {
  const atMs = Date.parse(expiresAt);
  if (atMs <= nowMs) throw invalid([{ pointer: '/expiresAt', message: 'is past' }]);
  if (atMs - nowMs > MAX_LIFE_MS) throw invalid([{ pointer: '/expiresAt', message: 'is more than ten years ahead' }]);
  return atMs;
}

const shownTime = (ms: number | undefined): string | null => (ms === undefined ? null : timestamp(ms));

function keyView(key: ApiKey, lastUsedAtMs: number | undefined, nowMs: number): ApiKeyView {
  const { keyId, name, scopes, createdAtMs, createdBy, expiresAtMs, rotatedAtMs, previous, revokedAtMs } = key;
  const state = stateOf(key, nowMs);
  const hasPrevious = state === 'usable' && previous !== undefined && previous.endsAtMs > nowMs;
  return {
    keyId,
    name,
    prefix: prefixOf(key),
    scopes: [...scopes],
    state,
    createdAt: timestamp(createdAtMs),
    createdBy,
    expiresAt: shownTime(expiresAtMs),
    rotatedAt: shownTime(rotatedAtMs),
    previousEndsAt: hasPrevious ? timestamp(Math.min(previous.endsAtMs, expiresAtMs ?? Infinity)) : null,
    revokedAt: shownTime(revokedAtMs),
    lastUsedAt: shownTime(lastUsedAtMs),
  };
}
