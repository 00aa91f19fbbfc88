/** Every row that one machine can play, with few tasks; `npm run faults` plays them with many. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { oneMachineRows } from './one-machine-rows.ts';
import { isKept, tableOf } from './table.ts';

const TASKS = 600;
/** How soon is for the command to judge, on a machine of which it knows what else it does. */
const IN_TIME_MS = Infinity;

const machine = oneMachineRows();
const each = Math.ceil(TASKS / machine.rows.length);

beforeAll(() => machine.start());
afterAll(() => machine.stop());

for (const row of machine.rows) {
  test.concurrent(`${row.id} ${row.fault}: nothing is lost, nothing succeeds twice`, { timeout: 900_000 }, async () => {
    const played = { row, verdict: await row.play(each) };
    console.log(tableOf([played]));
    expect(isKept(played, IN_TIME_MS) ? '' : tableOf([played])).toBe('');
  });
}
