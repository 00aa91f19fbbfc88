/**
 * When keys were last used, each in an entry of its own: noting it never contends with a change of the key, never fails a
 * request and never holds one up. Best effort: what was not noted is noted with a use a minute later.
 */
import type { EntryKey, EntryPrefix } from '../../core/entry-keys.ts';
import { tenantKey, tenantPrefix } from '../../core/entry-keys.ts';
import { namesOf } from '../../core/names-of.ts';
import type { Ports } from '../../core/ports.ts';
import { LedgerUnavailable } from '../../core/ports.ts';
import { MINUTE } from '../../core/rules.ts';
import type { ApiKey } from './api-key.ts';
import { prefixOf } from './api-key.ts';
import { purgeTimeOf } from './key-store.ts';

const MOST_REMEMBERED = 10_000;
const MOST_LISTED = 10_000;

type Named = Pick<ApiKey, 'tenant' | 'keyId'>;

const prefixFor = (tenant: string): EntryPrefix => tenantPrefix(tenant, 'api-key-use');
const entryFor = ({ tenant, keyId }: Named): EntryKey => tenantKey(tenant, 'api-key-use', keyId);

interface Use {
  readonly atMs: number;
}

type UsePorts = Pick<Ports, 'keyValue' | 'clock' | 'log'>;

/** Epoch milliseconds by key id. Throws LedgerUnavailable. */
export async function lastUsesOf({ keyValue }: Pick<Ports, 'keyValue'>, tenant: string): Promise<Map<string, number>> {
  const prefix = prefixFor(tenant);
  const entries = await keyValue.list(prefix, MOST_LISTED);
  return new Map(entries.map(({ key, stored }) => [key.slice(prefix.length), (stored.value as Use).atMs]));
}

/** Of one key. Throws LedgerUnavailable. */
export async function lastUseOf({ keyValue }: Pick<Ports, 'keyValue'>, named: Named): Promise<number | undefined> {
  return ((await keyValue.get(entryFor(named)))?.value as Use | undefined)?.atMs;
}

/** The entry goes with its key. Best effort: what stays behind is a time that nobody reads. Throws LedgerUnavailable. */
export async function endUse({ keyValue }: Pick<Ports, 'keyValue'>, key: ApiKey): Promise<void> {
  const stored = await keyValue.get(entryFor(key));
  const purgeAtMs = purgeTimeOf(key);
  if (stored === undefined || purgeAtMs === undefined) return;
  await keyValue.swap(entryFor(key), stored.version, { value: stored.value, purgeAtMs });
}

export class KeyUses {
  readonly #ports: UsePorts;
  /** When each key was noted last, oldest first; on a clock that does not jump. */
  readonly #notedAtMs = new Map<string, number>();
  readonly #writing = new Set<Promise<void>>();

  constructor(ports: UsePorts) {
    this.#ports = ports;
  }

  /** Returns at once. */
  note(key: ApiKey): void {
    const { clock, log } = this.#ports;
    const name = prefixOf(key);
    const nowMs = clock.monotonicMs();
    if (nowMs - (this.#notedAtMs.get(name) ?? -Infinity) < MINUTE) return;
    this.#notedAtMs.delete(name);
    if (this.#notedAtMs.size >= MOST_REMEMBERED) this.#notedAtMs.delete(this.#notedAtMs.keys().next().value!);
    this.#notedAtMs.set(name, nowMs);
    const writing = this.#write(key)
      .catch((error: unknown) => {
        // A ledger that gives no answer has its own words; the use is noted a minute later.
        if (!(error instanceof LedgerUnavailable)) log.error('key-use-failed', namesOf(error));
      })
      .finally(() => this.#writing.delete(writing));
    this.#writing.add(writing);
  }

  /** For who may be frozen after a request: what was to be noted by now is. Never rejects. */
  async settled(): Promise<void> {
    await Promise.all(this.#writing);
  }

  /** Who loses a race has lost it to a use as late as this one. */
  async #write(key: ApiKey): Promise<void> {
    const { keyValue, clock } = this.#ports;
    const stored = await keyValue.get(entryFor(key));
    const atMs = clock.nowMs();
    // Another process has noted one, or this one had forgotten that it did.
    if (stored !== undefined && Math.abs(atMs - (stored.value as Use).atMs) < MINUTE) return;
    const purgeAtMs = purgeTimeOf(key);
    const entry = { value: { atMs } satisfies Use, ...(purgeAtMs !== undefined && { purgeAtMs }) };
    await keyValue.swap(entryFor(key), stored?.version ?? 0, entry);
  }
}
