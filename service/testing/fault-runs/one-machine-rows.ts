/** The rows of the matrix that one machine can play with real processes, and what they share while they are played. */
import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startHeir } from '../../../load/host/heir.ts';
import { GivenTypes } from '../given-types.ts';
import { clockShifted } from './clock-row.ts';
import type { Grounds } from './ground.ts';
import { blocked, large, poison } from './handler-rows.ts';
import { diesAtEachSite, serverKilled, workerKilled, workerStopped } from './kill-rows.ts';
import { diskFull, oneOfFive, slowDatabase, sweeperStruck } from './ledger-rows.ts';
import { liveLossy } from './live-row.ts';
import { MIXED, writeMixedType } from './mixed-type.ts';
import { cancelledAnytime, redrivenTwice } from './operator-rows.ts';
import type { Plan } from './play.ts';
import { rowOf } from './play.ts';
import type { Rows } from './row.ts';
import { LATE, typeUnknown, workersOff } from './worker-rows.ts';

const PLANS: readonly Plan[] = [
  diesAtEachSite,
  serverKilled,
  workerKilled,
  workerStopped,
  clockShifted,
  poison,
  blocked,
  workersOff,
  sweeperStruck,
  cancelledAnytime,
  redrivenTwice,
  oneOfFive,
  large,
  diskFull,
  slowDatabase,
  liveLossy,
  typeUnknown,
];

/** Generated as a user does it, and put where the heir removes it. */
async function writeTypes(tasksDir: string, names: readonly string[]): Promise<string> {
  const types = new GivenTypes();
  try {
    for (const name of names) writeMixedType(types, name);
    await types.generateHere();
    cpSync(types.tasksDir, tasksDir, { recursive: true, preserveTimestamps: true });
  } finally {
    types.remove();
  }
  return tasksDir;
}

export function oneMachineRows(): Rows {
  let grounds: Grounds | undefined;
  const given = (): Grounds => {
    if (!grounds) throw new Error('The rows are not started.');
    return grounds;
  };
  return {
    rows: PLANS.map((plan) => rowOf(plan, given)),
    start: async () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'holdfast-faults-'));
      const heir = startHeir(folder);
      const tasksDir = await writeTypes(path.join(folder, 'types'), [MIXED]);
      const newerTasksDir = await writeTypes(path.join(folder, 'newer-types'), [MIXED, LATE]);
      grounds = { folder, heir, tasksDir, newerTasksDir };
    },
    stop: async () => {
      await grounds?.heir.close();
    },
  };
}
