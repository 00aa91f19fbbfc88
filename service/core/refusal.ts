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

/** Of several things asked at once each has its own outcome: a refusal of one is then a value. */
export function asValue<T>(attempt: () => T): T | Refusal {
  try {
    return attempt();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
