/**
 * What has to be true of package-lock.json and of every package.json, so that an install brings what was reviewed and
 * nothing else. In come both as data, out come sentences; each rule stands alone.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Dependencies, Lock, LockedPackage, Manifest } from './lock.ts';
import { folderOf, isInstalled, nameIn } from './lock.ts';
import { shippedBy } from './shipped.ts';

export interface Locked {
  readonly lock: Lock;
  /** By folder; the root is ''. */
  readonly manifests: Readonly<Record<string, Manifest>>;
}

type Rule = (locked: Locked) => readonly string[];

const REGISTRY = 'https://registry.npmjs.org/';
const SHA512 = /^sha512-[A-Za-z0-9+/]{86}==$/;
const EXACT = /^(?:npm:(?:@[a-z0-9._-]+\/)?[a-z0-9._-]+@)?\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/;
/** What asks a registry: a range or a tag, of a package or its alias. Everything else names a place to fetch from. */
const OF_A_REGISTRY = /^(?:npm:(?:@[^/@]+\/)?[^/@]+(?:@[^/:]*)?|[^/:]*)$/;
/** Permissive, and kept by what dist/ carries: the texts of all of them. */
const ALLOWED_LICENCES: ReadonlySet<string> = new Set([
  ...['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'ISC', 'MIT'],
]);
const KINDS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'] as const;

const installed = ({ packages }: Lock): readonly (readonly [string, LockedPackage])[] =>
  Object.entries(packages).filter(([path, { link }]) => isInstalled(path) && !link);

const wantedBy = (manifest: Manifest): readonly (readonly [string, string])[] =>
  KINDS.flatMap((kind) => Object.entries(manifest[kind] ?? {}));

/** By what it keeps. */
export const RULES = {
  'the lock is of version 3': ({ lock: { lockfileVersion } }) =>
    lockfileVersion === 3 ? [] : [`lockfileVersion is ${lockfileVersion}`],

  'every package has a hash': ({ lock }) =>
    installed(lock)
      .filter(([, { integrity = '' }]) => !SHA512.test(integrity))
      .map(([path]) => `${path} has no sha512 integrity`),

  'every package comes from the public registry': ({ lock }) =>
    installed(lock)
      .filter(([, { resolved }]) => resolved !== undefined && !resolved.startsWith(REGISTRY))
      .map(([path, { resolved }]) => `${path} comes from ${resolved}`),

  'nobody asks for another place than a registry': ({ lock, manifests }) =>
    [...Object.entries(lock.packages), ...Object.entries(manifests)].flatMap(([path, each]) =>
      wantedBy(each)
        .filter(([, wanted]) => !OF_A_REGISTRY.test(wanted))
        .map(([name, wanted]) => `${path || 'package.json'} asks for ${name} at ${wanted}`),
    ),

  'our versions are exact': ({ manifests }) =>
    Object.entries(manifests).flatMap(([folder, manifest]) =>
      wantedBy(manifest)
        .filter(([, wanted]) => !EXACT.test(wanted))
        .map(([name, wanted]) => `${manifestOf(folder)} asks for ${name} ${wanted}`),
    ),

  'no script of others runs that nobody has judged': ({ lock, manifests }) =>
    installed(lock)
      .filter(([path, { hasInstallScript }]) => hasInstallScript && !(nameIn(path) in allowScripts(manifests)))
      .map(([path]) => `${path} has an install script that allowScripts does not name`),

  'the licence of all that is shipped is known and allowed': ({ lock }) =>
    shippedBy(lock)
      .filter(({ license = '' }) => !ALLOWED_LICENCES.has(license))
      .map(({ path, license }) => `${path} has the licence ${license ?? 'of nobody'}`),

  'the lock is of these package.json': ({ lock, manifests }) =>
    Object.entries(manifests).flatMap(([folder, manifest]) => [
      ...KINDS.filter((kind) => !isDeepStrictEqual(manifest[kind] ?? {}, lock.packages[folder]?.[kind] ?? {})).map(
        (kind) => `${kind} of ${manifestOf(folder)} are others in the lock`,
      ),
      ...unlike(lock, folder, { ...manifest.dependencies, ...manifest.devDependencies }),
    ]),
} satisfies Readonly<Record<string, Rule>>;

export type RuleName = keyof typeof RULES;

/** Empty when all is well. */
export const lockFaults = (locked: Locked): readonly { readonly rule: RuleName; readonly fault: string }[] =>
  (Object.keys(RULES) as RuleName[]).flatMap((rule) => RULES[rule](locked).map((fault) => ({ rule, fault })));

const manifestOf = (folder: string): string => (folder === '' ? 'package.json' : `${folder}/package.json`);

const allowScripts = (manifests: Locked['manifests']): Readonly<Record<string, boolean>> =>
  manifests['']?.allowScripts ?? {};

/** Versions of an alias stand behind its last @. */
function unlike(lock: Lock, folder: string, wanted: Dependencies): readonly string[] {
  return Object.entries(wanted)
    .filter(([name, version]) => {
      const found = folderOf(lock, folder, name);
      return found === undefined || lock.packages[found]?.version !== version.slice(version.lastIndexOf('@') + 1);
    })
    .map(([name, version]) => `${manifestOf(folder)} asks for ${name} ${version}, which the lock does not hold`);
}
