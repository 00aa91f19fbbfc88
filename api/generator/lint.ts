// Lints the hand-written contract with redocly, in a process of its own: its CLI is not made to be imported.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Throws with redocly's findings when the contract breaks a rule of api/redocly.yaml. */
export function lintContract(root: string): void {
  const api = join(root, 'api');
  const cli = join(dirname(createRequire(import.meta.url).resolve('@redocly/cli/package.json')), 'bin', 'cli.js');
  const args = [cli, 'lint', join(api, 'openapi.yaml'), '--config', join(api, 'redocly.yaml'), '--format', 'stylish'];
  const quiet = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', SCARF_ANALYTICS: 'false' };
  const run = spawnSync(process.execPath, args, { encoding: 'utf8', env: { ...process.env, ...quiet } });
  if (run.status !== 0) throw new Error(`The contract breaks a rule of api/redocly.yaml:\n${run.stdout}${run.stderr}`);
}
