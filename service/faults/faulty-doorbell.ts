/** A doorbell that loses bells and doubles them, and says of each that it was rung. */
import type { Bell, Doorbell } from '../core/ports.ts';
import type { Lab } from './lab.ts';

export function faultyDoorbell(doorbell: Doorbell, lab: Lab): Doorbell {
  return {
    ring: async (bells) => {
      await lab.look(bells.map(({ tenant }) => tenant));
      const times = bells.map((bell) => timesOf(bell, lab));
      const kept = bells.filter((_, i) => times[i] !== 0);
      const doubles = bells.filter((_, i) => times[i] === 2);
      const answers = kept.length === 0 ? [] : await doorbell.ring(kept);
      if (doubles.length > 0) await doorbell.ring(doubles);
      const next = answers.values();
      return times.map((each) => (each === 0 ? 'rung' : next.next().value!));
    },
    depth: (lane, tenant) => doorbell.depth(lane, tenant),
  };
}

function timesOf({ tenant }: Bell, lab: Lab): 0 | 1 | 2 {
  const faults = lab.on(tenant)?.doorbell;
  if (faults === undefined) return 1;
  if (lab.strikes(faults.loseRate)) {
    lab.count(tenant, 'bellsLost');
    return 0;
  }
  if (!lab.strikes(faults.duplicateRate)) return 1;
  lab.count(tenant, 'bellsDuplicated');
  return 2;
}
