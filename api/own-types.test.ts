// The promises of generation for a TASKS_DIR: a type of one's own needs nothing but its folder, and a bad one hurts no other.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defaultOptions, generateOwn } from './generate.ts';
import type { OwnFiles } from './generator/own-types.ts';
import { isOwnStale, ownTypeNames } from './own-types.mjs';
import type { Validator } from './validator.ts';

const MAIL = `
title: Send a mail
version: 2
payload:
  type: object
  additionalProperties: false
  required: [to]
  properties: { to: { type: string, format: email } }
result: { type: object, required: [messageId], properties: { messageId: { type: string } } }
examples: [{ summary: A greeting, payload: { to: ann@example.com }, result: { messageId: m-1 } }]
`;

let tasksDir: string;
beforeEach(() => void (tasksDir = mkdtempSync(join(tmpdir(), 'holdfast-own-'))));
afterEach(() => rmSync(tasksDir, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(tasksDir, path)), { recursive: true });
  writeFileSync(join(tasksDir, path), text);
}

async function generated(): Promise<OwnFiles> {
  const own = await generateOwn(defaultOptions(), tasksDir);
  for (const [name, text] of Object.entries(own.files)) write(join('.holdfast', name), text);
  return own;
}

function complaints(): string {
  const compiler = dirname(createRequire(import.meta.url).resolve('@typescript/native/package.json'));
  const args = [join(compiler, 'bin', 'tsc'), '--pretty', 'false', '-p', join(tasksDir, '.holdfast')];
  return spawnSync(process.execPath, args, { encoding: 'utf8' }).stdout;
}

