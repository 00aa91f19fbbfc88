import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunOutcome } from '../core/ports.ts';
import { FINE, GivenPool, isAlive, SIMULATE, until } from '../testing/given-pool.ts';
import type { Pool } from './pool.ts';
import type { LoadedType } from './worker-messages.ts';

const NEIGHBOUR: RunOutcome = { kind: 'gone', cause: 'neighbour' };
const TIMES = { withinMs: 60_000, againMs: 100 };
const NEVER_AGAIN = { ...TIMES, againMs: 60_000 };

let given: GivenPool;
beforeEach(() => void (given = new GivenPool()));
afterEach(() => given.close());

const problemOf = (pool: Pool, name: string): string | undefined => {
  const loaded = pool.types.get(name);
  return loaded && 'error' in loaded ? loaded.error : undefined;
};

/** Fails at its import as long as the file is not there. */
const needs = (file: string, failing: string): string =>
  `import { existsSync } from 'node:fs'; if (!existsSync(${JSON.stringify(file)})) ${failing}; ${FINE}`;

describe('types of anybody’s making', () => {
  const BROKEN: Readonly<Record<string, readonly [string, string]>> = {
    absent: ['import "./gone.mjs";', "Cannot find module 'absent/gone.mjs' imported from absent/handler.mjs."],
    uninstalled: ['import "nowhere";', "Cannot find package 'nowhere' imported from uninstalled/handler.mjs."],
    throws: ['\n\nthrow new Error("no /etc/keys/mail.txt");', 'throws/handler.mjs:3: no keys/mail.txt.'],
    silent: ['export const policy = {};', 'silent/handler.mjs exports no function named run.'],
    misspelt: [
      `${FINE} export const policy = { backoff: { base: 1 } };`,
      'policy.backoff.base is unknown; there are floorSeconds, baseSeconds, capSeconds.',
    ],
    wrong: [
      `${FINE} export const policy = { maxAttempts: 0 };`,
      'policy.maxAttempts must be a positive whole number, not 0.',
    ],
    exits: [
      'process.exit(3);',
      'exits: its process ended with code 3 while its handler loaded; what it printed is in the log at LOG_LEVEL=debug.',
    ],
    late: [
      `setTimeout(() => process.abort(), 1); ${FINE}`,
      'late: its process ended with signal SIGABRT while its handler loaded; what it printed is in the log at LOG_LEVEL=debug.',
    ],
  };

  it('are listed with what keeps them from loading, without a path of this machine, and the others run', async () => {
    const ownTypeFolders = Object.entries(BROKEN).map(([name, [source]]) => given.type(name, source));
    ownTypeFolders.push(given.type('fine', `${FINE} export const policy = { payloadVersions: [1, 2] };`));
    const pool = await given.open({ ownTypeFolders, probeTimes: NEVER_AGAIN });
    const problems = Object.keys(BROKEN).map((name) => [name, problemOf(pool, name)]);
    expect(problems).toEqual(Object.entries(BROKEN).map(([name, [, problem]]) => [name, problem]));
    expect(pool.versionsOf('fine')).toEqual([1, 2]);
    expect(pool.workersReady).toBe(1);
    for (const isolated of [false, true]) {
      expect(await given.run('fine', {}, { isolated })).toMatchObject({ kind: 'succeeded' });
      expect(await given.run('simulate', { failureRate: 0 }, { isolated })).toMatchObject({ kind: 'succeeded' });
    }
  });

  it('keep no worker from starting while they hang or loop at their import', async () => {
    const hanging = { hangs: 'await new Promise(() => undefined);', loops: 'for (;;);' };
    const ownTypeFolders = Object.entries(hanging).map(([name, source]) => given.type(name, source));
    const pool = await given.open({ ownTypeFolders, probeTimes: { ...NEVER_AGAIN, withinMs: 1_000 } });
    for (const name of ['hangs', 'loops']) {
      expect(problemOf(pool, name)).toBe(`${name}: its handler did not load within 1 s.`);
    }
    await until(() => pool.workersReady === 1);
    expect(await given.run('simulate', { failureRate: 0 })).toMatchObject({ kind: 'succeeded' });
  });

  it('name file and line of what Node cannot read', async () => {
    const folder = given.type('typed', FINE);
    writeFileSync(join(folder, 'handler.ts'), 'export const run = () => {\n  return 1 1;\n};\n');
    const other = given.type('enums', FINE);
    writeFileSync(join(other, 'handler.ts'), 'enum Colour { Red }\nexport const run = () => Colour.Red;\n');
    const pool = await given.open({ ownTypeFolders: [folder, other], probeTimes: NEVER_AGAIN });
    expect(problemOf(pool, 'typed')).toMatch(/^typed\/handler\.ts:2: SyntaxError: /);
    expect(problemOf(pool, 'enums')).toMatch(/^enums\/handler\.ts:1: SyntaxError: .*enum is not supported/);
  });

  it('say of a linked folder that it is one when what it imports is not where it points', async () => {
    for (const folder of ['elsewhere', 'types']) given.type(folder, '');
    const target = given.type('elsewhere/mail', "import '../.holdfast/handler.ts';");
    const link = join(given.folder, 'types/mail');
    symlinkSync(target, link);
    const pool = await given.open({ ownTypeFolders: [link], probeTimes: NEVER_AGAIN });
    expect(problemOf(pool, 'mail')).toBe(
      "Cannot find module '.holdfast/handler.ts' imported from mail/handler.mjs. " +
        'mail is a link: its imports are resolved from where it points.',
    );
  });

  it('run again when they are repaired, without a restart', async () => {
    const cure = join(given.folder, 'cure');
    const pool = await given.open({
      ownTypeFolders: [given.type('ill', needs(cure, 'process.exit(1)'))],
      probeTimes: TIMES,
    });
    expect(pool.versionsOf('ill')).toBeUndefined();
    writeFileSync(cure, '');
    await until(() => pool.versionsOf('ill') !== undefined);
    expect(await given.run('ill', {})).toMatchObject({ kind: 'succeeded' });
  });

  it('run again when their handler names the version of their schema, without a restart, and never by an old one', async () => {
    const versions = join(given.folder, 'versions');
    writeFileSync(versions, '[1]');
    const source = `import { readFileSync } from 'node:fs';
      export const policy = { payloadVersions: JSON.parse(readFileSync(${JSON.stringify(versions)}, 'utf8')) };
      export const run = () => ({ versions: policy.payloadVersions });`;
    const isUsable = (loaded: LoadedType) => 'policy' in loaded && loaded.payloadVersions.includes(2);
    const pool = await given.open({ ownTypeFolders: [given.type('mail', source)], isUsable, probeTimes: TIMES });
    expect(pool.versionsOf('mail')).toEqual([1]);
    const ofOne = { kind: 'succeeded', result: '{"versions":[1]}' };
    expect(await given.run('mail', {})).toEqual(ofOne);
    writeFileSync(versions, '[1,2]');
    await until(() => pool.versionsOf('mail')!.includes(2));
    expect(await given.run('mail', {})).toEqual(ofOne);
    expect(await given.run('mail', {}, { payloadVersion: 2 })).toEqual(NEIGHBOUR);
    await until(() => pool.versionsOf('mail')!.includes(2) && pool.workersReady === 1);
    expect(await given.run('mail', {}, { payloadVersion: 2 })).toMatchObject({ result: '{"versions":[1,2]}' });
  });

  it('charge nobody when a worker cannot load what a probe could, and are judged again', async () => {
    const present = join(given.folder, 'present');
    writeFileSync(present, '');
    const folder = given.type('fickle', needs(present, 'throw new Error("away")'));
    const pool = await given.open({ ownTypeFolders: [folder], probeTimes: TIMES });
    writeFileSync(
      join(folder, 'handler.mjs'),
      readFileSync(join(folder, 'handler.mjs'), 'utf8').replace(present, `${present}2`),
    );
    expect(await given.run('fickle', {})).toEqual(NEIGHBOUR);
    expect(problemOf(pool, 'fickle')).toBe('fickle/handler.mjs:1: away.');
    writeFileSync(`${present}2`, '');
    await until(() => pool.versionsOf('fickle') !== undefined && pool.workersReady === 1);
    expect(await given.run('fickle', {})).toMatchObject({ kind: 'succeeded' });
  });

  it('leave no process behind when the pool stops while one of them hangs', async () => {
    const file = join(given.folder, 'pid');
    writeFileSync(file, '');
    const source = `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(file)}, String(process.pid)); for (;;);`;
    void given.open({ typeFolders: [SIMULATE], ownTypeFolders: [given.type('loops', source)] });
    await until(() => readFileSync(file, 'utf8') !== '');
    await given.pool!.stop();
    await until(() => !isAlive(Number(readFileSync(file, 'utf8'))));
  });
});
