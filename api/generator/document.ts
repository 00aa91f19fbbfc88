// The part of an OpenAPI 3.1 document that the generator reads, and the walk over its operations with every $ref resolved.

export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly [keyword: string]: unknown;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
  readonly example?: unknown;
  /** Code of the problem that a bad value is; without it `invalid-parameter`. */
  readonly 'x-problem'?: string;
}

export interface MediaType {
  readonly schema: Schema;
  readonly examples?: Readonly<Record<string, { readonly $ref?: string; readonly value?: unknown }>>;
}

interface Header {
  readonly $ref?: string;
  readonly required?: boolean;
  readonly schema?: Schema;
}

export interface Response {
  readonly headers?: Record<string, Header>;
  readonly content: Readonly<Record<string, MediaType>>;
}

export interface OperationObject {
  readonly operationId: string;
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Readonly<Record<string, MediaType>> };
  readonly responses: Readonly<Record<string, Response | { readonly $ref: string }>>;
  readonly 'x-scope': string;
  readonly 'x-max-body-bytes'?: number;
}

export type PathItem = Readonly<Record<string, OperationObject>> & {
  readonly parameters?: OperationObject['parameters'];
};

export interface Problem {
  readonly status: number;
  readonly title: string;
  readonly retryable: boolean;
  readonly when: string;
  readonly remedy: string;
}

export interface Contract {
  readonly info: { readonly version: string };
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components: {
    schemas: Record<string, Schema>;
    readonly [kind: string]: Readonly<Record<string, unknown>>;
  };
  readonly 'x-problems': Readonly<Record<string, Problem>>;
}

/** One operation with its parameters and responses resolved. */
export interface ResolvedOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body: { readonly required: boolean; readonly schema: Schema; readonly media: MediaType } | null;
  readonly responses: Readonly<Record<string, Response>>;
  readonly object: OperationObject;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** The value itself, or what its `$ref` inside the same document points to. */
export function resolve<T>(contract: Contract, value: T | { readonly $ref: string }): T {
  if (typeof value !== 'object' || value === null || !('$ref' in value)) return value;
  const ref = value.$ref;
  let target: unknown = contract;
  for (const key of ref.replace('#/', '').split('/')) target = (target as Record<string, unknown>)[key];
  if (target === undefined) throw new Error(`${ref} points to nothing`);
  return resolve(contract, target as T);
}

export function operationsOf(contract: Contract): ResolvedOperation[] {
  return Object.entries(contract.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => method in item).map((method) => resolveOperation(contract, { path, method, item })),
  );
}

function resolveOperation(
  contract: Contract,
  at: { readonly path: string; readonly method: string; readonly item: PathItem },
): ResolvedOperation {
  const object = at.item[at.method]!;
  const parameters = [...(at.item.parameters ?? []), ...(object.parameters ?? [])];
  const media = object.requestBody?.content['application/json'];
  return {
    id: object.operationId,
    method: at.method.toUpperCase(),
    path: at.path,
    parameters: parameters.map((parameter) => resolve<Parameter>(contract, parameter)),
    body: media ? { required: object.requestBody?.required === true, schema: media.schema, media } : null,
    responses: Object.fromEntries(
      Object.entries(object.responses).map(([status, response]) => [status, resolve<Response>(contract, response)]),
    ),
    object,
  };
}

/** `Task` of `#/components/schemas/Task`; a body or an answer must be named so, or generated code could not name its type. */
export function schemaName(schema: Schema, where: string): string {
  const name = schema.$ref?.match(/^#\/components\/schemas\/(\w+)$/)?.[1];
  if (name === undefined) throw new Error(`${where}: name the schema under components/schemas and refer to it`);
  return name;
}
