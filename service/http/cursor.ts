/**
 * Cursors: the ledger's position, sealed with the list it belongs to. The secret lies in the key-value, so that cursors
 * live as long as the data. Whatever is not exactly what was given out is refused, always in the same words.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { installationKey } from '../core/entry-keys.ts';
import type { Position, Ports } from '../core/ports.ts';
import { LedgerUnavailable } from '../core/ports.ts';
import { Refusal } from '../core/refusal.ts';

/** Which list a position belongs to. The size of the page is free to change. */
export interface ListKey {
  readonly operation: string;
  readonly tenant: string;
  readonly filter: Readonly<Record<string, string>>;
}

const SECRET_KEY = installationKey('cursor-secret');
const SEAL_BYTES = 16;

/** For garbage, a cut, a flipped bit, another tenant's and another list's alike. */
export const invalidCursor = (): Refusal =>
  new Refusal('invalid-cursor', 'The cursor is not one that this list has given out.');

export class Cursors {
  readonly #ports: Pick<Ports, 'keyValue' | 'random'>;
  #secret: Promise<string> | undefined;

  constructor(ports: Pick<Ports, 'keyValue' | 'random'>) {
    this.#ports = ports;
  }

  async seal(position: Position, list: ListKey): Promise<string> {
    const secret = await this.#knownSecret();
    return Buffer.concat([sealOf(secret, position, list), Buffer.from(position)]).toString('base64url');
  }

  /** Throws invalid-cursor. */
  async open(cursor: string, list: ListKey): Promise<Position> {
    const bytes = Buffer.from(cursor, 'base64url');
    // Buffer ignores what is not base64url and the bits that are left over.
    if (bytes.length <= SEAL_BYTES || bytes.toString('base64url') !== cursor) throw invalidCursor();
    const position = bytes.subarray(SEAL_BYTES).toString();
    const seal = sealOf(await this.#knownSecret(), position, list);
    if (!timingSafeEqual(seal, bytes.subarray(0, SEAL_BYTES))) throw invalidCursor();
    return position;
  }

  #knownSecret(): Promise<string> {
    this.#secret ??= storedSecret(this.#ports).catch((error: unknown) => {
      this.#secret = undefined;
      throw error;
    });
    return this.#secret;
  }
}

function sealOf(secret: string, position: Position, { operation, tenant, filter }: ListKey): Buffer {
  const sealed = JSON.stringify([operation, tenant, Object.entries(filter).sort(), position]);
  return createHmac('sha256', secret).update(sealed).digest().subarray(0, SEAL_BYTES);
}

/** Of all who make one at once, one wins and the others take its. Throws LedgerUnavailable. */
async function storedSecret({ keyValue, random }: Pick<Ports, 'keyValue' | 'random'>): Promise<string> {
  const own = random.token() + random.token() + random.token();
  const known = await keyValue.get(SECRET_KEY);
  if (known === undefined) {
    const { kind } = await keyValue.swap(SECRET_KEY, 0, { value: own });
    if (kind === 'swapped') return own;
    if (kind === 'failed') throw new LedgerUnavailable('The secret of the cursors could not be stored.');
  }
  const stored = known ?? (await keyValue.get(SECRET_KEY));
  if (typeof stored?.value !== 'string') throw new LedgerUnavailable('The secret of the cursors is not readable.');
  return stored.value;
}
