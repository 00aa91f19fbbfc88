import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { migrate, STEPS, UnusableDataDir } from './schema.ts';
import { openDatabase } from './sqlite.ts';
import { newDataDir } from '../testing/given-storage.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = newDataDir();
});
afterEach(() => {
  rmSync(dataDir, { recursive: true });
});

/** Opens, writes one entry, and says so when the write was answered. */
const SERVER = `
  const { openStorage } = await import(process.argv[1]);
  const clock = { nowMs: Date.now, monotonicMs: Date.now, timer: (ms, run) => { setTimeout(run, ms); } };
  const { keyValue } = openStorage({ dataDir: process.argv[2], clock, onBroken: () => process.abort() });
  await keyValue.swap('kept', 0, { value: 'yes' });
  console.log('answered');
`;

async function runningServer() {
  const storage = new URL('./storage.ts', import.meta.url).href;
  const server = spawn(process.execPath, ['--input-type=module', '-e', SERVER, storage, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(server.stdout, 'data');
  return server;
}

describe('the data folder', () => {
  test('refuses a second server while the first lives, in words', async () => {
    const server = await runningServer();
    try {
      expect(() => openDatabase(dataDir)).toThrow(UnusableDataDir);
      expect(() => openDatabase(dataDir)).toThrow(
        `Another Holdfast server is using the data folder ${dataDir}. Stop it, or set DATA_DIR to another folder.`,
      );
    } finally {
      server.kill('SIGKILL');
      await once(server, 'exit');
    }
  });

  test('is free at once after a SIGKILL, and holds every write that was answered [S1]', async () => {
    const server = await runningServer();
    server.kill('SIGKILL');
    await once(server, 'exit');
    const sqlite = openDatabase(dataDir);
    expect(sqlite.row('SELECT value FROM key_value WHERE key = ?', 'kept')).toEqual(['"yes"']);
    sqlite.close();
  });

  test('is free after close, also in the same process', () => {
    const first = openDatabase(dataDir);
    expect(() => openDatabase(dataDir)).toThrow('Another Holdfast server');
    first.close();
    openDatabase(dataDir).close();
  });

  test('with something else in it is refused in words, and not kept locked', () => {
    writeFileSync(join(dataDir, 'ledger.sqlite'), 'not a database, but long enough to be looked at as one'.repeat(30));
    const sentence = `The data folder ${dataDir} cannot be used: file is not a database.`;
    expect(() => openDatabase(dataDir)).toThrow(sentence);
    expect(() => openDatabase(dataDir)).toThrow(sentence);
  });
});

describe('the schema', () => {
  const STEP_ONE = 'CREATE TABLE note (text TEXT)';
  const STEP_TWO = "ALTER TABLE note ADD COLUMN language TEXT; UPDATE note SET language = 'en'";
  const versionOf = (database: DatabaseSync) => database.prepare('PRAGMA user_version').get()?.user_version;

  test('of an older version is brought up to date with its data, and only once', () => {
    const database = new DatabaseSync(':memory:');
    migrate(database, [STEP_ONE]);
    database.exec("INSERT INTO note VALUES ('old')");
    migrate(database, [STEP_ONE, STEP_TWO]);
    migrate(database, [STEP_ONE, STEP_TWO]);
    expect(database.prepare('SELECT * FROM note').all()).toMatchObject([{ text: 'old', language: 'en' }]);
    expect(versionOf(database)).toBe(2);
  });

  test('of before the tenants keeps the secret of the cursors under its new key', () => {
    const database = new DatabaseSync(':memory:');
    migrate(database, STEPS.slice(0, 3));
    database.exec(
      `INSERT INTO key_value VALUES ('http/cursor-secret', 1, NULL, '"s"'), ('engine/sweeps', 7, NULL, '{}')`,
    );
    migrate(database);
    const entries = database.prepare('SELECT key, version, value FROM key_value ORDER BY key').all();
    expect(entries).toMatchObject([
      { key: 'installation/cursor-secret', version: 1, value: '"s"' },
      { key: 'installation/sweeps', version: 7 },
    ]);
  });

  test('stays at the old version when a step fails', () => {
    const database = new DatabaseSync(':memory:');
    migrate(database, [STEP_ONE]);
    expect(() => migrate(database, [STEP_ONE, `${STEP_TWO}; SELECT nonsense`])).toThrow('nonsense');
    expect(versionOf(database)).toBe(1);
  });

  test('of a newer version is refused, in words', () => {
    openDatabase(dataDir).close();
    const database = new DatabaseSync(join(dataDir, 'ledger.sqlite'));
    database.exec(`PRAGMA user_version = ${STEPS.length + 1}`);
    database.close();
    expect(() => openDatabase(dataDir)).toThrow(/The data is of version \d+ .* Start the newer Holdfast that wrote it/);
  });
});
