/** getFaults, putFaults: what is broken on purpose, where the installation allows it. */
import type { Operations } from '@holdfast/api/operation';
import { Refusal } from '../core/refusal.ts';
import type { Asked, FaultDesk, House } from './house.ts';

export function faultOperations(house: House): Pick<Operations<Asked>, 'getFaults' | 'putFaults'> {
  const desk = (): FaultDesk => {
    if (house.faults !== undefined) return house.faults;
    throw new Refusal('faults-not-allowed', 'This installation was not started with FAULTS_ALLOWED=1.');
  };
  return {
    getFaults: async (_, { principal }) => ({ status: 200, body: await desk().read(principal.tenant) }),
    putFaults: async ({ body }, { principal }) => ({
      status: 200,
      body: await desk().replace(principal.tenant, body),
    }),
  };
}
