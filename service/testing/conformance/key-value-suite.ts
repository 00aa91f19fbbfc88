/** What every key-value must do. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EngineUnderTest, OpenEngine } from './engine-under-test.ts';

let engine: EngineUnderTest;
const names = async (prefix: string, limit: number, after?: string) =>
  (await engine.keyValue.list(prefix, limit, after)).map(({ key }) => key);

function swapping(): void {
  test('a value is created once, then changed only under its version', async () => {
    const { keyValue } = engine;
    expect(await keyValue.swap('k', 0, { value: { a: [1, 'ü', null] } })).toEqual({ kind: 'swapped', version: 1 });
    expect(await keyValue.swap('k', 0, { value: 'late' })).toEqual({ kind: 'conflict' });
    expect(await keyValue.swap('k', 1, { value: 'new' })).toEqual({ kind: 'swapped', version: 2 });
    expect(await keyValue.get('k')).toEqual({ value: 'new', version: 2 });
    expect(await keyValue.get('other')).toBeUndefined();
  });

  test('of many swaps at once one wins', async () => {
    const results = await Promise.all([1, 2, 3, 4, 5].map((value) => engine.keyValue.swap('k', 0, { value })));
    expect(results.filter(({ kind }) => kind === 'swapped')).toHaveLength(1);
  });

  test('undefined deletes, and only under the version', async () => {
    await engine.keyValue.swap('k', 0, { value: 1 });
    expect(await engine.keyValue.swap('k', 7, { value: undefined })).toEqual({ kind: 'conflict' });
    await engine.keyValue.swap('k', 1, { value: undefined });
    expect(await engine.keyValue.get('k')).toBeUndefined();
    expect(await names('', 10)).toEqual([]);
  });

  test('past its purge time an entry is absent and may be created anew', async () => {
    await engine.keyValue.swap('k', 0, { value: 1, purgeAtMs: engine.nowMs() + 100 });
    await engine.pass(101);
    expect(await engine.keyValue.get('k')).toBeUndefined();
    expect(await names('', 10)).toEqual([]);
    expect(await engine.keyValue.swap('k', 0, { value: 2 })).toMatchObject({ kind: 'swapped' });
  });
}

function addingAndListing(): void {
  test('counters add up, whoever is first', async () => {
    const adds = [1, 2, 3].map((n) => engine.keyValue.add('c', { a: n, b: 1 }));
    expect(await Promise.all(adds)).toEqual(['added', 'added', 'added']);
    expect((await engine.keyValue.get('c'))?.value).toEqual({ a: 6, b: 3 });
  });

  test('a list is in key order, below its prefix, page by page', async () => {
    for (const key of ['a/3', 'b/1', 'a/1', 'a/2']) await engine.keyValue.swap(key, 0, { value: key });
    expect(await names('a/', 2)).toEqual(['a/1', 'a/2']);
    expect(await names('a/', 2, 'a/2')).toEqual(['a/3']);
    expect((await engine.keyValue.list('b/', 5))[0]?.stored).toEqual({ value: 'b/1', version: 1 });
  });

  test('a prefix is taken to the letter', async () => {
    for (const key of ['a_b', 'aXb', 'a%', 'A_b']) await engine.keyValue.swap(key, 0, { value: 1 });
    expect(await names('a_', 10)).toEqual(['a_b']);
    expect(await names('a%', 10)).toEqual(['a%']);
  });
}

export function keyValueSuite(name: string, open: OpenEngine): void {
  describe(`${name}: key-value`, () => {
    beforeEach(async () => {
      engine = await open();
    });
    afterEach(() => engine.close());
    swapping();
    addingAndListing();
  });
}
