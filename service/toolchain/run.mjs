// What the scripts of package.json call: node service/toolchain/run.mjs <command> [arguments]. Plain JavaScript without
// dependencies, because any Node from 20 on starts it; it installs what is missing and does the rest with the pinned Node.
import { resolve } from 'node:path';
import { isFolder, isOwnStale } from '../../api/own-types.mjs';
import { isStale } from '../../api/stale.mjs';
import { buildStaleDashboard } from './dashboard.mjs';
import { ensureInstalled } from './install.mjs';
import { ROOT, runNode } from './pinned-node.mjs';
import { CannotRun } from './sentences.mjs';
import { deployStage, packageStage, removeStage } from './stages.mjs';
import { runSteps } from './steps.mjs';

const FAST = ['contract', 'format', 'lint', 'imports', 'types', 'web types', 'tests'];

/** A command answers the exit code. */
const COMMANDS = {
  start: (args) => serve(['service/server.ts', ...args]),
  dev: (args) => serve(['--watch', '--watch-preserve-output', 'service/server.ts', ...args]),
  build: (args) => build(args),
  audit: () => runNode(['service/toolchain/supply/audit-command.ts']),
  sbom: (args) => runNode(['service/toolchain/supply/sbom.ts', ...args]),
  generate: (args) => runNode(['api/generate.ts', ...args]),
  format: () => runNode(['node_modules/prettier/bin/prettier.cjs', '--write', '--log-level=warn', '.']),
  check: () => runSteps(FAST),
  test: () => runSteps([...FAST, 'dashboard', 'browser', 'component tests', 'load', 'slow tests']),
  fuzz: (args) => runNode(['service/testing/fuzz/fuzz-command.ts', ...args]),
  cost: (args) => runNode(['service/testing/cost/cost-command.ts', ...args]),
  load: (args) => load(args),
  faults: (args) => generated(faults, args),
  simulate: (args) => runNode(['service/testing/simulate-command.ts', ...args]),
  model: (args) => runNode(['service/testing/client-model/model-command.ts', ...args]),
  sabotage: (args) => runNode(['service/testing/sabotage/sabotage-command.ts', ...args]),
  package: (args) => generated(packageStage, args),
  deploy: (args) => generated(deployStage, args),
  remove: (args) => removeStage(args),
  dashboard: (args) => withDashboard(['service/toolchain/serve-dashboard.ts', ...args]),
  keys: (args) => runNode(['service/keys-command.ts', ...args]),
  'keys:aws': (args) => runNode(['service/lambda/keys-command.ts', ...args]),
  screenshots: (args) => withDashboard(['service/testing/screenshots.ts', ...args]),
  'start:twin': (args) => serve(['service/testing/twin/twin-command.ts', ...args]),
  bench: ([what = 'bench', ...args]) => withDashboard([`service/testing/bench/${benchOf(what)}.ts`, ...args]),
};

/**
 * `bench` is the whole server, `cold-start` a new process on AWS, `dashboard` its page in a browser, `flood` one tenant beside
 * another, `identity` what knowing the caller costs, `input` what judging a body costs, `live` the live channel.
 */
function benchOf(what) {
  const others = ['cold-start', 'dashboard', 'flood', 'identity', 'input', 'live'];
  if (['bench', ...others].includes(what)) return what;
  throw new CannotRun(`Name one of these benchmarks, or none: ${others.join(', ')}.`);
}

/** A server of an older contract would refuse what its own documentation shows. */
async function serve(args) {
  await generateWhatIsStale();
  buildStaleDashboard();
  return runNode(args);
}

/** The server of a run validates what is generated, and the twin shows no dashboard that nobody looks at. */
async function load(args) {
  await generateWhatIsStale();
  return runNode(['load/command.ts', ...args]);
}

const faults = (args) => runNode(['service/testing/fault-runs/faults-command.ts', ...args]);

/** A benchmark and the pictures show what is built. */
function withDashboard(args) {
  buildStaleDashboard();
  return runNode(args);
}

async function generated(command, args) {
  await generateWhatIsStale();
  return command(args);
}

async function build(args) {
  await generateWhatIsStale();
  buildStaleDashboard();
  return runNode(['service/toolchain/build.ts', ...args]);
}

async function generateWhatIsStale() {
  const change = changed();
  if (change !== undefined) {
    console.log(`${change}: generating first.`);
    // A task type that cannot be used is named there, and keeps no other from being served.
    await runNode(['api/generate.ts']);
    if (changed() !== undefined)
      throw new CannotRun('The contract cannot be generated. Correct what is named above, then start again.');
  }
}

/** What the generated files are older than; undefined when they are up to date. A missing folder is for the server to name. */
function changed() {
  if (isStale()) return 'The contract has changed';
  const tasksDir = process.env.TASKS_DIR?.trim() && resolve(ROOT, process.env.TASKS_DIR.trim());
  const isOwn = tasksDir && isFolder(tasksDir);
  return isOwn && isOwnStale({ tasksDir }) ? `The schemas in ${tasksDir} or Holdfast have changed` : undefined;
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
