/**
 * Cursors: the ledger's position, sealed with the list it belongs to and encrypted, for it may count the tasks of all
 * tenants. The seal is the nonce (a synthetic IV as in RFC 5297), so equal positions make equal cursors. The secret lies in the
 * key-value, so that they live as long as the data. Whatever was not given out is refused, always in the same words. [S14]
 */
import { createCipheriv, createHmac, timingSafeEqual } from 'node:crypto';
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
/** How long a position is shows how many there are. */
const WHOLE_CHARS = 32;

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
    const padded = position.padEnd(Math.ceil(position.length / WHOLE_CHARS) * WHOLE_CHARS);
    const seal = sealOf(secret, padded, list);
    return Buffer.concat([seal, encrypted(Buffer.from(padded), secret, seal)]).toString('base64url');
  }

  /** Throws invalid-cursor. */
  async open(cursor: string, list: ListKey): Promise<Position> {
    const bytes = Buffer.from(cursor, 'base64url');
    // Buffer ignores what is not base64url and the bits that are left over.
    if (bytes.length <= SEAL_BYTES || bytes.toString('base64url') !== cursor) throw invalidCursor();
    const secret = await this.#knownSecret();
    const seal = bytes.subarray(0, SEAL_BYTES);
    const padded = encrypted(bytes.subarray(SEAL_BYTES), secret, seal).toString();
    if (!timingSafeEqual(sealOf(secret, padded, list), seal)) throw invalidCursor();
    return padded.trimEnd();
  }

  #knownSecret(): Promise<string> {
    this.#secret ??= storedSecret(this.#ports).catch((error: unknown) => {
      this.#secret = undefined;
      throw error;
    });
    return this.#secret;
  }
}

function sealOf(secret: string, padded: string, { operation, tenant, filter }: ListKey): Buffer {
  const sealed = JSON.stringify([operation, tenant, Object.entries(filter).sort(), padded]);
  return createHmac('sha256', secret).update(sealed).digest().subarray(0, SEAL_BYTES);
}

/** In counter mode: again gives back what it was. */
function encrypted(bytes: Buffer, secret: string, seal: Buffer): Buffer {
  const key = createHmac('sha256', secret).update('position').digest();
  return createCipheriv('aes-256-ctr', key, seal).update(bytes);
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
