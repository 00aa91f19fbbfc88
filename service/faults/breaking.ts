/** The faults put between the core and its ports. Where they are not allowed nothing of this room is made. */
import type { Breaking, Ports } from '../core/ports.ts';
import { faultyDoorbell } from './faulty-doorbell.ts';
import { faultyLedger } from './faulty-ledger.ts';
import { faultyRunner } from './faulty-runner.ts';
import type { Lab } from './lab.ts';
import { upkeepPorts } from './upkeep.ts';

export function breaking(ports: Ports, lab: Lab): Breaking {
  const doorbell = faultyDoorbell(ports.doorbell, lab);
  return {
    ports: { ...ports, doorbell, ledger: faultyLedger(ports.ledger, lab) },
    upkeep: upkeepPorts(ports, lab),
    runner: (runner) => faultyRunner(runner, lab),
    flush: () => lab.flush(),
  };
}
