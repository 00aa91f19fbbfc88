// Lints both contracts with redocly, by the rules of api/redocly.yaml.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LiveDocument } from './live.ts';
import { redocly } from './redocly.ts';

interface Finding {
  readonly ruleId: string;
  readonly severity: string;
  readonly message: string;
  readonly location: readonly { readonly pointer: string }[];
}

/** Throws with the findings when api/openapi.yaml breaks a rule. */
export function lintContract(root: string): void {
  refuse('openapi.yaml', findingsIn(join(root, 'api', 'openapi.yaml'), root));
}

/** The same for api/asyncapi.yaml, in the form that is shown: only there are the shared schemas in the dialect of AsyncAPI. */
export function lintLive(root: string, shown: LiveDocument): void {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-lint-'));
  try {
    const path = join(folder, 'asyncapi.json');
    writeFileSync(path, JSON.stringify(shown));
    refuse('asyncapi.yaml', findingsIn(path, root));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function findingsIn(path: string, root: string): readonly Finding[] {
  const config = join(root, 'api', 'redocly.yaml');
  const { problems } = redocly(['lint', path, '--config', config]) as { readonly problems: readonly Finding[] };
  return problems.filter(({ severity }) => severity === 'error');
}

function refuse(name: string, findings: readonly Finding[]): void {
  if (findings.length === 0) return;
  const lines = findings.map(
    ({ location, message, ruleId }) => `${location[0]?.pointer ?? '#'} ${message} (${ruleId})`,
  );
  throw new Error(`${name} breaks rules of api/redocly.yaml:\n${lines.join('\n')}`);
}
