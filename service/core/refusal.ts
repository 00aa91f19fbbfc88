/** A 4xx in the making: thrown by whoever finds it, mapped to a problem once, at the door. */
import type { FieldError, ProblemCode } from '@holdfast/api/types';

export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: ProblemCode;
  readonly errors: readonly FieldError[];
  #retryAfterSeconds: number | undefined;

  constructor(code: ProblemCode, detail: string, errors: readonly FieldError[] = []) {
    super(detail);
    this.code = code;
    this.errors = errors;
  }

  /** One that knows when asking again may help. */
  static until(code: ProblemCode, detail: string, retryAfterSeconds: number): Refusal {
    const refusal = new Refusal(code, detail);
    refusal.#retryAfterSeconds = Math.max(1, Math.ceil(retryAfterSeconds));
    return refusal;
  }

  /** Whole and at least 1; undefined: whatever is usual for its code. */
  get retryAfterSeconds(): number | undefined {
    return this.#retryAfterSeconds;
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
