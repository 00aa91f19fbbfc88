import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asValue, Refusal } from '../core/refusal.ts';
import { batchJson } from './batch-json.ts';
import { endOfNumber } from './exact-number.ts';
import { exact, faultsOf } from './strict-json-reference.ts';
import { MAX_DEPTH, strictJson } from './strict-json.ts';

function codeOf(body: string | Buffer): string {
  try {
    strictJson(Buffer.from(body));
    return 'taken';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const LONG = 'x'.repeat(100);

describe('strict JSON', () => {
  it.each([
    ['{', 'invalid-json'],
    ['{"a', 'invalid-json'],
    [`"${LONG}\\"`, 'invalid-json'],
    ['[1e400', 'invalid-json'],
    ['[1', 'invalid-json'],
    ['{} // a comment', 'invalid-json'],
    ['[.5,/,+1]', 'invalid-json'],
    ['', 'invalid-json'],
    ['{"a":NaN}', 'invalid-json'],
    ['{"a":Infinity}', 'invalid-json'],
    ["{'a':1}", 'invalid-json'],
    ['{"a":01}', 'invalid-json'],
    ['{"a":1}}', 'invalid-json'],
    ['{"a":1,"a":1}', 'duplicate-key'],
    ['{"a":1,"\\u0061":1}', 'duplicate-key'],
    ['[{"a":{"b":1,"c":[{"d":1,"d":2}]}}]', 'duplicate-key'],
    ['{"":1,"":2}', 'duplicate-key'],
    ['{"a":{"a":1},"b":[{"a":1},{"a":2}],"c":"a\\":\\"a"}', 'taken'],
    [`{"${LONG}\\\\":1,"b":"${LONG}\\":","c":2}`, 'taken'],
    [`["${LONG}\\":"]`, 'taken'],
    [`{"${LONG}":1,"${LONG}":2}`, 'duplicate-key'],
    ['{"__proto__":{}}', 'forbidden-key'],
    ['{"payload":[{"\\u005f_proto__":1}]}', 'forbidden-key'],
    ['{"constructor":{"prototype":{}}}', 'forbidden-key'],
    ['{"constructor":{"name":"Lego"}}', 'taken'],
    ['{"constructor":"Lego","prototype":1}', 'taken'],
    [nested(32), 'taken'],
    [nested(33), 'json-too-deep'],
    ['"\\ud800"', 'invalid-unicode'],
    ['"\\uC00\\u0061"', 'invalid-json'],
    ['"\\\\u \\u0061"', 'taken'],
    ['{"\\uDFFF":1}', 'invalid-unicode'],
    ['["\\ud83d\\ude00"]', 'taken'],
    ['9007199254740993', 'number-out-of-range'],
    ['{"a":[1e400]}', 'number-out-of-range'],
    ['{"a":1e-400}', 'number-out-of-range'],
    ['-0.1234567890123456789', 'number-out-of-range'],
    ['[0.10,1e3,-0,9007199254740992,1E+2,100000000000000000000]', 'taken'],
    ['"9007199254740993 {[:,"', 'taken'],
    [' \t\r\n{ "a" : 1 }\n', 'taken'],
  ])('of %j is %s', (text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  it('refuses depth before it parses, and before it knows whether this is JSON', () => {
    expect(codeOf(nested(100_000))).toBe('json-too-deep');
    expect(codeOf('['.repeat(100_000))).toBe('json-too-deep');
    expect(codeOf(`"${'['.repeat(100_000)}"`)).toBe('taken');
  });

  it.each([
    ['a byte order mark', Buffer.from('\uFEFF{"a":1}'), 'taken'],
    ['two of them', Buffer.from('\uFEFF\uFEFF{"a":1}'), 'invalid-json'],
    ['half a UTF-8 character', Buffer.from([34, 0xc3, 34]), 'invalid-encoding'],
    ['half a character in UTF-8', Buffer.from([34, 0xed, 0xa0, 0x80, 34]), 'invalid-encoding'],
    ['UTF-16', Buffer.from('{}', 'utf16le'), 'invalid-encoding'],
    ['UTF-16, the other byte first', Buffer.from('{}', 'utf16le').swap16(), 'invalid-encoding'],
  ])('of %s is right about the encoding', (_, bytes, code) => {
    expect(codeOf(bytes)).toBe(code);
  });

  it('repeats nothing of what it refuses', () => {
    expect(() => strictJson(Buffer.from('{"secret":oops}'))).toThrow('The body is not valid JSON.');
  });

  it('takes what JSON.stringify writes, as it was', () => {
    const jsonValue = fc.jsonValue({ maxDepth: 5, noUnicodeString: false });
    fc.assert(
      fc.property(jsonValue, fc.integer({ min: 0, max: 4 }), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        fc.pre(!/"__proto__"|"constructor"/.test(text));
        expect(strictJson(Buffer.from(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  it('finds a repeated key wherever it stands', () => {
    const key = fc.string();
    fc.assert(
      fc.property(key, fc.array(fc.jsonValue({ maxDepth: 2 })), (name, around) => {
        fc.pre(name !== '__proto__' && name !== 'constructor' && name.isWellFormed());
        const twice = `{${JSON.stringify(name)}:1,"other":${JSON.stringify(around)},${JSON.stringify(name)}:2}`;
        fc.pre(!/__proto__|constructor/.test(twice));
        expect(codeOf(twice)).toBe('duplicate-key');
      }),
    );
  });
});

/** Text that is JSON, or nearly: white space, escaped keys, keys again, numbers of all kinds, half characters. */
function jsonText(): fc.Arbitrary<string> {
  const space = fc.constantFrom('', '', '', ' ', '\n\t ');
  const letter = fc.constantFrom(
    'a',
    'é',
    '😀',
    '{',
    ':',
    '\\"',
    '\\\\',
    '\\u0061',
    '\\ud83d\\ude00',
    '\\ud800',
    '\\uDC00',
    ' 7 ',
  );
  const word = fc.oneof(
    { weight: 9, arbitrary: fc.array(letter, { maxLength: 4 }) },
    fc.array(letter, { maxLength: 90 }),
  );
  const known = ['a', '\\u0061', 'b', '', '__proto__', '\\u005f_proto__', 'constructor', 'prototype', 'x'.repeat(70)];
  const text = fc
    .oneof(
      fc.constantFrom(...known),
      word.map((letters) => letters.join('')),
    )
    .map((inner) => `"${inner}"`);
  const leaf = fc.oneof(text, numberText(), fc.constantFrom('true', 'false', 'null'));
  const { value } = fc.letrec<{ value: string; list: string; object: string }>((tie) => ({
    value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, leaf, tie('object'), tie('list')),
    list: fc.array(tie('value'), { maxLength: 4 }).map((items) => `[${items.join()}]`),
    object: fc
      .array(fc.tuple(space, text, space, tie('value'), space), { maxLength: 5 })
      .map((fields) => `{${fields.map(([a, key, b, inner, c]) => `${a}${key}${b}:${b}${inner}${c}`).join()}}`),
  }));
  const around = fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.integer({ min: 28, max: 34 }));
  return fc.tuple(around, value).map(([levels, inner]) => '['.repeat(levels) + inner + ']'.repeat(levels));
}

/** Most doubles have a decimal of 17 digits; others are given one that is not theirs. */
function numberText(): fc.Arbitrary<string> {
  const digits = (most: number) => fc.bigInt({ min: 0n, max: 10n ** BigInt(most) - 1n }).map(String);
  const double = fc.double({ noNaN: true, noDefaultInfinity: true });
  const point = fc.tuple(digits(18), digits(18)).map(([whole, fraction]) => `${whole}.${fraction}`);
  const exponent = fc.tuple(
    fc.oneof(digits(18), point),
    fc.constantFrom('e', 'E', 'e+', 'E-'),
    fc.integer({ min: 0, max: 330 }),
  );
  const plain = fc.oneof(
    double.map((value) => String(Math.abs(value))),
    double.map((value) => Math.abs(value).toPrecision(17)),
    fc.double({ min: 0, max: 1, noNaN: true }).map((value) => `${String(value).slice(0, -1)}7`),
    digits(18),
    point,
    exponent.map((parts) => parts.join('')),
  );
  return fc.tuple(fc.constantFrom('', '-'), plain).map((parts) => parts.join(''));
}

describe('strict JSON, beside a slow and obvious reader of it', () => {
  const expectSame = (text: string) => {
    const [code, faults] = [codeOf(text), faultsOf(text, MAX_DEPTH)];
    if (faults.size === 0) expect(code).toBe('taken');
    else expect([...faults, ...(faults.has('invalid-json') ? ['json-too-deep'] : [])]).toContain(code);
  };

  it('finds a fault wherever there is one, and none elsewhere', () => {
    fc.assert(fc.property(jsonText(), expectSame), { numRuns: 3_000 });
  });

  it('comes to an end with a refusal for any bytes', () => {
    const bytes = fc.uint8Array({ minLength: 2, maxLength: 40 }).map((units) => Buffer.from([91, ...units, 34]));
    fc.assert(
      fc.property(bytes, (body) => {
        expect(codeOf(body)).toMatch(/^(?:taken|invalid-json|invalid-encoding)$/);
        expect(asValue(() => batchJson(body, 'tasks'))).toBeDefined();
      }),
      { numRuns: 5_000 },
    );
  });

  it('takes nothing for JSON that is not', () => {
    const other = fc.integer({ min: 1, max: 127 }).map((unit) => String.fromCharCode(unit));
    const by = fc.oneof(fc.constantFrom('', '"', '}', '\\', '-', '0', 'e', ',', '[', '.'), other);
    const changed = fc.tuple(jsonText(), fc.nat(), by);
    const mutated = changed.map(([text, at, put]) => {
      const index = at % (text.length + 1);
      return text.slice(0, index) + put + text.slice(index + 1);
    });
    // What is no well-formed text cannot come out of UTF-8.
    fc.assert(
      fc.property(
        mutated.filter((text) => text.isWellFormed()),
        expectSame,
      ),
      { numRuns: 3_000 },
    );
  });
});

describe('a number survives', () => {
  const survives = (token: string) => endOfNumber(Buffer.from(token), 0) === token.length;

  it('when it is one that JavaScript prints', () => {
    const double = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(fc.property(double, (value) => survives(String(value))));
    fc.assert(fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), (value) => survives(String(value))));
  });

  it('when its decimal value comes back', () => {
    const token = numberText();
    const property = fc.property(token, (each) => {
      const double = Number(each);
      expect(survives(each)).toBe(Number.isFinite(double) && exact(each) === exact(String(double)));
    });
    fc.assert(property, { numRuns: 20_000 });
  });

  it.each([
    ['9.99999999999999e307', true],
    ['1e308', true],
    ['17976931348623157e292', true],
    ['2e308', false],
    ['1e-307', true],
    ['3e-308', true],
    ['2e-308', true],
    ['2.22507385850721e-308', true],
    ['1.23456789012345e-310', false],
    ['5e-324', true],
    ['3e-324', false],
    [`0.${'0'.repeat(399)}1e+0400`, true],
    [`1${'0'.repeat(400)}e-400`, true],
    ['0e99999999999999999999', true],
    ['1e99999999999999999999', false],
    ['1e-99999999999999999999', false],
  ])('near the ends of the doubles: %s %s', (token, expected) => {
    expect(survives(token)).toBe(expected);
  });

  it('also of 15 digits, near the ends of the doubles', () => {
    const digits = fc.bigInt({ min: 1n, max: 10n ** 15n - 1n });
    const end = fc.oneof(fc.integer({ min: -328, max: -300 }), fc.integer({ min: 290, max: 310 }));
    const property = fc.property(digits, end, (whole, exponent) => {
      const token = `${whole}e${exponent}`;
      expect(survives(token)).toBe(Number.isFinite(Number(token)) && exact(token) === exact(String(Number(token))));
    });
    fc.assert(property, { numRuns: 5_000 });
  });

  it.each([2 ** 53 - 1, 2 ** 53 + 2, 2 ** -20, 2 ** -30, 1 + Number.EPSILON, 0.1 + 0.2, 5e-324, Number.MAX_VALUE])(
    'also beside a step of the doubles: %d',
    (value) => {
      expect(survives(String(value))).toBe(true);
      const precise = value.toPrecision(17);
      expect(survives(precise)).toBe(exact(precise) === exact(String(value)));
    },
  );
});
