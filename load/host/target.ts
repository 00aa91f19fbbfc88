/** What a run is against: an installation that is there, or one that is started for the run, stopped, and forgotten. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunOrder } from './arguments.ts';
import { CannotRun } from './sentences.ts';

const ROOT = join(import.meta.dirname, '../..');
const READY_WITHIN_MS = 90_000;
const LOOK_EVERY_MS = 100;
const STOPS_WITHIN_MS = 20_000;

export type EngineName = 'one-machine' | 'twin' | 'aws';

export interface Target {
  readonly url: string;
  readonly engine: EngineName;
  /** Of a server that was started for the run. */
  readonly pid?: number;
  stop(): Promise<void>;
}

/** Throws CannotRun. */
export async function openTarget({ url, key, twin }: RunOrder): Promise<Target> {
  if (url === undefined) return startThrowAway(twin);
  const plain = url.replace(/\/$/, '');
  return { url: plain, engine: await engineAt(plain, key), stop: () => Promise.resolve() };
}

/** One machine counts each change exactly; AWS says that it counts about. */
async function engineAt(url: string, key: string | undefined): Promise<EngineName> {
  const headers = key === undefined ? {} : { Authorization: `Bearer ${key}` };
  let answer: Response;
  try {
    answer = await fetch(`${url}/stats`, { headers });
  } catch (error) {
    const { cause, message } = error as { cause?: { code?: string }; message: string };
    throw new CannotRun(`Nobody answers at ${url}: ${cause?.code ?? message}.`);
  }
  const body = (await answer.json().catch(() => ({}))) as { exact?: boolean; detail?: string };
  if (!answer.ok)
    throw new CannotRun(`${url} answers ${answer.status}: ${body.detail ?? 'no Holdfast seems to be there'}`);
  return body.exact === true ? 'one-machine' : 'aws';
}

async function startThrowAway(isTwin: boolean): Promise<Target> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-load-'));
  const port = await freePort();
  const entry = isTwin ? 'service/testing/twin/twin-command.ts' : 'service/server.ts';
  const env = {
    ...process.env,
    PORT: String(port),
    DATA_DIR: folder,
    FAULTS_ALLOWED: '1',
    TIMING: 'short',
    LOG_LEVEL: 'warn',
  };
  const child = spawn(process.execPath, [entry], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => printed.push(String(chunk)));
  const url = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    await ended(child);
    rmSync(folder, { recursive: true, force: true });
  };
  if (!(await isReady(url, child))) {
    await stop();
    throw new CannotRun(`The server of the run did not start:\n${printed.join('').slice(-2_000)}`);
  }
  return { url, engine: isTwin ? 'twin' : 'one-machine', ...(child.pid !== undefined && { pid: child.pid }), stop };
}

async function isReady(url: string, child: ChildProcess): Promise<boolean> {
  const untilMs = performance.now() + READY_WITHIN_MS;
  while (performance.now() < untilMs && child.exitCode === null) {
    const answer = await fetch(`${url}/ready`).catch(() => undefined);
    if (answer?.ok) return true;
    await sleep(LOOK_EVERY_MS);
  }
  return false;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const end = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const kill = setTimeout(() => child.kill('SIGKILL'), STOPS_WITHIN_MS);
  await end;
  clearTimeout(kill);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
