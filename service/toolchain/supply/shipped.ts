/**
 * What leaves the house: in comes the lock, out comes every package of others that the server, the SDK or the dashboard
 * holds or brings along. `npm run build` compares it with what it has really bundled.
 */
import type { Lock } from './lock.ts';
import { folderOf, isInstalled, nameIn } from './lock.ts';

/** Their runtime dependencies, with all that these need. */
const WHOLE = ['service', 'api/sdk'];

/** Development dependencies of which a part becomes the dashboard; the rest of them is compilers, and stays here. */
const BUILT_INTO_DASHBOARD = ['@sveltejs/kit', 'clsx', 'lucide', 'svelte', 'uplot'];

/** Installed with what is shipped, and in no file of it: telemetry of an install, and types. */
const IN_NO_FILE: ReadonlySet<string> = new Set(['@scarf/scarf', 'openapi-typescript-helpers']);

export interface Shipped {
  /** Its folder. */
  readonly path: string;
  readonly name: string;
  readonly version: string;
  /** As SPDX writes it. */
  readonly license: string | undefined;
  /** Of its archive: `sha512-…`. */
  readonly integrity: string | undefined;
  /** Whether a file of dist/ holds something of it. */
  readonly isBundled: boolean;
  /** Folders of others among them. */
  readonly needs: readonly string[];
}

/** In the order of their names. Throws for what the lock does not know. */
export function shippedBy(lock: Lock): readonly Shipped[] {
  const folders = new Set<string>();
  for (const workspace of WHOLE) for (const folder of neededBy(lock, workspace)) addWith(lock, folder, folders);
  for (const name of BUILT_INTO_DASHBOARD) folders.add(folderIn(lock, 'web', name));
  const all = [...folders].filter(isInstalled).map((path) => shippedAt(lock, path, folders));
  return all.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.path < b.path ? -1 : 1));
}

/** What our own part of the house needs of them directly: the names by which dist/ begins. */
export const neededDirectly = (lock: Lock): readonly string[] => [
  ...WHOLE.flatMap((workspace) => neededBy(lock, workspace)).filter(isInstalled),
  ...BUILT_INTO_DASHBOARD.map((name) => folderIn(lock, 'web', name)),
];

function shippedAt(lock: Lock, path: string, among: ReadonlySet<string>): Shipped {
  const { name = nameIn(path), version = '', license, integrity } = lock.packages[path]!;
  const needs = neededBy(lock, path).filter((folder) => among.has(folder));
  return { path, name, version, license, integrity, needs, isBundled: !IN_NO_FILE.has(name) };
}

function addWith(lock: Lock, folder: string, folders: Set<string>): void {
  if (folders.has(folder)) return;
  folders.add(folder);
  for (const needed of neededBy(lock, folder)) addWith(lock, needed, folders);
}

/** What is optional may be missing; what is ours may have no place in node_modules. */
function neededBy(lock: Lock, folder: string): readonly string[] {
  const { dependencies = {}, optionalDependencies = {} } = lock.packages[folder] ?? {};
  const optional = Object.keys(optionalDependencies).flatMap((name) => folderOf(lock, folder, name) ?? []);
  return [...Object.keys(dependencies).map((name) => folderIn(lock, folder, name)), ...optional];
}

function folderIn(lock: Lock, from: string, name: string): string {
  const found = folderOf(lock, from, name);
  if (found === undefined) throw new Error(`package-lock.json has no ${name} for ${from}. Run "npm install".`);
  return found;
}
