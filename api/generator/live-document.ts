// The contract of the live channel as one document that needs no other: what it takes from openapi.yaml is copied into it.
// AsyncAPI 3.0 reads schemas as JSON Schema draft 07, OpenAPI 3.1 as 2020-12; the copies say the same in the older words.
import type { Contract, Schema } from './document.ts';
import type { LiveDocument } from './live.ts';

const SHARED = /"\.\/openapi\.yaml#\/components\/schemas\/(\w+)"/g;
const OWN = /"#\/components\/schemas\/(\w+)"/g;

export function liveDocument(contract: Contract, live: LiveDocument): LiveDocument {
  const { schemas } = contract.components;
  const text = JSON.stringify(live);
  const copied: Record<string, Schema> = {};
  const wanted = namesIn(text, SHARED);
  for (const name of wanted) {
    if (!(name in schemas)) throw new Error(`asyncapi.yaml: openapi.yaml has no schema ${name}`);
    copied[name] ??= inDraft07(schemas[name]!, schemas) as Schema;
    wanted.push(...namesIn(JSON.stringify(copied[name]), OWN).filter((each) => !wanted.includes(each)));
  }
  const own = JSON.parse(text.replaceAll(SHARED, '"#/components/schemas/$1"')) as LiveDocument;
  return { ...own, components: { ...own.components, schemas: { ...own.components.schemas, ...copied } } };
}

const namesIn = (text: string, ref: RegExp): string[] => [...text.matchAll(ref)].map(([, name]) => name!);

/** Draft 07 knows no `unevaluatedProperties` and reads nothing beside a `$ref`. */
function inDraft07(value: unknown, schemas: Contract['components']['schemas']): unknown {
  if (Array.isArray(value)) return value.map((each) => inDraft07(each, schemas));
  if (typeof value !== 'object' || value === null) return value;
  const schema = value as Schema;
  if (schema['unevaluatedProperties'] === false) return inDraft07(flattened(schema, schemas), schemas);
  const { $ref, ...rest } = Object.fromEntries(
    Object.entries(schema).map(([key, each]) => [key, inDraft07(each, schemas)]),
  );
  if ($ref === undefined) return rest;
  return Object.keys(rest).length === 0 ? { $ref } : { ...rest, allOf: [{ $ref }] };
}

/** A closed object made of parts, as one closed object. */
function flattened({ unevaluatedProperties: _, allOf, ...schema }: Schema, schemas: Contract['components']['schemas']) {
  const parts = (allOf as readonly { readonly $ref: string }[]).map(({ $ref }) => schemas[$ref.split('/').at(-1)!]!);
  const all: Schema[] = [...parts, schema];
  return {
    ...schema,
    additionalProperties: false,
    required: all.flatMap((part) => (part['required'] as readonly string[] | undefined) ?? []),
    properties: Object.assign({}, ...all.map((part) => part.properties ?? {})) as Schema['properties'],
  };
}
