/**
 * JSON whose numbers stay as they were written, so that the server judges what was typed and not what was left of it. What
 * cannot be seen in a text is written by its number.
 */
import { seen } from '#lib/task/commands.ts';

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
export const pretty = (value: unknown): string => seen(JSON.stringify(value, null, 2));

/** What stands in the object itself; a schema may name a field `constructor`. */
export const fieldOf = (object: JsonObject, name: string): unknown =>
  Object.hasOwn(object, name) ? object[name] : undefined;

/** The same object with this field; without it when the value is undefined. */
export function withField(object: JsonObject, name: string, value: unknown): JsonObject {
  if (value !== undefined) return { ...object, [name]: value };
  return Object.fromEntries(Object.entries(object).filter(([each]) => each !== name));
}
