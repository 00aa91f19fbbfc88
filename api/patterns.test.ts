// What is judged of the patterns of a type, so that none lets one request hold the server.
import { describe, expect, test } from 'vitest';
import { patternsIn, slownessOf } from './generator/patterns.ts';

/** Judging a bounded repetition takes up to two seconds. */
const JUDGING = { timeout: 60_000 };

describe('a pattern', () => {
  test.each([
    '^[a-z0-9]+(?:-[a-z0-9]+)*$',
    '^(25[0-5]|1?\\d?\\d)(\\.(25[0-5]|1?\\d?\\d)){3}$',
    '^https?://.+$',
    '^(?=.*[A-Z])(?=.*\\d).{8,}$',
    '\\.pdf$',
    '^\\p{L}+$',
  ])('that people need is taken: %s', JUDGING, (pattern) => {
    expect(slownessOf(pattern)).toBeUndefined();
  });

  test.each([
    ['^(\\w+\\s?)*$', /exponential/],
    ['^(a|a)*$', /exponential/],
    ['^(?:a?){30}a{30}$', /exponential/],
    ['^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$', /power 2/],
    ['\\s+$', /power 2/],
    ['^.*a.*b.*c$', /power 3/],
  ])('that a hostile text makes slow is not: %s', JUDGING, (pattern, slowness) => {
    expect(slownessOf(pattern)).toMatch(slowness);
  });

  test('is looked for in schemas, not in their values', () => {
    const schema = { properties: { const: { pattern: 'a' } }, allOf: [{ pattern: 'b' }], enum: [{ pattern: 'c' }] };
    expect(patternsIn(schema, 'payload')).toEqual([
      { place: 'payload.properties.const', pattern: 'a' },
      { place: 'payload.allOf[0]', pattern: 'b' },
    ]);
  });
});
