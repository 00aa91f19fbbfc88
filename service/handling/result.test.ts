import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { strictJson } from '../http/strict-json.ts';
import { resultText } from './result.ts';

const own = (json: string): unknown => JSON.parse(json);

describe('a result', () => {
  it.each([
    ['half a character', { s: 'a\ud800b\udc00' }, '{"s":"a\ufffdb\ufffd"}'],
    ['half characters as keys', { '\udfff': 1, '\ud800': 2 }, '{"\ufffd":2}'],
    ['a whole character', { s: '\u{1f600}' }, '{"s":"\u{1f600}"}'],
    ['what only looks like half of one', { s: '\\ud800', t: '\\\\ud800' }, '{"s":"\\\\ud800","t":"\\\\\\\\ud800"}'],
    ['half a character after a backslash', { s: '\\\ud800' }, '{"s":"\\\\\ufffd"}'],
    ['a prototype', own('{"a":[{"__proto__":{"x":1},"b":2}]}'), '{"a":[{"b":2}]}'],
    ['a prototype by its constructor', own('{"constructor":{"prototype":1,"c":2}}'), '{"constructor":{"c":2}}'],
    ['words that are keys elsewhere', { constructor: 'x', prototype: 1 }, '{"constructor":"x","prototype":1}'],
    ['a text about keys', { s: '"__proto__":1' }, '{"s":"\\"__proto__\\":1"}'],
  ])('with %s can be read by everybody', (_, result, text) => expect(resultText(result)).toBe(text));

  it('is what the API would take as a payload, and is mended once', () => {
    const key = fc.oneof(
      fc.constantFrom('__proto__', 'constructor', 'prototype', '\ud800', '\udfff'),
      fc.string({ unit: 'binary' }),
    );
    const half = fc.constantFrom('\ud800', '\udfff', '\\', '\\ud800');
    const text = fc.array(fc.oneof(half, fc.string())).map((parts) => parts.join(''));
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 4 }, text, fc.boolean(), fc.array(tie('value')), tie('object')),
      object: fc
        .array(fc.tuple(key, tie('value')), { maxLength: 4 })
        .map((pairs) =>
          own(`{${pairs.map(([name, each]) => `${JSON.stringify(name)}:${JSON.stringify(each)}`).join()}}`),
        ),
    }));
    fc.assert(
      fc.property(value, (each) => {
        const told = resultText(each)!;
        strictJson(Buffer.from(told));
        expect(resultText(own(told))).toBe(told);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([() => 1, 1n, Symbol('x'), undefined])('has no text when JSON has none for it', (result) =>
    expect(resultText(result)).toBeUndefined(),
  );
});
