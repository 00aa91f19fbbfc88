/** The k6 that runs the scenarios: the one on PATH, or the pinned one, built with Go from load/k6 into .cache/k6. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotRun } from './sentences.ts';

const ROOT = join(import.meta.dirname, '../..');
const MODULE = join(ROOT, 'load/k6');
/** Scenarios are TypeScript, which k6 reads from this major version on without a flag. */
const LEAST_MAJOR = 2;

const pinned = (): string => /go\.k6\.io\/k6\/v2 (v\S+)/.exec(readFileSync(join(MODULE, 'go.mod'), 'utf8'))![1]!;

/** The path of a k6 that fits. Throws CannotRun. */
export function findK6(say: (line: string) => void): string {
  if (isUsable('k6')) return 'k6';
  const built = join(ROOT, '.cache/k6', pinned(), process.platform === 'win32' ? 'k6.exe' : 'k6');
  if (existsSync(built) && isUsable(built)) return built;
  build(built, say);
  return built;
}

function isUsable(k6: string): boolean {
  const { stdout } = spawnSync(k6, ['version'], { encoding: 'utf8' });
  return Number(/^k6(?:\.exe)? v(\d+)\./.exec(stdout ?? '')?.[1] ?? 0) >= LEAST_MAJOR;
}

function build(path: string, say: (line: string) => void): void {
  const version = pinned();
  const howToGetIt =
    `Install k6 ${version.slice(1)} or later (grafana.com/docs/k6/latest/set-up/install-k6) so that "k6 version" answers, ` +
    'or Go 1.26 or later (go.dev/doc/install), with which this builds it.';
  if (spawnSync('go', ['version']).error)
    throw new CannotRun(`There is no k6 on PATH, and no Go to build it with. ${howToGetIt}`);
  say(`Building k6 ${version} with Go, once: some minutes, and 300 MB of sources in Go's own cache.`);
  mkdirSync(join(path, '..'), { recursive: true });
  const env = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly' };
  const args = ['build', '-trimpath', '-o', path, 'go.k6.io/k6/v2'];
  const { status } = spawnSync('go', args, { cwd: MODULE, env, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new CannotRun(`Go could not build k6; its reason stands above. ${howToGetIt}`);
}
