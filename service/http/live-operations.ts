/** createTicket: the way into the live channel. */
import type { Operations } from '@holdfast/api/operation';
import { Refusal } from '../core/refusal.ts';
import type { Asked, House } from './house.ts';

export function liveOperations(_house: House): Pick<Operations<Asked>, 'createTicket'> {
  return {
    createTicket: () => {
      throw new Refusal('internal', 'Not built yet.');
    },
  };
}
