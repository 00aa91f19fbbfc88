/** Copies of the service in which one line was changed, and what is played in them. The sources themselves are never touched. */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, rmdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Patch } from './patch.ts';
import { patched } from './patch.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
/** Inside the repository, so that a copy resolves the same packages. */
const ALL_COPIES = path.join(ROOT, '.cache/sabotage');
/** Those of this process: two runs at once in one checkout do not write into each other's. */
const COPIES = path.join(ALL_COPIES, String(process.pid));
/** What the service reads beside itself, and its own packages: no sabotage changes them. */
const LINKED = ['api', 'package.json', 'serverless.yml', 'service/node_modules'];
/** Of a copy: its tests are those that were brought, and none needs a browser. One that hangs has noticed. */
const TEST_CONFIG = `export default { test: { include: ['service/**/*.test.ts'], testTimeout: 30_000 } };\n`;

export interface Copy {
  /** Laid out like the repository. */
  readonly root: string;
  remove(): Promise<void>;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** What a run left that was killed. */
async function removeLeftovers(): Promise<void> {
  const names = await readdir(ALL_COPIES).catch(() => []);
  const left = names.filter((name) => !/^\d+$/.test(name) || !isAlive(Number(name)));
  const remove = (name: string) => rm(path.join(ALL_COPIES, name), { recursive: true, force: true });
  await Promise.allSettled(left.map(remove)); // another run that starts now removes the same
}

/** For a command, also when it is ended by Ctrl-C: within a process of tests, copies may be others'. */
export function removeCopiesAtTheEnd(): void {
  process.on('exit', () => rmSync(COPIES, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
}

/**
 * `name` tells copies that are open at once in a process apart. Without a patch: for a control run. `tests` are files or folders below
 * service/ whose tests are brought.
 */
export async function openCopy(
  patch: Patch | undefined,
  name = patch?.name ?? 'control',
  tests: readonly string[] = [],
): Promise<Copy> {
  const root = path.join(COPIES, name.replaceAll(/\W+/g, '-'));
  const remove = async () => {
    await rm(root, { recursive: true, force: true });
    await rmdir(COPIES).catch(() => undefined); // another copy is still open
  };
  await removeLeftovers();
  await remove();
  await mkdir(root, { recursive: true });
  const brought = tests.map((test) => path.join(ROOT, 'service', test));
  const isCopied = (file: string): boolean =>
    path.basename(file) !== 'node_modules' &&
    (!file.endsWith('.test.ts') || brought.some((place) => file.startsWith(place)));
  await cp(path.join(ROOT, 'service'), path.join(root, 'service'), { recursive: true, filter: isCopied });
  for (const linked of LINKED) await symlink(path.join(ROOT, linked), path.join(root, linked));
  if (tests.length > 0) await writeFile(path.join(root, 'vitest.config.ts'), TEST_CONFIG);
  if (patch) {
    const file = path.join(root, 'service', patch.file);
    await writeFile(file, patched(await readFile(file, 'utf8'), patch));
  }
  return { root, remove };
}

export interface Outcome {
  readonly isBroken: boolean;
  readonly output: string;
}

/** What is run in a copy: ends with 1 when it notices. */
export interface Play {
  /** Below service/ in the copy, or an absolute path. */
  readonly command: string;
  readonly args: readonly string[];
  /** Files or folders below service/ whose tests it runs. */
  readonly tests?: readonly string[];
}

export const simulationOf = (seeds: number, more: readonly string[] = []): Play => ({
  command: 'testing/simulate-command.ts',
  args: ['--until-broken', '--seeds', String(seeds), ...more],
});

/** Where the tests of a copy say what became of each. */
export const TEST_REPORT = 'tests.json';

/** One process, so that copies that are played side by side share the cores. */
export const testsOf = (tests: readonly string[], more: readonly string[] = []): Play => ({
  command: path.join(ROOT, 'node_modules/vitest/vitest.mjs'),
  args: [
    ...['run', '--maxWorkers=1', '--reporter=json', `--outputFile=${TEST_REPORT}`],
    ...[...more, ...tests.map((test) => `service/${test}`)],
  ],
  tests,
});

export async function playCopy(patch: Patch | undefined, play: Play): Promise<Outcome> {
  const name = patch?.name ?? `control ${path.basename(play.command)} ${play.tests?.join(' ') ?? ''}`;
  const copy = await openCopy(patch, name, play.tests);
  try {
    return await playIn(copy.root, play);
  } finally {
    await copy.remove();
  }
}

/** Sooner than the tests that wait for it give up: a process that hangs is not left behind. */
const ENDED_AFTER_MS = 200_000;

/** One that is ended because it takes longer has noticed, too. */
export function playIn(root: string, { command, args }: Play, endedAfterMs = ENDED_AFTER_MS): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.resolve(root, 'service', command), ...args], {
      cwd: root,
      timeout: endedAfterMs,
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += String(chunk)));
    child.stderr.on('data', (chunk) => (output += String(chunk)));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0 || code === 1 || child.killed) resolve({ isBroken: code !== 0, output });
      else reject(new Error(`the command itself failed with ${code}:\n${output}`));
    });
  });
}
