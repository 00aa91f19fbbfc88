/** Where keys are, for the commands about them. Whoever can open the store itself may make keys for every tenant. */
import type { ApiKey, CreateKeyRequest, NewApiKey, RotateKeyRequest } from '@holdfast/api/types';
import type { KeyValue } from './core/ports.ts';
import { keyDesk } from './http/identity/key-desk.ts';
import { KeyStore } from './http/identity/key-store.ts';
import { LOCAL } from './http/principal.ts';
import { systemClock, systemRandom } from './platform.ts';

/** Of one tenant. */
export interface KeyPlace {
  /** For a sentence: `in <folder>`, `in the table <name>` or `at <url>`. */
  readonly where: string;
  readonly list: () => Promise<readonly ApiKey[]>;
  readonly create: (wanted: CreateKeyRequest) => Promise<NewApiKey>;
  readonly rotate: (keyId: string, wanted: RotateKeyRequest) => Promise<NewApiKey>;
  readonly revoke: (keyId: string) => Promise<ApiKey>;
  readonly close: () => void;
}

/** A sentence for whoever called. */
export class NoKeyPlace extends Error {
  override readonly name = 'NoKeyPlace';
}

export interface Keeper extends Pick<KeyPlace, 'where' | 'close'> {
  readonly keyValue: KeyValue;
}

export function keeperPlace({ keyValue, where, close }: Keeper, tenant: string): KeyPlace {
  const ports = { keyValue, clock: systemClock, random: systemRandom() };
  const desk = keyDesk(ports, new KeyStore(ports));
  return {
    where,
    list: () => desk.list(tenant),
    create: (wanted) => desk.create({ tenant, subject: LOCAL.subject }, wanted),
    rotate: (keyId, wanted) => desk.rotate({ tenant, keyId }, wanted),
    revoke: (keyId) => desk.revoke({ tenant, keyId }),
    close,
  };
}
