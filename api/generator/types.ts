// Writes types.ts: openapi-typescript's output, then a short name for every schema and what the server knows more exactly.
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { operationsOf, resolve, schemaName, type Contract, type ResolvedOperation } from './document.ts';

export async function typesSource(contract: Contract): Promise<string> {
  const inlined = withInlinedHeaders(structuredClone(contract)) as unknown as OpenAPI3;
  const tree = await openapiTS(inlined, { defaultNonNullable: false, silent: true });
  return [astToString(tree), ...aliases(contract), '', ...bodies(contract), '', ...defaults(contract), ''].join('\n');
}

// openapi-typescript makes every header that is a $ref required; only an inlined one may be optional.
function withInlinedHeaders(contract: Contract): Contract {
  const shared = Object.values(contract.components['responses'] ?? {}) as ResolvedOperation['responses'][string][];
  for (const response of [...operationsOf(contract).flatMap((each) => Object.values(each.responses)), ...shared]) {
    for (const [name, header] of Object.entries(response.headers ?? {})) {
      response.headers![name] = resolve(contract, header as { $ref: string });
    }
  }
  return contract;
}

/** Only the schemas, for who needs nothing of the operations. */
export async function schemaTypesSource(schemas: Contract['components']['schemas']): Promise<string> {
  const document = { openapi: '3.1.0', info: { title: 'schemas', version: '1' }, paths: {}, components: { schemas } };
  const tree = await openapiTS(document as unknown as OpenAPI3, { defaultNonNullable: false, silent: true });
  return [astToString(tree), ...Object.keys(schemas).map(aliasOf), ''].join('\n');
}

const aliasOf = (name: string): string => `export type ${name} = components['schemas']['${name}'];`;

function aliases({ components }: Contract): string[] {
  return Object.entries(components.schemas).flatMap(([name, schema]) => {
    const alias = aliasOf(name);
    if (!schema.enum) return [alias];
    const values = `${name[0]!.toLowerCase()}${name.slice(1)}Values`;
    const list = schema.enum.map((value) => JSON.stringify(value)).join(', ');
    return [alias, `export const ${values} = [${list}] as const satisfies readonly ${name}[];`];
  });
}

/** What a validated body is to the server: items that are judged alone have not been looked at yet. */
function bodies(contract: Contract): string[] {
  const lines = operationsOf(contract).flatMap(({ id, body }) => {
    if (!body) return [`  ${id}: null;`];
    const name = schemaName(body.schema, id);
    const alone = judgedAlone(contract, name);
    if (alone.length === 0) return [`  ${id}: ${name};`];
    const unknowns = alone.map((property) => `${property}: unknown[]`).join('; ');
    const known = alone.map((property) => `'${property}'`).join(' | ');
    return [`  ${id}: Omit<${name}, ${known}> & { ${unknowns} };`];
  });
  return ['/** The body of each operation after validation; items judged alone are still unknown. */'].concat([
    'export interface RequestBodies {',
    ...lines,
    '}',
  ]);
}

/** Properties of a body whose items the server validates one by one. */
export function judgedAlone(contract: Contract, schema: string): string[] {
  const properties = Object.entries(contract.components.schemas[schema]?.properties ?? {});
  return properties.filter(([, property]) => property['x-judged-alone'] === true).map(([name]) => name);
}

/** Query parameters with a default are always there once validated. */
function defaults(contract: Contract): string[] {
  const lines = operationsOf(contract).map(({ id, parameters }) => {
    const names = parameters.filter((each) => each.in === 'query' && each.schema.default !== undefined);
    return `  ${id}: ${names.map(({ name }) => `'${name}'`).join(' | ') || 'never'};`;
  });
  return ['/** Query parameters that validation fills in. */', 'export interface QueryDefaults {', ...lines, '}'];
}
