import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../core/refusal.ts';
import { survives } from './exact-number.ts';
import { strictJson } from './strict-json.ts';

function codeOf(text: string): string {
  try {
    strictJson(text);
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
    [`{"${LONG}":1,"${LONG}":2}`, 'duplicate-key'],
    ['{"__proto__":{}}', 'forbidden-key'],
    ['{"payload":[{"\\u005f_proto__":1}]}', 'forbidden-key'],
    ['{"constructor":{"prototype":{}}}', 'forbidden-key'],
    ['{"constructor":{"name":"Lego"}}', 'taken'],
    ['{"constructor":"Lego","prototype":1}', 'taken'],
    [nested(32), 'taken'],
    [nested(33), 'json-too-deep'],
    ['"\\ud800"', 'invalid-unicode'],
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

  it('refuses depth in no time, however deep', () => {
    expect(codeOf(nested(100_000))).toBe('json-too-deep');
  });

  it('repeats nothing of what it refuses', () => {
    expect(() => strictJson('{"secret":oops}')).toThrow('The body is not valid JSON.');
  });

  it('takes what JSON.stringify writes, as it was', () => {
    const jsonValue = fc.jsonValue({ maxDepth: 5, noUnicodeString: false });
    fc.assert(
      fc.property(jsonValue, fc.integer({ min: 0, max: 4 }), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        fc.pre(!/"__proto__"|"constructor"/.test(text));
        expect(strictJson(text)).toEqual(JSON.parse(text));
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

describe('a number survives', () => {
  it('when it is one that JavaScript prints', () => {
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => survives(String(value))));
  });

  it('when every digit of a long integer does', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }), (value) => {
        expect(survives(String(value))).toBe(survivesByBigInt(value));
      }),
    );
  });
});

/** By another way: what is printed of the double, as an integer. */
function survivesByBigInt(value: bigint): boolean {
  const [digits = '', exponent = '0'] = String(Number(value)).split('e');
  const [whole = '', fraction = ''] = digits.split('.');
  return BigInt(whole + fraction) * 10n ** BigInt(Number(exponent) - fraction.length) === value;
}
