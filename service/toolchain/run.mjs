// What the scripts of package.json call: node service/toolchain/run.mjs <command> [arguments]. Plain JavaScript without
// dependencies, because any Node from 20 on starts it; it installs what is missing and does the rest with the pinned Node.
import { isStale } from '../../api/stale.mjs';
import { ensureInstalled } from './install.mjs';
import { runNode } from './pinned-node.mjs';
import { CannotRun } from './sentences.mjs';
import { runSteps } from './steps.mjs';

const FAST = ['contract', 'format', 'lint', 'imports', 'types', 'tests'];

/** A command answers the exit code. */
const COMMANDS = {
  start: (args) => serve(['service/server.ts', ...args]),
  dev: (args) => serve(['--watch', '--watch-preserve-output', 'service/server.ts', ...args]),
  generate: (args) => runNode(['api/generate.ts', ...args]),
  format: () => runNode(['node_modules/prettier/bin/prettier.cjs', '--write', '--log-level=warn', '.']),
  check: () => runSteps(FAST),
  test: () => runSteps([...FAST, 'browser', 'slow tests']),
  simulate: (args) => runNode(['service/testing/simulate-command.ts', ...args]),
  bench: (args) => runNode(['service/testing/bench/bench.ts', ...args]),
};

/** A server of an older contract would refuse what its own documentation shows. */
async function serve(args) {
  if (isStale()) {
    console.log('The contract has changed: generating api/generated first.');
    const code = await runNode(['api/generate.ts']);
    if (code !== 0)
      throw new CannotRun('The contract cannot be generated. Correct what is named above, then start again.');
  }
  return runNode(args);
}

async function main([name = '', ...args]) {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) throw new CannotRun(`Name one of these commands: ${Object.keys(COMMANDS).join(', ')}.`);
  await ensureInstalled();
  return command(args);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof CannotRun)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
