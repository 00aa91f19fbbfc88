/** A 4xx in the making: thrown by whoever finds it, mapped to a problem once, at the door. */
import type { FieldError, ProblemCode } from '@holdfast/api/types';

export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: ProblemCode;
  readonly errors: readonly FieldError[];

  constructor(code: ProblemCode, detail: string, errors: readonly FieldError[] = []) {
    super(detail);
    this.code = code;
    this.errors = errors;
  }
}
