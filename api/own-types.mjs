// Where the task types of a TASKS_DIR and the files generated for it are, and whether those are stale. Plain JavaScript
// without dependencies: the launch script asks it on any Node from 20 on, the generator and the server ask it too.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Any of these makes a folder a task type, the first one found runs it. */
export const HANDLER_FILES = ['handler.ts', 'handler.js', 'handler.mjs'];
const SCHEMA = 'schema.yaml';
/** Without one of these neither a server nor a handler can do. */
const NEEDED = ['openapi.json', 'types.json', 'validators.mjs', 'types.ts', 'handler.ts'];

/** @param {string} tasksDir */
export const generatedFolder = (tasksDir) => join(tasksDir, '.holdfast');

/**
 * False for whatever else is there, and for a link to nowhere or to itself, at which stat alone would throw.
 * @param {string} path
 */
export const isFolder = (path) => existsSync(path) && statSync(path).isDirectory();

/**
 * Folders with a schema or a handler, by name. Hidden ones, node_modules, and what is only shared code are none.
 * @param {string} tasksDir
 */
export function ownTypeNames(tasksDir) {
  const isType = (name) => [SCHEMA, ...HANDLER_FILES].some((file) => existsSync(join(tasksDir, name, file)));
  const names = readdirSync(tasksDir).filter((name) => !name.startsWith('.') && name !== 'node_modules');
  return names.filter(isType).sort();
}

/**
 * Of what the generated files follow from: the schemas, and the contract, the generator and the version of this Holdfast.
 * @param {{ tasksDir: string, root?: string }} where
 */
export function ownSourcesHash({ tasksDir, root = ROOT }) {
  const hash = createHash('sha256');
  const ours = [join(root, 'api', 'generated', 'sources.sha256'), join(root, 'service', 'package.json')];
  for (const path of ours) hash.update(`${textOf(path)}\0`);
  for (const name of ownTypeNames(tasksDir)) hash.update(`${name}\0${textOf(join(tasksDir, name, SCHEMA))}\0`);
  return hash.digest('hex');
}

/** @param {{ tasksDir: string, root?: string }} where */
export function isOwnStale(where) {
  const folder = generatedFolder(where.tasksDir);
  if (NEEDED.some((name) => !existsSync(join(folder, name)))) return true;
  return textOf(join(folder, 'sources.sha256')).trim() !== ownSourcesHash(where);
}

/** Line ends may differ between checkouts; what cannot be read is as good as empty, and its reader says why. */
function textOf(path) {
  try {
    return readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
  } catch {
    return '';
  }
}
