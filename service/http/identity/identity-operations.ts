/** getIdentity: who the caller is to this installation. */
import type { Operations } from '@holdfast/api/operation';
import type { Asked } from '../house.ts';
import { timestamp } from '../view.ts';

export const identityOperations: Pick<Operations<Asked>, 'getIdentity'> = {
  getIdentity: (_, { principal: { tenant, subject, kind, name, scopes, expiresAtMs } }) => ({
    status: 200,
    body: {
      tenant,
      subject,
      kind,
      name,
      scopes: [...scopes],
      expiresAt: expiresAtMs === undefined ? null : timestamp(expiresAtMs),
    },
  }),
};
