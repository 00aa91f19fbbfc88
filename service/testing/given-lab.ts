/** A house whose tasks may be broken on purpose, and ports between which its faults stand. */
import type { Breaking, Ports } from '../core/ports.ts';
import { breaking } from '../faults/breaking.ts';
import { Lab } from '../faults/lab.ts';
import type { SimulatedHouse } from '../http/simulated-house.ts';

export const labOn = (ports: Ports): Lab => new Lab({ ...ports, hasType: (type) => type === 'simulate' });

/** From now on its faults are allowed. The ports that the house itself uses stay whole. */
export function breakable({ house }: Pick<SimulatedHouse, 'house'>): Breaking & { readonly lab: Lab } {
  const lab = labOn(house.desk.ports);
  Object.assign(house, { faults: lab });
  return { ...breaking(house.desk.ports, lab), lab };
}
