// Whether api/generated is older than its sources, by hash. Plain JavaScript without dependencies: any Node from 20 on can ask.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

/** @param {{ root?: string, taskFolders?: readonly string[] }} [where] */
export function sourcesHash({ root = ROOT, taskFolders = [join(root, 'service', 'tasks')] } = {}) {
  const api = join(root, 'api');
  const generator = readdirSync(join(api, 'generator')).map((name) => join(api, 'generator', name));
  const schemas = taskFolders.flatMap((folder) => readdirSync(folder).map((type) => join(folder, type, 'schema.yaml')));
  const own = [
    'openapi.yaml',
    'asyncapi.yaml',
    'redocly.yaml',
    'package.json',
    'handler.ts',
    'task-type.ts',
    'own-types.mjs',
    'generate.ts',
    'stale.mjs',
  ].map((name) => join(api, name));
  const hash = createHash('sha256');
  for (const path of [...own, ...generator.sort(), ...schemas.sort()]) {
    if (!existsSync(path)) continue;
    // Line ends may differ between checkouts; names below the folder of the type or of api/ tell files apart.
    const text = readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
    hash.update(`${path.split(/[\\/]/).slice(-2).join('/')}\0${text}\0`);
  }
  return hash.digest('hex');
}

/** @param {{ root?: string, taskFolders?: readonly string[], generated?: string }} [where] */
export function isStale(where = {}) {
  const recorded = join(where.generated ?? join(where.root ?? ROOT, 'api', 'generated'), 'sources.sha256');
  return !existsSync(recorded) || readFileSync(recorded, 'utf8').trim() !== sourcesHash(where);
}
