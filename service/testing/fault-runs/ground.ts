/**
 * Where a row on one machine is played: a data folder with a witness in its ledger, a free port, and a real server that may be
 * killed, stopped and started again. Whatever is started is an heir's to end, also when the run is killed.
 */
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Heir } from '../../../load/host/heir.ts';
import { openDatabase } from '../../embedded/sqlite.ts';
import { addWitness, noteStart } from '../audit.ts';
import type { RealServer } from '../real-server.ts';
import { childrenOf, freePort, startServer } from '../real-server.ts';
import type { ToServer } from './strikes.ts';

/** What the rows of a run share. */
export interface Grounds {
  readonly folder: string;
  readonly heir: Heir;
  readonly tasksDir: string;
  /** The same, and one type more. */
  readonly newerTasksDir: string;
}

export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly nodeArgs?: readonly string[];
}

const ENV = { TIMING: 'short', LOG_LEVEL: 'warn', WORKERS: '2', WORKER_CONCURRENCY: '4', STOP_SECONDS: '5' };
const DONE = `SELECT task_id AS taskId FROM task
  WHERE status IN ('succeeded', 'cancelled') OR status = 'dead' AND announcement = 'sent'`;

/** Whether there was still somebody to hear it. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    return false; // it has just ended
  }
}

export class Ground {
  readonly dataDir: string;
  readonly notes: string;
  readonly port: number;
  readonly grounds: Grounds;
  readonly #options: StartOptions;
  readonly #folder: string;
  #server: RealServer | undefined;
  #reader: DatabaseSync | undefined;
  /** Told by preloads. */
  struck = 0;
  #outputs = '';
  #isRemoved = false;

  private constructor(grounds: Grounds, id: string, { port, ...options }: StartOptions & { readonly port: number }) {
    this.grounds = grounds;
    this.port = port;
    this.#options = options;
    this.#folder = path.join(grounds.folder, id);
    this.dataDir = path.join(this.#folder, 'data');
    this.notes = path.join(this.#folder, 'notes.txt');
  }

  /** Without a server yet. */
  static async open(grounds: Grounds, id: string, options: StartOptions): Promise<Ground> {
    const ground = new Ground(grounds, id, { ...options, port: await freePort() });
    mkdirSync(ground.dataDir, { recursive: true });
    openDatabase(ground.dataDir).close();
    addWitness(ground.dataDir);
    return ground;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get server(): RealServer {
    if (!this.#server) throw new Error('There is no server now.');
    return this.#server;
  }

  /** Of the server, workers and probes. */
  get children(): number[] {
    return childrenOf(this.server.process.pid!);
  }

  /** All that its servers have printed. */
  get output(): string {
    return this.#outputs + (this.#server?.output() ?? '');
  }

  /** Throws when it does not become ready. */
  async start({ env = {}, nodeArgs = [] }: StartOptions = {}): Promise<void> {
    if (this.#isRemoved) throw new Error('The row is over: nothing is started any more.');
    this.#outputs = this.output;
    noteStart(this.dataDir);
    const server = await startServer({
      ...{ dataDir: this.dataDir, port: this.port },
      env: { ...ENV, TASKS_DIR: this.grounds.tasksDir, ...this.#options.env, ...env },
      nodeArgs: [...(this.#options.nodeArgs ?? []), ...nodeArgs],
      onSpawned: (child) => this.#watch(child),
    });
    this.#server = server;
  }

  #watch(child: ChildProcess): void {
    const { heir } = this.grounds;
    heir.inherit(child.pid);
    child.on('message', (message: { readonly struck?: number }) => (this.struck += message.struck ?? 0));
    child.on('exit', () => heir.release(child.pid));
  }

  tell(message: ToServer): void {
    this.server.process.send(message);
  }

  async kill(): Promise<void> {
    const { server } = this;
    await server.killAll();
  }

  stop(): Promise<number | null> {
    return this.server.stop();
  }

  /** Tasks that are final, the dead among them announced. */
  finals(): Set<string> {
    this.#reader ??= new DatabaseSync(path.join(this.dataDir, 'ledger.sqlite'), { readOnly: true });
    return new Set((this.#reader.prepare(DONE).all() as { taskId: string }[]).map(({ taskId }) => taskId));
  }

  /** `taskId fence` of each start of an attempt. */
  starts(): string[] {
    return this.#begun().map(({ attempt }) => attempt);
  }

  /** Of each attempt, by `taskId fence`, the process that began it last. */
  rooms(): ReadonlyMap<string, string> {
    return new Map(this.#begun().map(({ attempt, room }) => [attempt, room]));
  }

  #begun(): { attempt: string; room: string }[] {
    if (!existsSync(this.notes)) return [];
    const lines = readFileSync(this.notes, 'utf8').split('\n').filter(Boolean);
    return lines.map((line) => {
      const [taskId, fence, room] = line.split(' ') as [string, string, string];
      return { attempt: `${taskId} ${fence}`, room };
    });
  }

  async remove(): Promise<void> {
    this.#isRemoved = true;
    this.#reader?.close();
    if (this.#server?.process.exitCode === null && this.#server.process.signalCode === null) await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
