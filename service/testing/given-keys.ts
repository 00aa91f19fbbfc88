/** API keys for tests and benchmarks, made as people make them: with the command, in a data folder that no server uses yet. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const COMMAND = join(import.meta.dirname, '../keys-command.ts');

/** With all scopes unless others are named. */
export function keyIn(
  dataDir: string,
  tenant: string,
  scopes = 'tasks:submit,tasks:read,payloads:read,tasks:operate,admin',
): string {
  const args = [COMMAND, 'create', '--tenant', tenant, '--name', 'made for a test', '--scopes', scopes];
  const env = { ...process.env, DATA_DIR: dataDir };
  return execFileSync(process.execPath, args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
}
