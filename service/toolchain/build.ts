// npm run build: dist/, which any Node from 24.15 on runs without a dependency: node dist/server.js. Its folders are named as
// in the repository, so that the server finds what it reads by the same paths; nothing in it asks for node_modules. dist/sdk/
// is the package for apps.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { build } from 'esbuild';
import { buildSdk, packagesIn } from './build-sdk.ts';
import { licenceTexts } from './supply/licences.ts';
import { readLock } from './supply/lock.ts';
import { sbomText } from './supply/sbom.ts';
import type { Shipped } from './supply/shipped.ts';
import { shippedBy } from './supply/shipped.ts';
import { COPIED_SWAGGER_UI, installedSwaggerUi, SWAGGER_UI_FILES } from '../http/docs/swagger-ui.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const SERVICE = join(ROOT, 'service');
const TASKS = join(SERVICE, 'tasks');

/** Read, not imported, when a server starts. */
const CONTRACTS = ['openapi.json', 'asyncapi.json', 'sources.sha256'];
/** An older Node could not even read the bundle, and has to be told so first. */
const entryTo = (name: string): string =>
  `import './service/node-version.js';\nawait import('./service/${name}.js');\n`;
/** By their paths in dist/. */
const ENTRIES = { 'server.js': entryTo('server'), 'keys.js': entryTo('keys-command') };

/** What becomes a file of its own, by its path below dist/service/ without `.js`: a process, a thread, or a handler. */
function entries(): Record<string, string> {
  const types = readdirSync(TASKS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const processes = ['child', 'watchdog', 'type-probe'];
  return {
    'node-version': join(SERVICE, 'node-version.ts'),
    server: join(SERVICE, 'server.ts'),
    'keys-command': join(SERVICE, 'keys-command.ts'),
    ...Object.fromEntries(processes.map((name) => [name, join(SERVICE, 'embedded', `${name}.ts`)])),
    ...Object.fromEntries(types.map(({ name }) => [`tasks/${name}/handler`, join(TASKS, name, 'handler.ts')])),
  };
}

/** Returns the folders of the packages of others that are in it. */
async function bundle(outdir: string): Promise<readonly string[]> {
  const { metafile } = await build({
    entryPoints: entries(),
    outdir,
    absWorkingDir: ROOT,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    charset: 'utf8',
    // Names of functions and classes stand in logs and in stored errors.
    keepNames: true,
    // `ws` is CommonJS; esbuild leaves its requires of Node's own modules as they are.
    banner: { js: "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);" },
    // Native parts that it would look for beside dist/.
    define: { 'process.env.WS_NO_BUFFER_UTIL': '"1"', 'process.env.WS_NO_UTF_8_VALIDATE': '"1"' },
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'linked',
    sourcemap: false,
    metafile: true,
    logLevel: 'warning',
  });
  return packagesIn(metafile);
}

/** The version that the server names; and Node takes all files of the folder for modules, wherever it is copied to. */
function manifest(): string {
  const { name, version, license } = JSON.parse(readFileSync(join(SERVICE, 'package.json'), 'utf8')) as Manifest;
  return `${JSON.stringify({ name, version, license, type: 'module', engines: { node: '>=24.15' } }, null, 2)}\n`;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

/** By their paths in dist/. */
function copies(): Record<string, string> {
  const swaggerUi = installedSwaggerUi();
  const licences = ['LICENSE', 'NOTICE', 'swagger-ui-bundle.js.LICENSE.txt'];
  const pages = [...Object.keys(SWAGGER_UI_FILES), ...licences];
  return {
    LICENSE: join(ROOT, 'LICENSE'),
    'web/build': join(ROOT, 'web', 'build'),
    // To the byte: what was generated for a TASKS_DIR names its version too.
    'service/package.json': join(SERVICE, 'package.json'),
    ...Object.fromEntries(CONTRACTS.map((name) => [`api/generated/${name}`, join(ROOT, 'api', 'generated', name)])),
    ...Object.fromEntries(pages.map((name) => [`service/${COPIED_SWAGGER_UI}/${name}`, join(swaggerUi, name)])),
  };
}

function sizeOf(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((bytes, { parentPath, name }) => bytes + statSync(join(parentPath, name)).size, 0);
}

/** What the dashboard was built of, by the names of packages; Vite wrote them beside it with their licences. */
function packagesOfDashboard(): readonly string[] {
  const listed = readFileSync(join(ROOT, 'web', 'build', 'licenses.json'), 'utf8');
  return (JSON.parse(listed) as readonly { readonly name: string }[]).map(({ name }) => `node_modules/${name}`);
}

/** Throws where a bundle holds what neither the bill of materials nor the audit knows of. */
export function bundledOf(shipped: readonly Shipped[], folders: ReadonlySet<string>): readonly Shipped[] {
  const known = new Set(shipped.filter(({ isBundled }) => isBundled).map(({ path }) => path));
  const unknown = [...folders].filter((path) => !known.has(path));
  if (unknown.length === 0) return shipped.filter(({ path }) => folders.has(path));
  throw new Error(`${unknown.join(', ')} would be shipped: name it in service/toolchain/supply/shipped.ts.`);
}

/** Replaces the folder. Returns its size in bytes. */
export async function buildDist(outdir: string): Promise<number> {
  rmSync(outdir, { recursive: true, force: true });
  const inService = await bundle(join(outdir, 'service'));
  for (const [path, source] of Object.entries(copies())) {
    mkdirSync(dirname(join(outdir, path)), { recursive: true });
    cpSync(source, join(outdir, path), { recursive: true });
  }
  writeFileSync(join(outdir, 'package.json'), manifest());
  for (const [path, entry] of Object.entries(ENTRIES)) writeFileSync(join(outdir, path), entry);
  const inSdk = await buildSdk(join(outdir, 'sdk'));
  const folders = [...inService, ...inSdk, ...packagesOfDashboard(), 'node_modules/swagger-ui-dist'];
  const bundled = bundledOf(shippedBy(readLock(), ['dist']), new Set(folders));
  writeFileSync(join(outdir, 'THIRD-PARTY-LICENSES.txt'), licenceTexts(bundled, ROOT));
  writeFileSync(join(outdir, 'sbom.cdx.json'), sbomText('dist'));
  return sizeOf(outdir);
}

if (import.meta.main) {
  const outdir = resolve(process.argv[2] ?? join(ROOT, 'dist'));
  const megabytes = ((await buildDist(outdir)) / 1024 / 1024).toFixed(1);
  const shown = relative(process.cwd(), outdir);
  console.log(`Built ${shown}/ (${megabytes} MB). Start it with Node 24.15 or newer: node ${join(shown, 'server.js')}`);
}
