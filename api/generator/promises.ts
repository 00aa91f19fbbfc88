// What both contracts promise, as one OpenAPI document for the gate against breaking changes: redocly compares schemas only, so
// each promise that stands outside of schemas, in an extension or a default, becomes a path of its own with a schema.
import { SCOPES } from './contract.ts';
import { operationsOf, resolve, type Contract, type ResolvedOperation, type Schema } from './document.ts';
import { liveMessages, withLive, type LiveDocument } from './live.ts';

/** Both contracts, as written. */
export interface Contracts {
  readonly openapi: Contract;
  readonly asyncapi: LiveDocument;
}

type Path = readonly [path: string, item: object];

export function asOne({ openapi, asyncapi }: Contracts): Contract {
  const whole = withLive(openapi, asyncapi);
  const operations = operationsOf(openapi).flatMap((each) => [
    ...promisesOfOperation(each),
    ...promisesOfParameters(each),
    ...promisesOfBatch(openapi, each),
  ]);
  const added = Object.fromEntries([...livePaths(asyncapi), ...operations, ...promisesOfProblems(openapi)]);
  return { ...whole, paths: { ...whole.paths, ...(added as Contract['paths']) } };
}

function livePaths(asyncapi: LiveDocument): Path[] {
  const messages = liveMessages(asyncapi).map(({ name, from, schema }): Path => {
    return [`/live/${from}/${name}`, exchange(from, { $ref: `#/components/schemas/${schema}` })];
  });
  const addresses = Object.values(asyncapi.channels).map(({ address }): Path => {
    return [`/live${address}`, exchange('client', {})];
  });
  return [...messages, ...addresses];
}

/** Which scopes let in where it is not one. */
const ENOUGH: Readonly<Record<string, readonly string[]>> = {
  none: SCOPES,
  any: SCOPES.filter((scope) => scope !== 'none'),
};

/** Whoever was let in still is. */
function promisesOfOperation(operation: ResolvedOperation): Path[] {
  const { id, object } = operation;
  const enough = ENOUGH[object['x-scope']] ?? [object['x-scope']];
  return [
    [`/requests/${id}`, exchange('client', requestOf(operation))],
    [`/scopes/${id}`, exchange('client', { type: 'string', enum: enough })],
  ];
}

function promisesOfParameters({ id, parameters }: ResolvedOperation): Path[] {
  return parameters.flatMap(({ name, schema, 'x-problem': problem = 'invalid-parameter' }): Path[] => [
    [`/parameter-problems/${id}/${name}`, fixed(problem)],
    [`/defaults/${id}/${name}`, fixed(schema.default ?? null)],
  ]);
}

/** One bad item does not refuse the others. */
function promisesOfBatch(openapi: Contract, { id, body }: ResolvedOperation): Path[] {
  const properties = Object.entries((body && resolve(openapi, body.schema).properties) ?? {});
  return properties
    .filter(([, property]) => property['x-judged-alone'] === true)
    .map(([name]) => [`/judged-alone/${id}/${name}`, fixed(true)]);
}

/** That a problem becomes retryable breaks nobody. */
function promisesOfProblems({ 'x-problems': problems }: Contract): Path[] {
  return Object.entries(problems).flatMap(([code, { status, retryable }]) => {
    const answered: Path = [`/problem-statuses/${code}`, exchange('server', { type: 'integer', enum: [status] })];
    return retryable ? [answered, [`/retryable/${code}`, fixed(true)]] : [answered];
  });
}

/** What redocly leaves out: the limit of the body, and that one is now required where none was taken. */
function requestOf({ body, object: { 'x-max-body-bytes': maximum } }: ResolvedOperation): Schema {
  if (!body) return { type: 'object', required: [], properties: {} };
  return {
    type: 'object',
    required: body.required ? ['body'] : [],
    properties: { body: {}, maxBodyBytes: { type: 'integer', maximum } },
  };
}

const fixed = (value: unknown): object => exchange('server', { const: value });

function exchange(from: 'client' | 'server', schema: Schema): object {
  const content = { 'application/json': { schema } };
  if (from === 'server') return { post: { responses: { 200: { description: 'An answer.', content } } } };
  const responses = { 204: { description: 'No answer.' } };
  return { post: { requestBody: { required: true, content }, responses } };
}
