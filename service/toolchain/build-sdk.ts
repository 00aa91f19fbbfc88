// dist/sdk/: the SDK as a package that npm can install from a folder or pack. One module for Node from 20 on and browsers, and
// its types as they were declared; nothing in it asks for the repository or for another package.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Metafile } from 'esbuild';
import { build } from 'esbuild';

const ROOT = join(import.meta.dirname, '..', '..');
const API = join(ROOT, 'api');
const ENTRY = join(API, 'sdk', 'index.ts');

/** Imported by the name of their package, so that they have to be named here to be declared too. */
const CONTRACT = ['types', 'task-types'];

/** How declarations name each other: not by the package that apps do not have, nor by files that are not shipped. */
const REWRITTEN: readonly (readonly [RegExp, string])[] = [
  [/(['"])@holdfast\/api\/([a-z-]+)(['"])/g, '$1../generated/$2.js$3'],
  [/(['"])(\.[^'"]*)\.ts(['"])/g, '$1$2.js$3'],
];

/** The folders of node_modules that a bundle has something of. */
export function packagesIn({ inputs }: Metafile): readonly string[] {
  const folders = Object.keys(inputs).map((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]);
  return [...new Set(folders)].filter((folder) => folder !== undefined);
}

/** Replaces the folder. Returns the folders of the packages of others that are in it. */
export async function buildSdk(outdir: string): Promise<readonly string[]> {
  rmSync(outdir, { recursive: true, force: true });
  mkdirSync(outdir, { recursive: true });
  const { metafile } = await build({
    entryPoints: [ENTRY],
    outfile: join(outdir, 'index.js'),
    absWorkingDir: ROOT,
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    target: ['es2022'],
    charset: 'utf8',
    metafile: true,
    logLevel: 'warning',
  });
  declare(join(outdir, 'types'));
  cpSync(join(ROOT, 'LICENSE'), join(outdir, 'LICENSE'));
  cpSync(licenceOfFetch(), join(outdir, 'LICENSE.openapi-fetch'));
  writeFileSync(join(outdir, 'package.json'), manifest());
  return packagesIn(metafile);
}

function declare(outdir: string): void {
  const compiler = dirname(createRequire(import.meta.url).resolve('@typescript/native/package.json'));
  const project = mkdtempSync(join(tmpdir(), 'holdfast-types-'));
  const compilerOptions = {
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    stripInternal: true,
    rootDir: API,
    outDir: outdir,
  };
  const contract = CONTRACT.map((name) => join(API, 'generated', `${name}.ts`));
  const types = [join(ROOT, 'node_modules', '@types', 'node')];
  const config = {
    extends: join(ROOT, 'tsconfig.json'),
    compilerOptions: { ...compilerOptions, types },
    files: [ENTRY, ...contract],
  };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ ...config, include: [] }));
  const run = spawnSync(process.execPath, [join(compiler, 'bin', 'tsc'), '-p', project], { encoding: 'utf8' });
  rmSync(project, { recursive: true, force: true });
  if (run.status !== 0) throw new Error(`The types of the SDK were not written:\n${run.stdout}${run.stderr}`);
  for (const { parentPath, name } of readdirSync(outdir, { recursive: true, withFileTypes: true })) {
    if (!name.endsWith('.d.ts')) continue;
    const path = join(parentPath, name);
    writeFileSync(
      path,
      REWRITTEN.reduce((text, [from, to]) => text.replace(from, to), readFileSync(path, 'utf8')),
    );
  }
}

const licenceOfFetch = (): string =>
  join(dirname(createRequire(ENTRY).resolve('openapi-fetch/package.json')), 'LICENSE');

function manifest(): string {
  const { name, version, license } = JSON.parse(readFileSync(join(API, 'sdk', 'package.json'), 'utf8')) as Manifest;
  const exports = { '.': { types: './types/sdk/index.d.ts', default: './index.js' } };
  const shipped = { name, version, license, type: 'module', sideEffects: false, exports, engines: { node: '>=20' } };
  return `${JSON.stringify(shipped, null, 2)}\n`;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}
