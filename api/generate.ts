// From the contract and the schemas of the task types to everything in api/generated/:
//   node api/generate.ts           lint, generate, write
//   node api/generate.ts --check   write nothing; fail with the names of the files that drift, and on a breaking change
//   node api/generate.ts --release keep the contract as that of its version: api/released/<version>/
// The same sources give the same bytes. Sources whose hash is on record have been linted and are not linted again.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readContract } from './generator/contract.ts';
import { lintContract, lintLive } from './generator/lint.ts';
import { liveDocument } from './generator/live-document.ts';
import { liveMessages, readLive, withLive } from './generator/live.ts';
import { operationsSource, problemsSource } from './generator/operation-table.ts';
import { keepRelease, refuseBreakingChanges } from './generator/release.ts';
import { readTaskTypes, taskTypesSource } from './generator/task-types.ts';
import { typesSource } from './generator/types.ts';
import { validatorFiles } from './generator/validators.ts';
import { isStale, sourcesHash } from './stale.mjs';

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
    'sources.sha256': `${sourcesHash(options)}\n`,
  };
}

/** Names of the generated files that are not what their sources say. */
export async function driftOf(options: GenerateOptions): Promise<string[]> {
  const files = Object.entries(await generate(options));
  return files.filter(([name, text]) => textOf(join(options.generated, name)) !== text).map(([name]) => name);
}

function textOf(path: string): string | null {
  return existsSync(path) ? readFileSync(path, 'utf8').replaceAll('\r\n', '\n') : null;
}

async function write(options: GenerateOptions): Promise<string[]> {
  mkdirSync(options.generated, { recursive: true });
  const files = Object.entries(await generate(options));
  const changed = files.filter(([name, text]) => textOf(join(options.generated, name)) !== text);
  // The hash comes last in the list: a run that is cut off before it leaves the folder stale.
  for (const [name, text] of changed) writeFileSync(join(options.generated, name), text);
  return changed.map(([name]) => name);
}

/** Throws what both linters find. */
function lint({ root, taskFolders }: GenerateOptions): void {
  lintContract(root);
  const contract = readContract(join(root, 'api', 'openapi.yaml'), readTaskTypes(taskFolders));
  lintLive(root, liveDocument(contract, readLive(join(root, 'api', 'asyncapi.yaml'))));
}

async function check(options: GenerateOptions): Promise<number> {
  const drifted = await driftOf(options);
  if (drifted.length > 0) {
    return say(`Run \`npm run generate\`: these files in api/generated/ drift: ${drifted.join(', ')}`, 1);
  }
  refuseBreakingChanges(options.root);
  return say('api/generated/ is what the contract says, and no client breaks.', 0);
}

const MODES = ['--check', '--release'];

async function main(args: readonly string[]): Promise<number> {
  const unknown = args.filter((arg) => !MODES.includes(arg));
  if (unknown.length > 0) return say(`Unknown option ${unknown.join(' ')}; there are ${MODES.join(' and ')}.`, 2);
  const options = defaultOptions();
  if (isStale(options)) lint(options);
  if (args.includes('--release')) return (await check(options)) || say(`Wrote ${keepRelease(options.root)}.`, 0);
  if (args.includes('--check')) return check(options);
  const changed = await write(options);
  return say(changed.length === 0 ? 'api/generated/ was up to date.' : `Wrote ${changed.join(', ')}.`, 0);
}

function say(sentence: string, exitCode: number): number {
  console.log(sentence);
  return exitCode;
}

if (import.meta.main) {
  process.exitCode = await main(process.argv.slice(2)).catch((fault: unknown) =>
    say(fault instanceof Error ? fault.message : String(fault), 1),
  );
}
