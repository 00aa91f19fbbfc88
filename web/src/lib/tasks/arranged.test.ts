import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arranged } from './arranged.ts';

const anyKeys = fc.uniqueArray(fc.nat(999), { maxLength: 30 });
const keyOf = (taskId: string): string => taskId.slice(1).padStart(4, '0');

test('what comes and goes leaves a list that is whole and newest first', () => {
  fc.assert(
    fc.property(anyKeys, anyKeys, fc.nat(5), (listed, coming, every) => {
      const order = listed.map((key) => `a${key}`).sort((a, b) => (keyOf(a) < keyOf(b) ? 1 : -1));
      const arrivals = coming.map((key) => ({ taskId: `b${key}`, key: keyOf(`b${key}`) }));
      const gone = new Set(order.filter((_, index) => every > 0 && index % every === 0));
      const result = arranged({ order, arrivals, gone, keyOf });
      const expected = [...order.filter((id) => !gone.has(id)), ...arrivals.map(({ taskId }) => taskId)];
      expect([...result].sort()).toEqual(expected.sort());
      const keys = result.map(keyOf);
      expect(keys).toEqual([...keys].sort().reverse());
    }),
  );
});

test('among equals the last to come stands first, and the others stay as they stood', () => {
  const arrivals = ['b1', 'c1'].map((taskId) => ({ taskId, key: '1' }));
  const order = arranged({ order: ['a1', 'z1'], arrivals, gone: new Set(), keyOf: () => '1' });
  expect(order).toEqual(['c1', 'b1', 'a1', 'z1']);
});
