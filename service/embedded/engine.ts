/**
 * The engine of one machine, put together: SQLite ledger, memory doorbell, worker processes, dispatch and sweeper.
 * It starts by ending the attempts that died with an earlier boot, and it stops without losing one.
 */
import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { namesOf } from '../core/names-of.ts';
import type { Desk } from '../core/operate.ts';
import type { Clock, DeadLetters, Log, Position, Publisher, Random, TaskEvent } from '../core/ports.ts';
import { LedgerUnavailable } from '../core/ports.ts';
import { reapLostWithServer } from '../core/restart.ts';
import type { Constants } from '../core/rules.ts';
import { DEFAULT_POLICY, SECOND, STANDARD } from '../core/rules.ts';
import { traceIdOf } from '../core/task.ts';
import { Changes } from '../core/watch.ts';
import { Running } from '../core/worker.ts';
import { Dispatch } from './dispatch.ts';
import { Sweeper } from './engine-sweeper.ts';
import { MemoryDoorbell } from './memory-doorbell.ts';
import { Pool } from './pool.ts';
import type { Storage } from './storage.ts';
import { openStorage } from './storage.ts';
import type { ProbeTimes } from './type-probes.ts';
import type { LoadedType } from './worker-messages.ts';

export interface EngineOptions {
  readonly dataDir: string;
  /** One folder per task type, named like it. Known to load. */
  readonly typeFolders: readonly string[];
  /** Likewise, of anybody's making: one that does not load keeps no other from running. */
  readonly ownTypeFolders?: readonly string[];
  readonly probeTimes?: ProbeTimes;
  /** Whether new tasks can be run by what was loaded of a type; what cannot is judged again. */
  readonly isUsable?: (loaded: LoadedType) => boolean;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** The disk is lost: nothing that is asked from now on can be kept. Called once. */
  readonly onBroken: (error: unknown) => void;
  /** Every task event of this process, after its commit. */
  readonly onEvents?: (events: readonly TaskEvent[]) => void;
  readonly constants?: Constants;
  readonly workers?: number;
  readonly concurrency?: number;
  readonly workerMemoryMb?: number;
  readonly sweepEveryMs?: number;
  /** How long running attempts may go on at a stop before they are aborted. */
  readonly stopWithinMs?: number;
}

export interface EngineFacts {
  readonly lastWriteAtMs: number | undefined;
  readonly lastSweepAtMs: number | undefined;
  readonly sweepFaults: number;
  readonly workersReady: number;
  /** Why workers cannot start, in words. */
  readonly workersProblem: string | undefined;
}

export interface Engine {
  readonly desk: Desk;
  readonly changes: Changes;
  /** How a type is run, or why it cannot be loaded; undefined while nobody knows, or knows the type. */
  loaded(type: string): LoadedType | undefined;
  facts(): EngineFacts;
  /** Takes no more work, lets what runs finish or releases it, and closes. May be called again. */
  stop(): Promise<void>;
}

const CONCURRENCY = 50;
const WORKER_MEMORY_MB = 512;
const SWEEP_EVERY_MS = 15 * SECOND;
const STOP_WITHIN_MS = 10 * SECOND;
const STOP_AGAIN_MS = 100;
const REFILL_PAGE = 1_000;
const REAPED_AT_ONCE = 1_000;

/** Throws UnusableDataDir, with a sentence for whoever starts the server, and LedgerUnavailable. */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const { dataDir, clock, onBroken } = options;
  const last = { writeAtMs: undefined as number | undefined };
  const storage = openStorage({ dataDir, clock, onBroken, onCommit: () => void (last.writeAtMs = clock.nowMs()) });
  const doorbell = new MemoryDoorbell({ clock });
  const pool = openPool(options);
  const changes = new Changes();
  const desk = deskOf(options, { storage, doorbell, pool, changes });
  try {
    const parts = { storage, doorbell, pool, ...(await begin(options, { desk, storage, doorbell, pool })) };
    let stopped: Promise<void> | undefined;
    return {
      desk,
      changes,
      loaded: (type) => pool.types.get(type),
      facts: () => ({
        lastWriteAtMs: last.writeAtMs,
        lastSweepAtMs: parts.sweeper.lastAtMs,
        sweepFaults: parts.sweeper.faults,
        workersReady: pool.workersReady,
        workersProblem: pool.problem,
      }),
      stop: () => (stopped ??= stop(options, desk, parts)),
    };
  } catch (error) {
    await pool.stop();
    storage.close();
    throw error;
  }
}

type Opened = Pick<Parts, 'storage' | 'doorbell' | 'pool'>;

