// What a browser has to fetch before it shows the first rows: the shell, what it names, and the modules of the list of tasks.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

const WEB = join(import.meta.dirname, '..', 'web');
const CLIENT = join(WEB, '.svelte-kit', 'output', 'client');
const BAR_BYTES = 60 * 1024;
/** Parts that are fetched when their view is opened. */
const HEAVY = /uplot|sjsf/;

interface Chunk {
  readonly file: string;
  readonly src?: string;
  readonly imports?: readonly string[];
}

const manifest = JSON.parse(readFileSync(join(CLIENT, '.vite', 'manifest.json'), 'utf8')) as Readonly<
  Record<string, Chunk>
>;

/** All files that a module cannot start without. */
function closure(keys: readonly string[], found = new Set<string>()): ReadonlySet<string> {
  for (const key of keys) {
    const { file, imports = [] } = manifest[key]!;
    if (found.has(file)) continue;
    found.add(file);
    closure(imports, found);
  }
  return found;
}

/** The module of a node of the tree of routes, by the number that the app names it by. */
function firstRows(): ReadonlySet<string> {
  const entries = Object.keys(manifest).filter(
    (key) => /entry\/|client-(entry|optimized\/app)/.test(key) || /app\.js$/.test(key),
  );
  const dictionary = readFileSync(join(WEB, '.svelte-kit', 'generated', 'client-optimized', 'app.js'), 'utf8');
  const [, list] = /"\/tasks": \[(\d+)/.exec(dictionary)!;
  const nodes = ['0', list!].map((node) => `.svelte-kit/generated/client-optimized/nodes/${node}.js`);
  return closure([...entries, ...nodes]);
}

it('shows the first rows after at most 60 KB of scripts, packed', () => {
  const files = [...firstRows()].filter((file) => file.endsWith('.js'));
  const bytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(join(CLIENT, file)), { level: 9 }).length, 0);
  console.log(`${files.length} modules, ${(bytes / 1024).toFixed(1)} KB packed before the first rows`);
  expect(files.length).toBeGreaterThan(5);
  expect(files.filter((file) => HEAVY.test(file))).toEqual([]);
  expect(bytes).toBeLessThan(BAR_BYTES);
});
