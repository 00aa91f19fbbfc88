/** All that is known about DynamoDB and can be tried. `node service/testing/facts/dynamo-facts.ts` prints the table of CONTRIBUTING.md. */
import { COST_FACTS } from './dynamo-cost-facts.ts';
import { LIMIT_FACTS } from './dynamo-limit-facts.ts';
import { READ_FACTS } from './dynamo-read-facts.ts';
import { WRITE_FACTS } from './dynamo-write-facts.ts';
import type { Fact } from './fact.ts';
import { rowOf, SUBJECTS, targetOf } from './fact.ts';

export const DYNAMO_FACTS: readonly Fact[] = [...WRITE_FACTS, ...LIMIT_FACTS, ...READ_FACTS, ...COST_FACTS];

export const HEADER: readonly string[] = ['fact about DynamoDB', 'source', ...SUBJECTS];

const lineOf = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

if (import.meta.main) {
  const rows = [HEADER, HEADER.map(() => '---'), ...DYNAMO_FACTS.map(rowOf)];
  const targets = new Set(DYNAMO_FACTS.map(targetOf));
  console.log([...rows.map(lineOf), '', ...[...targets].sort()].join('\n'));
}
