// Runs redocly in a process of its own: its CLI is not made to be imported.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const MAX_REPORT_BYTES = 64 * 1024 * 1024;
const QUIET = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', SCARF_ANALYTICS: 'false' };

/** What it reports; throws its own words when it reports nothing. */
export function redocly(args: readonly string[]): unknown {
  const cli = join(dirname(createRequire(import.meta.url).resolve('@redocly/cli/package.json')), 'bin', 'cli.js');
  const env = { ...process.env, ...QUIET };
  const run = spawnSync(process.execPath, [cli, ...args, '--format', 'json'], {
    encoding: 'utf8',
    env,
    maxBuffer: MAX_REPORT_BYTES,
  });
  const report = run.stdout.slice(run.stdout.indexOf('{'));
  if (!report.startsWith('{')) throw new Error(`redocly ${args.join(' ')} failed:\n${run.stdout}${run.stderr}`);
  return JSON.parse(report);
}
