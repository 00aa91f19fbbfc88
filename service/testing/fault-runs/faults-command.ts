/**
 * npm run faults -- [--tasks N] [--rows F14,F16] [--engine one-machine|twin]: the rows of the fault matrix, one after the other, with
 * real processes. A line when each begins and when it is done, a table at the end, however it ends; with 1 when one was not kept.
 */
import { parseArgs } from 'node:util';
import { oneMachineRows } from './one-machine-rows.ts';
import type { EngineName, Row, Rows } from './row.ts';
import type { Played } from './table.ts';
import { isKept, played, tableOf, unplayed } from './table.ts';
import { twinRows } from './twin-rows.ts';

const ENGINES: Readonly<Record<EngineName, () => Rows>> = { 'one-machine': oneMachineRows, twin: twinRows };

/** A server that did not start says why in many lines; the table has all of them. */
const MOST_SHOWN_CHARS = 400;

const { values } = parseArgs({
  options: {
    tasks: { type: 'string', default: '10000' },
    rows: { type: 'string' },
    engine: { type: 'string' },
  },
});

function refuse(sentence: string): never {
  console.error(sentence);
  process.exit(2);
}

function chosenEngines(): Rows[] {
  const { engine } = values;
  const names = Object.keys(ENGINES) as EngineName[];
  if (engine === undefined) return names.map((name) => ENGINES[name]());
  const name = names.find((each) => each === engine) ?? refuse(`--engine takes one of ${names.join(', ')}.`);
  return [ENGINES[name]()];
}

function chosenRows({ rows }: Rows): readonly Row[] {
  const ids = values.rows?.split(',');
  return rows.filter(({ id }) => ids?.includes(id) ?? true);
}

function countOf(text: string): number {
  const count = Number(text);
  return Number.isSafeInteger(count) && count > 0 ? count : refuse(`--tasks takes a whole number, not "${text}".`);
}

const all: Played[] = [];

function tell(one: Played, beganAtMs = performance.now()): void {
  all.push(one);
  const seconds = Math.round((performance.now() - beganAtMs) / 1_000);
  console.log(`  ${one.row.id} ${isKept(one) ? 'kept' : 'NOT KEPT'}, after ${seconds} s`);
  for (const wrong of one.verdict.wrongs) console.log(`  ${wrong.slice(0, MOST_SHOWN_CHARS)}`);
}

async function playAll(engine: Rows, tasksPerRow: number): Promise<void> {
  const rows = chosenRows(engine);
  console.log(`Setting up ${rows[0]!.engine}: ${rows.length} rows, ${tasksPerRow} tasks each.`);
  try {
    await engine.start();
    for (const row of rows) {
      console.log(`${row.id} ${row.engine}: ${row.fault}`);
      const beganAtMs = performance.now();
      tell(await played(row, tasksPerRow), beganAtMs);
    }
  } catch (error) {
    // Where nothing can be set up nothing can be played.
    for (const row of rows) tell(unplayed(row, error));
  }
  await engine.stop();
}

/** With the table of what was played so far. */
function end(isWhole: boolean): never {
  console.log(tableOf(all));
  process.exit(isWhole && all.every((one) => isKept(one)) ? 0 : 1);
}

const engines = chosenEngines();
const count = engines.flatMap(chosenRows).length;
const known = new Set<string>(engines.flatMap(({ rows }) => rows.map(({ id }) => id)));
if (values.rows?.split(',').some((id) => !known.has(id))) refuse(`--rows takes some of ${[...known].join(', ')}.`);
const tasksPerRow = Math.ceil(countOf(values.tasks) / count);
// What was started is ended by its heir, which outlives this process.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => end(false));
function fail(error: unknown): never {
  console.error(error);
  end(false);
}
process.once('uncaughtException', fail);
for (const engine of engines) if (chosenRows(engine).length > 0) await playAll(engine, tasksPerRow).catch(fail);
end(true);
