// The dashboard's build in web/build. Plain JavaScript without dependencies, because any Node from 20 on starts it.
//   node service/toolchain/dashboard.mjs types   svelte-check, after SvelteKit has written the types of its routes
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from './pinned-node.mjs';
import { CannotRun } from './sentences.mjs';

const WEB = join(ROOT, 'web');
const RECORDED = join(WEB, 'build', 'sources.sha256');
/** A test changes nothing that is shown. */
const TEST = /\.test\.ts$/;

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !TEST.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

/** The lock file stands for all that is installed. */
function sourcesHash() {
  const files = [
    ...['src', 'static'].flatMap((name) => filesIn(join(WEB, name))),
    ...['vite.config.ts', 'no-server-data.ts', 'package.json'].map((name) => join(WEB, name)),
    ...filesIn(join(ROOT, 'api', 'sdk')),
    join(ROOT, 'api', 'generated', 'types.ts'),
    join(ROOT, 'package-lock.json'),
  ];
  const hash = createHash('sha256');
  for (const path of files.sort()) {
    hash
      .update(`${relative(ROOT, path).split(sep).join('/')}\0`)
      .update(readFileSync(path))
      .update('\0');
  }
  return hash.digest('hex');
}

/** Builds it when its sources have changed since; says so before. */
export function buildStaleDashboard() {
  const hash = sourcesHash();
  if (existsSync(RECORDED) && readFileSync(RECORDED, 'utf8').trim() === hash) return;
  console.log('The dashboard has changed: building it first.');
  runInWeb('node_modules/vite/bin/vite.js', ['build', '--logLevel', 'error']);
  writeFileSync(RECORDED, `${hash}\n`);
}

/** SvelteKit reads its configuration and writes its types where it is started. What it prints matters when it fails. */
function runInWeb(script, args) {
  const node = join(ROOT, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const { status, stdout, stderr } = spawnSync(node, [join(ROOT, script), ...args], { cwd: WEB, encoding: 'utf8' });
  if (status !== 0)
    throw new CannotRun(`${stdout}${stderr}\nThe dashboard cannot be built. What is named above says why.`);
}

export function syncTypes() {
  runInWeb('node_modules/@sveltejs/kit/svelte-kit.js', ['sync']);
}

const COMMANDS = {
  build: buildStaleDashboard,
  types: () => {
    syncTypes();
    runInWeb('node_modules/svelte-check/bin/svelte-check', ['--tsconfig', 'tsconfig.json', '--output', 'human']);
  },
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const command = COMMANDS[process.argv[2] ?? 'build'];
    if (command === undefined) throw new CannotRun(`Name one of these, or none: ${Object.keys(COMMANDS).join(', ')}.`);
    command();
  } catch (error) {
    if (!(error instanceof CannotRun)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
