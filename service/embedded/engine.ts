/**
 * The engine of one machine, put together: SQLite ledger, memory doorbell, worker processes, dispatch and sweeper.
 * It starts by ending the attempts that died with an earlier boot, and it stops without losing one.
 */
import { availableParallelism } from 'node:os';
import { namesOf } from '../core/names-of.ts';
import type { Desk } from '../core/operate.ts';
import type { Breaking, Clock, DeadLetters, Log, Ports, Publisher, Random, Runner, TaskEvent } from '../core/ports.ts';
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
import { refill } from './refill.ts';
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
  /** Puts faults between the core and its ports. Undefined: nothing stands between them. */
  readonly breaking?: (ports: Ports) => Breaking;
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
const REAPED_AT_ONCE = 1_000;

/** Throws UnusableDataDir, with a sentence for whoever starts the server, and LedgerUnavailable. */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const { dataDir, clock, onBroken } = options;
  const last = { writeAtMs: undefined as number | undefined };
  const storage = openStorage({ dataDir, clock, onBroken, onCommit: () => void (last.writeAtMs = clock.nowMs()) });
  const doorbell = new MemoryDoorbell({ clock });
  const pool = openPool(options);
  const changes = new Changes();
  const whole = deskOf(options, { storage, doorbell, pool, changes });
  const breaking = options.breaking?.(whole.ports);
  const desk = { ...whole, ports: breaking?.ports ?? whole.ports };
  const upkeep = breaking?.upkeep ?? whole.ports;
  const runner = breaking?.runner(pool) ?? pool;
  try {
    const opened = { storage, doorbell, pool, breaking };
    const parts = { ...opened, ...(await begin(options, { ...opened, desk, upkeep, runner })) };
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
type Beginning = Opened & { readonly desk: Desk; readonly upkeep: Ports; readonly runner: Runner };

/** What an earlier boot left is settled before anything new begins. */
async function begin({ log, sweepEveryMs }: EngineOptions, beginning: Beginning) {
  const { desk, upkeep, runner, storage, doorbell, pool } = beginning;
  const { ports, rules, running } = desk;
  const { ledger } = storage;
  const ownerPrefix = `${ports.random.token()}.`;
  for (let lost; (lost = await ledger.runningOfOtherBoots(ownerPrefix, REAPED_AT_ONCE)).length > 0;) {
    const left = await reapLostWithServer(upkeep, rules, lost);
    if (left > 0) throw new LedgerUnavailable(`${left} attempts of an earlier boot could not be ended.`);
  }
  await pool.decided;
  await refill(ledger, doorbell, new Set(await ledger.tenantsWaiting()));
  const versionsOf = (type: string) => pool.versionsOf(type);
  const worker = { ports, rules, running, ownerPrefix, versionsOf, unserved: new Set<string>() };
  const refillAgain = (tenants: ReadonlySet<string>) =>
    void refill(ledger, doorbell, tenants).catch((error: unknown) => log.error('refill-failed', namesOf(error)));
  const tenants = await ledger.tenants();
  const dispatch = new Dispatch({ doorbell, pool, runner, worker, refill: refillAgain, tenants, log });
  const sweeper = new Sweeper({
    ports: upkeep,
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

interface Parts {
  readonly storage: Storage;
  readonly doorbell: MemoryDoorbell;
  readonly pool: Pool;
  readonly dispatch: Dispatch;
  readonly sweeper: Sweeper;
  readonly breaking: Breaking | undefined;
}

async function stop(options: EngineOptions, { running, rules }: Desk, parts: Parts): Promise<void> {
  const { storage, doorbell, pool, dispatch, sweeper, breaking } = parts;
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
  await breaking?.flush();
  storage.close();
}

async function within(clock: Clock, promise: Promise<void>, ms: number): Promise<void> {
  const { promise: over, resolve } = Promise.withResolvers<undefined>();
  const cancel = clock.timer(ms, () => resolve(undefined));
  await Promise.race([promise, over]);
  cancel();
}
