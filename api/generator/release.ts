// Released contracts lie in api/released/<version>/ as they were written, and are never changed.
import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { breakingChanges, newestRelease, readContracts } from './compatibility.ts';

const CONTRACTS = ['openapi.yaml', 'asyncapi.yaml'];

/** Throws what breaks clients of the newest release of this major version. */
export function refuseBreakingChanges(root: string): void {
  const folder = join(root, 'api', 'released');
  const today = readContracts(join(root, 'api'));
  const versions = existsSync(folder) ? readdirSync(folder) : [];
  const version = newestRelease(versions, today.openapi.info.version);
  if (version === undefined) return;
  const breaking = breakingChanges(readContracts(join(folder, version)), today);
  if (breaking.length === 0) return;
  const advice = 'Add instead of changing, or raise the major version.';
  throw new Error(`The contract breaks clients of ${version}. ${advice}\n${breaking.join('\n')}`);
}

/** Keeps the contract as that of its version, and answers where; throws when that version was released before. */
export function keepRelease(root: string): string {
  const { openapi, asyncapi } = readContracts(join(root, 'api'));
  const { version } = openapi.info;
  if (asyncapi.info.version !== version) throw new Error(`asyncapi.yaml is not of version ${version}.`);
  const shown = `api/released/${version}/`;
  const folder = join(root, shown);
  if (existsSync(folder)) throw new Error(`${shown} is there already: raise info.version in both contracts.`);
  for (const name of CONTRACTS) cpSync(join(root, 'api', name), join(folder, name));
  return shown;
}
