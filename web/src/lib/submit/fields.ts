/**
 * Which control fits a value and its schema: those parts of JSON Schema that people fill in by hand. Whatever else a schema
 * says, and any value that does not fit its control, is edited as JSON; the server alone judges.
 */
import { isObject, writtenNumber } from './exact-json.ts';

export type Schema = Readonly<Record<string, unknown>>;
export type Kind = 'choice' | 'boolean' | 'text' | 'number' | 'object' | 'list' | 'json';

const asSchema = (value: unknown): Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Schema) : {};

/** Keywords that say what the value is, in more ways than one control has. Those that only narrow it are the server's. */
const BEYOND = ['oneOf', 'anyOf', '$ref', 'prefixItems'];

function kindOf(schema: Schema): Kind {
  if (schema['type'] === 'object') return fieldsOf(schema).length > 0 ? 'object' : 'json';
  if (BEYOND.some((keyword) => keyword in schema)) return 'json';
  if ('const' in schema || Array.isArray(schema['enum'])) return 'choice';
  if (schema['type'] === 'array') return 'items' in schema ? 'list' : 'json';
  const simple = { boolean: 'boolean', string: 'text', number: 'number', integer: 'number' } as const;
  const { type } = schema;
  return typeof type === 'string' && Object.hasOwn(simple, type) ? simple[type as keyof typeof simple] : 'json';
}

const FITS: Readonly<Record<Exclude<Kind, 'choice'>, (value: unknown) => boolean>> = {
  boolean: (value) => typeof value === 'boolean',
  text: (value) => typeof value === 'string',
  number: (value) => writtenNumber(value) !== undefined,
  object: isObject,
  list: Array.isArray,
  json: () => true,
};

/** `undefined` is a field that is not there, and fits. */
export function controlFor(schema: Schema, value: unknown): Kind {
  const kind = kindOf(schema);
  if (value === undefined) return kind;
  if (kind === 'choice') return choicesOf(schema).includes(JSON.stringify(value)) ? kind : 'json';
  return FITS[kind](value) ? kind : 'json';
}

/** As JSON. */
export const choicesOf = (schema: Schema): readonly string[] =>
  ('const' in schema ? [schema['const']] : (schema['enum'] as unknown[])).map((each) => JSON.stringify(each));

export interface Field {
  readonly name: string;
  readonly schema: Schema;
  readonly isRequired: boolean;
}

/** The required ones first, else in the order of the schema. */
export function fieldsOf(schema: Schema): readonly Field[] {
  const required = Array.isArray(schema['required']) ? (schema['required'] as unknown[]) : [];
  const fields = Object.entries(asSchema(schema['properties'])).map(([name, each]) => ({
    name,
    schema: asSchema(each),
    isRequired: required.includes(name),
  }));
  return fields.sort((a, b) => Number(b.isRequired) - Number(a.isRequired));
}

export const itemsOf = (schema: Schema): Schema => asSchema(schema['items']);

/** Fields of the value that the form has no place for. */
export function unshownOf(schema: Schema, value: unknown): readonly string[] {
  const shown = new Set(fieldsOf(schema).map(({ name }) => name));
  return isObject(value) ? Object.keys(value).filter((name) => !shown.has(name)) : [];
}

const BOUNDS: readonly (readonly [keyword: string, words: string])[] = [
  ['minimum', 'at least'],
  ['exclusiveMinimum', 'more than'],
  ['maximum', 'at most'],
  ['exclusiveMaximum', 'less than'],
];

/** What the schema says of it, for people. */
export function hintOf(schema: Schema): string {
  const bounds = BOUNDS.flatMap(([keyword, words]) =>
    typeof schema[keyword] === 'number' ? [`${words} ${schema[keyword]}`] : [],
  ).join(', ');
  const kind = schema['type'] === 'integer' ? 'A whole number' : bounds && 'A number';
  const limits = kind && (bounds ? `${kind}, ${bounds}.` : `${kind}.`);
  const { description } = schema;
  return [typeof description === 'string' ? description : '', limits].filter(Boolean).join(' ');
}

/** One step further in a JSON Pointer. */
export const below = (pointer: string, name: string | number): string =>
  `${pointer}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** A value to begin a new entry of a list with. */
export function emptyOf(schema: Schema): unknown {
  const kind = kindOf(schema);
  if (kind === 'choice') return JSON.parse(choicesOf(schema)[0] ?? 'null') as unknown;
  const beginnings = { boolean: false, text: '', number: 0, object: {}, list: [], json: null };
  return beginnings[kind];
}
