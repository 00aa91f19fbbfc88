import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Sight } from './windowing.ts';
import { scrollTopFor, spanOf } from './windowing.ts';

const anySight: fc.Arbitrary<Sight> = fc.record({
  scrollTop: fc.double({ min: -50, max: 800_000, noNaN: true }),
  height: fc.integer({ min: 0, max: 2_000 }),
  rowHeight: fc.constantFrom(38, 58),
  count: fc.integer({ min: 0, max: 20_000 }),
});

test('every row in sight exists', () => {
  fc.assert(
    fc.property(anySight, fc.nat(2_000), (sight, offset) => {
      const row = Math.floor((Math.max(0, sight.scrollTop) + Math.min(offset, sight.height)) / sight.rowHeight);
      const { first, end } = spanOf(sight);
      if (row < sight.count) expect(row >= first && row < end).toBe(true);
    }),
  );
});

test('few rows exist beside those in sight, however long the list is', () => {
  fc.assert(
    fc.property(anySight, (sight) => {
      const { first, end } = spanOf(sight);
      expect(first).toBeGreaterThanOrEqual(0);
      expect(end).toBeLessThanOrEqual(sight.count);
      expect(end - first).toBeLessThanOrEqual(sight.height / sight.rowHeight + 15);
    }),
  );
});

test('a row that is gone to comes into sight as a whole', () => {
  fc.assert(
    fc.property(anySight, fc.nat(19_999), (sight, index) => {
      fc.pre(sight.height >= sight.rowHeight && sight.scrollTop >= 0);
      const top = scrollTopFor(index, sight);
      expect(index * sight.rowHeight).toBeGreaterThanOrEqual(top);
      expect((index + 1) * sight.rowHeight).toBeLessThanOrEqual(top + sight.height + 1e-6);
    }),
  );
});
