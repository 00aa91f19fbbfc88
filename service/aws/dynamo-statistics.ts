/**
 * What won writes add to the counters of a tenant's minutes and hours, one entry per type and span. Kept back until `flush`, so
 * that an invocation adds once to each. About: what a killed process kept back is lost, what the SDK repeats counts twice.
 */
import type { EntryKey } from '../core/entry-keys.ts';
import { tenantKey, tenantPrefix } from '../core/entry-keys.ts';
import type { Counted, KeyValue, Ports, Statistics, TaskCounts, TaskEvent } from '../core/ports.ts';
import { DAY, HOUR, MINUTE } from '../core/rules.ts';
import type { Counters, Sums } from '../core/statistics.ts';
import { addTo, startOf, tally } from '../core/statistics.ts';

/** Minutes answer for 5 and 15 minutes too: a longer span costs a write per batch, adding up costs a read per window. */
const KEPT = [
  { kind: 'minutes', spanMs: MINUTE, keptMs: 3 * DAY },
  { kind: 'hours', spanMs: HOUR, keptMs: 15 * DAY },
] as const;

/** Final tasks are counted as long as they are kept. */
const COUNTED_MS = 14 * DAY;
/** More than a tenant has in one window: spans × types. */
const MOST_ENTRIES = 100_000;
const MOST_TENANTS = 100;

/** A row of a busy hour has a hundred names, and should stay within the 1 KB that one write unit pays for. */
const LETTERS: Readonly<Record<string, string>> = {
  ...{ accepted: 'a', started: 's', succeeded: 'u', dead: 'd', cancelled: 'c', redriven: 'r' },
  ...{ failedAttempts: 'f', lostAttempts: 'l', attempts: 'A', deaths: 'D', start: 'S', finish: 'F' },
};
const KINDS = Object.fromEntries(Object.entries(LETTERS).map(([kind, letter]) => [letter, kind]));

function shortOf(name: string): string {
  const [kind, which = ''] = name.split(':') as [string, string?];
  return `${LETTERS[kind]!}${which}`;
}

const nameOf = (short: string): string => KINDS[short[0]!]! + (short.length > 1 ? `:${short.slice(1)}` : '');

const renamed = (counters: Counters, rename: (name: string) => string): Counters =>
  Object.fromEntries(Object.entries(counters).map(([name, n]) => [rename(name), n]));

export interface StatisticsOptions extends Pick<Ports, 'clock'> {
  readonly keyValue: Pick<KeyValue, 'add' | 'list'>;
  /** `first-claim`: a submit writes nothing beside its task; a task that ends without any claim counts then. */
  readonly acceptedBy: 'submit' | 'first-claim';
}

/** How many final tasks there are, about. */
export type PastCounts = Pick<TaskCounts, 'succeeded' | 'cancelled' | 'dead'>;

export interface KeptBack {
  /** Never rejects. */
  flush(): Promise<void>;
  /** Throws LedgerUnavailable. */
  pastCounts(tenant: string): Promise<PastCounts>;
}

const FENCE_WHEN_FIRST: Readonly<Partial<Record<TaskEvent['move'], number>>> = { claim: 1, cancel: 0, expire: 0 };

/** A redriven task was claimed before, or counted when it expired. */
const isFirstSeen = ({ move, task }: TaskEvent): boolean =>
  FENCE_WHEN_FIRST[move] === task.fence && !task.history.some((entry) => entry.move === 'redrive');

const byFirstClaim = (event: TaskEvent): readonly TaskEvent[] => {
  if (event.move === 'submit') return [];
  return isFirstSeen(event) ? [{ move: 'submit', task: event.task }, event] : [event];
};

function readerOf(keyValue: StatisticsOptions['keyValue']): Statistics['since'] {
  return async (tenant, spanMs, sinceMs) => {
    const { kind } = KEPT[spanMs < HOUR ? 0 : 1];
    const prefix = tenantPrefix(tenant, kind);
    const entries = await keyValue.list(prefix, MOST_ENTRIES, `${prefix}${sinceMs}`);
    return entries.map(({ key, stored }): Counted => {
      const [atMs, type] = key.slice(prefix.length).split('/') as [string, string];
      return { atMs: Number(atMs), type, counters: renamed(stored.value as Counters, nameOf) };
    });
  };
}

/** Hours that are over are read once: only the last two may still be added to. */
function pastReader({ clock }: StatisticsOptions, since: Statistics['since']): KeptBack['pastCounts'] {
  const known = new Map<string, { readonly untilMs: number; readonly sums: Counters }>();
  return async (tenant) => {
    const untilMs = startOf(clock.nowMs(), HOUR) - HOUR;
    const over = known.get(tenant);
    const isKnown = over?.untilMs === untilMs;
    const sums: Sums = isKnown ? { ...over.sums } : {};
    const rows = await since(tenant, HOUR, isKnown ? untilMs : startOf(clock.nowMs() - COUNTED_MS, HOUR));
    for (const row of rows) if (row.atMs < untilMs) addTo(sums, row.counters);
    if (known.size >= MOST_TENANTS) known.clear();
    known.set(tenant, { untilMs, sums: { ...sums } });
    for (const row of rows) if (row.atMs >= untilMs) addTo(sums, row.counters);
    const { succeeded = 0, cancelled = 0, dead = 0, redriven = 0 } = sums;
    return { succeeded, cancelled, dead: Math.max(0, dead - redriven) };
  };
}

export function openStatistics(options: StatisticsOptions): Statistics & KeptBack {
  const { keyValue, clock, acceptedBy } = options;
  let kept = new Map<EntryKey, { readonly sums: Sums; readonly purgeAtMs: number }>();
  const since = readerOf(keyValue);
  const note = (event: TaskEvent): void => {
    const { tenant, type } = event.task;
    const counted: Sums = {};
    if (!tally(counted, event)) return;
    for (const { kind, spanMs, keptMs } of KEPT) {
      const atMs = startOf(clock.nowMs(), spanMs);
      const key = tenantKey(tenant, kind, atMs, type);
      if (!kept.has(key)) kept.set(key, { sums: {}, purgeAtMs: atMs + keptMs });
      addTo(kept.get(key)!.sums, counted);
    }
  };
  return {
    isExact: false,
    count: (won) => {
      const events = acceptedBy === 'submit' ? won : won.flatMap(byFirstClaim);
      for (const event of events) note(event);
      return Promise.resolve();
    },
    flush: async () => {
      const rows = [...kept];
      kept = new Map();
      const adding = rows.map(([key, { sums, purgeAtMs }]) => keyValue.add(key, renamed(sums, shortOf), purgeAtMs));
      await Promise.all(adding);
    },
    since,
    pastCounts: pastReader(options, since),
  };
}
