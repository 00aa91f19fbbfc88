// Reads api/openapi.yaml and merges the task types into it: each adds the schemas of its payload and result.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { operationsOf, schemaName, type Contract } from './document.ts';
import type { TaskType } from './task-types.ts';

/** The contract with the task types merged in; throws a sentence when the parts contradict each other. */
export function readContract(path: string, types: readonly TaskType[]): Contract {
  const contract = parse(readFileSync(path, 'utf8')) as Contract;
  for (const type of types) {
    addSchema(contract, type.payloadSchema, type.payload);
    addSchema(contract, type.resultSchema, type.result);
  }
  const faults = [...problemFaults(contract), ...operationFaults(contract)];
  if (faults.length > 0) throw new Error(`The contract contradicts itself:\n${faults.join('\n')}`);
  return contract;
}

function addSchema(contract: Contract, name: string, schema: Contract['components']['schemas'][string]): void {
  if (name in contract.components.schemas) throw new Error(`Two schemas are named ${name}`);
  contract.components.schemas[name] = schema;
}

const PROBLEM_FIELDS = ['status', 'title', 'retryable', 'when', 'remedy'] as const;

/** The enum that clients see and the table that the server answers from must name the same codes. */
function problemFaults(contract: Contract): string[] {
  const listed = contract.components.schemas['ProblemCode']?.enum ?? [];
  const entries = Object.entries(contract['x-problems']);
  const table = entries.map(([code]) => code);
  return [
    ...entries.flatMap(([code, entry]) =>
      PROBLEM_FIELDS.filter((field) => entry[field] === undefined).map(
        (field) => `x-problems: ${code} has no ${field}`,
      ),
    ),
    ...table.filter((code) => !listed.includes(code)).map((code) => `${code} is in x-problems, not in ProblemCode`),
    ...listed.filter((code) => !table.includes(code as string)).map((code) => `${String(code)} is in ProblemCode only`),
  ];
}

/** Of `x-scope`: those of identities, any identity, and nobody at all. */
export const SCOPES: readonly string[] = [
  'tasks:submit',
  'tasks:read',
  'payloads:read',
  'tasks:operate',
  'admin',
  'any',
  'none',
];

function operationFaults(contract: Contract): string[] {
  return operationsOf(contract).flatMap(({ id, object, body, parameters }) => {
    const faults: string[] = [];
    if (!SCOPES.includes(object['x-scope'])) faults.push(`${id}: x-scope must be one of ${SCOPES.join(', ')}`);
    if (body) schemaName(body.schema, `${id}, body`);
    if (body && object['x-max-body-bytes'] === undefined) faults.push(`${id}: x-max-body-bytes is missing`);
    for (const { name, 'x-problem': code } of parameters) {
      if (code !== undefined && !(code in contract['x-problems'])) faults.push(`${id}: ${name} names no problem`);
    }
    return faults;
  });
}
