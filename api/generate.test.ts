// The promises of generation: nothing drifts unseen, and the same sources give the same bytes.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defaultOptions, driftOf, generate, type GenerateOptions } from './generate.ts';
import { readContract } from './generator/contract.ts';
import { lintContract, lintLive } from './generator/lint.ts';
import { liveDocument } from './generator/live-document.ts';
import { readLive } from './generator/live.ts';
import { keepRelease, refuseBreakingChanges } from './generator/release.ts';
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

function edit(path: string, from: string | RegExp, to: string): void {
  const file = join(copy.root, path);
  const text = readFileSync(file, 'utf8');
  const changed = text.replace(from, to);
  expect(changed !== text, String(from)).toBe(true);
  writeFileSync(file, changed);
}

/** Compilers and linters in processes of their own; the bound is for hanging only. */
const PATIENT = { timeout: 60_000 };

describe('generation', PATIENT, () => {
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

  test('--check fails with the names of the files that drift, and writes nothing', () => {
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

  test('a changed live message makes the generated files drift', async () => {
    edit('api/asyncapi.yaml', 'minItems: 1\n      maxItems: 50', 'minItems: 1\n      maxItems: 51');
    expect(isStale(copy)).toBe(true);
    const drifted = ['asyncapi.json', 'live-validators.js', 'response-validators.js', 'sources.sha256'];
    expect(await driftOf(copy)).toEqual(drifted);
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

  test('a problem that does not say what brings it about stops generation', async () => {
    edit('api/openapi.yaml', '    when: The bytes of the body are not valid UTF-8.\n', '');
    await expect(generate(copy)).rejects.toThrow(/x-problems: invalid-encoding has no when/);
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

  test.each([
    {
      fault: 'a word that AsyncAPI does not know',
      from: 'title: Ping',
      to: 'titel: Ping',
      finding: /ping\/titel .*struct/,
    },
    { fault: 'half a part', from: "{ location: '$message.payload#/id' }", to: '{}', finding: /correlationId.*struct/ },
    { fault: 'a reference to nothing', from: '#/servers/local', to: '#/servers/far', finding: /no-unresolved-refs/ },
    { fault: 'a slash at an end', from: 'address: /live', to: 'address: /live/', finding: /no-channel-trailing-slash/ },
  ])('a live contract with $fault is refused with the finding', ({ from, to, finding }) => {
    edit('api/asyncapi.yaml', from, to);
    const contract = readContract(join(copy.root, 'api/openapi.yaml'), []);
    const shown = liveDocument(contract, readLive(join(copy.root, 'api/asyncapi.yaml')));
    expect(() => lintLive(copy.root, shown)).toThrow(finding);
  });

  test.each([
    { fault: 'a message without its tag', from: 'const: ping', to: 'const: pong', says: 'action must be required' },
    {
      fault: 'a message of nobody',
      from: "goodbye' }]",
      to: "pong' }]",
      says: 'goodbye: a message comes from one side',
    },
    { fault: 'a schema of nobody', from: '    Topic:\n', to: '    Extra: {}\n    Topic:\n', says: 'nothing refers to' },
    { fault: 'a shared schema too many', from: 'schemas/Task', to: 'schemas/Tusk', says: 'has no schema Tusk' },
    { fault: 'a schema of the other contract', from: '    Topic:\n', to: '    Task: {}\n    Topic:\n', says: 'Task' },
    {
      fault: 'a message past its channel',
      from: 'channels/live/messages/ping',
      to: 'components/messages/ping',
      says: 'of its channel',
    },
  ])('a live contract with $fault stops generation', async ({ from, to, says }) => {
    edit('api/asyncapi.yaml', from, to);
    await expect(generate(copy)).rejects.toThrow(says);
  });
});

describe('the gate', PATIENT, () => {
  const raise = (version: string): void => {
    for (const name of ['openapi', 'asyncapi'])
      edit(`api/${name}.yaml`, /version: \d+\.\d+\.\d+/, `version: ${version}`);
  };

  test('stops what breaks a client of the newest release, and lets what is added pass', () => {
    raise('0.7.0');
    expect(keepRelease(copy.root)).toBe('api/released/0.7.0/');
    edit('api/openapi.yaml', 'TaskSubmit:\n', 'Added: { type: string }\n    TaskSubmit:\n');
    expect(() => refuseBreakingChanges(copy.root)).not.toThrow();
    edit('api/openapi.yaml', 'required: [status, version]', 'required: [status]');
    edit('api/asyncapi.yaml', 'address: /live', 'address: /ws');
    expect(() => refuseBreakingChanges(copy.root)).toThrow(/breaks clients of 0\.7\.0[^]*`version`[^]*\/live\/ws/);
  });

  test('lets a new major version break, and keeps what was released', () => {
    raise('7.0.0');
    edit('api/asyncapi.yaml', 'address: /live', 'address: /ws');
    expect(() => refuseBreakingChanges(copy.root)).not.toThrow();
    expect(keepRelease(copy.root)).toBe('api/released/7.0.0/');
    expect(() => keepRelease(copy.root)).toThrow('is there already');
  });

  test('releases only contracts of one version', () => {
    edit('api/openapi.yaml', /version: \d+\.\d+\.\d+/, 'version: 0.7.0');
    expect(() => keepRelease(copy.root)).toThrow('asyncapi.yaml is not of version 0.7.0');
  });
});
