// Which validators exist: bodies, parameters and payloads for the server (validators.js), live messages of clients for its live
// channel (live-validators.js, apart, for on AWS that is a function of its own), answers, results and live messages of the
// server for tests and clients (response-validators.js, apart, so that no server loads them). bundle.ts compiles them.
import { bundle, refTo, type PlannedValidator, type Reading } from './bundle.ts';
import { declarations } from './declarations.ts';
import {
  operationsOf,
  schemaName,
  type Contract,
  type Parameter,
  type ResolvedOperation,
  type Schema,
} from './document.ts';
import type { LiveMessage } from './live.ts';
import { keyOf } from './operation-table.ts';
import type { TaskType } from './task-types.ts';
import { judgedAlone } from './types.ts';

export interface ValidatorFiles {
  readonly 'validators.js': string;
  readonly 'validators.d.ts': string;
  readonly 'live-validators.js': string;
  readonly 'live-validators.d.ts': string;
  readonly 'response-validators.js': string;
  readonly 'response-validators.d.ts': string;
}

interface Leaf extends PlannedValidator {
  /** The type that the validator proves. */
  readonly proves: string;
}

export async function validatorFiles(
  contract: Contract,
  types: readonly TaskType[],
  messages: readonly LiveMessage[],
): Promise<ValidatorFiles> {
  const { schemas } = contract.components;
  const operations = operationsOf(contract);
  const requests = [
    ...operations.flatMap((operation) => bodyLeaves(contract, operation)),
    ...operations.flatMap(parameterLeaves),
    ...types.map(payloadLeaf),
  ];
  const live = messages.filter(({ from }) => from === 'client').map(messageLeaf);
  const responses = [
    ...operations.flatMap(responseLeaves),
    ...types.map(resultLeaf),
    ...messages.filter(({ from }) => from === 'server').map(messageLeaf),
  ];
  return {
    'validators.js': await bundle({ schemas, leaves: requests }),
    'validators.d.ts': declarations(requests),
    'live-validators.js': await bundle({ schemas, leaves: live }),
    'live-validators.d.ts': declarations(live),
    'response-validators.js': await bundle({ schemas, leaves: responses }),
    'response-validators.d.ts': declarations(responses),
  };
}

function bodyLeaves(contract: Contract, { id, body }: ResolvedOperation): Leaf[] {
  if (!body) return [];
  const name = schemaName(body.schema, id);
  const proves = `RequestBodies['${id}']`;
  return [{ path: ['bodies', name], schema: envelope(contract, name), proves, isThorough: true }];
}

export function payloadLeaf({ type, payloadSchema }: TaskType): Leaf {
  return { path: ['payloads', type], schema: refTo(payloadSchema), proves: payloadSchema, isThorough: true };
}

/** The server does not judge results: that would come after the effect. */
function resultLeaf({ type, resultSchema }: TaskType): Leaf {
  return { path: ['results', type], schema: refTo(resultSchema), proves: resultSchema };
}

function messageLeaf({ name, from, schema }: LiveMessage): Leaf {
  return { path: [`${from}Messages`, name], schema: refTo(schema), proves: schema };
}

function responseLeaves({ id, responses }: ResolvedOperation): Leaf[] {
  return Object.entries(responses).map(([status, response]) => {
    const schema = schemaName(Object.values(response.content)[0]!.schema, `${id} ${status}`);
    return { path: ['responses', id, status], schema: refTo(schema), proves: schema };
  });
}

/** The body's schema without the items that are judged alone, so that one bad item does not refuse its neighbours. */
function envelope(contract: Contract, name: string): Schema {
  const alone = judgedAlone(contract, name);
  if (alone.length === 0) return refTo(name);
  const schema = structuredClone(contract.components.schemas[name]!) as {
    properties: Record<string, { items?: unknown }>;
  };
  for (const property of alone) delete schema.properties[property]!.items;
  return schema;
}

function parameterLeaves({ id, parameters }: ResolvedOperation): Leaf[] {
  const leaf = (place: Parameter['in'], key: string): Leaf => {
    const own = parameters.filter((each) => each.in === place);
    const proves = `${key[0]!.toUpperCase()}${key.slice(1)}Parameters<'${id}'>`.replace('Headers', 'Header');
    const planned = { path: ['parameters', id, key], schema: objectOf(own, place !== 'header'), proves };
    return place === 'query' && own.length > 0 ? { ...planned, reading: readingOf(own) } : planned;
  };
  return [leaf('path', 'path'), leaf('query', 'query'), leaf('header', 'headers')];
}

function readingOf(parameters: readonly Parameter[]): Reading {
  const defaulted = parameters.filter((each) => each.schema.default !== undefined);
  return {
    integers: parameters.filter((each) => each.schema.type === 'integer').map(keyOf),
    defaults: Object.fromEntries(defaulted.map((each) => [keyOf(each), each.schema.default])),
  };
}

function objectOf(parameters: readonly Parameter[], closed: boolean): Schema {
  return {
    type: 'object',
    additionalProperties: !closed,
    required: parameters.filter((each) => each.required === true).map(keyOf),
    properties: Object.fromEntries(parameters.map((each) => [keyOf(each), each.schema])),
  };
}
