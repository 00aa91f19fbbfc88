/** The contract as a stranger sees it: operations, parameters and schemas read from the openapi.json that a server shows. */

export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly not?: Schema;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
}

export interface Operation {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body: { readonly schema: Schema; readonly required: boolean; readonly maxBytes: number } | undefined;
  readonly statuses: readonly string[];
}

interface PathItem {
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[];
}

interface Described extends PathItem {
  readonly operationId: string;
  readonly requestBody?: {
    readonly required?: boolean;
    readonly content: Readonly<Record<string, { readonly schema: Schema }>>;
  };
  readonly responses: Readonly<Record<string, unknown>>;
  readonly 'x-max-body-bytes'?: number;
}

export interface Document {
  readonly paths: Readonly<Record<string, PathItem & Readonly<Record<string, unknown>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

export class Contract {
  readonly operations: readonly Operation[];
  readonly #document: Document;

  constructor(document: Document) {
    this.#document = document;
    this.operations = Object.entries(document.paths).flatMap(([path, item]) =>
      METHODS.filter((method) => method in item).map((method) =>
        this.#operation({ path, method, item, described: item[method] as Described }),
      ),
    );
  }

  /** A component's schema by its name. */
  schema(name: string): Schema {
    return this.resolved<Schema>({ $ref: `#/components/schemas/${name}` });
  }

  /** What a `$ref` names; siblings of it win. */
  resolved<T extends object>(node: T | { readonly $ref: string }): T {
    if (!('$ref' in node) || typeof node.$ref !== 'string') return node as T;
    const { $ref, ...siblings } = node as { $ref: string };
    const [, , kind = '', name = ''] = $ref.split('/');
    const found = this.#document.components[kind]?.[name];
    if (found === undefined) throw new Error(`The contract has no ${$ref}.`);
    return { ...this.resolved(found as T), ...siblings };
  }

  #operation(read: { path: string; method: string; item: PathItem; described: Described }): Operation {
    const { path, method, item, described } = read;
    const { operationId, requestBody, responses } = described;
    const schema = requestBody?.content['application/json']?.schema;
    return {
      operationId,
      path,
      method: method.toUpperCase(),
      parameters: [...(item.parameters ?? []), ...(described.parameters ?? [])].map((each) =>
        this.resolved<Parameter>(each),
      ),
      body: schema && {
        schema,
        required: requestBody?.required ?? false,
        maxBytes: described['x-max-body-bytes'] ?? Infinity,
      },
      statuses: Object.keys(responses),
    };
  }
}
