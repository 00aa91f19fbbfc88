/** What every key-value must do. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EntryKey, EntryPrefix } from '../../core/entry-keys.ts';
import { installationKey, tenantKey, tenantPrefix } from '../../core/entry-keys.ts';
import type { EngineUnderTest, OpenEngine } from './engine-under-test.ts';

let engine: EngineUnderTest;
const key = (name: string) => tenantKey('alpha', 'conformance', ...(name.split('/') as [string]));
const ALL = tenantPrefix('alpha', 'conformance');
const below = (name: string) => tenantPrefix('alpha', 'conformance', name);
/** Without what is common to all. */
const names = async (prefix: EntryPrefix, limit: number, after?: EntryKey) =>
  (await engine.keyValue.list(prefix, limit, after)).map((entry) => entry.key.slice(ALL.length));

function swapping(): void {
  test('a value is created once, then changed only under its version', async () => {
    const { keyValue } = engine;
    expect(await keyValue.swap(key('k'), 0, { value: { a: [1, 'ü', null] } })).toEqual({ kind: 'swapped', version: 1 });
    expect(await keyValue.swap(key('k'), 0, { value: 'late' })).toEqual({ kind: 'conflict' });
    expect(await keyValue.swap(key('k'), 1, { value: 'new' })).toEqual({ kind: 'swapped', version: 2 });
    expect(await keyValue.get(key('k'))).toEqual({ value: 'new', version: 2 });
    expect(await keyValue.get(key('other'))).toBeUndefined();
  });

  test('of many swaps at once one wins', async () => {
    const results = await Promise.all([1, 2, 3, 4, 5].map((value) => engine.keyValue.swap(key('k'), 0, { value })));
    expect(results.filter(({ kind }) => kind === 'swapped')).toHaveLength(1);
  });

  test('undefined deletes, and only under the version', async () => {
    await engine.keyValue.swap(key('k'), 0, { value: 1 });
    expect(await engine.keyValue.swap(key('k'), 7, { value: undefined })).toEqual({ kind: 'conflict' });
    await engine.keyValue.swap(key('k'), 1, { value: undefined });
    expect(await engine.keyValue.get(key('k'))).toBeUndefined();
    expect(await names(ALL, 10)).toEqual([]);
  });

  test('past its purge time an entry is absent and may be created anew', async () => {
    await engine.keyValue.swap(key('k'), 0, { value: 1, purgeAtMs: engine.nowMs() + 100 });
    await engine.pass(101);
    expect(await engine.keyValue.get(key('k'))).toBeUndefined();
    expect(await names(ALL, 10)).toEqual([]);
    expect(await engine.keyValue.swap(key('k'), 0, { value: 2 })).toMatchObject({ kind: 'swapped' });
  });
}

function addingAndListing(): void {
  test('counters add up, whoever is first', async () => {
    const adds = [1, 2, 3].map((n) => engine.keyValue.add(key('c'), { a: n, b: 1 }));
    expect(await Promise.all(adds)).toEqual(['added', 'added', 'added']);
    expect((await engine.keyValue.get(key('c')))?.value).toEqual({ a: 6, b: 3 });
  });

  test('a list is in key order, below its prefix, page by page', async () => {
    for (const name of ['a/3', 'b/1', 'a/1', 'a/2']) await engine.keyValue.swap(key(name), 0, { value: name });
    expect(await names(below('a'), 2)).toEqual(['a/1', 'a/2']);
    expect(await names(below('a'), 2, key('a/2'))).toEqual(['a/3']);
    expect((await engine.keyValue.list(below('b'), 5))[0]?.stored).toEqual({ value: 'b/1', version: 1 });
  });

  test('a prefix is taken to the letter', async () => {
    for (const name of ['a_b/1', 'aXb/1', 'A_b/1', 'a_b2/1', 'a_b-/1'])
      await engine.keyValue.swap(key(name), 0, { value: 1 });
    expect(await names(below('a_b'), 10)).toEqual(['a_b/1']);
  });

  test('a list shows nothing of another tenant, however it is called, and nothing of the installation [S14]', async () => {
    const keys = ['0', 'a', 'a-b', 'a0', 'aa', 'b'].flatMap((tenant) => [
      ...[tenantKey(tenant, 'kind', 'one'), tenantKey(tenant, 'a', 'kind', 'one'), tenantKey(tenant, 'kind2', 'one')],
    ]);
    for (const each of [...keys, installationKey('kind', 'one')]) await engine.keyValue.swap(each, 0, { value: 1 });
    const listed = await engine.keyValue.list(tenantPrefix('a', 'kind'), 10);
    expect(listed.map((entry) => entry.key)).toEqual(['tenant/a/kind/one']);
    const later = await engine.keyValue.list(tenantPrefix('a', 'kind'), 10, tenantKey('0', 'kind', 'one'));
    expect(later).toEqual(listed);
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
