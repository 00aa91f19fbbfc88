// The promise that no pattern of the contract lets one request hold the server. Judging them takes ten seconds.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultOptions } from './generate.ts';
import { readContract } from './generator/contract.ts';
import { formats } from './generator/formats.ts';
import { patternsIn, slownessOf } from './generator/patterns.ts';
import { readTaskTypes } from './generator/task-types.ts';

test('a pattern of the contract or its formats never takes longer than its text is long', { timeout: 120_000 }, () => {
  const { root, taskFolders } = defaultOptions();
  const contract = readContract(join(root, 'api', 'openapi.yaml'), readTaskTypes(taskFolders));
  const { parameters, schemas } = contract.components as Record<string, unknown>;
  const patterns = [...patternsIn(schemas, 'schemas'), ...patternsIn(parameters, 'parameters')];
  expect(patterns.length).toBeGreaterThan(5);
  const all = new Set([
    ...patterns.map(({ pattern }) => pattern),
    ...Object.values(formats).map(({ source }) => source),
  ]);
  for (const each of all) expect.soft(slownessOf(each), each).toBeUndefined();
});
