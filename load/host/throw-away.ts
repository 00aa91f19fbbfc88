/**
 * A server for one run: on a free port of this machine, with a new folder, short leases, and faults allowed. It is stopped and
 * forgotten with the run.
 */
import { closeSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Child } from './child.ts';
import { startChild, stopChild } from './child.ts';
import type { Heir } from './heir.ts';
import { startHeir } from './heir.ts';
import { CannotRun, INTERRUPTED } from './sentences.ts';

const ROOT = join(import.meta.dirname, '../..');
const READY_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 100;
const ANSWERS_WITHIN_MS = 5_000;
const STOPS_WITHIN_MS = 20_000;
const TOLD = 2_000;

const ENTRIES = { 'one-machine': 'service/server.ts', twin: 'service/testing/twin/twin-command.ts' };

export interface ThrowAway {
  readonly url: string;
  readonly pid: number;
  readonly heir: Heir;
  stop(): Promise<void>;
}

export interface Wanted {
  readonly engine: keyof typeof ENTRIES;
  /** Where its lines go. */
  readonly logFile: string;
  readonly interrupted: AbortSignal;
  /** Another server, for tests. */
  readonly entry?: string;
}

const OF_A_SERVER =
  /^(?:ALLOWED_HOSTS|CORS|DEFAULT_TYPE|EGRESS|HOST$|IDENTITY|NODE_ENV$|OIDC_|RATE_LIMIT|SECRET_|STOP_|SWEEP_|TASKS_DIR|TRUSTED|WORKER)/;

/** What whoever types has set for a server of their own is none of this one's. */
export const environmentOf = (environment: NodeJS.ProcessEnv, own: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(environment).filter(([name]) => !OF_A_SERVER.test(name))),
  ...own,
});

/** Throws CannotRun. */
export async function startThrowAway({ engine, logFile, interrupted, entry }: Wanted): Promise<ThrowAway> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-load-'));
  const heir = startHeir(folder);
  const port = await freePort();
  const own = { PORT: String(port), DATA_DIR: folder, FAULTS_ALLOWED: '1', TIMING: 'short', LOG_LEVEL: 'warn' };
  const log = openSync(logFile, 'w');
  const args = [entry ?? ENTRIES[engine]];
  const env = environmentOf(process.env, own);
  const child = startChild({ command: process.execPath, args, cwd: ROOT, env, stdio: ['ignore', log, log], heir });
  closeSync(log);
  const stop = async (): Promise<void> => {
    await stopChild(child, 'SIGTERM', STOPS_WITHIN_MS);
    await heir.close();
  };
  const url = `http://127.0.0.1:${port}`;
  if (await isReady(url, child, interrupted)) return { url, pid: child.process.pid!, heir, stop };
  await stop();
  throw new CannotRun(interrupted.aborted ? INTERRUPTED : `The server of the run did not start:\n${endOf(logFile)}`);
}

async function isReady(url: string, { process: child }: Child, interrupted: AbortSignal): Promise<boolean> {
  const untilMs = performance.now() + READY_WITHIN_MS;
  while (performance.now() < untilMs && child.exitCode === null && child.signalCode === null && !interrupted.aborted) {
    const signal = AbortSignal.timeout(ANSWERS_WITHIN_MS);
    const answer = await fetch(`${url}/ready`, { signal }).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return true;
    await sleep(LOOK_EVERY_MS);
  }
  return false;
}

const endOf = (logFile: string): string => readFileSync(logFile, 'utf8').trim().slice(-TOLD) || 'it said nothing.';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