/** What an earlier boot left is settled before anything new begins. */
async function begin({ log, sweepEveryMs }: EngineOptions, { desk, storage, doorbell, pool }: Opened & { desk: Desk }) {
  const { ports, rules, running } = desk;
  const { ledger } = storage;
  const ownerPrefix = `${ports.random.token()}.`;
  for (let lost; (lost = await ledger.runningOfOtherBoots(ownerPrefix, REAPED_AT_ONCE)).length > 0;) {
    const left = await reapLostWithServer(ports, rules, lost);
    if (left > 0) throw new LedgerUnavailable(`${left} attempts of an earlier boot could not be ended.`);
  }
  await pool.decided;
  await refill(ledger, doorbell);
  const versionsOf = (type: string) => pool.versionsOf(type);
  const worker = { ports, rules, running, ownerPrefix, versionsOf, unserved: new Set<string>() };
  const refillAgain = () =>
    void refill(ledger, doorbell).catch((error: unknown) => log.error('refill-failed', namesOf(error)));
  const dispatch = new Dispatch({ doorbell, pool, worker, refill: refillAgain, log });
  const sweeper = new Sweeper({
    ports,
    rules,
    everyMs: sweepEveryMs ?? SWEEP_EVERY_MS,
    log,
    isAlive: (task) => running.has(task),
  });
  return { dispatch, sweeper };
}

function deskOf(options: EngineOptions, { storage, doorbell, pool, changes }: Opened & { changes: Changes }): Desk {
  const { clock, random, log, constants = STANDARD } = options;
  const { ledger, keyValue, statistics } = storage;
  const publisher = publisherTo(changes, options);
  return {
    ports: { ledger, keyValue, statistics, doorbell, publisher, deadLetters: deathsIn(log), clock, random, log },
    rules: { constants, policyOf: (type) => pool.policyOf(type) ?? DEFAULT_POLICY },
    running: new Running(),
  };
}

function openPool(options: EngineOptions): Pool {
  const { typeFolders, ownTypeFolders = [], probeTimes, isUsable, log, workers, concurrency, workerMemoryMb } = options;
  return new Pool({
    typeFolders,
    ownTypeFolders,
    probeTimes,
    isUsable,
    log,
    workers: workers ?? Math.max(1, availableParallelism() - 1),
    concurrency: concurrency ?? CONCURRENCY,
    workerMemoryMb: workerMemoryMb ?? WORKER_MEMORY_MB,
  });
}

function publisherTo(changes: Changes, { onEvents, log }: EngineOptions): Publisher {
  return {
    publish: (events) => {
      try {
        changes.notify(events);
        onEvents?.(events);
      } catch (error) {
        log.error('publish-failed', namesOf(error));
      }
      return Promise.resolve();
    },
  };
}

/** On one machine the dead-letter channel is the log: one line per death, without anything a handler wrote. */
const deathsIn = (log: Log): DeadLetters => ({
  announce: (tasks) => {
    for (const task of tasks) {
      const { tenant, taskId, type, fence, lastFailure } = task;
      const traceId = traceIdOf(task);
      log.warn('task-dead', {
        tenant,
        taskId,
        type,
        traceId,
        fence,
        class: lastFailure?.class,
        code: lastFailure?.code,
      });
    }
    return Promise.resolve(tasks.map(() => 'sent'));
  },
});

/**
 * Brings the bells of all ready rows back until the doorbell takes no more of their tenant; it is called again when that
 * has drained. Tenants take turns, page by page: a long line of one costs no other its place.
 */
async function refill(ledger: Storage['ledger'], doorbell: MemoryDoorbell): Promise<void> {
  const places = new Map<string, Position | undefined>();
  for (const tenant of await ledger.owingTenants()) places.set(tenant, undefined);
  while (places.size > 0) {
    for (const [tenant, after] of places) {
      const { bells, next } = await ledger.ready({ tenant, limit: REFILL_PAGE, ...(after !== undefined && { after }) });
      const isFull = (await doorbell.ring(bells)).includes('failed');
      if (isFull || next === undefined) places.delete(tenant);
      else places.set(tenant, next);
      await setImmediate();
    }
  }
}

interface Parts {
  readonly storage: Storage;
  readonly doorbell: MemoryDoorbell;
  readonly pool: Pool;
  readonly dispatch: Dispatch;
  readonly sweeper: Sweeper;
}

async function stop(options: EngineOptions, { running, rules }: Desk, parts: Parts): Promise<void> {
  const { storage, doorbell, pool, dispatch, sweeper } = parts;
  const { killAfterMs } = rules.constants;
  const settled = dispatch.stop();
  await sweeper.stop();
  await within(options.clock, settled, options.stopWithinMs ?? STOP_WITHIN_MS);
  // Again and again, for a claim that was on its way may have begun an attempt since.
  const timer = setInterval(() => running.stopAll('stopping'), STOP_AGAIN_MS);
  await within(options.clock, settled, killAfterMs + SECOND);
  await pool.stop();
  await within(options.clock, settled, killAfterMs);
  clearInterval(timer);
  doorbell.close();
  storage.close();
}

async function within(clock: Clock, promise: Promise<void>, ms: number): Promise<void> {
  const { promise: over, resolve } = Promise.withResolvers<undefined>();
  const cancel = clock.timer(ms, () => resolve(undefined));
  await Promise.race([promise, over]);
  cancel();
}
