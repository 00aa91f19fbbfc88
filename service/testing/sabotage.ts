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

/** Without a sabotage: the control run on an unchanged copy. */
export async function playSabotaged(sabotage: Sabotage | undefined, seeds: number): Promise<Outcome> {
  const copy = path.join(COPIES, (sabotage?.name ?? 'control').replaceAll(' ', '-'));
  await rm(copy, { recursive: true, force: true });
  await mkdir(copy, { recursive: true });
  for (const room of ['core', 'testing'])
    await cp(path.join(SERVICE, room), path.join(copy, room), { recursive: true });
  await cp(path.join(SERVICE, 'package.json'), path.join(copy, 'package.json'));
  if (sabotage) {
    const file = path.join(copy, sabotage.file);
    await writeFile(file, patched(await readFile(file, 'utf8'), sabotage));
  }
  const outcome = await run(path.join(copy, 'testing/simulate-command.ts'), seeds);
  await rm(copy, { recursive: true, force: true });
  return outcome;
}

function run(command: string, seeds: number): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [command, '--until-broken', '--seeds', String(seeds)]);
    let output = '';
    child.stdout.on('data', (chunk) => (output += String(chunk)));
    child.stderr.on('data', (chunk) => (output += String(chunk)));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0 || code === 1) resolve({ isBroken: code === 1, output });
      else reject(new Error(`the simulation itself failed with ${code}:\n${output}`));
    });
  });
}
