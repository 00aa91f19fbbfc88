// Runs the Node that package.json pins, whichever one started this.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { clearInterval, setInterval } from 'node:timers';
import { fileURLToPath } from 'node:url';
import { CannotRun } from './sentences.mjs';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const BIN = join(ROOT, 'node_modules', '.bin');
const NODE = join(ROOT, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'];

const pinnedVersion = () => JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).devDependencies.node;

/** Its package fetches it with an install script, which npm can be told not to run. */
export function guardPinnedNode() {
  const found = existsSync(NODE) ? spawnSync(NODE, ['--version'], { encoding: 'utf8' }).stdout?.trim() : undefined;
  if (found === `v${pinnedVersion()}`) return;
  const there = found ? `is ${found}` : 'is missing';
  throw new CannotRun(
    `Node ${pinnedVersion()} is pinned, but the one in node_modules ${there}: its install script did not run.\n` +
      'Run "npm rebuild node". If that changes nothing, look whether "npm config get ignore-scripts" says true.',
  );
}

const LOOK_EVERY_MS = 500;

/** npm starts a shell that starts us: asked to end, it ends the shell, and the signal never comes. */
function forwardTheEndOfNpm(forward) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    forward('SIGTERM');
  }, LOOK_EVERY_MS);
  timer.unref();
}

let interrupted = false;

/** Whether somebody wants all of it to end, not only the child that runs. */
export const wasInterrupted = () => interrupted;

/**
 * Resolves with the exit code. Signals go on to the child, which ends as it sees fit: Ctrl-C reaches it twice, from the
 * terminal and from here.
 * @param {readonly string[]} args
 * @param {{ withinMs?: number }} [limits]
 * @returns {Promise<number>}
 */
export function runNode(args, { withinMs } = {}) {
  const env = { ...process.env, PATH: `${BIN}${delimiter}${process.env.PATH ?? ''}` };
  const child = spawn(NODE, args, { cwd: ROOT, env, stdio: 'inherit', ...(withinMs && { timeout: withinMs }) });
  const forward = (signal) => {
    interrupted = true;
    child.kill(signal);
  };
  for (const signal of FORWARDED) process.on(signal, forward);
  forwardTheEndOfNpm(forward);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      for (const each of FORWARDED) process.off(each, forward);
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}
