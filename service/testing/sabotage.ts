/** Plays seeds on a copy of the core in which one line was changed. */
import { spawn } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Sabotage } from './sabotages.ts';

const SERVICE = path.resolve(import.meta.dirname, '..');
/** Inside the repository, so that the copy resolves the same packages. */
const COPIES = path.resolve(SERVICE, '../.cache/sabotage');

/** A sabotage whose line is gone or stands twice proves nothing any more. */
export function patched(source: string, { name, file, line, becomes }: Sabotage): string {
  const lines = source.split('\n');
  const found = lines.flatMap((each, i) => (each === line ? [i] : []));
  if (found.length !== 1) throw new Error(`sabotage "${name}": its line stands ${found.length} times in ${file}`);
  lines[found[0]!] = becomes;
  return lines.join('\n');
}

export interface Outcome {
  readonly isBroken: boolean;
  readonly output: string;
}

/** What is copied, and what is then run there: ends with 1 when it notices. */
export interface Play {
  readonly folders: readonly string[];
  readonly command: string;
  readonly args: readonly string[];
}

/** Without a sabotage: the control run on an unchanged copy. */
export const playSabotaged = (sabotage: Sabotage | undefined, seeds: number): Promise<Outcome> =>
  playCopy(sabotage, {
    folders: ['aws', 'core', 'testing', 'package.json'],
    command: 'testing/simulate-command.ts',
    args: ['--until-broken', '--seeds', String(seeds)],
  });

export async function playCopy(sabotage: Sabotage | undefined, { folders, command, args }: Play): Promise<Outcome> {
  const copy = path.join(COPIES, (sabotage?.name ?? `control ${path.basename(command)}`).replaceAll(' ', '-'));
  await rm(copy, { recursive: true, force: true });
  await mkdir(copy, { recursive: true });
  for (const folder of folders) await cp(path.join(SERVICE, folder), path.join(copy, folder), { recursive: true });
  if (sabotage) {
    const file = path.join(copy, sabotage.file);
    await writeFile(file, patched(await readFile(file, 'utf8'), sabotage));
  }
  const outcome = await run(path.join(copy, command), args);
  await rm(copy, { recursive: true, force: true });
  return outcome;
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
