import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import { installationKey, installationPrefix, tenantKey, tenantPrefix } from '../core/entry-keys.ts';
import type { KeyValue } from '../core/ports.ts';
import { LedgerUnavailable } from '../core/ports.ts';
import { keyValueSuite } from '../testing/conformance/key-value-suite.ts';
import type { GivenDynamo } from '../testing/given-dynamo.ts';
import { between, givenDynamo } from '../testing/given-dynamo.ts';
import { openKeyValue } from './dynamo-key-value.ts';

const KEY = tenantKey('alpha', 'kind', 'one');

let given: GivenDynamo;
let keyValue: KeyValue;

/** The answer of the first write on its way is lost, as at a time-out; `meanwhile` happens before the SDK repeats it. */
function loseFirstAnswer(meanwhile: () => Promise<unknown> = () => Promise.resolve()): void {
  between(given.table, async (tries) => {
    if (tries > 1) return;
    await meanwhile();
    throw Object.assign(new Error('no answer'), { name: 'TimeoutError' });
  });
}

function repeating(): void {
  test('a swap whose answer was lost is told that it has won', async () => {
    loseFirstAnswer();
    expect(await keyValue.swap(KEY, 0, { value: 1 })).toEqual({ kind: 'swapped', version: 1 });
    expect(await keyValue.get(KEY)).toEqual({ value: 1, version: 1 });
  });

  test('a swap that may have been won and lost again says so', async () => {
    loseFirstAnswer(() => keyValue.swap(KEY, 1, { value: 'theirs' }));
    expect(await keyValue.swap(KEY, 0, { value: 'ours' })).toEqual({ kind: 'failed', retryable: true });
  });

  test('of a deletion whose answer was lost nobody is told that it has won', async () => {
    await keyValue.swap(KEY, 0, { value: 'ticket' });
    loseFirstAnswer();
    expect(await keyValue.swap(KEY, 1, { value: undefined })).toEqual({ kind: 'failed', retryable: true });
    expect(await keyValue.get(KEY)).toBeUndefined();
  });
}

function storing(): void {
  test('a value that no item can hold is refused for good, the largest one is kept', async () => {
    const largest = 'x'.repeat(396 * 1024 - 2);
    expect(await keyValue.swap(KEY, 0, { value: `${largest}x` })).toEqual({ kind: 'failed', retryable: false });
    expect(await keyValue.swap(KEY, 0, { value: largest, purgeAtMs: given.time.nowMs + 1 })).toMatchObject({
      kind: 'swapped',
    });
    expect((await keyValue.get(KEY))?.value).toBe(largest);
  });

  test('a key that no item can have is refused for good', async () => {
    const long = tenantKey('alpha', 'kind', 'x'.repeat(1_024));
    expect(await keyValue.swap(long, 0, { value: 1 })).toEqual({ kind: 'failed', retryable: false });
    expect(await keyValue.add(long, { a: 1 })).toBe('failed');
  });

  test('counters add to a value that was swapped, and a swap replaces them', async () => {
    await keyValue.swap(KEY, 0, { value: { a: 1, b: 'text' } });
    await keyValue.add(KEY, { a: 2, c: 3 });
    expect(await keyValue.get(KEY)).toEqual({ value: { a: 3, b: 'text', c: 3 }, version: 2 });
    await keyValue.swap(KEY, 2, { value: { a: 5 } });
    expect(await keyValue.get(KEY)).toEqual({ value: { a: 5 }, version: 3 });
  });

  test('counters past their purge time begin anew', async () => {
    await keyValue.add(KEY, { a: 1 }, given.time.nowMs + 100);
    await given.time.play(() => false, given.time.nowMs + 100);
    expect(await keyValue.add(KEY, { b: 2 }, given.time.nowMs + 100)).toBe('added');
    expect(await keyValue.get(KEY)).toEqual({ value: { b: 2 }, version: 1 });
  });

  test('more counters than one expression holds are added', async () => {
    const many = Object.fromEntries(Array.from({ length: 450 }, (_, i) => [`counter ${i}`, i]));
    expect(await keyValue.add(KEY, many)).toBe('added');
    expect((await keyValue.get(KEY))?.value).toEqual(many);
  });

  test('the time of DynamoDB’s own deletion is in seconds, and never before the purge time', async () => {
    await keyValue.swap(KEY, 0, { value: 1, purgeAtMs: 1_800_000_000_001 });
    await keyValue.add(installationKey('sweeps'), { count: 1 }, 1_800_000_000_000);
    const { client, name: TableName } = given.table;
    const { Items } = await client.send(new ScanCommand({ TableName }));
    expect(Items?.map(({ ttl }) => ttl as number).sort()).toEqual([1_800_000_000, 1_800_000_001]);
  });
}

