/** The rows of the matrix that one machine can play with real processes, and what they share while they are played. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startHeir } from '../../../load/host/heir.ts';
import { GivenTypes } from '../given-types.ts';
import { clockShifted } from './clock-row.ts';
import type { Grounds } from './ground.ts';
import { blocked, large, poison } from './handler-rows.ts';
import { diesAtEachSite, serverKilled, workerKilled, workerStopped } from './kill-rows.ts';
import { diskFull, oneOfFive, slowDatabase, sweeperStruck } from './ledger-rows.ts';
import { writeMixedType } from './mixed-type.ts';
import { cancelledAnytime, redrivenTwice } from './operator-rows.ts';
import type { Plan } from './play.ts';
import { rowOf } from './play.ts';
import type { Rows } from './row.ts';

const PLANS: readonly Plan[] = [
  diesAtEachSite,
  serverKilled,
  workerKilled,
  workerStopped,
  clockShifted,
  poison,
  blocked,
  sweeperStruck,
  cancelledAnytime,
  redrivenTwice,
  oneOfFive,
  large,
  diskFull,
  slowDatabase,
];

export function oneMachineRows(): Rows {
  const types = new GivenTypes();
  let grounds: Grounds | undefined;
  const given = (): Grounds => {
    if (!grounds) throw new Error('The rows are not started.');
    return grounds;
  };
  return {
    rows: PLANS.map((plan) => rowOf(plan, given)),
    start: async () => {
      writeMixedType(types);
      await types.generateHere();
      const folder = mkdtempSync(path.join(tmpdir(), 'holdfast-faults-'));
      grounds = { folder, heir: startHeir(folder), tasksDir: types.tasksDir };
    },
    stop: async () => {
      await grounds?.heir.close();
      types.remove();
    },
  };
}
