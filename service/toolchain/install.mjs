// Installs what package-lock.json lists when node_modules is missing or of another lock. A stamp with the hash of the lock
// tells; what a person has installed since the lock changed is taken as it is.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { guardPinnedNode, ROOT } from './pinned-node.mjs';
import { CannotRun } from './sentences.mjs';

const LOCK = join(ROOT, 'package-lock.json');
const STAMP = join(ROOT, 'node_modules', '.holdfast');
/** Written by npm at the end of an install. */
const INSTALLED = join(ROOT, 'node_modules', '.package-lock.json');

export function ensureInstalled() {
  const lock = createHash('sha256').update(readFileSync(LOCK)).digest('hex');
  const isCurrent = existsSync(STAMP) && readFileSync(STAMP, 'utf8').trim() === lock;
  if (!isCurrent && !isNewer(INSTALLED, LOCK)) install();
  guardPinnedNode();
  if (!isCurrent) writeFileSync(STAMP, `${lock}\n`);
}

const isNewer = (path, than) => existsSync(path) && statSync(path).mtimeMs >= statSync(than).mtimeMs;

function install() {
  const why = existsSync(INSTALLED) ? 'package-lock.json has changed' : 'node_modules is missing';
  console.log(`Running "npm ci", because ${why}. It downloads about 250 MB once.`);
  const args = ['ci', '--no-audit', '--no-fund'];
  // npm says where it is when it started this; a .js file is run by Node, as npm itself is.
  const npm = process.env.npm_execpath;
  const [command, before] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const env = { ...process.env, SCARF_ANALYTICS: 'false' }; // for an npm that does not know allowScripts
  const { status, error } = spawnSync(command, [...before, ...args], { cwd: ROOT, stdio: 'inherit', env });
  if (error)
    throw new CannotRun(`npm cannot be started (${error.message}). Install Node with npm, then run this again.`);
  if (status === 0) return;
  throw new CannotRun(
    `"npm ci" failed with code ${status}; its reason stands above. Look whether this machine reaches the package registry ` +
      '("npm ping") and has space left, then run this again.',
  );
}
