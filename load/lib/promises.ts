/** The numbers of the README, as thresholds: the one place where they stand. */
import { ENGINE, IS_SHORT } from './settings.ts';
import type { Load } from './shapes.ts';

export type Thresholds = Record<string, string[]>;

/** Whatever is run, wherever. A run that nobody submitted to, or whose ledger was not read back, proves nothing. */
export const nothingLost: Thresholds = {
  tasks_accepted: ['count>0'],
  tasks_lost: ['count==0'],
  ids_unbalanced: ['count==0'],
  tasks_twice: ['count==0'],
  tasks_unfinished: ['count==0'],
};

export const noErrors: Thresholds = { errors: ['count==0'], checks: ['rate==1'] };

/** Of the few requests of a short run p(99) is the slowest one, which says more of the machine's other work: the median is judged. */
const JUDGED = IS_SHORT ? 'med' : 'p(99)';

/** Promised on one machine alone: elsewhere they depend on the network, and on how often a Lambda is cold. */
export const latencies: Thresholds =
  ENGINE === 'one-machine' ? { accept_ms: [`${JUDGED}<250`], end_to_end_ms: [`${JUDGED}<1000`] } : {};

/** Lists and single tasks, while all else goes on. */
export const reads: Thresholds = ENGINE === 'one-machine' ? { read_ms: [`${JUDGED}<500`] } : {};

/** The load really came: of a hundred iterations one at most found no place in k6, of the few of a short run two. */
export const loadCame = ({ perSecond, seconds }: Load): Thresholds => ({
  dropped_iterations: [`count<=${Math.max(2, Math.floor((perSecond * seconds) / 100))}`],
});

/** Full jitter: even over the range, for each retry alone, or a range that does not double would hide behind the first one. */
const even = ['avg>0.4', 'avg<0.6', 'min<0.2', 'max>0.8'];

/** Of the policy of a type, as it is measured in the ledger. */
export const retriesKept: Thresholds = {
  attempts_wrong: ['count==0'],
  waits_wrong: ['count==0'],
  waits_cut_short: ['count==0'],
  retries_early: ['rate<0.5'],
  ...(ENGINE === 'one-machine' && { retry_late_ms: ['p(99)<2000'] }),
  'backoff_position{retry:1}': even,
  'backoff_position{retry:2}': even,
};

/** The last third of a run against its first: nothing slows down while tasks and time pass. */
export const noGrowth: Thresholds = {
  growth_of_median: ['value<2'],
  growth_of_p95: ['value<2'],
};

/** What failed is where an operator has sent it, once, and its history says so. */
export const inboxEmptied: Thresholds = {
  inbox_left: ['count==0'],
  tasks_misplaced: ['count==0'],
  moves_unexplained: ['count==0'],
};

/** Each viewer was compared with the ledger at the end, and showed what it holds. */
export const picturesComplete = (viewers: number): Thresholds => ({
  missed_after_resync: ['count==0'],
  viewers_judged: [`count==${viewers}`],
});

/** Promised like the latencies, and frames have come at all. */
export const deliveries: Thresholds = {
  frames: ['count>0'],
  ...(ENGINE === 'one-machine' && { delivery_ms: ['p(99)<1000'] }),
};

const FAULTS = ['failures', 'delays', 'bells_lost', 'bells_duplicated', 'ledger_refusals', 'ledger_replies_lost'];

/** A run without faults proves nothing of them. */
export const faultsCame = (hasCrashes: boolean): Thresholds =>
  Object.fromEntries([...FAULTS, ...(hasCrashes ? ['crashes'] : [])].map((kind) => [`injected_${kind}`, ['count>0']]));

/** Each was put right by what is there for it, and nobody died but of what may be died of. */
export const faultsRecovered = (hasCrashes: boolean): Thresholds => ({
  dead_otherwise: ['count==0'],
  failures_unaccounted: ['count==0'],
  crashes_unaccounted: ['count==0'],
  bells_unaccounted: ['count==0'],
  recovered_failures: ['count>0'],
  recovered_bells_lost: ['count>0'],
  ...(hasCrashes && { recovered_crashes: ['count>0'] }),
});
