/**
 * The step of the gate: real k6, short runs, against a server of each engine. Each run counts as one passed or failed, and `--report`
 * names a file for the gate, which says them again at its end. Without a k6, or a Go to build it, all of them fail.
 */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

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
const counted = { passed: runs.length - failures.length, failed: failures.length, failures };
console.log(`\n${[...failures, `${counted.passed} passed, ${counted.failed} failed`].join('\n')}`);
const { report } = parseArgs({ options: { report: { type: 'string' } } }).values;
if (report !== undefined) writeFileSync(report, JSON.stringify(counted));
process.exitCode = failures.length === 0 ? 0 : 1;

function codeOf(args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [COMMAND, ...args], { stdio: 'inherit' });
  running = child;
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
