/** Real worker processes for tests: task types written to a folder of their own, a pool that runs them, a log that is kept. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { DebugFields, Log, LogFields, Run, RunOutcome } from '../core/ports.ts';
import type { LedgerTask, Progress } from '../core/task.ts';
import type { PoolOptions } from '../embedded/pool.ts';
import { Pool } from '../embedded/pool.ts';

/** The built-in type that can misbehave in every way. */
export const SIMULATE = join(import.meta.dirname, '../tasks/simulate');

export const FINE = 'export const run = async ({ taskId }) => ({ taskId });';

/** Looks every few milliseconds, for what other processes do; fails when it has not come true in time. */
export async function until(isTrue: () => boolean | Promise<boolean>, withinMs = 60_000): Promise<void> {
  const endMs = performance.now() + withinMs;
  while (!(await isTrue())) {
    if (performance.now() > endMs) throw new Error(`It did not come true within ${withinMs} ms: ${String(isTrue)}`);
    await setTimeout(5);
  }
}

/** A process that nobody has buried yet does not count as alive. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

const ignore: (progress: Progress) => void = () => undefined;

export interface Logged extends LogFields {
  readonly event: string;
}

export class GivenPool {
  readonly folder = mkdtempSync(join(tmpdir(), 'holdfast-'));
  readonly logged: Logged[] = [];
  /** Lines of handlers, at debug. */
  readonly printed: string[] = [];
  readonly log: Log;
  pool: Pool | undefined;

  constructor() {
    const note = (event: string, fields: LogFields = {}) => void this.logged.push({ event, ...fields });
    const notePrinted = (_: string, { printed }: DebugFields = {}) => void this.printed.push(printed ?? '');
    this.log = { debug: notePrinted, info: note, warn: note, error: note };
  }

  /** The folder of a type with this handler. */
  type(name: string, source: string): string {
    const folder = join(this.folder, name);
    mkdirSync(folder);
    writeFileSync(join(folder, 'handler.mjs'), source);
    return folder;
  }

  async open(options: Partial<PoolOptions> = {}): Promise<Pool> {
    const standard = { typeFolders: [SIMULATE], workers: 1, concurrency: 4, workerMemoryMb: 512, log: this.log };
    this.pool = new Pool({ ...standard, ...options });
    await this.pool.decided;
    return this.pool;
  }

  start(type: string, payload: object, { isolated = false, payloadVersion = 1, onProgress = ignore } = {}): Run {
    const task = {
      tenant: 'acme',
      taskId: 'one',
      type,
      payload: JSON.stringify(payload),
      payloadVersion,
      fence: 1,
    } as LedgerTask;
    return this.pool!.start({ task, attempt: 1, isolated, onProgress });
  }

  run(type: string, payload: object, more: { isolated?: boolean; payloadVersion?: number } = {}): Promise<RunOutcome> {
    return this.start(type, payload, more).outcome;
  }

  async close(): Promise<void> {
    await this.pool?.stop();
    rmSync(this.folder, { recursive: true });
  }
}
