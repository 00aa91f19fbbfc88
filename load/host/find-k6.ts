/**
 * The k6 that runs the scenarios: the one on PATH, or the pinned one, built with Go into .cache/k6. The pin is a module of our own
 * (load/k6), not `go install …@version`: its go.sum names the hashes of k6 and of all that it is made of, and Go builds nothing else.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { CannotRun, INTERRUPTED } from './sentences.ts';

const ROOT = join(import.meta.dirname, '../..');
const MODULE = join(ROOT, 'load/k6');
/** Scenarios are TypeScript of today, with typed handles, which earlier ones do not read. */
const LEAST_MAJOR = 2;

export interface K6 {
  readonly path: string;
  readonly version: string;
}

export interface Search {
  readonly environment: NodeJS.ProcessEnv;
  /** Where Go is looked for beside PATH. */
  readonly goFolders: readonly string[];
  /** Where built ones are kept. */
  readonly cache: string;
  readonly say: (line: string) => void;
  readonly interrupted: AbortSignal;
}

/** Go's own instructions unpack it there, and leave PATH to whoever installs it. */
export const GO_FOLDERS = ['/usr/local/go/bin'];

export const K6_CACHE = join(ROOT, '.cache/k6');

const inModule = (wanted: RegExp): string => wanted.exec(readFileSync(join(MODULE, 'go.mod'), 'utf8'))![1]!;
export const pinnedVersion = (): string => inModule(/go\.k6\.io\/k6\/v2 v(\S+)/);
const neededGo = (): string => inModule(/^go (\S+)$/m);

const howToGetIt = (): string =>
  `Install k6 ${pinnedVersion()} or later (grafana.com/docs/k6/latest/set-up/install-k6) so that "k6 version" answers, ` +
  `or Go ${neededGo()} or later (go.dev/doc/install), with which this builds it.`;

/** A k6 that fits. Throws CannotRun. */
export async function findK6(search: Search): Promise<K6> {
  const { environment, cache, say } = search;
  const onPath = versionOf('k6', environment);
  if (onPath !== undefined && isUsable(onPath)) return { path: 'k6', version: onPath };
  if (onPath !== undefined) say(`The k6 on PATH is ${onPath}, and the scenarios need ${LEAST_MAJOR}.0.0 or later.`);
  const path = join(cache, `v${pinnedVersion()}`, process.platform === 'win32' ? 'k6.exe' : 'k6');
  if (versionOf(path, environment) === undefined) await build(path, search);
  const version = versionOf(path, environment);
  if (version === undefined) throw new CannotRun(`The k6 that Go built at ${path} does not start. ${howToGetIt()}`);
  return { path, version };
}

function versionOf(k6: string, environment: NodeJS.ProcessEnv): string | undefined {
  const { stdout } = spawnSync(k6, ['version'], { encoding: 'utf8', env: environment });
  return /^k6(?:\.exe)? v(\d+\.\d+\.\d+\S*)/.exec(stdout ?? '')?.[1];
}

const isUsable = (version: string): boolean => Number(version.split('.')[0]) >= LEAST_MAJOR;

async function build(path: string, search: Search): Promise<void> {
  const { say, interrupted } = search;
  const environment = withGo(search);
  guardGo(environment);
  say(`Building k6 ${pinnedVersion()} with Go, once: some minutes, and 300 MB of sources in Go's own cache.`);
  mkdirSync(dirname(path), { recursive: true });
  // Whoever looks in the middle finds nothing, not a part.
  const half = `${path}.${process.pid}`;
  const env = { ...environment, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly' };
  const args = ['build', '-trimpath', '-o', half, 'go.k6.io/k6/v2'];
  const go = spawn('go', args, { cwd: MODULE, env, stdio: ['ignore', 'inherit', 'inherit'], signal: interrupted });
  const code = await new Promise((resolve) => {
    go.once('error', () => resolve(undefined));
    go.once('exit', resolve);
  });
  if (interrupted.aborted) throw new CannotRun(INTERRUPTED);
  if (code !== 0) throw new CannotRun(`Go could not build k6; its reason stands above. ${howToGetIt()}`);
  renameSync(half, path);
}

const withGo = ({ environment, goFolders }: Search): NodeJS.ProcessEnv => ({
  ...environment,
  PATH: [environment['PATH'] ?? '', ...goFolders].join(delimiter),
});

/** In the module's folder an older Go fetches the one that it names, or says that it may not. */
function guardGo(environment: NodeJS.ProcessEnv): void {
  const { error, status, stderr } = spawnSync('go', ['version'], { cwd: MODULE, encoding: 'utf8', env: environment });
  if (error) throw new CannotRun(`There is no usable k6 on PATH, and no Go to build one with. ${howToGetIt()}`);
  if (status !== 0) throw new CannotRun(`This Go cannot build k6: ${stderr.trim()}\n${howToGetIt()}`);
}
