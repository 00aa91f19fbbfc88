/**
 * The engine of one machine without its child processes: storage, doorbell, dispatch, sweeper and start are the real ones, in
 * one server. When it dies nothing but the data folder is left, as it lies on the disk at that moment: the next server
 * gets a copy of it, so that nothing the old one might still do can reach it.
 */
import { accessSync, constants, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Desk } from '../../core/operate.ts';
import type { DeadLetters, Ports } from '../../core/ports.ts';
import { reapLostWithServer } from '../../core/restart.ts';
import type { LedgerTask } from '../../core/task.ts';
import { Running } from '../../core/worker.ts';
import { Dispatch } from '../../embedded/dispatch.ts';
import { Sweeper } from '../../embedded/engine-sweeper.ts';
import { MemoryDoorbell } from '../../embedded/memory-doorbell.ts';
import { refill } from '../../embedded/refill.ts';
import type { Storage } from '../../embedded/storage.ts';
import { openStorage } from '../../embedded/storage.ts';
import type { AuditRow } from '../audit.ts';
import { addWitness } from '../audit.ts';
import { clockOf } from '../given-storage.ts';
import { SILENT } from '../given-sqs.ts';
import { Seeded } from '../seeded.ts';
import { VirtualTime } from '../virtual-time.ts';
import { handlersOf } from './handlers.ts';
import type { Observed } from './house.ts';
import { guardedPorts, House, RESTART_MS, RULES, TENANT } from './house.ts';
import type { Fate } from './mortal.ts';
import { Mortal } from './mortal.ts';
import type { StruckDatabases } from './struck-database.ts';

const SLOTS = 4;
const REAPED_AT_ONCE = 100;
const HISTORY = `SELECT task_id AS taskId, fence, was, becomes, version, at_ms AS atMs FROM audit WHERE task_id = ? ORDER BY seq`;

/** Real files, in memory where there is such a place: what a process has written outlives it without any sync of a disk. */
const MEMORY = '/dev/shm';
const newDataDir = (): string => mkdtempSync(join(isWritable(MEMORY) ? MEMORY : tmpdir(), 'holdfast-'));

