/** One text put into every place of every request that the contract describes, and into some that it does not. */
import { Seeded } from '../seeded.ts';
import type { Contract, Operation, Schema } from './contract.ts';
import type { Planned } from './planned.ts';
import { Values } from './values.ts';

/** No id, type or tag may hold a ~, so that only what is free text can carry it and be right. */
export const CANARY = '~canary-4711-of-the-client';
/** The task that the operations ask for. */
export const TASK_ID = 'canary-task';

const MOST_LEVELS = 4;

type Request = Omit<Planned, 'index' | 'mutation' | 'operationId' | 'expected'>;

export function canaryRequests(contract: Contract, payload: Schema): Planned[] {
  const values = new Values(contract, { random: new Seeded(1), marker: CANARY, nowMs: Date.now() });
  const places = new Places(contract, values, payload);
  const requests = contract.operations.flatMap((operation) =>
    [...inParameters(operation), ...inHeaders(operation), ...inBodies(operation, places)].map((each) => ({
      ...{ index: 0, mutation: 'canary', expected: 'either' as const, operationId: operation.operationId },
      ...each,
    })),
  );
  return requests.map((each, index) => ({ ...each, index }));
}

const JSON_TYPE = { 'Content-Type': 'application/json' };
const escaped = encodeURIComponent(CANARY);
const pathOf = ({ path }: Operation, value = TASK_ID): string =>
  path.replace('{taskId}', value).replace(/\{\w+\}/g, value === TASK_ID ? '1' : value);

const request = ({ method }: Operation, target: string): Request => ({ method, target, headers: {}, body: undefined });

function inParameters(operation: Operation): Request[] {
  const path = pathOf(operation);
  const queries = operation.parameters.filter(({ in: place }) => place === 'query');
  return [
    request(operation, path),
    request(operation, pathOf(operation, escaped)),
    request(operation, `${path}/${escaped}`),
    request(operation, `${path}?${escaped}=${escaped}`),
    request(operation, `${path}#${escaped}`),
    ...queries.map(({ name }) => request(operation, `${path}?${name}=${escaped}`)),
    ...queries.map(({ name }) => request(operation, `${path}?${name}=${escaped}&${name}=${escaped}`)),
    { ...request(operation, path), method: 'PATCH' },
  ];
}

function inHeaders(operation: Operation): Request[] {
  const named = operation.parameters.filter(({ in: place }) => place === 'header').map(({ name }) => name);
  const others = ['X-Request-Id', 'traceparent', 'Authorization', 'Cookie', 'Origin', 'Host', 'Referer', 'User-Agent'];
  const body = operation.body && Buffer.from('{"payload":{}}');
  return [...named, ...others, 'Accept', 'Content-Encoding', 'X-Canary', `X-${CANARY}`].map((name) => ({
    ...request(operation, pathOf(operation)),
    headers: { ...(body && JSON_TYPE), [name]: CANARY },
    body,
  }));
}

function inBodies(operation: Operation, places: Places): Request[] {
  if (!operation.body) return [];
  const texts = places.in(operation.body.schema).map((value) => JSON.stringify(value));
  const broken = [
    CANARY,
    `{"${CANARY}"`,
    `{"payload":${CANARY}}`,
    `{"a":"${CANARY}","a":1}`,
    `{"a":"${CANARY}\\ud800"}`,
  ];
  return [...texts, ...broken].map((text) => ({
    ...request(operation, pathOf(operation)),
    headers: JSON_TYPE,
    body: Buffer.from(text),
  }));
}

/** All values of a schema with the canary in one place: as a value, as a key, as one more field. */
class Places {
  readonly #contract: Contract;
  readonly #values: Values;
  readonly #payload: Schema;

  constructor(contract: Contract, values: Values, payload: Schema) {
    this.#contract = contract;
    this.#values = values;
    this.#payload = payload;
  }

  in(node: Schema, depth = 0): unknown[] {
    const { properties = {}, items, required = [] } = this.#contract.resolved<Schema>(node);
    const anywhere = [CANARY, [CANARY], { [CANARY]: CANARY }];
    if (depth === MOST_LEVELS) return anywhere;
    const needed = Object.fromEntries(required.map((name) => [name, this.#values.valid(properties[name]!)]));
    const inFields = Object.entries(properties).flatMap(([name, schema]) =>
      this.in(name === 'payload' ? this.#payload : schema, depth + 1).map((value) => ({ ...needed, [name]: value })),
    );
    const more = Object.keys(properties).length > 0 ? [{ ...needed, [CANARY]: CANARY }] : [];
    return [...anywhere, ...more, ...inFields, ...(items ? this.in(items, depth + 1).map((value) => [value]) : [])];
  }
}
