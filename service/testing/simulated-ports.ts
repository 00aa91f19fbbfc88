/** The ports through which one process of the simulated world sees it: every call travels, and may be struck. */
import type { Move } from '../core/move.ts';
import type { ApplyResult, Bell, KeyValue, Ledger, Ports, Statistics, SubmitResult } from '../core/ports.ts';
import { LedgerUnavailable } from '../core/ports.ts';
import type { LedgerTask, TaskKey } from '../core/task.ts';
import { nameOf } from './checker.ts';
import { SimulatedCommits } from './simulated-commits.ts';
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
async function read<T>(process: SimulatedProcess, { take, about }: { take: () => T; about?: string }): Promise<T> {
  const answer = await process.call<{ value: T } | undefined>({
    ...(about !== undefined && { about }),
    apply: () => ({ value: take() }),
    failed: () => undefined,
  });
  if (answer === undefined) throw new LedgerUnavailable('simulated');
  return answer.value;
}

/** A write to one task: on one machine in the commit of the moment, elsewhere on its own. */
type WriteOne = <T>(key: TaskKey, apply: () => T) => Promise<T | typeof FAILED>;

function writerOf(process: SimulatedProcess): WriteOne {
  const failed = () => FAILED;
  if (process.world.isCloud) {
    return <T>(key: TaskKey, apply: () => T) =>
      process.call<T | typeof FAILED>({ apply, failed, about: nameOf(key), isWrite: true });
  }
  const commits = new SimulatedCommits(process);
  return <T>(key: TaskKey, apply: () => T) => commits.write<T | typeof FAILED>({ apply, failed, about: nameOf(key) });
}

/** Single-item writes, side by side; only equal ids wait for each other. */
function ledgerOf(process: SimulatedProcess): Ledger {
  const { world } = process;
  const { store, checker, promptness } = world;
  const writeOne = writerOf(process);
  const submitOne = (task: LedgerTask) => writeOne(task, () => world.record(process, store.submit(task)));
  const applyOne = async (move: Move) => {
    const result = await writeOne(move, () => world.record(process, store.apply(move)));
    noteLoss(process, move, result);
    return result;
  };
  return {
    submit: async (tasks) => {
      const last = new Map<string, Promise<SubmitResult>>();
      const results = tasks.map((task) => {
        const before = last.get(nameOf(task));
        const result = before ? before.then(() => submitOne(task)) : submitOne(task);
        last.set(nameOf(task), result);
        return result;
      });
      return Promise.all(results);
    },
    apply: async (moves) => {
      const wasAlive = process.isAlive;
      const results = each(moves, applyOne);
      if (wasAlive && !process.isAlive && moves.length > 1 && process.name.startsWith('sweeper')) {
        world.fact('sweeper died in mid page');
      }
      return results;
    },
    get: (keys) =>
      read(process, {
        about: keys.length === 1 ? nameOf(keys[0]!) : process.name,
        take: () => keys.map((key) => checker.read(key, store.get(key), world.accepted)),
      }),
    overdue: (nowMs, limit) =>
      read(process, { take: () => promptness.paged(store.overdue(nowMs, limit), store.items, nowMs) }),
    list: (query) => read(process, { take: () => store.list(query) }),
    attemptDetail: (key, fence) => read(process, { take: () => store.attemptDetail(key, fence) }),
    counts: (tenant) => read(process, { take: () => store.counts(tenant) }),
    oldestOverdue: (tenant, beforeMs) => read(process, { take: () => store.oldestOverdue(tenant, beforeMs) }),
  };
}

const COMMITS: readonly string[] = ['succeed', 'fail', 'die', 'release', 'checkpoint', 'cancelled'];

function noteLoss({ name, world }: SimulatedProcess, move: Move, result: ApplyResult): void {
  if (result.kind !== 'lost' || result.task === undefined) return;
  if (COMMITS.includes(move.name) && result.task.owner !== move.set.owner) {
    const ours = move.when.find(({ name: clause }) => clause === 'same-fence')?.test;
    const isTaken = ours?.op === 'is' && ours.value !== result.task.fence;
    if (isTaken) world.fact('commit after the attempt was taken over');
  }
  if (name.startsWith('sweeper') && move.when.some(({ name: clause }) => clause === 'same-version')) {
    world.fact('sweeper lost a race for a task');
  }
}

function keyValueOf(process: SimulatedProcess): KeyValue {
  const { store } = process.world;
  return {
    get: (key) => read(process, { take: () => store.getEntry(key) }),
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
    list: (prefix, limit, after) => read(process, { take: () => store.listEntries(prefix, limit, after) }),
  };
}

/** On one machine the ledger itself counts; this one does not, and nobody asks. */
const COUNTED_BY_LEDGER: Statistics = {
  isExact: true,
  count: () => Promise.resolve(),
  since: () => Promise.resolve([]),
};

export function portsOf(process: SimulatedProcess, { ring, depth }: Bells): Ports {
  const { world } = process;
  const [keyValue, clock] = [keyValueOf(process), process.clock()];
  const ringOne = async (bell: Bell) => {
    const { tenant, taskId, lane } = bell;
    world.checker.rang(bell, process.nowMs);
    world.promptness.rang(bell);
    world.tell({ who: process.name, what: 'ring', tenant, taskId, lane });
    const answer = await ring(bell);
    if (answer === 'failed') world.tell({ who: process.name, what: 'ring-failed', tenant, taskId, lane });
    return answer;
  };
  return {
    ledger: ledgerOf(process),
    keyValue,
    statistics: world.isCloud ? countedAtOnce({ keyValue, clock }) : COUNTED_BY_LEDGER,
    doorbell: { ring: (bells) => each(bells, ringOne), depth },
    publisher: { publish: () => Promise.resolve() },
    deadLetters: { announce: (tasks) => each(tasks, (task) => announceOne(process, task)) },
    clock,
    random: world.stream(`random of ${process.name}`).random(),
    log: { debug: silent, info: silent, warn: silent, error: silent },
  };
}

async function announceOne(process: SimulatedProcess, task: LedgerTask): Promise<'sent' | 'failed'> {
  const { world } = process;
  const { tenant, taskId } = task;
  world.checker.told(task);
  const about = nameOf({ tenant, taskId });
  const answer = await process.call<'sent' | 'failed'>({
    ...{ to: 'announcer', about },
    apply: () => (world.faults.strikes('lose-announcement', about) ? 'failed' : 'sent'),
    failed: () => 'failed',
  });
  world.tell({ who: process.name, what: answer === 'sent' ? 'announce' : 'announce-failed', tenant, taskId });
  return answer;
}
