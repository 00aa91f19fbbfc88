/** npm run sabotage: plays every one-line sabotage, prints who caught it, and ends with 1 when nobody did, or another. */
import { removeCopiesAtTheEnd } from './copies.ts';
import { SABOTAGES } from './core-sabotages.ts';
import type { Row } from './plays.ts';
import { describeTable, playOnSimulation, rowOfTests } from './plays.ts';
import { TEST_SABOTAGES } from './test-sabotages.ts';

const rows: Row[] = [];
const missed: string[] = [];

function note(row: Row, isCaught: boolean): void {
  rows.push(row);
  if (!isCaught) missed.push(row.sabotage);
  console.error(`${isCaught ? 'caught' : 'MISSED'}: ${row.sabotage}`);
}

removeCopiesAtTheEnd();
for (const sabotage of SABOTAGES) {
  const row = await playOnSimulation(sabotage);
  note(row, row.isReplayed && sabotage.caughtBy.includes(row.caughtBy ?? ''));
}
for (const sabotage of TEST_SABOTAGES) {
  const row = await rowOfTests(sabotage);
  note(row, row.caughtBy === sabotage.caughtBy);
}
console.log(describeTable(rows, true));
console.log(`${rows.length} sabotages, ${missed.length} missed${missed.map((name) => `\n  ${name}`).join('')}`);
process.exitCode = missed.length > 0 ? 1 : 0;
