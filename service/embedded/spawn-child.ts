/** Starts a process of this folder, with a socket beside its standard streams and what it prints told line by line. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { extname, join } from 'node:path';
import type { Duplex } from 'node:stream';
import { tellPrinted } from '../handling/printed-lines.ts';
import type { ProbeSettings } from './worker-messages.ts';
import { SOCKET_FD } from './worker-messages.ts';

/** A handler outside the repository needs no package.json beside it that says what its import statements show. */
const QUIET = '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON';

/**
 * Look-ups of names may take half of them, and each waits for a dead name server half a minute: with Node's four, two would keep
 * every other attempt of the process from finding its host. A thread that nobody needs costs 10 KB.
 */
const SYSTEM_THREADS = '128';

export interface ChildOptions {
  readonly entry: 'child' | 'type-probe';
  readonly settings: Omit<ProbeSettings, 'folder'>;
  readonly onPrinted: (line: string, pid: number | undefined) => void;
  /** Its abort is SIGKILL. */
  readonly signal?: AbortSignal;
}

export interface Child {
  readonly process: ChildProcess;
  readonly socket: Duplex;
}

/** Throws when the machine has no process, pipe or file descriptor to give. */
export function spawnChild({ entry, settings, onPrinted, signal }: ChildOptions): Child {
  const file = join(import.meta.dirname, entry + extname(import.meta.filename));
  const nodeArguments = [QUIET, `--max-old-space-size=${settings.memoryMb}`, file, JSON.stringify(settings)];
  const stdio = ['ignore' as const, 'pipe' as const, 'pipe' as const, 'pipe' as const];
  // Handed on, not read: handlers get the server's environment as it is.
  const env = { UV_THREADPOOL_SIZE: SYSTEM_THREADS, ...process.env };
  const child = spawn(process.execPath, nodeArguments, {
    env,
    stdio,
    ...(signal && { signal, killSignal: 'SIGKILL' }),
  });
  // What is said below is said again as an event, a tick later, and would end the server if nobody heard it.
  child.on('error', () => undefined);
  // Out of file descriptors, Node leaves the streams away that its types promise.
  const socket = (child.stdio as ChildProcess['stdio'] | undefined)?.[SOCKET_FD];
  if (!socket) throw new Error('the machine has no process or file descriptor to give');
  tellPrinted(child, (line) => onPrinted(line, child.pid));
  return { process: child, socket: socket as Duplex };
}

/** `code 1` or `signal SIGKILL`. */
export const endingOf = (code: number | null, signal: NodeJS.Signals | null): string =>
  signal ? `signal ${signal}` : `code ${code}`;
