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

const NAMES_AND_BRACES = /"(?:[^"\\]+|\\.)*"(\s*:)?|[{}]/g;

/** Of a text that is JSON: the name that stands twice in one of its objects. */
function repeatedName(json: string): string | undefined {
  const open: Set<string>[] = [];
  for (const [token, colon] of json.matchAll(NAMES_AND_BRACES)) {
    if (token === '{') open.push(new Set());
    else if (token === '}') open.pop();
    else if (colon !== undefined) {
      const name = JSON.parse(token.slice(0, -colon.length)) as string;
      if (open.at(-1)!.has(name)) return name;
      open.at(-1)!.add(name);
    }
  }
  return undefined;
}

/** Throws SyntaxError, also for a name that stands twice: one of the two would be dropped without a word. */
export function parsed(text: string): unknown {
  const value: unknown = JSON.parse(text, keepNumber);
  const name = repeatedName(text);
  if (name !== undefined) throw new SyntaxError(`The name ${JSON.stringify(name)} stands twice in one object`);
  return value;
}

export const pretty = (value: unknown): string => seen(JSON.stringify(value, null, 2));

/** What stands in the object itself; a schema may name a field `constructor`. */
export const fieldOf = (object: JsonObject, name: string): unknown =>
  Object.hasOwn(object, name) ? object[name] : undefined;

/** The same object with this field; without it when the value is undefined. */
export function withField(object: JsonObject, name: string, value: unknown): JsonObject {
  if (value !== undefined) return { ...object, [name]: value };
  return Object.fromEntries(Object.entries(object).filter(([each]) => each !== name));
}
