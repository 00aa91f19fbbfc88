import { describe, expect, it } from 'vitest';
import { below, controlFor, emptyOf, fieldsOf, hintOf, unshownOf } from './fields.ts';

describe('the control of a value', () => {
  it.each([
    ['text', { type: 'string' }, 'x'],
    ['number', { type: 'integer' }, 7],
    ['number', { type: 'number' }, undefined],
    ['boolean', { type: 'boolean' }, false],
    ['choice', { enum: ['a', 1, null] }, null],
    ['choice', { const: 'a' }, undefined],
    ['object', { type: 'object', properties: { a: {} }, not: { required: ['a'] } }, {}],
    ['list', { type: 'array', items: { type: 'string' } }, []],
    ['json', {}, 'anything'],
    ['json', { type: ['string', 'object'] }, 'x'],
    ['json', { type: 'object' }, {}],
    ['json', { type: 'string', oneOf: [] }, 'x'],
    ['json', { type: 'constructor' }, 'x'],
  ])('is %s for %j', (kind, schema, value) => {
    expect(controlFor(schema, value)).toBe(kind);
  });

  it.each([
    [{ type: 'string' }, 7],
    [{ type: 'integer' }, '7'],
    [{ type: 'boolean' }, 'true'],
    [{ enum: ['a'] }, 'b'],
    [{ type: 'object', properties: { a: {} } }, []],
    [{ type: 'array', items: {} }, {}],
  ])('is JSON where %j does not fit %j', (schema, value) => {
    expect(controlFor(schema, value)).toBe('json');
  });
});

describe('a form', () => {
  const schema = { type: 'object', required: ['url'], properties: { method: {}, url: {} } };

  it('begins with what is required', () => {
    expect(fieldsOf(schema).map(({ name, isRequired }) => [name, isRequired])).toEqual([
      ['url', true],
      ['method', false],
    ]);
  });

  it('names the fields that it has no place for', () => {
    expect(unshownOf(schema, { url: 1, other: 2 })).toEqual(['other']);
  });

  it('says in words what the schema asks for', () => {
    expect(hintOf({ type: 'integer', minimum: 0, maximum: 9, description: 'How many.' })).toBe(
      'How many. A whole number, at least 0, at most 9.',
    );
    expect(hintOf({ type: 'string' })).toBe('');
  });

  it('points to a field as RFC 6901 wants it', () => {
    expect(below(below('/payload', 'a/b~c'), 0)).toBe('/payload/a~1b~0c/0');
  });

  it.each([
    [{ type: 'string' }, ''],
    [{ enum: ['a', 'b'] }, 'a'],
    [{ type: 'array', items: {} }, []],
    [{}, null],
  ])('begins a new entry of %j with %j', (items, value) => {
    expect(emptyOf(items)).toEqual(value);
  });
});
