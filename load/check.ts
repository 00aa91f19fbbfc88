/**
 * The step of the gate: real k6, short runs, against a server of each engine. Each run counts as one passed or failed; what failed
 * is said again at the end, and the last line is read by the gate. Without a k6, or a Go to build it, all of them fail.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const COMMAND = join(import.meta.dirname, 'command.ts');
const SCENARIOS = ['smoke', 'retry', 'dlq', 'faults'];
const ENGINES = [[], ['--twin']];

const runs = SCENARIOS.flatMap((scenario) => ENGINES.map((engine) => [scenario, '--short', ...engine]));

let running: ReturnType<typeof spawn> | undefined;
let isInterrupted = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    isInterrupted = true;
    running?.kill(signal);
  });
}

const failures: string[] = [];
for (const args of runs) {
  console.log(`\n> npm run load -- ${args.join(' ')}`);
  const code = await codeOf(args);
  if (isInterrupted) process.exit(1);
  if (code !== 0) failures.push(`failed load ${args.join(' ')}: exit code ${code}`);
}
console.log(`\n${[...failures, `${runs.length - failures.length} passed, ${failures.length} failed`].join('\n')}`);
process.exitCode = failures.length === 0 ? 0 : 1;

function codeOf(args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [COMMAND, ...args], { stdio: 'inherit' });
  running = child;
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