function isWritable(place: string): boolean {
  try {
    accessSync(place, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

const broken = (error: unknown): never => {
  throw error;
};

/** An empty ledger with a witness in it, for runs to copy. */
export function newTemplate(): string {
  const dataDir = newDataDir();
  openStorage({ dataDir, clock: clockOf(new VirtualTime()), onBroken: broken }).close();
  addWitness(dataDir);
  return dataDir;
}

interface Server {
  readonly by: Mortal;
  readonly storage: Storage;
  readonly dataDir: string;
  readonly look: DatabaseSync;
  readonly running: Running;
  readonly isClosed?: true;
  /** From here on it answers requests. */
  open?: { readonly desk: Desk; readonly dispatch: Dispatch; readonly sweeper: Sweeper };
}

export class MachineHouse extends House {
  readonly #random = new Seeded(7).random();
  readonly #struck: StruckDatabases | undefined;
  readonly #ended: Server[] = [];
  #server: Server;
  #isStopping = false;

  /** `struck`: processes die at what they ask of their database, else at calls of their ports. */
  constructor(fate: Fate, template: string, struck?: StruckDatabases) {
    super(fate, new VirtualTime());
    this.#struck = struck;
    this.#server = this.#begin(template);
  }

  #begin(leftBehind: string): Server {
    const dataDir = newDataDir();
    cpSync(leftBehind, dataDir, { recursive: true });
    const by: Mortal = new Mortal('server', this, () => this.#replace());
    const open = (): Storage => openStorage({ dataDir, clock: by.clock, onBroken: broken });
    const storage = this.#struck?.ownedBy(by, open) ?? open();
    const look = new DatabaseSync(join(dataDir, 'ledger.sqlite'));
    const server = { by, storage, dataDir, look, running: new Running() };
    by.clock.timer(0, () => void this.#open(server));
    return server;
  }

  /** What a killed process leaves is what has been written until now. */
  #replace(): void {
    const { dataDir } = this.#server;
    this.#ended.push(this.#server);
    const left = newDataDir();
    cpSync(dataDir, left, { recursive: true });
    this.after(RESTART_MS, () => {
      this.#server = this.#begin(left);
      rmSync(left, { recursive: true });
    });
  }

  /** As the engine begins. */
  async #open(server: Server): Promise<void> {
    const { by, storage, running } = server;
    const memory = new MemoryDoorbell({ clock: by.clock });
    const counts = this.#struck === undefined;
    const ledger = by.guarded('ledger', storage.ledger, { counts });
    const doorbell = by.guarded('doorbell', memory, { only: ['ring', 'depth'], counts });
    const ports: Ports = { ...guardedPorts(by, this.#portsOf(by, storage, memory), counts), ledger };
    const ownerPrefix = `${this.#random.token()}.`;
    for (let lost; (lost = await ledger.runningOfOtherBoots(ownerPrefix, REAPED_AT_ONCE)).length > 0;) {
      await reapLostWithServer(ports, RULES, lost);
    }
    await refill(ledger, doorbell, new Set(await ledger.tenantsWaiting()));
    const tenants = await ledger.tenants();
    const dispatch = new Dispatch({
      doorbell,
      pool: { slots: () => SLOTS, onChange: () => undefined },
      runner: handlersOf(by, this),
      worker: { ports, rules: RULES, running, ownerPrefix, versionsOf: () => [1], unserved: new Set() },
      refill: () => undefined,
      tenants,
      log: SILENT,
    });
    const isAlive = (task: LedgerTask): boolean => running.has(task);
    const sweeper = new Sweeper({ ports, rules: RULES, everyMs: this.sweepEveryMs, log: SILENT, isAlive });
    server.open = { desk: { ports, rules: RULES, running }, dispatch, sweeper };
  }

  #portsOf(by: Mortal, { ledger, keyValue, statistics }: Storage, doorbell: MemoryDoorbell): Ports {
    const log: DeadLetters = { announce: (tasks) => Promise.resolve(tasks.map(() => 'sent')) };
    return {
      ...{ ledger, keyValue, statistics, clock: by.clock, random: this.#random, log: SILENT },
      doorbell: this.countedBells(doorbell),
      publisher: { publish: () => Promise.resolve() },
      deadLetters: this.countedDeaths(log),
    };
  }

  desk(): { desk: Desk; by: Mortal } | undefined {
    const { by, open } = this.#server;
    return by.isAlive && open && !this.#isStopping ? { desk: open.desk, by } : undefined;
  }

  killWorker(): void {
    this.#server.by.die();
  }

  /** As the engine stops; then another begins. */
  stopWorker(): void {
    const { by, open, running, storage, dataDir } = this.#server;
    if (!by.isAlive || open === undefined) return;
    this.#isStopping = true;
    const stop = async (): Promise<void> => {
      const settled = open.dispatch.stop();
      await open.sweeper.stop();
      running.stopAll('stopping');
      await settled;
      storage.close();
      by.isAlive = false;
      this.#ended.push({ ...this.#server, isClosed: true });
      this.#server = this.#begin(dataDir);
    };
    void Promise.race([stop(), by.died]).then(() => (this.#isStopping = false));
  }

  /** A child: its server is told. */
  loseHandler(_by: Mortal, gone: () => void): void {
    gone();
  }

  statusOf(taskId: string): LedgerTask['status'] | undefined {
    const row = this.#server.look.prepare('SELECT status FROM task WHERE task_id = ?').get(taskId);
    return row?.['status'] as LedgerTask['status'] | undefined;
  }

  async observe(taskId: string): Promise<Observed> {
    const { storage, look } = this.#server;
    const [item] = await storage.ledger.get([{ tenant: TENANT, taskId }]);
    const history = look.prepare(HISTORY).all(taskId) as unknown as AuditRow[];
    const task = item !== undefined && 'status' in item ? item : undefined;
    return { history, task, bells: this.bellsOf(taskId), told: this.toldOf(taskId) };
  }

  complaints(): string[] {
    return [];
  }

  close(): Promise<void> {
    for (const { storage, look, dataDir, isClosed } of new Set([...this.#ended, this.#server])) {
      look.close();
      if (!isClosed) storage.close();
      rmSync(dataDir, { recursive: true });
    }
    return Promise.resolve();
  }
}
