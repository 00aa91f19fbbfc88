// What the bundles of the functions on AWS hold, and what they do not.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it, test } from 'vitest';
import { packaged } from './testing/packaged-stage.ts';
import { ANY_PAYLOAD, GivenTypes } from './testing/given-types.ts';
import { bundledOf } from './toolchain/build.ts';
import { packagesIn } from './toolchain/build-sdk.ts';
import type { Bundle } from './toolchain/bundle-functions.ts';
import { bundleOf, functionFiles } from './toolchain/bundle-functions.ts';
import { readLock } from './toolchain/supply/lock.ts';
import { shippedBy } from './toolchain/supply/shipped.ts';

/** As it is deployed, and as Node reads it: of the latter the SDK alone has 230 KB. */
const MOST_PACKED_BYTES = 300 * 1024;
const MOST_BYTES = 600 * 1024;
const FILES = functionFiles();

const folder = mkdtempSync(join(tmpdir(), 'holdfast-bundles-'));
const bundles = new Map<string, Bundle>();
beforeAll(async () => {
  for (const file of FILES) bundles.set(file, await bundleOf(file));
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(FILES)('%s is deployed as no more than 300 KB, which are 600 KB of code', (file) => {
  const { code, bytes } = bundles.get(file)!;
  expect(deflateSync(code).length).toBeLessThanOrEqual(MOST_PACKED_BYTES);
  expect(bytes).toBeLessThanOrEqual(MOST_BYTES);
});

test.each(FILES)('%s holds nothing of one machine, and looks for credentials where Lambda has them', (file) => {
  const { metafile, code } = bundles.get(file)!;
  const held = Object.keys(metafile.inputs);
  const foreign =
    /^service\/(?:embedded|toolchain|testing)\/|^service\/server\.ts|node_modules\/(?:ws|swagger-ui-dist)\//;
  expect(held.filter((path) => foreign.test(path) || /credential-provider/.test(path))).toEqual([]);
  expect(code.includes('node:sqlite')).toBe(false);
});

test.each(FILES)('%s can be loaded where nothing else is', (file) => {
  const path = join(folder, `${file}.mjs`);
  writeFileSync(path, bundles.get(file)!.code);
  const load = `import(${JSON.stringify(path)}).then(({ handler }) => console.log(typeof handler))`;
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', load], { cwd: folder, encoding: 'utf8' });
  expect([stdout.trim(), stderr]).toEqual(['function', '']);
});

it('hold what the bill of materials names, and nothing else', () => {
  const held = new Set([...bundles.values()].flatMap(({ metafile }) => packagesIn(metafile)));
  const named = shippedBy(readLock(), ['functions']);
  expect(bundledOf(named, held).map(({ name }) => name)).toEqual(
    named.filter(({ isBundled }) => isBundled).map(({ name }) => name),
  );
});

it('are what is deployed, with the task types of a TASKS_DIR', () => {
  const given = new GivenTypes().write('greet', {
    'schema.yaml': ANY_PAYLOAD,
    'handler.ts': "import { greeting } from '../words.ts';\nexport const run = (): string => greeting;",
  });
  given.write('.', { 'words.ts': "export const greeting: string = 'hello from a type of our own';" });
  const [with_, without] = [packaged('dev', { TASKS_DIR: given.tasksDir }), packaged('dev')];
  given.remove();
  const codeOf = (stage: typeof without, name: string) => stage.codeOf(name).get('service/lambda/work.mjs')!.toString();
  const isOwn = (code: string) => code.includes('hello from a type of our own');
  // Not compared by expect, which would print them.
  expect([codeOf(with_, 'work'), codeOf(with_, 'isolated'), codeOf(without, 'work')].map(isOwn)).toEqual([
    true,
    true,
    false,
  ]);
  expect(codeOf(without, 'work') === bundles.get('work')!.code).toBe(true);
  expect([...without.codeOf('work').keys()]).toEqual(['service/lambda/work.mjs']);
});

it('are not packaged with a handler that cannot be bundled, and its place is named', () => {
  const given = new GivenTypes().write('greet', { 'schema.yaml': ANY_PAYLOAD, 'handler.ts': 'export const run = (' });
  const { status, output } = packaged('dev', { TASKS_DIR: given.tasksDir });
  given.remove();
  expect(status).not.toBe(0);
  expect(output).toContain('greet/handler.ts:1:');
});
