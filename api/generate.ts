// From the contract and the schemas of the task types to everything in api/generated/, and with TASKS_DIR in the environment
// from that folder's schemas to everything in TASKS_DIR/.holdfast/:
//   node api/generate.ts           lint, generate, write
//   node api/generate.ts --check   write nothing; fail with the names of the files that drift, and on a breaking change
//   node api/generate.ts --release keep the contract as that of its version: api/released/<version>/
// The same sources give the same bytes. Sources whose hash is on record have been linted and are not linted again.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readContract } from './generator/contract.ts';
import { lintContract, lintLive } from './generator/lint.ts';
import { liveDocument } from './generator/live-document.ts';
import { liveMessages, readLive, withLive } from './generator/live.ts';
import { operationsSource, problemsSource } from './generator/operation-table.ts';
import { ownFiles, type OwnFiles } from './generator/own-types.ts';
import { keepRelease, refuseBreakingChanges } from './generator/release.ts';
import { readTaskTypes, taskTypesSource } from './generator/task-types.ts';
import { typesSource } from './generator/types.ts';
import { validatorFiles } from './generator/validators.ts';
import { generatedFolder, isFolder } from './own-types.mjs';
import { isStale, sourcesHash } from './stale.mjs';

const HASH = 'sources.sha256';

export interface GenerateOptions {
  /** The repository. */
  readonly root: string;
  /** Folders with one folder per task type. */
  readonly taskFolders: readonly string[];
  /** Where the generated files are. */
  readonly generated: string;
}

export function defaultOptions(root = join(dirname(fileURLToPath(import.meta.url)), '..')): GenerateOptions {
  return { root, taskFolders: [join(root, 'service', 'tasks')], generated: join(root, 'api', 'generated') };
}

/** The text of every generated file, by name. Writes nothing. */
export async function generate(options: GenerateOptions): Promise<Record<string, string>> {
  const types = readTaskTypes(options.taskFolders);
  const contract = readContract(join(options.root, 'api', 'openapi.yaml'), types);
  const live = readLive(join(options.root, 'api', 'asyncapi.yaml'));
  const both = withLive(contract, live);
  const banner = '// Generated from api/openapi.yaml by `npm run generate`; do not edit.\n';
  return {
    'openapi.json': `${JSON.stringify(contract, null, 2)}\n`,
    'asyncapi.json': `${JSON.stringify(liveDocument(contract, live), null, 2)}\n`,
    'types.ts': banner + (await typesSource(both)),
    ...(await validatorFiles(both, types, liveMessages(live))),
    'operations.ts': banner + operationsSource(contract),
    'problems.ts': banner + problemsSource(contract),
    'task-types.ts': banner + taskTypesSource(types),
    [HASH]: `${sourcesHash(options)}\n`,
  };
}

/** The text of every file in TASKS_DIR/.holdfast, by name, and the types that cannot be used. Writes nothing. */
export function generateOwn({ root, taskFolders }: GenerateOptions, tasksDir: string): Promise<OwnFiles> {
  return ownFiles({ root, tasksDir, builtIn: readTaskTypes(taskFolders) });
}

/** Names of the generated files that are not what their sources say. */
export async function driftOf(options: GenerateOptions): Promise<string[]> {
  return changedIn(options.generated, await generate(options));
}

function changedIn(folder: string, files: Readonly<Record<string, string>>): string[] {
  return Object.keys(files).filter((name) => textOf(join(folder, name)) !== files[name]);
}

function textOf(path: string): string | null {
  return existsSync(path) ? readFileSync(path, 'utf8').replaceAll('\r\n', '\n') : null;
}

/** The hash goes first and comes last: a run that is cut off in between leaves the folder stale. */
function write(folder: string, files: Readonly<Record<string, string>>): string[] {
  mkdirSync(folder, { recursive: true });
  const changed = changedIn(folder, files);
  if (changed.length === 0) return changed;
  rmSync(join(folder, HASH), { force: true });
  for (const name of [...changed.filter((each) => each !== HASH), HASH])
    writeFileSync(join(folder, name), files[name]!);
  return changed;
}

interface Target {
  readonly name: string;
  readonly folder: string;
  readonly files: Readonly<Record<string, string>>;
}

/** Throws what both linters find. */
function lint({ root, taskFolders }: GenerateOptions): void {
  lintContract(root);
  const contract = readContract(join(root, 'api', 'openapi.yaml'), readTaskTypes(taskFolders));
  lintLive(root, liveDocument(contract, readLive(join(root, 'api', 'asyncapi.yaml'))));
}

const MODES = ['--check', '--release'];

async function main(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const unknown = args.filter((arg) => !MODES.includes(arg));
  if (unknown.length > 0) return say(`Unknown option ${unknown.join(' ')}; there are ${MODES.join(' and ')}.`, 2);
  const options = defaultOptions();
  if (isStale(options)) lint(options);
  const isCheck = args.length > 0;
  const settle = isCheck ? checked : written;
  const code = settle({ name: 'api/generated/', folder: options.generated, files: await generate(options) });
  if (code === 0 && isCheck) refuseBreakingChanges(options.root);
  if (args.includes('--release')) return code || say(`Wrote ${keepRelease(options.root)}.`, 0);
  const tasksDir = environment['TASKS_DIR']?.trim();
  return tasksDir ? Math.max(code, await settleOwn(resolve(tasksDir), options, settle)) : code;
}

/** A type that cannot be used is named, and the others are generated all the same. */
async function settleOwn(tasksDir: string, options: GenerateOptions, settle: typeof checked): Promise<number> {
  if (!isFolder(tasksDir)) return say(`TASKS_DIR must be a folder that exists; ${tasksDir} is none.`, 1);
  const { files, faulty } = await generateOwn(options, tasksDir);
  const code = settle({ name: 'TASKS_DIR/.holdfast/', folder: generatedFolder(tasksDir), files });
  for (const { problem } of faulty) say(`A type of TASKS_DIR cannot be used: ${problem}`, 1);
  return faulty.length > 0 ? 1 : code;
}

function checked({ name, folder, files }: Target): number {
  const drifted = changedIn(folder, files);
  if (drifted.length === 0) return say(`${name} is what the contract says.`, 0);
  return say(`Run \`npm run generate\`: these files in ${name} drift: ${drifted.join(', ')}`, 1);
}

function written({ name, folder, files }: Target): number {
  const changed = write(folder, files);
  return say(changed.length === 0 ? `${name} was up to date.` : `Wrote ${changed.join(', ')} to ${name}.`, 0);
}

function say(sentence: string, exitCode: number): number {
  console.log(sentence);
  return exitCode;
}

if (import.meta.main) {
  process.exitCode = await main(process.argv.slice(2), process.env).catch((fault: unknown) =>
    say(fault instanceof Error ? fault.message : String(fault), 1),
  );
}
