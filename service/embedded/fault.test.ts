import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newDataDir } from '../testing/given-storage.ts';
import type { Fault } from './fault.ts';
import { faultOf, isBusy } from './fault.ts';

let dataDir: string;
let database: DatabaseSync;
let other: DatabaseSync;

const open = (file = 'ledger.sqlite', options = {}) =>
  new DatabaseSync(join(dataDir, file), { timeout: 0, ...options });
const insert = (text: unknown) => database.prepare('INSERT INTO note (text) VALUES (?)').run(text as string);

beforeEach(() => {
  dataDir = newDataDir();
  database = open();
  database.exec(
    'PRAGMA journal_mode = WAL; CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT',
  );
  insert('a');
  other = open();
});
afterEach(() => {
  other.close();
  database.close();
  rmSync(dataDir, { recursive: true });
});

function insertUnder(setting: string, text: string): void {
  database.exec(setting);
  insert(text);
}

function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was thrown.');
}

const ATTEMPTS: readonly (readonly [Fault, string, () => unknown])[] = [
  ['item', 'a value that is there already', () => insert('a')],
  ['item', 'no value where one must be', () => insert(null)],
  ['item', 'a value of another kind', () => insert(new Uint8Array(3))],
  ['item', 'a key that is no number', () => database.exec("INSERT INTO note (id) VALUES ('x')")],
  ['item', 'a value that is too large', () => database.prepare('SELECT zeroblob(2000000000)').get()],
  ['item', 'a statement that is none', () => database.exec('SELEKT')],
  ['item', 'one value too many', () => database.prepare('SELECT ?').get(1, 2)],
  ['item', 'a number that no column can hold', () => database.prepare('SELECT ?').get(2n ** 70n)],
  [
    'passing',
    'somebody else who writes',
    () => {
      other.exec('BEGIN IMMEDIATE');
      database.exec('BEGIN IMMEDIATE');
    },
  ],
  [
    'passing',
    'somebody else who has written since it began to read',
    () => {
      database.exec('BEGIN; SELECT * FROM note');
      other.exec("INSERT INTO note (text) VALUES ('b')");
      insert('c');
    },
  ],
  [
    'passing',
    'a table that is read',
    () => {
      const rows = database.prepare('SELECT * FROM note').iterate();
      rows.next();
      database.exec('DROP TABLE note');
    },
  ],
  ['passing', 'a file that cannot grow', () => insertUnder('PRAGMA max_page_count = 1', 'x'.repeat(100_000))],
  ['passing', 'a file that cannot be opened', () => open('absent/ledger.sqlite')],
  ['lasting', 'a database that may only be read', () => insertUnder('PRAGMA query_only = 1', 'b')],
  ['lasting', 'a file that is no database', () => readDamaged(Buffer.alloc(PAGE_BYTES * 2, 'x'))],
  ['lasting', 'a database with a page that makes no sense', () => readDamaged(withoutSecondPage())],
];

const PAGE_BYTES = 4_096;

/** Where the table of a small database begins. */
function withoutSecondPage(): Buffer {
  database.exec(`VACUUM INTO '${join(dataDir, 'copy.sqlite')}'`);
  return readFileSync(join(dataDir, 'copy.sqlite')).fill(0xff, PAGE_BYTES, PAGE_BYTES * 2);
}

function readDamaged(content: Buffer): void {
  writeFileSync(join(dataDir, 'damaged.sqlite'), content);
  const damaged = open('damaged.sqlite');
  try {
    damaged.prepare('SELECT * FROM note').all();
  } finally {
    damaged.close();
  }
}

test.for(ATTEMPTS)('%s: %s', ([fault, , attempt]) => {
  expect(faultOf(thrownBy(attempt))).toBe(fault);
});

/** As node:sqlite reports what only a bad disk, no memory or another process would bring about. */
const reported = (errcode: number) => Object.assign(new Error('from below'), { code: 'ERR_SQLITE_ERROR', errcode });

/** Names and numbers as on https://sqlite.org/rescode.html */
const CODES: readonly (readonly [Fault, string, number])[] = [
  ['passing', 'NOMEM', 7],
  ['passing', 'PROTOCOL', 15],
  ['passing', 'BUSY_RECOVERY', 261],
  ['passing', 'LOCKED_SHAREDCACHE', 262],
  ['passing', 'CANTOPEN_FULLPATH', 782],
  ['passing', 'IOERR_SHMSIZE', 4874],
  ['lasting', 'IOERR', 10],
  ['lasting', 'IOERR_READ', 266],
  ['lasting', 'IOERR_WRITE', 778],
  ['lasting', 'IOERR_FSYNC', 1034],
  ['lasting', 'IOERR_SHMMAP', 5386],
  ['lasting', 'READONLY_DBMOVED', 1032],
  ['lasting', 'CORRUPT_INDEX', 779],
  ['item', 'CONSTRAINT_FOREIGNKEY', 787],
];

test.for(CODES)('%s: SQLITE_%s', ([fault, , errcode]) => {
  expect(faultOf(reported(errcode))).toBe(fault);
});

test('an error that is not of SQLite is the fault of the item that met it', () => {
  for (const error of [new Error('of ours'), new TypeError('x'), 'words', undefined, { errcode: 13 }])
    expect(faultOf(error)).toBe('item');
});

test('only who is held up by another writer is busy', () => {
  other.exec('BEGIN IMMEDIATE');
  expect(isBusy(thrownBy(() => database.exec('BEGIN IMMEDIATE')))).toBe(true);
  expect([261, 517].map((errcode) => isBusy(reported(errcode)))).toEqual([true, true]);
  expect([6, 8, 13, 14, 19].map((errcode) => isBusy(reported(errcode)))).toEqual(Array(5).fill(false));
});
