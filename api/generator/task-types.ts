// Reads a task type, a folder with a schema.yaml, and writes the catalogue of the built-in ones.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import type { TaskTypeEntry, TaskTypeExample } from '../task-type.ts';
import type { Schema } from './document.ts';

export interface TaskType {
  readonly type: string;
  readonly title: string;
  readonly description: string;
  readonly version: number;
  readonly payload: Schema;
  readonly result: Schema;
  readonly examples: readonly TaskTypeExample[];
  /** Names under components.schemas of the contract. */
  readonly payloadSchema: string;
  readonly resultSchema: string;
}

const TYPE_NAME = /^[a-z][a-z0-9-]{0,63}$/;
const REQUIRED = ['title', 'version', 'payload'];
const FIELDS = [...REQUIRED, 'description', 'result', 'examples'];
/** Whatever points elsewhere. The type generator loses inner definitions, and a $ref would leave the file. */
const POINTERS = ['$ref', '$dynamicRef', '$id', '$anchor', '$dynamicAnchor', '$schema', '$defs', 'definitions'];

/** Every `<folder>/<type>/schema.yaml`, sorted by type so that the output does not depend on the disk. */
export function readTaskTypes(folders: readonly string[]): TaskType[] {
  const paths = folders.flatMap((folder) => readdirSync(folder).map((type) => join(folder, type)));
  const found = paths.filter((path) => existsSync(join(path, 'schema.yaml'))).map(readTaskType);
  return found.sort((a, b) => (a.type < b.type ? -1 : 1));
}

/** Throws a sentence that names the file and the fault. */
export function readTaskType(folder: string): TaskType {
  const type = basename(folder);
  if (!TYPE_NAME.test(type)) throw new Error(`${type}: a type is named with a-z, 0-9 and -, at most 64 of them`);
  const path = join(folder, 'schema.yaml');
  if (!existsSync(path)) throw new Error(`${type}/schema.yaml is missing`);
  try {
    return { ...shapeOf(parsed(readFileSync(path, 'utf8'))), type, ...schemaNames(type, new Set()) };
  } catch (fault) {
    throw new Error(`${type}/schema.yaml: ${firstLine(fault)}`, { cause: fault });
  }
}

/** Plain JSON: an alias becomes a copy, and nothing else that YAML knows is left. */
function parsed(text: string): Partial<Record<string, unknown>> {
  const value = JSON.parse(JSON.stringify(parse(text) ?? null)) as unknown;
  if (!isObject(value)) throw new Error('it must be a mapping with title, version and payload');
  return value;
}

type Shape = Omit<TaskType, 'type' | 'payloadSchema' | 'resultSchema'>;

function shapeOf(read: Partial<Record<string, unknown>>): Shape {
  for (const field of REQUIRED) if (!(field in read)) throw new Error(`${field} is missing`);
  for (const field of Object.keys(read)) if (!FIELDS.includes(field)) throw new Error(`${field} is unknown`);
  const { title, description = '', version, payload, result = {}, examples = [] } = read;
  if (typeof title !== 'string' || title === '') throw new Error('title must be a text');
  if (typeof description !== 'string') throw new Error('description must be a text');
  if (!Number.isSafeInteger(version) || Number(version) < 1) throw new Error('version must be a whole number from 1');
  if (!isObject(payload) || payload['type'] !== 'object') throw new Error('payload must be a schema of type object');
  if (!isObject(result)) throw new Error('result must be a schema');
  if (!Array.isArray(examples) || !examples.every(isExample)) {
    throw new Error('examples must be a list of { summary, payload, result? }');
  }
  for (const schema of [payload, result]) refusePointers(schema);
  return { title, description, version: Number(version), payload, result, examples };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isExample(value: unknown): value is TaskTypeExample {
  if (!isObject(value) || typeof value['summary'] !== 'string' || !('payload' in value)) return false;
  return Object.keys(value).every((key) => ['summary', 'payload', 'result'].includes(key));
}

/** A property may be called like a keyword; its schema is then an object, not a text. */
function refusePointers(schema: unknown): void {
  if (typeof schema !== 'object' || schema === null) return;
  for (const [key, value] of Object.entries(schema)) {
    const isPointer = POINTERS.includes(key) && (typeof value === 'string' || key === '$defs' || key === 'definitions');
    if (isPointer) throw new Error(`write schemas out (YAML anchors may help): ${key} is not supported`);
    refusePointers(value);
  }
}

export const firstLine = (fault: unknown): string =>
  (fault instanceof Error ? fault.message : String(fault)).split('\n')[0]!.replace(/:$/, '');

/** `SendMailPayload` and `SendMailResult`; `SendMailTypePayload` where the contract has that name for something else. */
export function schemaNames(type: string, taken: ReadonlySet<string>) {
  const words = type.split('-').filter(Boolean);
  let stem = words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('');
  while (taken.has(`${stem}Payload`) || taken.has(`${stem}Result`)) stem += 'Type';
  return { payloadSchema: `${stem}Payload`, resultSchema: `${stem}Result` };
}

export function entryOf({ type, title, description, version, payload, result, examples }: TaskType): TaskTypeEntry {
  return { type, title, description, payloadVersion: version, payload, result, examples };
}

/** `{ payload: …; result: … }` for each type, in TypeScript. */
export const shapesSource = (types: readonly TaskType[]): string =>
  types
    .map(
      ({ type, payloadSchema, resultSchema }) => `  '${type}': { payload: ${payloadSchema}; result: ${resultSchema} };`,
    )
    .join('\n');

export function taskTypesSource(types: readonly TaskType[]): string {
  const names = types.flatMap(({ payloadSchema, resultSchema }) => [payloadSchema, resultSchema]);
  const entries = Object.fromEntries(types.map((type) => [type.type, entryOf(type)]));
  return `import type { TaskTypeEntry } from '../task-type.ts';
import type { ${names.join(', ')} } from './types.ts';

/** Payload and result of every built-in task type. */
export interface TaskTypes {
${shapesSource(types)}
}

export type TaskTypeName = keyof TaskTypes;

export const taskTypes: Readonly<Record<TaskTypeName, TaskTypeEntry>> = ${JSON.stringify(entries, null, 2)};
`;
}
