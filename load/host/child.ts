/** A child process that gets no signal but ours: a Ctrl-C in the terminal must stop k6 before the server that it asks. */
import type { ChildProcess, StdioOptions } from 'node:child_process';
import { spawn } from 'node:child_process';
import type { Heir } from './heir.ts';

export interface Start {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly stdio: StdioOptions;
  readonly heir: Heir;
}

export interface Child {
  readonly process: ChildProcess;
  /** The exit code, or 1 for one that a signal ended. Rejects when it could not be started. */
  readonly ended: Promise<number>;
}

export function startChild({ command, args, cwd, env, stdio, heir }: Start): Child {
  const child = spawn(command, args, { cwd, env, stdio, detached: process.platform !== 'win32' });
  heir.inherit(child.pid);
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      heir.release(child.pid);
      resolve(code ?? 1);
    });
  });
  ended.catch(() => undefined); // whoever waits for it is told; nobody may be waiting yet
  return { process: child, ended };
}

/** Asks it to end, and ends it when it has not after `withinMs`. */
export async function stopChild(
  { process: child, ended }: Child,
  signal: NodeJS.Signals,
  withinMs: number,
): Promise<void> {
  child.kill(signal);
  const kill = setTimeout(() => child.kill('SIGKILL'), withinMs);
  await ended.catch(() => undefined);
  clearTimeout(kill);
}
