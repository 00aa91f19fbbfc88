/**
 * The API keys of all tenants in the key-value store, changed by compare-and-swap alone. A write whose reply was lost is
 * answered as ledger-unavailable. Whoever keeps something about a key in memory is told of every change by this process.
 */
import type { Scope } from '@holdfast/api/types';
import type { EntryKey, EntryPrefix } from '../../core/entry-keys.ts';
import { installationKey, installationPrefix, tenantKey, tenantPrefix } from '../../core/entry-keys.ts';
import type { Ports } from '../../core/ports.ts';
import { Refusal } from '../../core/refusal.ts';
import { DAY, SECOND } from '../../core/rules.ts';
import { ledgerUnavailable } from '../problems.ts';
import type { ApiKey } from './api-key.ts';
import { endOf, hashOf, newKeyId, newSecret, stateOf, textOf } from './api-key.ts';

/** An ended key can still be looked up, for whoever asks what it did. */
const KEPT_AFTER_END_MS = 30 * DAY;
const MOST_USABLE = 100;
const MOST = 1_000;
const MOST_TRIES = 10;
const TENANTS_AT_ONCE = 1_000;

const TENANTS = installationPrefix('tenant');
const prefixFor = (tenant: string): EntryPrefix => tenantPrefix(tenant, 'api-key');
const entryFor = (tenant: string, keyId: string): EntryKey => tenantKey(tenant, 'api-key', keyId);

export type KeyPorts = Pick<Ports, 'keyValue' | 'random' | 'clock'>;

export type NewKey = Pick<ApiKey, 'tenant' | 'name' | 'createdBy' | 'expiresAtMs'> & {
  readonly scopes: readonly Scope[];
};

/** The only time that the text is known. */
export interface Issued {
  readonly key: ApiKey;
  readonly text: string;
}

export interface KeyChange {
  readonly tenant: string;
  readonly keyId: string;
  /** A secret that worked works no more. */
  readonly hasEnded: boolean;
}

export class KeyStore {
  readonly #ports: KeyPorts;
  readonly #listeners: ((change: KeyChange) => void)[] = [];

  constructor(ports: KeyPorts) {
    this.#ports = ports;
  }

  onChange(listener: (change: KeyChange) => void): void {
    this.#listeners.push(listener);
  }

  /** Throws too-many-keys and ledger-unavailable. */
  async create(wanted: NewKey): Promise<Issued> {
    const { keyValue, random, clock } = this.#ports;
    const { tenant } = wanted;
    await this.#noteTenant(tenant);
    const secret = newSecret(random);
    const key = { ...wanted, keyId: newKeyId(random), secretHash: hashOf(secret), createdAtMs: clock.nowMs() };
    const entry = entryFor(tenant, key.keyId);
    const { kind } = await keyValue.swap(entry, 0, entryOf(key));
    // 62 random bits are not met twice by chance: it was this very write, whose reply was lost on its way.
    if (kind !== 'swapped') throw unanswered();
    // Counted after it was made, so that of several made at once none is confirmed above the bound.
    const all = await this.list(tenant);
    if (all.filter((each) => stateOf(each, clock.nowMs()) === 'usable').length > MOST_USABLE) {
      await keyValue.swap(entry, 1, { value: undefined });
      throw new Refusal('too-many-keys', 'A tenant has at most 100 usable keys.');
    }
    await this.#dropOldestEnded(all);
    return { key, text: textOf(key, secret) };
  }

  /** Newest first. Throws LedgerUnavailable. */
  async list(tenant: string): Promise<ApiKey[]> {
    const entries = await this.#ports.keyValue.list(prefixFor(tenant), 2 * MOST);
    const keys = entries.map(({ stored }) => stored.value as ApiKey);
    return keys.sort((one, other) => other.createdAtMs - one.createdAtMs);
  }

  /** One look-up, whether there is such a key or not. Throws LedgerUnavailable. */
  async find({ tenant, keyId }: Pick<ApiKey, 'tenant' | 'keyId'>): Promise<ApiKey | undefined> {
    return (await this.#ports.keyValue.get(entryFor(tenant, keyId)))?.value as ApiKey | undefined;
  }

  /** The secret before works on for the grace; one before that ends at once. Throws not-found, key-ended, ledger-unavailable. */
  async rotate(named: Pick<ApiKey, 'tenant' | 'keyId'>, graceSeconds: number): Promise<Issued> {
    const secret = newSecret(this.#ports.random);
    const key = await this.#change(named, (before, nowMs) => {
      const state = stateOf(before, nowMs);
      if (state !== 'usable') throw new Refusal('key-ended', `The key is ${state}.`);
      const { previous, ...kept } = before;
      const rotated = { ...kept, secretHash: hashOf(secret), rotatedAtMs: nowMs };
      const hasEnded = graceSeconds === 0 || (previous?.endsAtMs ?? 0) > nowMs;
      if (graceSeconds === 0) return { after: rotated, hasEnded };
      const endsAtMs = nowMs + graceSeconds * SECOND;
      return { after: { ...rotated, previous: { secretHash: before.secretHash, endsAtMs } }, hasEnded };
    });
    return { key, text: textOf(key, secret) };
  }

