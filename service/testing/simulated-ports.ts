/** The ports through which one process of the simulated world sees it: every call travels, and may be struck. */
import type { Bell, KeyValue, Ledger, Ports, Statistics } from '../core/ports.ts';
import { LedgerUnavailable } from '../core/ports.ts';
import type { LedgerTask } from '../core/task.ts';
import type { SimulatedProcess } from './simulated-process.ts';
import { countedAtOnce } from './simulated-statistics.ts';

const silent = (): void => undefined;
const FAILED = { kind: 'failed', retryable: true } as const;

/** The topology's way to deliver a bell. */
export interface Bells {
  readonly ring: (bell: Bell) => Promise<'rung' | 'failed'>;
  readonly depth: Ports['doorbell']['depth'];
}

const each = <I, O>(items: readonly I[], one: (item: I) => Promise<O>): Promise<O[]> => Promise.all(items.map(one));

/** A read is taken at the other end; one that cannot be answered throws. */
async function read<T>(process: SimulatedProcess, take: () => T): Promise<T> {
  const answer = await process.call<{ value: T } | undefined>({
    apply: () => ({ value: take() }),
    failed: () => undefined,
  });
  if (answer === undefined) throw new LedgerUnavailable('simulated');
  return answer.value;
}

/** Single-item writes, side by side; only equal ids wait for each other. */
function ledgerOf(process: SimulatedProcess): Ledger {
  const { store } = process.world;
  const submitOne = (task: LedgerTask) =>
    process.call({ apply: () => process.world.record(process, store.submit(task)), failed: () => FAILED });
  return {
    submit: (tasks) => {
      const last = new Map<string, Promise<unknown>>();
      return each(tasks, (task) => {
        const name = `${task.tenant}/${task.taskId}`;
        const before = last.get(name);
        const result = before ? before.then(() => submitOne(task)) : submitOne(task);
        last.set(name, result);
        return result;
      });
    },
    apply: (moves) =>
      each(moves, (move) =>
        process.call({ apply: () => process.world.record(process, store.apply(move)), failed: () => FAILED }),
      ),
    get: (keys) => read(process, () => keys.map((key) => store.get(key))),
    overdue: (nowMs, limit) => read(process, () => store.overdue(nowMs, limit)),
    list: (query) => read(process, () => store.list(query)),
    attemptDetail: (key, fence) => read(process, () => store.attemptDetail(key, fence)),
    counts: (tenant) => read(process, () => store.counts(tenant)),
    oldestOverdue: (tenant, beforeMs) => read(process, () => store.oldestOverdue(tenant, beforeMs)),
  };
}

function keyValueOf(process: SimulatedProcess): KeyValue {
  const { store } = process.world;
  return {
    get: (key) => read(process, () => store.getEntry(key)),
    swap: (key, expected, entry) =>
      process.call({ apply: () => store.swap(key, expected, entry), failed: () => FAILED }),
    add: (key, counters, purgeAtMs) =>
      process.call<'added' | 'failed'>({
        apply: () => {
          store.add(key, counters, purgeAtMs);
          return 'added';
        },
        failed: () => 'failed',
      }),
    list: (prefix, limit, after) => read(process, () => store.listEntries(prefix, limit, after)),
  };
}

/** On one machine the ledger itself counts; this one does not, and nobody asks. */
const COUNTED_BY_LEDGER: Statistics = {
  isExact: true,
  count: () => Promise.resolve(),
  since: () => Promise.resolve([]),
};

export function portsOf(process: SimulatedProcess, { ring, depth }: Bells): Ports {
  const { checker, faults, random, isCloud } = process.world;
  const [keyValue, clock] = [keyValueOf(process), process.clock()];
  return {
    ledger: ledgerOf(process),
    keyValue,
    statistics: isCloud ? countedAtOnce({ keyValue, clock }) : COUNTED_BY_LEDGER,
    doorbell: {
      ring: (bells) => {
        for (const bell of bells) checker.rang(bell);
        return each(bells, ring);
      },
      depth,
    },
    publisher: { publish: () => Promise.resolve() },
    deadLetters: {
      announce: (tasks) =>
        each(tasks, () =>
          process.call<'sent' | 'failed'>({
            apply: () => (faults.strikes('lose-announcement') ? 'failed' : 'sent'),
            failed: () => 'failed',
          }),
        ),
    },
    clock,
    random: random.random(),
    log: { debug: silent, info: silent, warn: silent, error: silent },
  };
}
