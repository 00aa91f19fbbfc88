// The gate against breaking changes: both contracts are compared with the newest release of their major version. redocly judges
// OpenAPI by who sends what, but AsyncAPI hardly at all; so the live messages are shown to it as requests and answers. A schema
// that is referred to from several places it judges in the first of them only; so every reference is replaced by its target.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { resolve, type Contract, type Schema } from './document.ts';
import type { LiveDocument } from './live.ts';
import { asOne, type Contracts } from './promises.ts';
import { redocly } from './redocly.ts';

interface Change {
  readonly path: string;
  readonly verdicts: readonly { readonly ruleId: string; readonly impact: string; readonly message: string }[];
  readonly base?: { readonly pointer?: string };
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
    const base = inlined(asOne(before));
    writeFileSync(paths[0], JSON.stringify(base));
    writeFileSync(paths[1], JSON.stringify(inlined(asOne(today))));
    const { changes } = redocly(['diff', ...paths]) as { readonly changes: readonly Change[] };
    return sentences(changes.filter((change) => !isGrowth(base, change)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** One for each fault, however many places share it. */
function sentences(changes: readonly Change[]): string[] {
  const places = new Map<string, string[]>();
  for (const { path, verdicts } of changes) {
    for (const { impact, message, ruleId } of verdicts) {
      const fault = `${path.split('/').slice(-2).join('/')}: ${message} (${ruleId})`;
      if (impact === 'major')
        places.set(fault, [...(places.get(fault) ?? []), path.replace('#/paths/', '').replaceAll('~1', '/')]);
    }
  }
  return [...places].map(([fault, [first, ...others]]) => {
    return `${fault} at ${first!}${others.length > 0 ? ` and in ${others.length} other places` : ''}`;
  });
}

/** No schema of the contracts contains itself. */
function inlined(contract: Contract): Contract {
  const replace = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(replace);
    if (typeof value !== 'object' || value === null) return value;
    const { $ref, ...rest } = value as { readonly $ref?: string };
    const own = Object.fromEntries(Object.entries(rest).map(([key, each]) => [key, replace(each)]));
    if ($ref === undefined) return own;
    return { ...(replace(resolve(contract, { $ref })) as object), ...own };
  };
  const { components: _, ...shown } = contract;
  return { ...(replace(shown) as Contract), components: { schemas: {} } };
}

/** Clients were told by `x-grows` in the contract they know that values will be added to a list. */
function isGrowth(known: Contract, { verdicts, base }: Change): boolean {
  const keys = base?.pointer?.split('/').slice(1, -1) ?? [];
  const schema = keys.reduce<unknown>((branch, key) => (branch as Schema | undefined)?.[decoded(key)], known);
  const grows = (schema as Schema | undefined)?.['x-grows'] === true;
  return grows && verdicts.every(({ ruleId }) => ruleId === 'enum-values-added');
}

const decoded = (key: string): string => key.replaceAll('~1', '/').replaceAll('~0', '~');
