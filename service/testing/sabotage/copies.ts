/** Copies of the service in which one line was changed, and what is played in them. The sources themselves are never touched. */
import { spawn } from 'node:child_process';
import { cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Patch } from './patch.ts';
import { patched } from './patch.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
/** Inside the repository, so that a copy resolves the same packages. */
const COPIES = path.join(ROOT, '.cache/sabotage');
/** What the service reads beside itself, and its own packages: no sabotage changes them. */
const LINKED = ['api', 'package.json', 'serverless.yml', 'service/node_modules'];

export interface Copy {
  /** Laid out like the repository. */
  readonly root: string;
  remove(): Promise<void>;
}

/** `name` tells copies that are open at once apart. Without a patch: for a control run. */
export async function openCopy(patch: Patch | undefined, name = patch?.name ?? 'control'): Promise<Copy> {
  const root = path.join(COPIES, name.replaceAll(/\W+/g, '-'));
  const remove = () => rm(root, { recursive: true, force: true });
  await remove();
  await mkdir(root, { recursive: true });
  await cp(path.join(ROOT, 'service'), path.join(root, 'service'), { recursive: true, filter: isCopied });
  for (const linked of LINKED) await symlink(path.join(ROOT, linked), path.join(root, linked));
  if (patch) {
    const file = path.join(root, 'service', patch.file);
    await writeFile(file, patched(await readFile(file, 'utf8'), patch));
  }
  return { root, remove };
}

const isCopied = (file: string): boolean => !file.endsWith('.test.ts') && path.basename(file) !== 'node_modules';

export interface Outcome {
  readonly isBroken: boolean;
  readonly output: string;
}

/** What is run in a copy: ends with 1 when it notices. */
export interface Play {
  /** Below service/. */
  readonly command: string;
  readonly args: readonly string[];
}

export const simulationOf = (seeds: number): Play => ({
  command: 'testing/simulate-command.ts',
  args: ['--until-broken', '--seeds', String(seeds)],
});

export async function playCopy(patch: Patch | undefined, { command, args }: Play): Promise<Outcome> {
  const copy = await openCopy(patch, patch?.name ?? `control ${path.basename(command)}`);
  try {
    return await run(path.join(copy.root, 'service', command), args);
  } finally {
    await copy.remove();
  }
}

function run(command: string, args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [command, ...args]);
    let output = '';
    child.stdout.on('data', (chunk) => (output += String(chunk)));
    child.stderr.on('data', (chunk) => (output += String(chunk)));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0 || code === 1) resolve({ isBroken: code === 1, output });
      else reject(new Error(`the command itself failed with ${code}:\n${output}`));
    });
  });
}
