/**
 * A payload that is being written, as a form and as JSON at once: the JSON text is the master, and the form changes it. Numbers
 * stay as they were written, so that the server judges what was typed and not what was left of it.
 */

export type JsonObject = Readonly<Record<string, unknown>>;

interface ExactJson {
  rawJSON?(text: string): object;
  isRawJSON?(value: unknown): value is { readonly rawJSON: string };
}
const exact = JSON as ExactJson;

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** As JSON writes it, or undefined for what is no number there. A browser without exact numbers takes the nearest. */
export const exactNumber = (text: string): unknown => {
  const trimmed = text.trim();
  if (!NUMBER.test(trimmed)) return undefined;
  return exact.rawJSON ? exact.rawJSON(trimmed) : Number(trimmed);
};

/** How a number of a draft was written; undefined for what is none. */
export function writtenNumber(value: unknown): string | undefined {
  if (exact.isRawJSON?.(value)) return value.rawJSON;
  return typeof value === 'number' ? String(value) : undefined;
}

type Reviver = (key: string, value: unknown, context?: { readonly source?: string }) => unknown;

function keepNumber(...[, value, context]: Parameters<Reviver>): unknown {
  return typeof value === 'number' && context?.source !== undefined ? (exactNumber(context.source) ?? value) : value;
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && writtenNumber(value) === undefined;

/** Throws SyntaxError. */
export const parsed = (text: string): unknown => JSON.parse(text, keepNumber);
export const pretty = (value: unknown): string => JSON.stringify(value, null, 2);

/** The same object with this field; without it when the value is undefined. */
export function withField(object: JsonObject, name: string, value: unknown): JsonObject {
  if (value !== undefined) return { ...object, [name]: value };
  return Object.fromEntries(Object.entries(object).filter(([each]) => each !== name));
}

export class PayloadDraft {
  text = $state('');
  readonly #read = $derived(readObject(this.text));
  /** Null while the text is no JSON object. */
  readonly value = $derived(this.#read.value);
  /** Why the text cannot be sent. */
  readonly fault = $derived(this.#read.fault);
  /** Fields of the form whose text is not in the JSON yet because it cannot be; by pointer. */
  unreadable = $state.raw<Readonly<Record<string, string>>>({});
  /** Somebody tried to send it: from then on faults are pointed at. */
  wasSent = $state(false);

  constructor(payload: JsonObject) {
    this.text = pretty(payload);
  }

  /** `fault` undefined when it can be read again. */
  mark(pointer: string, fault: string | undefined): void {
    if (this.unreadable[pointer] === fault) return;
    const { [pointer]: before, ...others } = this.unreadable;
    this.unreadable = fault === undefined ? others : { ...others, [pointer]: fault };
  }

  /** What is to be sent; null while something has to be mended first. */
  ready(): JsonObject | null {
    this.wasSent = true;
    return Object.keys(this.unreadable).length > 0 ? null : this.value;
  }
}

function readObject(text: string): { readonly value: JsonObject | null; readonly fault: string | undefined } {
  try {
    const value = parsed(text);
    return isObject(value) ? { value, fault: undefined } : { value: null, fault: 'A payload is an object: { … }' };
  } catch (error) {
    return { value: null, fault: (error as SyntaxError).message };
  }
}
