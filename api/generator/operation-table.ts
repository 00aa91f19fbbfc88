// Writes operations.ts, the table a server mounts, and problems.ts, the table it answers errors from.
import type { OperationEntry } from '../operation.ts';
import { operationsOf, schemaName, type Contract, type Parameter, type ResolvedOperation } from './document.ts';
import { judgedAlone } from './types.ts';

export function operationsSource(contract: Contract): string {
  const entries = operationsOf(contract).map((operation) => [operation.id, entryOf(contract, operation)]);
  return `import type { OperationEntry, OperationId } from '../operation.ts';

/** Every operation of the contract. */
export const operations = ${JSON.stringify(Object.fromEntries(entries), null, 2)} as const satisfies {
  readonly [K in OperationId]: OperationEntry & { readonly operationId: K };
};
`;
}

export function problemsSource(contract: Contract): string {
  return `import type { ProblemCode } from './types.ts';

export interface ProblemEntry {
  readonly status: number;
  readonly title: string;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  /** What brings it about, for people. */
  readonly when: string;
  /** What to do about it, for people. */
  readonly remedy: string;
}

/** The one table of problems. */
export const problems = ${JSON.stringify(contract['x-problems'], null, 2)} as const satisfies Readonly<Record<ProblemCode, ProblemEntry>>;
`;
}

function entryOf(contract: Contract, operation: ResolvedOperation): OperationEntry {
  const { id, method, path, parameters, body, object, responses } = operation;
  const answers = Object.entries(responses).filter(([, response]) => 'application/json' in response.content);
  return {
    operationId: id,
    method: method as OperationEntry['method'],
    path,
    route: path.replace(/\{(\w+)\}/g, ':$1'),
    pathNames: namesIn(parameters, 'path'),
    queryNames: namesIn(parameters, 'query'),
    headerNames: namesIn(parameters, 'header'),
    body: body && {
      schema: schemaName(body.schema, id),
      judgedAlone: judgedAlone(contract, schemaName(body.schema, id))[0] ?? null,
      required: body.required,
      maxBytes: object['x-max-body-bytes']!,
    },
    answers: answers.map(([status]) => Number(status)),
    scope: object['x-scope'] === 'none' ? null : (object['x-scope'] as OperationEntry['scope']),
    parameterProblems: Object.fromEntries(parameters.map((each) => [keyOf(each), problemOf(each)])),
  };
}

function namesIn(parameters: readonly Parameter[], place: Parameter['in']): string[] {
  return parameters.filter((each) => each.in === place).map(keyOf);
}

/** The name under which a request carries a parameter; header names in lower case. */
export function keyOf(parameter: Parameter): string {
  return parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name;
}

function problemOf(parameter: Parameter): OperationEntry['parameterProblems'][string] {
  const code = parameter['x-problem'] ?? 'invalid-parameter';
  return code as OperationEntry['parameterProblems'][string]; // readContract has compared it with the table
}