function listing(): void {
  test('a list passes over what is purged and goes on until its limit', async () => {
    const key = (i: number) => tenantKey('alpha', 'kind', `n${100 + i}`);
    for (let i = 0; i < 30; i += 1)
      await keyValue.swap(key(i), 0, { value: i, ...(i % 3 > 0 && { purgeAtMs: given.time.nowMs + 1 }) });
    await given.time.play(() => false, given.time.nowMs + 1);
    const values = async (limit: number, after?: number) =>
      (await keyValue.list(tenantPrefix('alpha', 'kind'), limit, after === undefined ? after : key(after))).map(
        ({ stored }) => stored.value,
      );
    expect(await values(3)).toEqual([0, 3, 6]);
    expect(await values(99, 20)).toEqual([21, 24, 27]);
  });

  test('a list goes on behind the megabyte that one answer holds', async () => {
    const value = 'x'.repeat(390 * 1024);
    for (let i = 0; i < 4; i += 1) await keyValue.swap(tenantKey('alpha', 'kind', i), 0, { value });
    expect(await keyValue.list(tenantPrefix('alpha', 'kind'), 10)).toHaveLength(4);
  });

  test('an entry is not below its own name, and a list of the installation shows the installation', async () => {
    await keyValue.swap(installationKey('kind'), 0, { value: 1 });
    await keyValue.swap(installationKey('kind', 'a', 'b'), 0, { value: 2 });
    await keyValue.swap(tenantKey('kind', 'kind', 'a'), 0, { value: 3 });
    const keys = await keyValue.list(installationPrefix('kind'), 10);
    expect(keys.map(({ key }) => key)).toEqual(['installation/kind/a/b']);
    expect(await keyValue.list(installationPrefix('kind'), 10, 'installation/kind0')).toEqual([]);
  });
}

for (const name of ['dynoxide', 'dynalite'] as const) {
  describe(name, () => {
    const open = givenDynamo(name);
    const none = new Proxy({} as never, {});
    keyValueSuite(`AWS engine on ${name}`, async () => {
      const { table, clock, time } = await open();
      const pass = (ms: number) => time.play(() => false, time.nowMs + ms);
      return {
        ...{ ledger: none, statistics: none, keyValue: openKeyValue({ table, clock }) },
        ...{ nowMs: () => time.nowMs, pass, close: () => Promise.resolve() },
      };
    });

    describe('key-value on DynamoDB', () => {
      beforeEach(async () => {
        given = await open();
        keyValue = openKeyValue(given);
      });
      repeating();
      storing();
      listing();

      test('what cannot be asked is unavailable, and a write that was not answered failed', async () => {
        const elsewhere = openKeyValue({ ...given, table: { ...given.table, name: 'absent' } });
        await expect(elsewhere.get(KEY)).rejects.toThrow(LedgerUnavailable);
        await expect(elsewhere.list(tenantPrefix('alpha', 'kind'), 1)).rejects.toThrow(LedgerUnavailable);
        expect(await elsewhere.swap(KEY, 0, { value: 1 })).toEqual({ kind: 'failed', retryable: true });
        expect(await elsewhere.add(KEY, { a: 1 })).toBe('failed');
      });
    });
  });
}
