/** Path, query and headers of an operation, validated by the contract. Each bad one has its own problem there. */
import type { OperationEntry, OperationId } from '@holdfast/api/operation';
import type { ProblemCode } from '@holdfast/api/types';
import type { Validator } from '@holdfast/api/validator';
import { parameters } from '@holdfast/api/validators';
import { Refusal } from '../core/refusal.ts';
import type { Call } from './call.ts';
import { invalidCursor } from './cursor.ts';

export interface Parameters {
  readonly path: Record<string, string>;
  readonly query: Record<string, unknown>;
  readonly headers: Record<string, string>;
}

type Entry = OperationEntry & { readonly operationId: OperationId };
type Validators = Readonly<Record<keyof Parameters, Validator<unknown>>>;

/** Headers that mean something elsewhere and would be silently ignored here. */
const REFUSED_HEADERS: Partial<Record<OperationId, readonly (readonly [string, ProblemCode, string])[]>> = {
  submitTasks: [['idempotency-key', 'invalid-idempotency-key', 'Give every task of the batch a taskId instead.']],
};

export function parametersOf(entry: Entry, call: Call, path: Record<string, string>): Parameters {
  const validators: Validators = parameters[entry.operationId];
  if (entry.pathNames.length > 0) check(entry, validators.path, path);
  const query = queryOf(entry, call.queryText);
  if (entry.queryNames.length > 0) check(entry, validators.query, query);
  const headers = headersOf(entry, call);
  if (entry.headerNames.length > 0) check(entry, validators.headers, headers);
  return { path, query, headers };
}

const problemOf = ({ parameterProblems }: Entry, name: string): ProblemCode =>
  parameterProblems[name] ?? 'invalid-parameter';

function check(entry: Entry, validate: Validator<unknown>, values: object): void {
  if (validate(values)) return;
  const [fault] = validate.errors ?? [];
  const name = fault?.instancePath.slice(1) ?? '';
  const code = problemOf(entry, name);
  // Byte for byte what an unknown id gets.
  if (code === 'not-found') throw new Refusal(code, `There is no ${name === 'keyId' ? 'key' : 'task'} with this id.`);
  if (code === 'invalid-cursor') throw invalidCursor();
  throw new Refusal(code, `${name} ${fault?.message ?? 'is wrong'}.`);
}

function queryOf({ queryNames }: Entry, text: string): Record<string, unknown> {
  const query: Record<string, unknown> = {};
  if (text === '') return query;
  for (const [name, value] of new URLSearchParams(text)) {
    if (!queryNames.includes(name)) throw unknownParameter(queryNames);
    if (Object.hasOwn(query, name)) throw new Refusal('invalid-parameter', `${name} was given more than once.`);
    query[name] = value;
  }
  return query;
}

function unknownParameter(names: readonly string[]): Refusal {
  const taken = names.length === 0 ? 'This operation takes no parameters.' : `Known here: ${names.join(', ')}.`;
  return new Refusal('unknown-parameter', taken);
}

function headersOf(entry: Entry, call: Call): Record<string, string> {
  const { operationId, headerNames } = entry;
  for (const [name, code, detail] of REFUSED_HEADERS[operationId] ?? []) {
    if (call.header(name) !== undefined) throw new Refusal(code, detail);
  }
  const headers: Record<string, string> = {};
  for (const name of headerNames) {
    const value = call.header(name);
    if (value === undefined) continue;
    if (call.isRepeated(name)) throw new Refusal(problemOf(entry, name), `${name} was given more than once.`);
    headers[name] = value;
  }
  return headers;
}
