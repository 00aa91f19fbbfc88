// Finds the task types, one folder with a schema.yaml each, and writes the catalogue of the built-in ones.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Schema } from './document.ts';

export interface TaskType {
  readonly type: string;
  readonly title: string;
  readonly description: string;
  readonly version: number;
  readonly payload: Schema;
  readonly result: Schema;
  readonly payloadSchema: string;
  readonly resultSchema: string;
  readonly examples: readonly { readonly summary: string; readonly payload: unknown; readonly result?: unknown }[];
}

const TYPE_NAME = /^[a-z][a-z0-9-]{0,63}$/;
const FIELDS = ['title', 'description', 'version', 'payload', 'result', 'examples'];

/** Every `<folder>/<type>/schema.yaml`, sorted by type so that the output does not depend on the disk. */
export function readTaskTypes(folders: readonly string[]): TaskType[] {
  const paths = folders.flatMap((folder) =>
    readdirSync(folder).map((type) => ({ type, path: join(folder, type, 'schema.yaml') })),
  );
  const found = paths.filter(({ path }) => existsSync(path)).map(({ type, path }) => readTaskType(type, path));
  return found.sort((a, b) => (a.type < b.type ? -1 : 1));
}

function readTaskType(type: string, path: string): TaskType {
  if (!TYPE_NAME.test(type)) throw new Error(`${path}: ${type} is no type name (${TYPE_NAME.source})`);
  const text = readFileSync(path, 'utf8');
  const read = parse(text) as TaskType;
  for (const field of FIELDS) if (!(field in read)) throw new Error(`${path}: ${field} is missing`);
  for (const field of Object.keys(read)) if (!FIELDS.includes(field)) throw new Error(`${path}: ${field} is unknown`);
  if (!Number.isInteger(read.version)) throw new Error(`${path}: version must be an integer`);
  // The type generator loses inner definitions, so they may not appear: openapi-typescript turns them into `unknown`.
  if (/^\s+\$defs:/m.test(text)) throw new Error(`${path}: write schemas out, $defs are not supported`);
  const name = type.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return { ...read, type, payloadSchema: `${name}Payload`, resultSchema: `${name}Result` };
}

export function taskTypesSource(types: readonly TaskType[]): string {
  const names = types.flatMap(({ payloadSchema, resultSchema }) => [payloadSchema, resultSchema]);
  const shapes = types.map(
    (type) => `  '${type.type}': { payload: ${type.payloadSchema}; result: ${type.resultSchema} };`,
  );
  const entries = types.map(({ type, title, description, version, payloadSchema, resultSchema, examples }) => [
    type,
    { type, title, description, payloadVersion: version, payloadSchema, resultSchema, examples },
  ]);
  return `import type { ${names.join(', ')} } from './types.ts';

/** Payload and result of every built-in task type. */
export interface TaskTypes {
${shapes.join('\n')}
}

export type TaskTypeName = keyof TaskTypes;

export interface TaskTypeEntry<T extends TaskTypeName> {
  readonly type: T;
  readonly title: string;
  readonly description: string;
  readonly payloadVersion: number;
  /** Names under components.schemas of the contract. */
  readonly payloadSchema: string;
  readonly resultSchema: string;
  readonly examples: readonly {
    readonly summary: string;
    readonly payload: TaskTypes[T]['payload'];
    readonly result?: TaskTypes[T]['result'];
  }[];
}

export const taskTypes: { readonly [T in TaskTypeName]: TaskTypeEntry<T> } = ${JSON.stringify(Object.fromEntries(entries), null, 2)};
`;
}
