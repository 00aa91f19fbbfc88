/** A house for tests: the real core on the simulated store, under a virtual clock, without workers. */
import type { Clock, KeyValue, Ports } from '../core/ports.ts';
import { DEFAULT_POLICY, STANDARD } from '../core/rules.ts';
import type { LedgerTask } from '../core/task.ts';
import { Changes } from '../core/watch.ts';
import { Running } from '../core/worker.ts';
import { Seeded } from '../testing/seeded.ts';
import { SimulatedStore } from '../testing/simulated-store.ts';
import { countedAtOnce } from '../testing/simulated-statistics.ts';
import { VirtualTime } from '../testing/virtual-time.ts';
import { catalogueOf } from './catalogue.ts';
import type { House } from './house.ts';
import { Callers } from './identity/callers.ts';
import { KeyStore } from './identity/key-store.ts';
import { noLimits } from './limits.ts';

export interface LogLine {
  readonly event: string;
  readonly fields: unknown;
}

export interface SimulatedHouse {
  readonly house: House;
  readonly time: VirtualTime;
  readonly store: SimulatedStore;
  readonly log: readonly LogLine[];
  readonly stop: () => void;
  /** Changes a stored task as a worker would, and tells who waits for it. */
  readonly change: (taskId: string, fields: Partial<LedgerTask>) => void;
}

/** No two houses share a secret. */
let seeds = 0;

export interface Replaced {
  readonly house?: Partial<House>;
  readonly ports?: Partial<Ports>;
}

interface Furniture {
  readonly store: SimulatedStore;
  readonly time: VirtualTime;
  readonly changes: Changes;
}

function portsOn({ store, time, changes }: Furniture, lines: LogLine[]): Ports {
  const note = (event: string, fields?: unknown) => void lines.push({ event, fields });
  const later = <T>(take: () => T): Promise<T> => Promise.resolve().then(take);
  const keyValue: KeyValue = {
    get: (key) => later(() => store.getEntry(key)),
    swap: (key, expected, entry) => later(() => store.swap(key, expected, entry)),
    add: (key, counters, purgeAtMs) => {
      store.add(key, counters, purgeAtMs);
      return Promise.resolve('added');
    },
    list: (prefix, limit, after) => later(() => store.listEntries(prefix, limit, after)),
  };
  const clock: Clock = {
    nowMs: () => time.nowMs,
    monotonicMs: () => time.nowMs,
    timer: (ms, callback) => time.after(ms, callback),
  };
  return {
    ledger: {
      submit: (tasks) => later(() => tasks.map((task) => store.submit(task).result)),
      apply: (moves) => later(() => moves.map((move) => store.apply(move).result)),
      get: (keys) => later(() => keys.map((key) => store.get(key))),
      overdue: (nowMs, limit) => later(() => store.overdue(nowMs, limit)),
      list: (query) => later(() => store.list(query)),
      attemptDetail: (key, fence) => later(() => store.attemptDetail(key, fence)),
      counts: (tenant) => later(() => store.counts(tenant)),
      oldestOverdue: (tenant, beforeMs) => later(() => store.oldestOverdue(tenant, beforeMs)),
    },
    keyValue,
    statistics: countedAtOnce({ keyValue, clock }),
    doorbell: { ring: (bells) => Promise.resolve(bells.map(() => 'rung')), depth: () => Promise.resolve(0) },
    publisher: { publish: (events) => later(() => changes.notify(events)) },
    deadLetters: { announce: (tasks) => Promise.resolve(tasks.map(() => 'sent')) },
    clock,
    random: new Seeded((seeds += 1)).random(),
    log: { debug: () => undefined, info: note, warn: note, error: note },
  };
}

export function simulatedHouse(replaced: Replaced = {}): SimulatedHouse {
  const time = new VirtualTime();
  const store = new SimulatedStore({ nowMs: () => time.nowMs });
  const log: LogLine[] = [];
  const changes = new Changes();
  const ports = { ...portsOn({ store, time, changes }, log), ...replaced.ports };
  const keys = new KeyStore(ports);
  const stopping = new AbortController();
  const house: House = {
    desk: { ports, rules: { constants: STANDARD, policyOf: () => DEFAULT_POLICY }, running: new Running() },
    changes,
    catalogue: catalogueOf(),
    loaded: () => ({ payloadVersions: [1], policy: DEFAULT_POLICY }),
    facts: () => ({
      lastWriteAtMs: time.nowMs,
      lastSweepAtMs: time.nowMs,
      workersReady: 1,
      workersProblem: undefined,
    }),
    identity: new Callers({ ports, keys, allowsLocal: true }),
    keys,
    limits: noLimits,
    defaultType: 'simulate',
    maxWaitMs: 25_000,
    stopping: stopping.signal,
    version: '0.1.0',
    ...replaced.house,
  };
  return {
    house,
    time,
    store,
    log,
    stop: () => stopping.abort(),
    change: (taskId, fields) => {
      const task = store.items.get(`local/${taskId}`)!;
      const changed = { ...task, ...fields, version: task.version + 1 };
      store.items.set(`local/${taskId}`, changed);
      changes.notify([{ move: 'succeed', task: changed }]);
    },
  };
}
