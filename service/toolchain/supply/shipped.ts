/**
 * What leaves the house: in comes the lock, out comes every package of others that dist/ (server, SDK, dashboard) or the functions
 * on AWS hold or bring along. `npm run build` and the test of the bundles compare it with what is really bundled.
 */
import type { Lock } from './lock.ts';
import { folderOf, isInstalled, nameIn } from './lock.ts';

export type Place = 'dist' | 'functions';
export const PLACES: readonly Place[] = ['dist', 'functions'];

/** Of the runtime dependencies of service/: those of the server alone, and those of the functions alone. */
const OF_SERVER_ALONE: ReadonlySet<string> = new Set(['@hono/node-server', 'swagger-ui-dist', 'ws']);
const OF_FUNCTIONS_ALONE = /^@aws-sdk\//;

/** Development dependencies of which a part becomes the dashboard; the rest of them is compilers, and stays here. */
const BUILT_INTO_DASHBOARD = ['@sveltejs/kit', 'clsx', 'lucide', 'svelte', 'uplot'];

/**
 * Installed with what is shipped, and in no file of it: telemetry of an install, types, and whatever of the SDK looks for
 * credentials elsewhere than where Lambda has them.
 */
const IN_NO_FILE: ReadonlySet<string> = new Set([
  ...['@scarf/scarf', 'openapi-typescript-helpers'],
  ...['env', 'http', 'ini', 'login', 'node', 'process', 'sso', 'web-identity'].map(
    (name) => `@aws-sdk/credential-provider-${name}`,
  ),
  ...['@aws-sdk/nested-clients', '@aws-sdk/signature-v4-multi-region', '@aws-sdk/token-providers', '@aws-sdk/types'],
  ...['@smithy/credential-provider-imds', '@smithy/fetch-http-handler', 'tslib'],
]);

export interface Shipped {
  /** Its folder. */
  readonly path: string;
  readonly name: string;
  readonly version: string;
  /** As SPDX writes it. */
  readonly license: string | undefined;
  /** Of its archive: `sha512-…`. */
  readonly integrity: string | undefined;
  /** Whether a file of these places holds something of it. */
  readonly isBundled: boolean;
  /** Folders of others among them. */
  readonly needs: readonly string[];
}

/** In the order of their names; of all places unless some are named. Throws for what the lock does not know. */
export function shippedBy(lock: Lock, places: readonly Place[] = PLACES): readonly Shipped[] {
  const folders = new Set<string>();
  for (const folder of wholeIn(lock, places)) addWith(lock, folder, folders);
  if (places.includes('dist')) for (const folder of inDashboard(lock)) folders.add(folder);
  const all = [...folders].filter(isInstalled).map((path) => shippedAt(lock, path, folders));
  return all.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.path < b.path ? -1 : 1));
}

/** What our own part of the house needs of them directly: the names by which the places begin. */
export const neededDirectly = (lock: Lock, places: readonly Place[] = PLACES): readonly string[] => [
  ...wholeIn(lock, places).filter(isInstalled),
  ...(places.includes('dist') ? inDashboard(lock) : []),
];

const inDashboard = (lock: Lock): readonly string[] => BUILT_INTO_DASHBOARD.map((name) => folderIn(lock, 'web', name));

/** Shipped with all that they need. */
function wholeIn(lock: Lock, places: readonly Place[]): readonly string[] {
  const isIn: Readonly<Record<Place, (name: string) => boolean>> = {
    dist: (name) => !OF_FUNCTIONS_ALONE.test(name),
    functions: (name) => !OF_SERVER_ALONE.has(name),
  };
  const ofService = neededBy(lock, 'service').filter((folder) => places.some((place) => isIn[place](nameIn(folder))));
  return [...ofService, ...(places.includes('dist') ? neededBy(lock, 'api/sdk') : [])];
}

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
