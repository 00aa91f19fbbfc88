/**
 * The ports of the sweeper. It looks after the tasks of all tenants at once, so that a ledger which struck it would strike others, too:
 * its bells alone can be lost. What it rings again is counted when it rings, for a lane that is full is not rung.
 */
import { taskName } from '../core/entry-keys.ts';
import type { Doorbell, Ledger, Ports } from '../core/ports.ts';
import { faultyDoorbell } from './faulty-doorbell.ts';
import { watchedLedger } from './faulty-ledger.ts';
import type { Lab } from './lab.ts';

export function upkeepPorts(ports: Ports, lab: Lab): Ports {
  /** Of the page that is swept: those that waited in vain. */
  const found = new Set<string>();
  return { ...ports, ledger: noting(watchedLedger(ports.ledger, lab), found), doorbell: counting(ports, lab, found) };
}

const noting = (ledger: Ledger, found: Set<string>): Ledger => ({
  ...ledger,
  overdue: (nowMs, limit) => {
    found.clear();
    return ledger.overdue(nowMs, limit);
  },
  apply: async (moves) => {
    const results = await ledger.apply(moves);
    for (const [i, { name }] of moves.entries())
      if (name === 'ringAgain' && results[i]!.kind === 'applied') found.add(taskName(moves[i]!));
    return results;
  },
});

function counting(ports: Ports, lab: Lab, found: Set<string>): Doorbell {
  const doorbell = faultyDoorbell(ports.doorbell, lab);
  return {
    ...doorbell,
    ring: (bells) => {
      for (const bell of bells) if (found.delete(taskName(bell))) lab.count(bell.tenant, 'rungAgain');
      return doorbell.ring(bells);
    },
  };
}
