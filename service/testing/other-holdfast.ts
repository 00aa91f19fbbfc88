/** Another Holdfast than this one, as an upgrade brings it: a copy with its own version and contract, installed and generated. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const FILES = ['api', 'service', 'web', 'package.json', 'package-lock.json'];
/** Packages of ours, and where they are. */
const PACKAGES = { api: 'api', sdk: 'api/sdk', service: 'service', web: 'web' };
/** Links of ours, and the stamp of an install. */
const OWN_MODULES = ['@holdfast', '.holdfast'];

/** What a start or a check may write. */
const MADE = /(^|\/)(node_modules|\.holdfast|\.cache|\.svelte-kit|web\/build)(\/|$)/;

interface Edit {
  readonly path: string;
  readonly from: string;
  readonly to: string;
}

/** Returns its folder, which is the caller's to remove. Throws when an edit finds nothing or cannot be generated. */
export function otherHoldfast(edits: readonly Edit[]): string {
  const root = mkdtempSync(join(tmpdir(), 'holdfast-other-'));
  for (const path of FILES) {
    cpSync(join(ROOT, path), join(root, path), { recursive: true, filter: (each) => !each.includes('node_modules') });
  }
  for (const { path, from, to } of edits) {
    const text = readFileSync(join(root, path), 'utf8');
    if (!text.includes(from)) throw new Error(`${path} does not contain ${from}`);
    writeFileSync(join(root, path), text.replace(from, to));
  }
  linkModules(root);
  const { status, stdout } = spawnSync(process.execPath, [join(root, 'api/generate.ts')], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stdout);
  return root;
}

function linkModules(root: string): void {
  const modules = join(root, 'node_modules');
  mkdirSync(join(modules, '@holdfast'), { recursive: true });
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    if (!OWN_MODULES.includes(name)) symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  }
  for (const [name, path] of Object.entries(PACKAGES)) symlinkSync(join(root, path), join(modules, '@holdfast', name));
  symlinkSync(join(ROOT, 'api/node_modules'), join(root, 'api/node_modules'));
  const lock = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  writeFileSync(join(modules, '.holdfast'), `${lock.digest('hex')}\n`);
}

/** The hash of every file below a folder, by path; of what others put there nothing. */
export function fingerprints(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  const paths = files.map(({ parentPath, name }) => relative(folder, join(parentPath, name)));
  const own = paths.filter((path) => !MADE.test(path)).sort();
  const hashOf = (path: string): string =>
    createHash('sha256')
      .update(readFileSync(join(folder, path)))
      .digest('hex');
  return Object.fromEntries(own.map((path) => [path, hashOf(path)]));
}
