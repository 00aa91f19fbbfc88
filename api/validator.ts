// The type of a generated validator.

/** One fault of a value, as ajv reports it. `message` never repeats the value; `params` may hold a key of it. */
export interface ValidationFault {
  /** JSON Pointer to the faulty value; of an unknown property, to the object around it. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/**
 * Proves that a value has the type of the contract. On false `errors` holds what is wrong until the next call.
 * Query validators replace the decimal text of an integer by its number, in place, and fill in defaults; no other changes its input.
 */
export interface Validator<T> {
  (value: unknown): value is T;
  errors?: readonly ValidationFault[] | null;
}