  /** Again it changes nothing. Throws not-found and ledger-unavailable. */
  revoke(named: Pick<ApiKey, 'tenant' | 'keyId'>): Promise<ApiKey> {
    return this.#change(named, (before, nowMs) => {
      if (before.revokedAtMs !== undefined) return { after: before, hasEnded: false };
      return { after: { ...before, revokedAtMs: nowMs }, hasEnded: true };
    });
  }

  /** Of all tenants: whether there is a key to sign in with, or there was one at any time. Throws LedgerUnavailable. */
  async standing(): Promise<'never-made' | 'all-ended' | 'usable'> {
    let standing: 'never-made' | 'all-ended' = 'never-made';
    const { keyValue, clock } = this.#ports;
    for (let after: string | undefined, isMore = true; isMore;) {
      const tenants = await keyValue.list(TENANTS, TENANTS_AT_ONCE, after);
      for (const { key } of tenants) {
        standing = 'all-ended';
        const keys = await this.list(key.slice(TENANTS.length));
        if (keys.some((each) => stateOf(each, clock.nowMs()) === 'usable')) return 'usable';
      }
      after = tenants.at(-1)?.key;
      isMore = tenants.length === TENANTS_AT_ONCE;
    }
    return standing;
  }

  /** Ended keys are kept for whoever asks what they did; they never stand in the way of a new one. Best effort. */
  async #dropOldestEnded(all: readonly ApiKey[]): Promise<void> {
    if (all.length <= MOST) return;
    const { keyValue } = this.#ports;
    const ended = all.filter((key) => endOf(key) !== undefined).sort((one, other) => endOf(one)! - endOf(other)!);
    for (const { tenant, keyId } of ended.slice(0, all.length - MOST)) {
      const entry = entryFor(tenant, keyId);
      const stored = await keyValue.get(entry);
      if (stored !== undefined) await keyValue.swap(entry, stored.version, { value: undefined });
    }
  }

  /** The one guarded write to a key that exists; a race that is lost is run again. */
  async #change(named: Pick<ApiKey, 'tenant' | 'keyId'>, edit: Edit): Promise<ApiKey> {
    const { keyValue, clock } = this.#ports;
    const entry = entryFor(named.tenant, named.keyId);
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const stored = await keyValue.get(entry);
      if (stored === undefined) throw new Refusal('not-found', 'There is no key with this id.');
      const before = stored.value as ApiKey;
      const { after, hasEnded } = edit(before, clock.nowMs());
      if (after === before) return before;
      const { kind } = await keyValue.swap(entry, stored.version, entryOf(after));
      if (kind === 'conflict') continue;
      // Also when nobody knows whether it was done.
      for (const tell of this.#listeners) tell({ tenant: named.tenant, keyId: named.keyId, hasEnded });
      if (kind === 'failed') throw unanswered();
      return after;
    }
    throw ledgerUnavailable();
  }

  /** Before its first key, so that no key belongs to a tenant that nobody can list. */
  async #noteTenant(tenant: string): Promise<void> {
    const { keyValue, clock } = this.#ports;
    const entry = installationKey('tenant', tenant);
    if ((await keyValue.get(entry)) !== undefined) return;
    const { kind } = await keyValue.swap(entry, 0, { value: { createdAtMs: clock.nowMs() } });
    if (kind === 'failed') throw ledgerUnavailable();
  }
}

type Edit = (before: ApiKey, nowMs: number) => { readonly after: ApiKey; readonly hasEnded: boolean };

const unanswered = (): Refusal =>
  new Refusal('ledger-unavailable', 'The ledger gave no answer; the list of keys shows whether it was done.');

function entryOf(key: ApiKey): { value: ApiKey; purgeAtMs?: number } {
  const purgeAtMs = purgeTimeOf(key);
  return { value: key, ...(purgeAtMs !== undefined && { purgeAtMs }) };
}

/** Undefined while a key has no end. */
export function purgeTimeOf(key: ApiKey): number | undefined {
  const endMs = endOf(key);
  return endMs === undefined ? undefined : endMs + KEPT_AFTER_END_MS;
}
