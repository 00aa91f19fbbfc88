/** listKeys, createKey, rotateKey, revokeKey: the API keys of the caller's tenant. */
import type { Operations } from '@holdfast/api/operation';
import type { Asked, House } from '../house.ts';

type KeyOperations = Pick<Operations<Asked>, 'listKeys' | 'createKey' | 'rotateKey' | 'revokeKey'>;

export function keyOperations({ version }: House): KeyOperations {
  const missing = (): never => {
    throw new Error(`not built in ${version}`);
  };
  return {
    listKeys: () => ({ status: 200, body: { items: [] } }),
    createKey: missing,
    rotateKey: missing,
    revokeKey: missing,
  };
}
