// The promises of generation: nothing drifts unseen, and the same sources give the same bytes.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defaultOptions, driftOf, generate, type GenerateOptions } from './generate.ts';
import { lintContract } from './generator/lint.ts';
import { isStale } from './stale.mjs';

const root = join(import.meta.dirname, '..');
let copy: GenerateOptions;

beforeEach(() => {
  copy = defaultOptions(mkdtempSync(join(tmpdir(), 'holdfast-contract-')));
  for (const folder of ['api', 'service/tasks']) {
    const isSource = (path: string): boolean => !path.includes('node_modules');
    cpSync(join(root, folder), join(copy.root, folder), { recursive: true, filter: isSource });
  }
});

afterEach(() => rmSync(copy.root, { recursive: true }));

function edit(path: string, from: string, to: string): void {
  const file = join(copy.root, path);
  const text = readFileSync(file, 'utf8');
  expect(text.includes(from), from).toBe(true);
  writeFileSync(file, text.replace(from, to));
}

describe('generation', () => {
  test('what is committed is what the contract says', async () => {
    expect(await driftOf(defaultOptions())).toEqual([]);
    expect(isStale()).toBe(false);
  });

  test('the same sources give the same bytes, wherever they are', async () => {
    expect(await generate(copy)).toEqual(await generate(defaultOptions()));
  });

  test('a changed contract makes the generated files drift', async () => {
    edit('api/openapi.yaml', 'maximum: 2592000', 'maximum: 2592001');
    expect(isStale(copy)).toBe(true);
    expect(await driftOf(copy)).toEqual(['openapi.json', 'validators.js', 'sources.sha256']);
  });

  test('--check fails with the names of the files that drift, and writes nothing', { timeout: 20_000 }, () => {
    for (const folder of ['node_modules', 'api/node_modules']) symlinkSync(join(root, folder), join(copy.root, folder));
    const check = (): { readonly status: number | null; readonly stdout: string } =>
      spawnSync(process.execPath, [join(copy.root, 'api/generate.ts'), '--check'], { encoding: 'utf8' });
    expect(check()).toMatchObject({ status: 0 });
    edit('api/openapi.yaml', 'here\n    retryable: false', 'here\n    retryable: true');
    const drifted = 'drift: openapi.json, problems.ts, sources.sha256\n';
    expect(check()).toMatchObject({ status: 1, stdout: expect.stringContaining(drifted) as string });
    expect(isStale(copy)).toBe(true);
  });

  test('a changed task type makes the generated files drift', async () => {
    edit('service/tasks/simulate/schema.yaml', 'version: 1', 'version: 2');
    expect(isStale(copy)).toBe(true);
    expect(await driftOf(copy)).toEqual(['task-types.ts', 'sources.sha256']);
  });

  test('an edited generated file drifts', async () => {
    edit('api/generated/problems.ts', '404', '410');
    expect(await driftOf(copy)).toEqual(['problems.ts']);
  });

  test('a task type from another folder is merged without touching a file of the contract', async () => {
    const folder = join(copy.root, 'own-types');
    cpSync(join(root, 'service/tasks/simulate'), join(folder, 'send-mail'), { recursive: true });
    const files = await generate({ ...copy, taskFolders: [...copy.taskFolders, folder] });
    expect(files['validators.d.ts']).toContain("readonly 'send-mail': Validator<SendMailPayload>");
    expect(files['openapi.json']).toContain('"SendMailResult"');
  });

  test('a problem that clients cannot see, or that has no answer, stops generation', async () => {
    edit('api/openapi.yaml', '        - stopping\n', '        - stopped\n');
    await expect(generate(copy)).rejects.toThrow(/stopping is in x-problems.*\n.*stopped is in ProblemCode only/);
  });

  test('uniqueness that would take quadratic time stops generation', async () => {
    edit(
      'api/openapi.yaml',
      "{ type: string, $ref: '#/components/schemas/Tag' }",
      "{ $ref: '#/components/schemas/Tag' }",
    );
    await expect(generate(copy)).rejects.toThrow(/uniqueItems needs a scalar/);
  });

  test('a contract that breaks a rule of the linter is refused with the finding', () => {
    edit('api/openapi.yaml', 'value: { reason: Sent twice by mistake }', 'value: { excuse: Sent twice by mistake }');
    expect(() => lintContract(copy.root)).toThrow(/no-invalid-media-type-examples/);
    expect(() => lintContract(root)).not.toThrow();
  });
});
