import type { Validator } from '@holdfast/api/validator';
import { expect, it } from 'vitest';
import { Refusal } from '../core/refusal.ts';
import { checked, invalid } from './field-errors.ts';
import { problemOf, retryAfter } from './problems.ts';

const POINTERS = Array.from({ length: 21 }, (_, i) => `/${i}`);
const FIRST = POINTERS.slice(0, 20);

function refusalOf(act: () => unknown): Refusal {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return error;
  }
  return expect.fail('Nothing was refused');
}

it('of 21 faults that a validator finds 20 are shown, and all are counted', () => {
  const errors = POINTERS.map((instancePath) => ({ instancePath, keyword: 'type', params: {}, message: 'is wrong' }));
  const validate = Object.assign((value: unknown): value is never => value === 'never', { errors });
  const { errors: shown, detail } = problemOf(
    refusalOf(() => checked(validate as Validator<never>, {})),
    'id',
  );
  expect(shown?.map(({ pointer }) => pointer)).toEqual(FIRST);
  expect(detail).toBe('21 fields are wrong.');
});

it('of 21 faults that an operation finds 20 are shown', () => {
  const { errors } = problemOf(invalid(POINTERS.map((pointer) => ({ pointer, message: 'is wrong' }))), 'id');
  expect(errors?.map(({ pointer }) => pointer)).toEqual(FIRST);
});

it('a refusal that knows when asking again may help says so in whole seconds, at least one', () => {
  expect(retryAfter(new Refusal('rate-limited', 'Too many.'))).toEqual({ 'Retry-After': '1' });
  expect(retryAfter(Refusal.until('rate-limited', 'Too many.', 2.1))).toEqual({ 'Retry-After': '3' });
  expect(retryAfter(Refusal.until('rate-limited', 'Too many.', 0.01))).toEqual({ 'Retry-After': '1' });
});
