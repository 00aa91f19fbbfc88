/** A real server, of this repository unless said otherwise, in a process of its own, on a free port and a data folder of the caller's. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');
/** For a machine that does much else. */
const READY_WITHIN_MS = 90_000;

export interface ServerOptions {
  readonly dataDir: string;
  readonly port: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Before the file, for node itself. */
  readonly nodeArgs?: readonly string[];
  /** Below service/; the product's own front door unless said otherwise. */
  readonly entry?: string;
  /** After the file. */
  readonly args?: readonly string[];
  /** Another Holdfast than this one. */
  readonly root?: string;
  /** Told at once: who ends what is left over cannot wait until it is ready. */
  readonly onSpawned?: (child: ChildProcess) => void;
}

export interface RealServer {
  readonly url: string;
  readonly port: number;
  readonly process: ChildProcess;
  readonly output: () => string;
  /** SIGKILL to the server and to every process it started. */
  killAll(): Promise<void>;
  /** SIGTERM; answers the exit code. */
  stop(): Promise<number | null>;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** The processes a process has started, by id. */
export function childrenOf(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return children.split(' ').filter(Boolean).map(Number);
  } catch {
    return []; // it has just ended: a process that is gone has no children
  }
}

function endNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Resolves at the ready line. Throws with the server's own words when it does not come. */
function untilReady(child: ChildProcess, output: () => string): Promise<undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const fail = () => reject(new Error(`The server did not become ready:\n${output()}`));
  const timer = setTimeout(fail, READY_WITHIN_MS);
  const look = () => {
    if (/is ready/.test(output())) resolve(undefined);
  };
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', look);
  child.once('close', fail);
  return promise.finally(() => clearTimeout(timer));
}

export async function startServer(options: ServerOptions): Promise<RealServer> {
  const { dataDir, port, env, nodeArgs = [], entry = 'server.ts', args = [], root = ROOT } = options;
  const child = spawn(process.execPath, [...nodeArgs, path.join(root, 'service', entry), ...args], {
    env: { ...process.env, ...env, DATA_DIR: dataDir, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  options.onSpawned?.(child);
  let output = '';
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const closed = once(child, 'close');
  await untilReady(child, () => output).catch((error: unknown) => {
    child.kill('SIGKILL'); // nobody else could: the caller never gets it
    throw error;
  });
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    process: child,
    output: () => output,
    killAll: async () => {
      for (const pid of [child.pid!, ...childrenOf(child.pid!)]) endNow(pid);
      await closed;
    },
    stop: async () => {
      child.kill('SIGTERM');
      await closed;
      return child.exitCode;
    },
  };
}
