/** package-lock.json as data, and where Node would find a package in the folders that it describes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Dependencies = Readonly<Record<string, string>>;

export interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
  readonly workspaces?: readonly string[];
  readonly dependencies?: Dependencies;
  readonly devDependencies?: Dependencies;
  readonly optionalDependencies?: Dependencies;
  readonly peerDependencies?: Dependencies;
  readonly allowScripts?: Readonly<Record<string, boolean>>;
}

export interface LockedPackage extends Manifest {
  /** Of a link: the workspace. */
  readonly resolved?: string;
  readonly link?: boolean;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
}

export interface Lock {
  readonly lockfileVersion: number;
  /** By folder; ours are those outside of node_modules. */
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

export const ROOT = join(import.meta.dirname, '..', '..', '..');

const read = (path: string): unknown => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));

export const readLock = (): Lock => read('package-lock.json') as Lock;

const INSTALLED = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)$/;

export const isInstalled = (path: string): boolean => INSTALLED.test(path);

/** Of a folder of node_modules: the name it is imported by; an alias has another one in `name`. */
export const nameIn = (path: string): string => INSTALLED.exec(path)?.[1] ?? '';

/** The manifests of this repository, by folder; the root is ''. */
export function readManifests(): Readonly<Record<string, Manifest>> {
  const root = read('package.json') as Manifest;
  const others = (root.workspaces ?? []).map((folder) => [folder, read(`${folder}/package.json`) as Manifest]);
  return { '': root, ...(Object.fromEntries(others) as Record<string, Manifest>) };
}

/** The folder of what `from` imports by that name, as Node looks for it; links are followed. */
export function folderOf({ packages }: Lock, from: string, name: string): string | undefined {
  for (let folder = from; ; folder = folder.includes('/') ? folder.slice(0, folder.lastIndexOf('/')) : '') {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    const found = packages[path];
    if (found) return found.link ? found.resolved : path;
    if (folder === '') return undefined;
  }
}
