/** Crashes at every call of the one server of one machine, on a real file: what is left of it is its data folder. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll } from 'vitest';
import { crashSuite } from '../testing/crashes/crash-suite.ts';
import { MachineHouse, newTemplate } from '../testing/crashes/machine-house.ts';
import { SCENARIOS } from '../testing/crashes/scenarios.ts';
import { StruckDatabases } from '../testing/crashes/struck-database.ts';

let template: string;
const databases = new StruckDatabases();
beforeAll(() => {
  template = newTemplate();
});
afterAll(() => {
  databases.restore();
  rmSync(template, { recursive: true });
});
/** Each of their writes is one of many statements, in a transaction that others share. */
const BY_STATEMENT = [
  'submit → succeeded',
  'dead → announced',
  'dead → redrive → succeeded',
  'a batch of submits',
  'an attempt that is lost with its server',
];

crashSuite({
  name: 'one machine',
  isCloud: false,
  isCostly: true,
  open: (fate) => Promise.resolve(new MachineHouse(fate, template)),
});

crashSuite({
  name: 'one machine by statement',
  isCloud: false,
  open: (fate) => Promise.resolve(new MachineHouse(fate, template, databases)),
  scenarios: SCENARIOS.filter(({ name }) => BY_STATEMENT.includes(name)),
});
