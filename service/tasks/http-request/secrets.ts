/**
 * Secrets by reference: a task names one, and only the worker that sends the request knows its value. In come the variables
 * SECRET_<NAME> of the environment; out come values, and texts in which every one of them is masked.
 */
import { TaskFailure } from '@holdfast/api/handler';

type Environment = Readonly<Record<string, string | undefined>>;

const VARIABLE = /^SECRET_([A-Z][A-Z0-9_]{0,63})$/;
/** Shorter ones cannot be masked: they would stand in half of all texts. A header holds no other characters. */
const USABLE = /^[\t -~]{8,4096}$/;
const SHORTEST_WORD_CHARS = 8;
const MASK = '***';

/** No form of a secret is longer: 4 096 characters, each with a backslash in JSON. */
export const LONGEST_SECRET_BYTES = 8 * 1024;

/** Of the secrets that tasks may name, in order. */
export const secretNames = (environment: Environment): string[] =>
  Object.keys(environment)
    .flatMap((variable) => (environment[variable] && VARIABLE.exec(variable)?.[1]) || [])
    .sort();

export class Secrets {
  readonly #values: ReadonlyMap<string, string>;
  readonly #forms: readonly string[];

  constructor(environment: Environment) {
    const named = secretNames(environment).map((name) => [name, environment[`SECRET_${name}`]!] as const);
    this.#values = new Map(named);
    const usable = named.flatMap(([, value]) => (USABLE.test(value) ? formsOf(value) : []));
    // The longest first, or a part that is itself a secret would leave the rest of it readable.
    this.#forms = [...new Set(usable)].sort((a, b) => b.length - a.length);
  }

  /** Throws TaskFailure `unknown-secret` or `secret-unusable`. */
  value(name: string): string {
    const value = this.#values.get(name);
    if (value === undefined) {
      const message = `There is no secret ${name}: the server's environment has no SECRET_${name}.`;
      throw new TaskFailure(message, { class: 'VALIDATION', code: 'unknown-secret' });
    }
    if (!USABLE.test(value)) throw unusable(name, 'it must be 8 to 4096 printable ASCII characters');
    return value;
  }

  masked(text: string): string {
    return this.#forms.reduce((masked, form) => masked.replaceAll(form, MASK), text);
  }
}

export const unusable = (name: string, why: string): TaskFailure =>
  new TaskFailure(`SECRET_${name} cannot be used: ${why}.`, { class: 'VALIDATION', code: 'secret-unusable' });

/** As it is, without what stands before it (`Bearer `), and as JSON writes both. */
function formsOf(value: string): string[] {
  const words = value.split(/\s+/).filter((word) => word.length >= SHORTEST_WORD_CHARS);
  return [value, ...words].flatMap((form) => [form, JSON.stringify(form).slice(1, -1)]);
}
