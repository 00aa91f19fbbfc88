import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Bucket } from './bucket.ts';

const rates = fc.record({ perSecond: fc.integer({ min: 1, max: 5_000 }), burst: fc.integer({ min: 100, max: 9_000 }) });
const asks = fc.array(
  fc.record({ afterMs: fc.double({ min: 0, max: 400, noNaN: true }), count: fc.integer({ min: 1, max: 100 }) }),
  {
    maxLength: 80,
  },
);
/** A monotonic clock does not begin at zero. */
const START_MS = 123_456.789;

describe('a bucket', () => {
  it('lets never more pass than its burst and its rate over any time', () => {
    fc.assert(
      fc.property(rates, asks, (rate, plan) => {
        const bucket = new Bucket(rate);
        const passed: { atMs: number; count: number }[] = [];
        let atMs = START_MS;
        for (const { afterMs, count } of plan) {
          atMs += afterMs;
          if (bucket.take(count, atMs)) passed.push({ atMs, count });
        }
        for (const [i, first] of passed.entries()) {
          let total = 0;
          for (const { atMs: thenMs, count } of passed.slice(i)) {
            total += count;
            const most = rate.burst + (rate.perSecond * (thenMs - first.atMs)) / 1_000;
            expect(total).toBeLessThanOrEqual(most + 1e-3);
          }
        }
      }),
    );
  });

  it('never refuses who keeps to the rate', () => {
    fc.assert(
      fc.property(rates, fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 200 }), (rate, counts) => {
        const bucket = new Bucket(rate);
        let paidMs = 0;
        for (const count of counts) {
          expect(bucket.take(count, START_MS + paidMs)).toBe(true);
          paidMs += (count * 1_000) / rate.perSecond;
        }
      }),
    );
  });

  it('takes nothing of what it refuses, and says when it would pass', () => {
    fc.assert(
      fc.property(rates, asks, (rate, plan) => {
        const bucket = new Bucket(rate);
        let atMs = START_MS;
        for (const { afterMs, count } of plan) {
          atMs += afterMs;
          const before = bucket.left(atMs);
          if (bucket.take(count, atMs)) continue;
          expect(bucket.left(atMs)).toBe(before);
          const missingMs = bucket.missingMs(count, atMs);
          expect(new Bucket(rate).missingMs(count, atMs)).toBeLessThanOrEqual(0);
          expect(bucket.take(count, atMs + missingMs * 0.99 - 1e-3)).toBe(false);
          atMs += missingMs;
          expect(bucket.take(count, atMs)).toBe(true);
        }
      }),
    );
  });

  it.each([
    [0, 1_000, 0],
    [1, 999, 2],
    [1_000, 0, 2_000],
  ])('of 1 000 has after %i another %i, and is full in %i ms', (taken, left, fullInMs) => {
    const bucket = new Bucket({ perSecond: 500, burst: 1_000 });
    bucket.take(taken, START_MS);
    expect([bucket.left(START_MS), Math.round(bucket.fullInMs(START_MS))]).toEqual([left, fullInMs]);
    expect(bucket.left(START_MS + fullInMs)).toBe(1_000);
  });
});
