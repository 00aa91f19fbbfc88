// The gate against breaking changes: both contracts are compared with the newest release of their major version. redocly judges
// OpenAPI by who sends what, but AsyncAPI hardly at all; so the live messages are shown to it as requests and answers.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { operationsOf, type Contract, type ResolvedOperation, type Schema } from './document.ts';
import { liveMessages, withLive, type LiveDocument } from './live.ts';
import { redocly } from './redocly.ts';

/** Both contracts, as written. */
export interface Contracts {
  readonly openapi: Contract;
  readonly asyncapi: LiveDocument;
}

interface Change {
  readonly path: string;
  readonly verdicts: readonly { readonly ruleId: string; readonly impact: string; readonly message: string }[];
  readonly revision?: { readonly pointer?: string };
}

/** Reads openapi.yaml and asyncapi.yaml of a folder. */
export function readContracts(folder: string): Contracts {
  const read = (name: string): unknown => parse(readFileSync(join(folder, name), 'utf8'));
  return { openapi: read('openapi.yaml') as Contract, asyncapi: read('asyncapi.yaml') as LiveDocument };
}

/** The newest of the released versions that has the major version of `version`. */
export function newestRelease(released: readonly string[], version: string): string | undefined {
  const numbers = (text: string): number[] => text.split('.').map(Number);
  const ofMajor = released.filter((each) => numbers(each)[0] === numbers(version)[0]);
  const rank = (text: string): number => numbers(text).reduce((sum, number) => sum * 10_000 + number, 0);
  return ofMajor.sort((a, b) => rank(a) - rank(b)).at(-1);
}

/** What breaks a client that was written for `before`, a sentence each. */
export function breakingChanges(before: Contracts, today: Contracts): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-compare-'));
  try {
    const paths = [join(folder, 'before.json'), join(folder, 'today.json')] as const;
    const compared = asOne(today);
    writeFileSync(paths[0], JSON.stringify(asOne(before)));
    writeFileSync(paths[1], JSON.stringify(compared));
    const { changes } = redocly(['diff', ...paths]) as { readonly changes: readonly Change[] };
    return changes.filter((change) => !isGrowth(compared, change)).flatMap(sentences);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function sentences({ path, verdicts }: Change): string[] {
  const major = verdicts.filter(({ impact }) => impact === 'major');
  return major.map(({ message, ruleId }) => `${path.replaceAll('~1', '/')}: ${message} (${ruleId})`);
}

/** Clients are told by `x-grows` that values will be added to a list. */
function isGrowth(contract: Contract, { verdicts, revision }: Change): boolean {
  const keys = revision?.pointer?.split('/').slice(1, -1) ?? [];
  const schema = keys.reduce<unknown>((branch, key) => (branch as Schema | undefined)?.[decoded(key)], contract);
  const grows = (schema as Schema | undefined)?.['x-grows'] === true;
  return grows && verdicts.every(({ ruleId }) => ruleId === 'enum-values-added');
}

const decoded = (key: string): string => key.replaceAll('~1', '/').replaceAll('~0', '~');

/** Both contracts as one OpenAPI document; what is promised outside of schemas becomes a schema. */
function asOne({ openapi, asyncapi }: Contracts): Contract {
  const whole = withLive(openapi, asyncapi);
  const messages = liveMessages(asyncapi).map(({ name, from, schema }) => [
    `/live/${from}/${name}`,
    exchange(from, { $ref: `#/components/schemas/${schema}` }),
  ]);
  const addresses = Object.values(asyncapi.channels).map(({ address }) => [`/live${address}`, exchange('client', {})]);
  const requests = operationsOf(openapi).map((each) => [`/requests/${each.id}`, exchange('client', requestOf(each))]);
  const statuses = Object.entries(openapi['x-problems']).map(([code, { status }]) => [
    `/problem-statuses/${code}`,
    exchange('server', { type: 'integer', enum: [status] }),
  ]);
  const added = Object.fromEntries([...messages, ...addresses, ...requests, ...statuses]) as Contract['paths'];
  return { ...whole, paths: { ...whole.paths, ...added } };
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

function exchange(from: 'client' | 'server', schema: Schema): object {
  const content = { 'application/json': { schema } };
  if (from === 'server') return { post: { responses: { 200: { description: 'An answer.', content } } } };
  const responses = { 204: { description: 'No answer.' } };
  return { post: { requestBody: { required: true, content }, responses } };
}
