// What a server needs to know about an operation, derived from the contract: `{ [K in OperationId]: Operation<K, Context> }`
// does not compile while a handler is missing or answers something that the contract does not list.
import type { operations, ProblemCode, QueryDefaults, RequestBodies, Scope } from './generated/types.ts';

export type OperationId = keyof operations;

export type { Scope };

/** A row of the operation table. */
export interface OperationEntry {
  readonly operationId: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As in the contract: `/tasks/{taskId}`. */
  readonly path: string;
  /** As Hono mounts it: `/tasks/:taskId`. */
  readonly route: string;
  readonly pathNames: readonly string[];
  readonly queryNames: readonly string[];
  /** In lower case. Other headers are not the operation's business. */
  readonly headerNames: readonly string[];
  readonly body: {
    /** Name in `bodies` of the validators. */
    readonly schema: string;
    /** The list in it whose items are judged one by one; null when it is judged as a whole. */
    readonly judgedAlone: string | null;
    /** A missing body that is not required is `{}`. */
    readonly required: boolean;
    readonly maxBytes: number;
  } | null;
  /** Statuses that a handler may answer; every other answer is a problem. */
  readonly answers: readonly number[];
  /** Null: open to everybody; `any`: to every identity. */
  readonly scope: Scope | 'any' | null;
  /** What a bad value of a parameter is, by name (headers in lower case); every declared parameter is listed. */
  readonly parameterProblems: Readonly<Record<string, ProblemCode>>;
}

type ParametersIn<K extends OperationId, Place extends 'path' | 'query' | 'header'> =
  NonNullable<operations[K]['parameters'][Place]> extends infer Found
    ? [Found] extends [never]
      ? Readonly<Record<string, never>>
      : Found
    : never;

type Filled<Query, Name extends PropertyKey> = Omit<Query, Name> & Required<Pick<Query, Name & keyof Query>>;

export type PathParameters<K extends OperationId> = ParametersIn<K, 'path'>;

export type QueryParameters<K extends OperationId> = Filled<ParametersIn<K, 'query'>, QueryDefaults[K]>;

/** Header names in lower case, as Node and fetch hand them over. */
export type HeaderParameters<K extends OperationId> = {
  [Name in keyof ParametersIn<K, 'header'> as Lowercase<Name & string>]: ParametersIn<K, 'header'>[Name];
};

/** The validated request of an operation. */
export interface OperationInput<K extends OperationId> {
  readonly path: PathParameters<K>;
  readonly query: QueryParameters<K>;
  readonly headers: HeaderParameters<K>;
  readonly body: RequestBodies[K];
}

type Named<Headers> = { [Name in keyof Headers as string extends Name ? never : Name]: Headers[Name] };

type Answered<Status, Headers, Body> =
  Partial<Named<Headers>> extends Named<Headers>
    ? { readonly status: Status; readonly body: Body; readonly headers?: Named<Headers> }
    : { readonly status: Status; readonly body: Body; readonly headers: Named<Headers> };

type Answers<Responses> = {
  [Status in keyof Responses]: Responses[Status] extends {
    headers: infer Headers;
    content: { 'application/json': infer Body };
  }
    ? Answered<Status, Headers, Body>
    : never;
}[keyof Responses];

/** What a handler may answer: the JSON responses of the contract. Problems are thrown, not answered. */
export type OperationOutput<K extends OperationId> = Answers<operations[K]['responses']>;

/** The handler of one operation. `Context` is the server's: who asks, under which request id. */
export type Operation<K extends OperationId, Context = undefined> = (
  input: OperationInput<K>,
  context: Context,
) => OperationOutput<K> | Promise<OperationOutput<K>>;

/** Every operation of the contract with its handler. */
export type Operations<Context = undefined> = { readonly [K in OperationId]: Operation<K, Context> };
