/** What a validator found, as the contract says it: pointers and words, never a value. */
import type { FieldError } from '@holdfast/api/types';
import type { ValidationFault, Validator } from '@holdfast/api/validator';
import { Refusal } from '../core/refusal.ts';

/** A key of a payload may be as long as the body. */
const LONGEST_POINTER = 256;

const WORDS: Readonly<Record<string, string>> = {
  required: 'is missing',
  additionalProperties: 'is not known here',
  unevaluatedProperties: 'is not known here',
  not: 'has fields that exclude each other',
};

/** The value as the validator proves it. `at` is where it stands in the body. Throws a validation refusal. */
export function checked<T>(validate: Validator<T>, value: unknown, at = ''): T {
  if (validate(value)) return value;
  throw invalid((validate.errors ?? []).map((fault) => fieldErrorOf(fault, at)));
}

export function invalid(errors: readonly FieldError[]): Refusal {
  const detail = errors.length === 1 ? 'One field is wrong.' : `${errors.length} fields are wrong.`;
  return new Refusal('validation', detail, errors);
}

function fieldErrorOf({ instancePath, keyword, params, message }: ValidationFault, at: string): FieldError {
  const named = params.missingProperty ?? params.additionalProperty ?? params.unevaluatedProperty;
  const tail = typeof named === 'string' ? `/${escaped(named)}` : '';
  const words = WORDS[keyword] ?? message ?? 'is wrong';
  return { pointer: shortened(at + instancePath + tail), message: words };
}

/** As RFC 6901 wants it. */
const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

/** To the nearest object around the field that can be named. */
function shortened(pointer: string): string {
  if (pointer.length <= LONGEST_POINTER) return pointer;
  return pointer.slice(0, Math.max(0, pointer.lastIndexOf('/', LONGEST_POINTER)));
}
