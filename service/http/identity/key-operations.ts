/**
 * listKeys, createKey, rotateKey, revokeKey: the API keys of the caller's tenant. A key of another tenant is looked for
 * under the caller's, so it is as unknown as one that never was.
 */
import type { Operations } from '@holdfast/api/operation';
import type { Asked, House } from '../house.ts';
import { keyDesk } from './key-desk.ts';

type KeyOperations = Pick<Operations<Asked>, 'listKeys' | 'createKey' | 'rotateKey' | 'revokeKey'>;

export function keyOperations({ desk: { ports }, keys }: Pick<House, 'desk' | 'keys'>): KeyOperations {
  const desk = keyDesk(ports, keys);
  return {
    listKeys: async (_, { principal: { tenant } }) => ({ status: 200, body: { items: await desk.list(tenant) } }),
    createKey: async ({ body }, { principal }) => ({ status: 201, body: await desk.create(principal, body) }),
    rotateKey: async ({ path: { keyId }, body }, { principal: { tenant } }) => ({
      status: 200,
      body: await desk.rotate({ tenant, keyId }, body),
    }),
    revokeKey: async ({ path: { keyId } }, { principal: { tenant } }) => ({
      status: 200,
      body: await desk.revoke({ tenant, keyId }),
    }),
  };
}
