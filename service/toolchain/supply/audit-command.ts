/**
 * npm run audit. Ends with 0 when nothing serious is known of what is shipped, with 1 when something is, and with 3 when the
 * registry could not be asked: some answer no audit, and silence is no good news.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Advisory, Exception, Verdict } from './audit.ts';
import { verdictOn } from './audit.ts';
import { readLock, ROOT } from './lock.ts';
import { shippedBy } from './shipped.ts';

const NOT_ASKED = 3;
const WITHIN_MS = 120_000;
const EXCEPTIONS = join(import.meta.dirname, 'audit-exceptions.json');

/** What npm says on its standard output, or in which words it could not be started. */
function report(): unknown {
  // npm says where it is when it started this; a .js file is run by Node, as npm itself is.
  const npm = process.env['npm_execpath'];
  const [command, before] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const args = [...before, 'audit', '--json', ...process.argv.slice(2)];
  const { stdout, stderr, error } = spawnSync(command, args, { cwd: ROOT, encoding: 'utf8', timeout: WITHIN_MS });
  if (error) return { message: error.message };
  if (!stdout.trimStart().startsWith('{')) return { message: stderr.trim() || 'npm said nothing' };
  return JSON.parse(stdout);
}

const line = ({ severity, name, range, title, url }: Advisory): string =>
  `${severity}: ${name} ${range}: ${title}\n    ${url}`;

function said(verdict: Verdict, count: number): readonly string[] {
  if (verdict.kind === 'not asked') {
    return [`The registry could not be asked about the ${count} packages that are shipped: ${verdict.why}`];
  }
  const { blocking, excepted, slight, faults } = verdict;
  return [
    ...slight.map((each) => `Too slight to stop for. ${line(each)}`),
    ...excepted.map((each) => `Excepted until ${each.until}, because ${each.reason}. ${line(each)}`),
    ...blocking.map((each) => `To be mended. ${line(each)}`),
    ...faults.map((each) => `In ${EXCEPTIONS}: ${each}`),
    `${count} packages are shipped: ${blocking.length} advisories to mend, ${excepted.length} excepted, ${slight.length} slight`,
  ];
}

function exitCodeOf(verdict: Verdict): number {
  if (verdict.kind === 'not asked') return NOT_ASKED;
  return verdict.blocking.length + verdict.faults.length > 0 ? 1 : 0;
}

const shipped = shippedBy(readLock());
const exceptions = JSON.parse(readFileSync(EXCEPTIONS, 'utf8')) as Exception[];
const verdict = verdictOn(report(), { shipped, exceptions, nowMs: Date.now() });
process.exitCode = exitCodeOf(verdict);
for (const each of said(verdict, shipped.length)) (process.exitCode === 0 ? console.log : console.error)(each);
