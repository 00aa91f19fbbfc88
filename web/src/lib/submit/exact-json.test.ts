import { describe, expect, it } from 'vitest';
import { exactNumber, isObject, parsed, pretty, withField, writtenNumber } from './exact-json.ts';

describe('the JSON of a payload', () => {
  it.each(['9007199254740993', '0.1000', '1e400', '-0', '1E+2'])('keeps the number %s as it was written', (number) => {
    expect(JSON.stringify(parsed(`{"n":${number},"list":[${number}]}`))).toBe(`{"n":${number},"list":[${number}]}`);
  });

  it.each(['', 'ten', '0x10', '01', '1.', 'Infinity', '1 2'])('takes %j for no number', (text) => {
    expect(exactNumber(text)).toBe(undefined);
  });

  it.each(['{"a":1,"a":2}', '{"b":[{"a":1},{"x":{},"\\u0061":1,"a" : 2}]}'])('says what stands twice in %s', (text) => {
    expect(() => parsed(text)).toThrow('The name "a" stands twice in one object');
  });

  it('lets a name stand in several objects, and in texts', () => {
    const text = '{"a":{"a":["\\"a\\":",{"a":"{\\"a\\":1"},{"a":1}]},"b":"a"}';
    expect(JSON.stringify(parsed(text))).toBe(text);
  });

  it('tells a number from an object', () => {
    const value = parsed('{"n":1.50}') as Record<string, unknown>;
    expect([isObject(value), isObject(value['n']), writtenNumber(value['n'])]).toEqual([true, false, '1.50']);
    expect(isObject([])).toBe(false);
  });

  it('shows what would hide or turn the text around it', () => {
    expect(pretty({ a: '\u202eevil' })).toBe('{\n  "a": "\\u202eevil"\n}');
  });

  it('leaves a field out that has no value', () => {
    expect(withField({ a: 1, b: 2 }, 'a', undefined)).toEqual({ b: 2 });
    expect(withField({ a: 1 }, 'b', null)).toEqual({ a: 1, b: null });
  });
});
