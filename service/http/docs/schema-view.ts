/** A JSON Schema in words: what a value may be, and the fields of an object one by one. */
import type { Markup } from './markup.ts';
import { markup } from './markup.ts';
import { inline, prose } from './prose.ts';

export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly [keyword: string]: unknown;
}

/** What a keyword says beside the type; in this order. */
const LIMITS: Readonly<Record<string, (value: string) => string>> = {
  format: (name) => name,
  minimum: (bound) => `at least ${bound}`,
  maximum: (bound) => `at most ${bound}`,
  minLength: (count) => `at least ${count} characters`,
  maxLength: (count) => `at most ${count} characters`,
  minItems: (count) => `at least ${count}`,
  maxItems: (count) => `at most ${count}`,
  uniqueItems: () => 'each once',
  pattern: (source) => `like \`${source}\``,
  'x-grows': () => 'later versions add values',
  default: (value) => `${value} when absent`,
};

export const nameOf = (ref: string): string => ref.slice(ref.lastIndexOf('/') + 1);

const code = (value: unknown): Markup => markup`<code>${JSON.stringify(value)}</code>`;

const joined = (parts: readonly Markup[], word: string): Markup =>
  markup`${parts.map((part, i) => (i === 0 ? part : markup`${word}${part}`))}`;

/** What a value of the schema is, in a few words; a named schema is a link to it. */
export function typeOf(schema: Schema): Markup {
  const { $ref, type, items, allOf } = schema;
  const choices = schema.anyOf ?? schema.oneOf;
  if ($ref !== undefined) return markup`<a href="#schema-${nameOf($ref)}">${nameOf($ref)}</a>`;
  if ('const' in schema) return code(schema.const);
  if (schema.enum) return joined(schema.enum.map(code), ', ');
  if (choices) return joined(choices.map(typeOf), ' or ');
  if (allOf?.[0]?.$ref !== undefined) return joined(allOf.map(typeOf), ' and ');
  if (type === 'array' && items) return markup`array of ${typeOf(items)}`;
  return markup`${[type ?? 'any value'].flat().join(' or ')}`;
}

/** All that bounds a value beside its type. */
function limitsOf(schema: Schema): Markup[] {
  const limits = Object.entries(LIMITS).filter(([keyword]) => schema[keyword] !== undefined);
  const words = limits.map(([keyword, say]) => say(String(schema[keyword])));
  return words.length === 0 ? [] : [markup`<p>${inline(sentence(words.join(', ')))}</p>`];
}

const sentence = (words: string): string => `${words[0]!.toUpperCase()}${words.slice(1)}.`;

function field(name: string, schema: Schema, isRequired: boolean): Markup {
  return markup`<dt><code>${name}</code> ${typeOf(schema)}${isRequired ? '' : markup` <span class="soft">(optional)</span>`}</dt>
<dd>${explained(schema)}</dd>
`;
}

const explained = (schema: Schema): Markup[] => [...prose(schema.description ?? ''), ...limitsOf(schema)];

/** An object as the list of its fields; anything else as what it may be. */
export function schemaView(schema: Schema): Markup {
  const fields = Object.entries(schema.properties ?? {});
  if (fields.length === 0) return markup`<p>${typeOf(schema)}</p>\n${explained(schema)}`;
  return markup`${explained(schema)}<dl class="fields">
${fields.map(([name, each]) => field(name, each, schema.required?.includes(name) ?? false))}</dl>
`;
}
