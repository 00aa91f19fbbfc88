import { describe, expect, it } from 'vitest';
import type { KeyValue } from '../core/ports.ts';
import { LedgerUnavailable } from '../core/ports.ts';
import { Cursors } from './cursor.ts';
import { simulatedHouse } from './simulated-house.ts';

const LIST = { operation: 'listTasks', tenant: 'alpha', filter: { type: 'simulate', tag: 'a' } };
const refused = expect.objectContaining({ name: 'Refusal', code: 'invalid-cursor' }) as unknown;
const { ports } = simulatedHouse().house.desk;
const cursorsOn = (keyValue: Partial<KeyValue> = {}): Cursors =>
  new Cursors({ random: ports.random, keyValue: { ...simulatedHouse().house.desk.ports.keyValue, ...keyValue } });

describe('a cursor', () => {
  it('of another tenant is refused [S14]', async () => {
    const cursors = cursorsOn();
    const cursor = await cursors.seal('position', LIST);
    expect(await cursors.open(cursor, LIST)).toBe('position');
    await expect(cursors.open(cursor, { ...LIST, tenant: 'beta' })).rejects.toEqual(refused);
  });

  it('shows nothing of its position, not even how long it is, for it counts the tasks of all tenants [S14]', async () => {
    const cursors = cursorsOn();
    const sealed = await Promise.all(['mb3k2f00.1', 'mb3k2f00.zzzzzz'].map((each) => cursors.seal(each, LIST)));
    for (const cursor of sealed) expect(Buffer.from(cursor, 'base64url').toString('latin1')).not.toContain('mb3k2f00');
    expect(sealed[0]).toHaveLength(sealed[1]!.length);
    expect(await cursors.open(sealed[1]!, LIST)).toBe('mb3k2f00.zzzzzz');
  });

  it('with any bit flipped, and cut or longer by a byte, is refused', async () => {
    const cursors = cursorsOn();
    const bytes = Buffer.from(await cursors.seal('position', LIST), 'base64url');
    const changed = Array.from(bytes, (_, i) => bytes.with(i, bytes[i]! ^ (1 << (i % 8))));
    for (const each of [...changed, bytes.subarray(0, -1), Buffer.concat([bytes, Buffer.alloc(1)])]) {
      await expect(cursors.open(Buffer.from(each).toString('base64url'), LIST)).rejects.toEqual(refused);
    }
  });

  it('belongs to its list in whatever order the parameters come', async () => {
    const cursors = cursorsOn();
    const cursor = await cursors.seal('position', LIST);
    expect(await cursors.open(cursor, { ...LIST, filter: { tag: 'a', type: 'simulate' } })).toBe('position');
  });

  it.each([0, 1, 15, 16])('of %i bytes is refused', async (sizeBytes) => {
    const cursor = Buffer.alloc(sizeBytes).toString('base64url');
    await expect(cursorsOn().open(cursor, LIST)).rejects.toEqual(refused);
  });
});

describe('the secret of the cursors', () => {
  it('is asked for again after a fault', async () => {
    let faults = 1;
    const get = () => (faults-- > 0 ? Promise.reject(new LedgerUnavailable('Not now.')) : Promise.resolve(undefined));
    const cursors = cursorsOn({ get });
    await expect(cursors.seal('position', LIST)).rejects.toBeInstanceOf(LedgerUnavailable);
    expect(await cursors.open(await cursors.seal('position', LIST), LIST)).toBe('position');
  });

  it("is the winner's for whoever made one at the same time", async () => {
    const { keyValue } = simulatedHouse().house.desk.ports;
    const [one, other] = [new Cursors({ ...ports, keyValue }), new Cursors({ ...ports, keyValue })];
    const [cursor] = await Promise.all([one.seal('position', LIST), other.seal('position', LIST)]);
    expect(await other.open(cursor, LIST)).toBe('position');
  });

  it('that could not be stored seals nothing', async () => {
    const cursors = cursorsOn({ swap: () => Promise.resolve({ kind: 'failed', retryable: true }) });
    await expect(cursors.seal('position', LIST)).rejects.toBeInstanceOf(LedgerUnavailable);
  });
});
