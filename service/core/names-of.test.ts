import { expect, it } from 'vitest';
import { namesOf } from './names-of.ts';

it('an error is told by its name and first frame, never by its message', () => {
  const told = namesOf(new RangeError('payload\n    at run (/app/payload/secret.ts:1:2)'));
  expect(told).toEqual({
    error: 'RangeError',
    place: expect.stringMatching(/^core\/names-of\.test\.ts:\d+$/) as string,
  });
});

it('a name that is no name is not told', () => {
  expect(namesOf(Object.assign(new Error('x'), { name: 'a payload\n' })).error).toBe('Error');
  expect(namesOf('a payload')).toEqual({ error: 'string' });
});
