/**
 * `npm run load -- …`: runs a scenario with k6, or compares two results. The exit code is 0 when every promise was kept, 99 when one
 * was broken, 1 when nothing could be run, and then a sentence says why.
 */
import { readArguments, USAGE } from './host/arguments.ts';
import { comparisonOf } from './host/compare.ts';
import { isKept } from './host/result.ts';
import { run } from './host/run.ts';
import { CannotRun } from './host/sentences.ts';
import { kept } from './host/store.ts';
import { tableOf } from './host/table.ts';

const BROKEN = 99;

async function command(): Promise<number> {
  const order = readArguments(process.argv.slice(2), process.env);
  if (order.kind === 'help') console.log(USAGE);
  if (order.kind === 'compare') console.log(comparisonOf(kept(order.before), kept(order.after)));
  if (order.kind !== 'run') return 0;
  const interruption = new AbortController();
  // A terminal sends it, and npm once more.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interruption.abort());
  const { result, report } = await run(order, { say: console.log, interrupted: interruption.signal });
  console.log(`\n${tableOf(result)}\n${report}`);
  return isKept(result) ? 0 : BROKEN;
}

try {
  process.exitCode = await command();
} catch (error) {
  if (!(error instanceof CannotRun)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
