/** For tests: a new table for each test, the ledger on it, and the life of a task in it, in virtual time. */
import { openLedger } from '../aws/dynamo-ledger.ts';
import type { Ledger } from '../core/ports.ts';
import type { GivenDynamo } from './given-dynamo.ts';
import { givenDynamo } from './given-dynamo.ts';
import { Life } from './given-tasks.ts';

export interface GivenLedger {
  readonly given: GivenDynamo;
  readonly ledger: Ledger;
  readonly life: Life;
}

/** To be called inside describe, like givenDynamo. Returns the way to a new table. */
export function givenLedger(): () => Promise<GivenLedger> {
  const newGiven = givenDynamo('dynoxide');
  return async () => {
    const given = await newGiven();
    const ledger = openLedger(given);
    return { given, ledger, life: new Life({ ledger, clock: given.clock }) };
  };
}