describe('generation for TASKS_DIR', () => {
  test('makes the contract of the installation, and validators that stand alone', async () => {
    write('send-mail/schema.yaml', MAIL);
    const { files, faulty } = await generated();
    expect(faulty).toEqual([]);
    const { components, paths } = JSON.parse(files['openapi.json']!) as Record<string, Record<string, object>>;
    expect(components!['schemas']).toMatchObject({ SendMailPayload: { required: ['to'] }, SimulatePayload: {} });
    expect(paths).toHaveProperty('/tasks');
    expect(files['validators.mjs']).not.toMatch(/\brequire\(|\beval\(|new Function|^import /m);
    const module: unknown = await import(pathToFileURL(join(tasksDir, '.holdfast/validators.mjs')).href);
    const { payloads, ...others } = module as Record<string, Record<string, Validator<unknown>>>;
    expect(Object.keys(payloads!)).toEqual(['send-mail']);
    // Results are described, not judged.
    expect(others).toEqual({});
    expect([{ to: 'ann@example.com' }, { to: 'ann' }, {}].map((each) => payloads!['send-mail']!(each))).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('counts only the properties that a payload has itself, whatever an author calls one', async () => {
    const optional = '{ constructor: { type: string }, toString: { type: string } }';
    write(
      'odd/schema.yaml',
      `title: O\nversion: 1\npayload: { type: object, properties: ${optional} }\nexamples: [{ summary: s, payload: {} }]`,
    );
    write('strict/schema.yaml', 'title: S\nversion: 1\npayload: { type: object, required: [toString] }');
    expect((await generated()).faulty).toEqual([]);
    const module: unknown = await import(pathToFileURL(join(tasksDir, '.holdfast/validators.mjs')).href);
    const { payloads } = module as { payloads: Record<'odd' | 'strict', Validator<unknown>> };
    expect([payloads.odd({}), payloads.odd({ constructor: 1 }), payloads.odd({ toString: 'a' })]).toEqual([
      true,
      false,
      true,
    ]);
    expect([payloads.strict({}), payloads.strict({ toString: 1 })]).toEqual([false, true]);
  });

  test('makes types by which a handler compiles, and a wrong one does not, without any package', async () => {
    write('send-mail/schema.yaml', MAIL);
    const handler = (body: string): void =>
      write(
        'send-mail/handler.ts',
        `import { TaskFailure, type HandlerOf, type HandlerPolicy } from '../.holdfast/handler.ts';
        import type { SendMailPayload } from '../.holdfast/types.ts';
        export const policy: HandlerPolicy = { payloadVersions: [2], backoff: { baseSeconds: 2 } };
        const addressOf = ({ to }: SendMailPayload) => to;
        export const run: HandlerOf<'send-mail'> = async ({ payload, signal, log }) => {
          log.info(addressOf(payload));
          signal.throwIfAborted();
          if (payload.to === '') throw new TaskFailure('No.', { class: 'VALIDATION', code: 'empty' });
          ${body}
        };`,
      );
    handler("return { messageId: 'm-1' };");
    await generated();
    expect(complaints()).toBe('');
    handler('return { messageId: payload.subject };');
    expect(complaints()).toMatch(/send-mail\/handler\.ts\(\d+,.*subject/);
    handler('return {};');
    expect(complaints()).toMatch(/messageId/);
  });

  const TITLED = 'title: T\nversion: 1\n';
  const FAULTS: readonly (readonly [string, string, RegExp])[] = [
    ['yaml', `${TITLED}payload: { type: object\n  a: [\n`, /^yaml\/schema\.yaml: .* at line 3, column 18\.$/],
    ['empty', '', /^empty\/schema\.yaml: it must be a mapping with title, version and payload\.$/],
    ['list', '[1]', /^list\/schema\.yaml: it must be a mapping/],
    ['circular', `${TITLED}payload: &a { type: object, properties: { a: *a } }`, /^circular\/schema\.yaml: .*circular/],
    ['no-payload', TITLED, /^no-payload\/schema\.yaml: payload is missing\.$/],
    ['text', `${TITLED}payload: { type: string }`, /payload must be a schema of type object\.$/],
    ['key', `${TITLED}payload: { type: object }\ntimeout: 3`, /timeout is unknown\.$/],
    ['version', 'title: T\nversion: 1.5\npayload: { type: object }', /version must be a whole number from 1\.$/],
    ['keyword', `${TITLED}payload: { type: object, propertis: {} }`, /payload: .*unknown keyword: "propertis"\.$/],
    ['format', `${TITLED}payload: { type: object, properties: { a: { type: string, format: phone } } }`, /"phone"/],
    ['ref', `${TITLED}payload: { type: object, properties: { a: { $ref: '../x.yaml' } } }`, /\$ref is not supported/],
    ['defs', `${TITLED}payload: { type: object, $defs: {} }`, /\$defs is not supported/],
    [
      'unique',
      `${TITLED}payload: { type: object, properties: { a: { type: array, uniqueItems: true } } }`,
      /uniqueItems/,
    ],
    [
      'example',
      `${TITLED}payload: { type: object, properties: { a: { type: string } } }\nexamples: [{ summary: s, payload: { a: 1 } }]`,
      /examples\[0\]\.payload does not fit its schema: \/a must be string\.$/,
    ],
    [
      'slow',
      `${TITLED}payload: { type: object, properties: { pattern: { type: array, items: { type: string, pattern: '^(a+)+$' } } } }`,
      /^slow\/schema\.yaml: payload\.properties\.pattern\.items: the pattern \^\(a\+\)\+\$ can take exponential time: /,
    ],
    [
      'slow-names',
      `${TITLED}payload: { type: object }\nresult: { type: object, patternProperties: { '_+$': { type: string } } }`,
      /result\.patternProperties: the pattern _\+\$ can take time that grows with the power 2 of the text: /,
    ],
    ['Shout', `${TITLED}payload: { type: object }`, /^Shout: a type is named with a-z, 0-9 and -/],
    ['simulate', `${TITLED}payload: { type: object }`, /^simulate is the name of a built-in type: rename the folder/],
  ];

  test('names the fault of every type that cannot be used, and goes on with the others', async () => {
    for (const [name, schema] of FAULTS) write(`${name}/schema.yaml`, schema);
    write('no-schema/handler.ts', '');
    write('send-mail/schema.yaml', MAIL);
    const { files, faulty } = await generated();
    const problems = Object.fromEntries(faulty.map(({ type, problem }) => [type, problem]));
    for (const [name, , problem] of FAULTS) expect.soft(problems[name], name).toMatch(problem);
    expect(problems['no-schema']).toBe('no-schema/schema.yaml is missing.');
    expect(faulty).toHaveLength(FAULTS.length + 1);
    const table = JSON.parse(files['types.json']!) as { types: { type: string }[] };
    expect(table.types.map(({ type }) => type)).toEqual(['send-mail']);
    expect(JSON.stringify(table)).not.toContain(tasksDir);
  });

  test('names schemas so that no type is kept out by the contract or by another type', async () => {
    for (const name of ['batch', 'a1-2', 'a12', 'x--y-']) write(`${name}/schema.yaml`, MAIL);
    const { files, faulty } = await generated();
    expect(faulty).toEqual([]);
    for (const name of ['BatchTypePayload', 'A12Payload', 'A12TypePayload', 'XYPayload']) {
      expect(files['openapi.json']).toContain(`"${name}"`);
    }
  });

  test('takes a folder for a type when it has a schema or a handler, and no other', () => {
    for (const path of [
      'b/schema.yaml',
      'a/handler.ts',
      'lib/code.ts',
      '.git/schema.yaml',
      'node_modules/schema.yaml',
    ]) {
      write(path, '');
    }
    write('schema.yaml', '');
    symlinkSync('loop', join(tasksDir, 'loop'));
    symlinkSync('gone', join(tasksDir, 'dangling'));
    expect(ownTypeNames(tasksDir)).toEqual(['a', 'b']);
  });

  test('says of a file that it is no folder of types', () => {
    write('file', '');
    const env = { ...process.env, TASKS_DIR: join(tasksDir, 'file') };
    const generate = join(import.meta.dirname, 'generate.ts');
    const { status, stdout } = spawnSync(process.execPath, [generate, '--check'], { env, encoding: 'utf8' });
    expect(stdout).toContain(`TASKS_DIR must be a folder that exists; ${env.TASKS_DIR} is none.`);
    expect(status).toBe(1);
  });

  test('makes an installation without types, too', async () => {
    const { files } = await generated();
    expect(JSON.parse(files['types.json']!)).toEqual({ types: [], faulty: [] });
    expect(files['validators.mjs']).toContain('payloads = {}');
  });

  test('is stale after a change of a schema or a lost file, never after a change of a handler', async () => {
    write('send-mail/schema.yaml', MAIL);
    expect(isOwnStale({ tasksDir })).toBe(true);
    await generated();
    expect(isOwnStale({ tasksDir })).toBe(false);
    write('send-mail/handler.ts', 'export const run = () => undefined;');
    expect(isOwnStale({ tasksDir })).toBe(false);
    write('send-mail/schema.yaml', MAIL.replace('version: 2', 'version: 3'));
    expect(isOwnStale({ tasksDir })).toBe(true);
    await generated();
    rmSync(join(tasksDir, '.holdfast/validators.mjs'));
    expect(isOwnStale({ tasksDir })).toBe(true);
  });

  test('gives the same bytes for the same sources', async () => {
    write('send-mail/schema.yaml', MAIL);
    expect(await generated()).toEqual(await generated());
    expect(readFileSync(join(tasksDir, '.holdfast/handler.ts'), 'utf8')).not.toContain('generated/');
  });
});
