import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classify, cutToBytes } from './failure.ts';
import { canonicalJson, requestHash } from './identity.ts';
import { backoffMs, DEFAULT_POLICY, dueAfter, neededDueMs, STANDARD } from './rules.ts';

const RULES = { constants: STANDARD, policyOf: () => DEFAULT_POLICY };
const ms = fc.integer({ min: 1_000_000, max: 100_000_000 });

describe('arithmetic', () => {
  test('a backoff lies between its floor and its doubled, capped ceiling', () => {
    const property = fc.property(fc.nat(50), fc.double({ min: 0, max: 0.999, noNaN: true }), (n, random) => {
      const delay = backoffMs(n, random, DEFAULT_POLICY);
      expect(delay).toBeGreaterThanOrEqual(100);
      expect(delay).toBeLessThanOrEqual(Math.max(100, Math.min(300_000, 1_000 * 2 ** n)));
    });
    fc.assert(property, { seed: 1 });
  });

  test('due after a move is never later than needed, and never missing while somebody must look [S8][S18]', () => {
    const states = fc.constantFrom(
      'scheduled',
      'queued',
      'retrying',
      'running',
      'dead',
      'succeeded',
    ) as fc.Arbitrary<'queued'>;
    const current = fc.option(ms, { nil: undefined });
    const property = fc.property(fc.record({ status: states, notBeforeMs: ms, dueMs: current, nowMs: ms }), (drawn) => {
      const { status, notBeforeMs, dueMs, nowMs } = drawn;
      const item = {
        status,
        type: 't',
        notBeforeMs,
        leaseUntilMs: notBeforeMs + 70_000,
        announcement: 'pending' as const,
      };
      const needed = neededDueMs(item, nowMs, RULES);
      const due = dueAfter(dueMs, item, { nowMs, rules: RULES });
      expect(due === undefined).toBe(needed === undefined);
      if (needed === undefined) return;
      expect(due).toBeLessThanOrEqual(needed);
      expect(due === needed || due! > nowMs).toBe(true);
    });
    fc.assert(property, { seed: 2, numRuns: 500 });
  });
});

describe('failure classes', () => {
  test.each([
    [{ name: 'Error', message: 'ECONNRESET timeout 503' }, 'UNKNOWN'],
    [{ name: 'Error', message: '', code: 'ECONNRESET' }, 'NETWORK'],
    [{ name: 'Error', message: '', code: 'ENOSPC' }, 'SYSTEM'],
    [{ name: 'TimeoutError', message: '' }, 'TIMEOUT'],
    [{ name: 'ValidationError', message: '' }, 'VALIDATION'],
    [{ name: 'HttpError', message: '', status: 429 }, 'RATE_LIMIT'],
    [{ name: 'HttpError', message: '', status: 502 }, 'SYSTEM'],
    [{ name: 'HttpError', message: '', status: 404 }, 'UNKNOWN'],
    [{ name: 'Error', message: '', code: 'ECONNRESET', class: 'VALIDATION' as const }, 'VALIDATION'],
  ])('%o is %s: by type and code, never by words', (error, expected) => {
    expect(classify(error)).toBe(expected);
  });

  test('a cut text fits its bytes and ends with a whole character', () => {
    const property = fc.property(fc.string({ unit: 'binary' }), fc.nat(40), (text, bytes) => {
      const cut = cutToBytes(text, bytes);
      expect(text.startsWith(cut)).toBe(true);
      expect(new TextEncoder().encode(cut).length).toBeLessThanOrEqual(bytes);
      expect(cut.isWellFormed()).toBe(true);
    });
    fc.assert(property, { seed: 3 });
  });
});

describe('the identity of a request', () => {
  test('is RFC 8785: names in order, no white space, numbers as JavaScript prints them', () => {
    const value = JSON.parse('{ "b": [1.0, 1e3, "\\u20ac\\n"], "a": {"z": null, "y": true}, "10": 0.10 }') as unknown;
    expect(canonicalJson(value)).toBe('{"10":0.1,"a":{"y":true,"z":null},"b":[1,1000,"€\\n"]}');
  });

  test('does not depend on the order of names, and does on every value [S16]', () => {
    const property = fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (fields) => {
      const reversed = Object.fromEntries(Object.entries(fields).reverse());
      expect(requestHash(reversed)).toBe(requestHash(fields));
      expect(requestHash({ ...fields, extra: 1 })).not.toBe(requestHash({ ...fields, extra: 2 }));
    });
    fc.assert(property, { seed: 4 });
  });
});
