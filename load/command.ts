/** `npm run load -- …`: runs a scenario with k6, and shows what came of it. The exit code is that of its thresholds. */
import { readArguments } from './host/arguments.ts';
import { run } from './host/run.ts';
import { CannotRun } from './host/sentences.ts';

try {
  const order = readArguments(process.argv.slice(2), process.env);
  if (order.kind === 'run') {
    const outcome = await run(order, console.log);
    process.exitCode = outcome.code;
  }
} catch (error) {
  if (!(error instanceof CannotRun)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
