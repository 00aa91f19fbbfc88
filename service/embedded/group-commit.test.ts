import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { GroupCommit } from './group-commit.ts';
import type { Sqlite } from './sqlite.ts';
import { openDatabase } from './sqlite.ts';
import { newDataDir } from '../testing/given-storage.ts';

let dataDir: string;
let sqlite: Sqlite;
let other: DatabaseSync;
let commits: GroupCommit;
let sizes: number[];
let broken: unknown[];

beforeEach(() => {
  dataDir = newDataDir();
  sqlite = openDatabase(dataDir);
  sqlite.database.exec('CREATE TABLE note (text TEXT NOT NULL UNIQUE)');
  other = new DatabaseSync(join(dataDir, 'ledger.sqlite'));
  [sizes, broken] = [[], []];
  commits = new GroupCommit(sqlite, {
    onBroken: (error) => broken.push(error),
    onCommit: (items) => sizes.push(items),
  });
});
afterEach(() => {
  other.close();
  sqlite.close();
  rmSync(dataDir, { recursive: true });
});

const insert = (text: string | null): string => {
  sqlite.run('INSERT INTO note VALUES (?)', text);
  return `wrote ${text}`;
};
const write = (...texts: (string | null)[]) => commits.write(texts, insert);
const onDisk = () =>
  other
    .prepare('SELECT text FROM note ORDER BY rowid')
    .all()
    .map(({ text }) => text);
/** As node:sqlite reports it. */
const sqliteError = (errcode: number) => Object.assign(new Error('from below'), { code: 'ERR_SQLITE_ERROR', errcode });

const FOR_NOW = { kind: 'failed', retryable: true };

test('all writes of one turn share one commit, in the order of their calls', async () => {
  const answers = await Promise.all([write('a', 'b'), write('c'), write(), write('d')]);
  expect(answers).toEqual([['wrote a', 'wrote b'], ['wrote c'], [], ['wrote d']]);
  expect(sizes).toEqual([4]);
  expect(onDisk()).toEqual(['a', 'b', 'c', 'd']);
});

test('an answer is given only after the commit, and what it sets off goes into the next [S1]', async () => {
  const seen = [write('a'), write('b')].map(async (written) => {
    await written;
    const before = onDisk();
    await write(`after ${before.length}`);
    return before;
  });
  expect(await Promise.all(seen)).toEqual([
    ['a', 'b'],
    ['a', 'b'],
  ]);
  expect(sizes[0]).toBe(2);
});

test('an item that fails touches no other, of its own call or of another', async () => {
  const answers = await Promise.all([write('a', null, 'b'), write('a'), write('c')]);
  const failed = { kind: 'failed', retryable: false };
  expect(answers).toEqual([['wrote a', failed, 'wrote b'], [failed], ['wrote c']]);
  expect(onDisk()).toEqual(['a', 'b', 'c']);
  expect(broken).toEqual([]);
});

test('on a full disk nothing is answered as written, and it heals by itself', async () => {
  const { page_count: pages } = sqlite.database.prepare('PRAGMA page_count').get() as { page_count: number };
  sqlite.database.exec(`PRAGMA max_page_count = ${pages}`);
  expect(await write('small', 'x'.repeat(100_000))).toEqual([FOR_NOW, FOR_NOW]);
  expect(onDisk()).toEqual([]);
  sqlite.database.exec('PRAGMA max_page_count = 1000000');
  expect(await write('later')).toEqual(['wrote later']);
  expect(broken).toEqual([]);
});

test.each([
  ['an I/O error', 10],
  ['a failed sync', 1034],
  ['a corrupt file', 11],
  ['a read-only disk', 8],
])('%s is reported once, answers nothing as written and refuses every later write [S1]', async (_, errcode) => {
  const error = sqliteError(errcode);
  const first = write('a');
  const second = commits.write(['b', 'c'], () => {
    throw error;
  });
  expect(await Promise.all([first, second, write('d')])).toEqual([[FOR_NOW], [FOR_NOW, FOR_NOW], [FOR_NOW]]);
  expect(await write('e')).toEqual([FOR_NOW]);
  expect(onDisk()).toEqual([]);
  expect(broken).toEqual([error]);
});

test('closing commits what waits, and refuses what comes later', async () => {
  const waiting = write('a');
  commits.close();
  expect(onDisk()).toEqual(['a']);
  expect(await waiting).toEqual(['wrote a']);
  expect(await write('b')).toEqual([FOR_NOW]);
});
