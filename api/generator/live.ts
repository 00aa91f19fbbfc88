// Reads api/asyncapi.yaml, the contract of the live channel, and merges its schemas with those of openapi.yaml, so that one
// run of the generators makes the types and validators of both.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { schemaName, type Contract, type Schema } from './document.ts';

interface Ref {
  readonly $ref: string;
}

interface LiveOperation {
  readonly action: 'receive' | 'send';
  readonly messages: readonly Ref[];
  readonly reply?: { readonly messages: readonly Ref[] };
}

/** The part of an AsyncAPI 3.0 document that the generator reads. */
export interface LiveDocument {
  readonly info: { readonly version: string };
  readonly channels: Readonly<Record<string, { readonly address: string }>>;
  readonly operations: Readonly<Record<string, LiveOperation>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly messages: Readonly<Record<string, { readonly payload: Schema; readonly examples?: readonly Example[] }>>;
    readonly [kind: string]: unknown;
  };
}

interface Example {
  readonly name: string;
  readonly payload: unknown;
}

export interface LiveMessage {
  /** The value of its tag. */
  readonly name: string;
  readonly from: 'client' | 'server';
  readonly schema: string;
  readonly examples: readonly Example[];
}

/** The property that tells the messages of one side apart. */
const TAGS = { client: 'action', server: 'kind' } as const;
const SHARED = './openapi.yaml#/';

export function readLive(path: string): LiveDocument {
  const live = parse(readFileSync(path, 'utf8')) as LiveDocument;
  const faults = [...liveMessages(live).flatMap((message) => tagFaults(live, message)), ...looseEnds(live)];
  if (faults.length > 0) throw new Error(`The contract of the live channel contradicts itself:\n${faults.join('\n')}`);
  return live;
}

/** Every message; throws when one is neither sent nor received. */
export function liveMessages({ components, operations }: LiveDocument): LiveMessage[] {
  const received = namesIn(Object.values(operations).filter(({ action }) => action === 'receive'));
  const replies = Object.values(operations).flatMap(({ reply }) => reply ?? []);
  const sent = namesIn([...Object.values(operations).filter(({ action }) => action === 'send'), ...replies]);
  return Object.entries(components.messages).map(([name, { payload, examples = [] }]) => {
    if (received.has(name) === sent.has(name))
      throw new Error(`${name}: a message comes from one side, in an operation`);
    return { name, from: received.has(name) ? 'client' : 'server', schema: schemaName(payload, name), examples };
  });
}

function namesIn(parts: readonly { readonly messages: readonly Ref[] }[]): Set<string> {
  return new Set(parts.flatMap(({ messages }) => messages.map(({ $ref }) => $ref.slice($ref.lastIndexOf('/') + 1))));
}

/** A table of validators by tag works only when the schema insists on the tag. */
function tagFaults({ components }: LiveDocument, { name, from, schema }: LiveMessage): string[] {
  const { properties, required } = components.schemas[schema] ?? {};
  const tag = TAGS[from];
  const insists = properties?.[tag]?.['const'] === name && (required as readonly string[]).includes(tag);
  return insists ? [] : [`${schema}: ${tag} must be required and the const ${name}`];
}

/** What redocly does not see. */
function looseEnds(live: LiveDocument): string[] {
  const text = JSON.stringify(live);
  const unused = Object.keys(live.components.schemas).filter(
    (name) => !text.includes(`"#/components/schemas/${name}"`),
  );
  const parts = Object.values(live.operations).flatMap((operation) => [
    operation,
    ...(operation.reply ? [operation.reply] : []),
  ]);
  const outside = parts.flatMap(({ messages }) => messages).filter(({ $ref }) => !$ref.startsWith('#/channels/'));
  return [
    ...unused.map((name) => `${name}: nothing refers to this schema`),
    ...outside.map(({ $ref }) => `${$ref}: an operation refers to the messages of its channel`),
  ];
}

/** Both contracts as one, with a union of the messages of each side; for types and validators, not to be shown. */
export function withLive(contract: Contract, live: LiveDocument): Contract {
  const own = JSON.parse(JSON.stringify(live.components.schemas).replaceAll(`"${SHARED}`, '"#/')) as object;
  const unions = { ClientMessage: unionOf(live, 'client'), ServerMessage: unionOf(live, 'server') };
  const added = { ...own, ...unions };
  const twice = Object.keys(added).filter((name) => name in contract.components.schemas);
  if (twice.length > 0) throw new Error(`Two schemas are named ${twice.join(', ')}`);
  return { ...contract, components: { ...contract.components, schemas: { ...contract.components.schemas, ...added } } };
}

function unionOf(live: LiveDocument, from: LiveMessage['from']): Schema {
  const members = liveMessages(live).filter((message) => message.from === from);
  return { oneOf: members.map(({ schema }) => ({ $ref: `#/components/schemas/${schema}` })) };
}
