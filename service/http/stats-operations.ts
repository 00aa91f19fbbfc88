/** getStats: how many tasks there are, and what happened in a window. */
import type { Operations } from '@holdfast/api/operation';
import { Refusal } from '../core/refusal.ts';
import type { Asked, House } from './house.ts';

export function statsOperations(_house: House): Pick<Operations<Asked>, 'getStats'> {
  return {
    getStats: () => {
      throw new Refusal('internal', 'Not built yet.');
    },
  };
}
