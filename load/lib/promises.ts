/** The numbers of the README, as thresholds: the one place where they stand. */
import { ENGINE } from './settings.ts';

export type Thresholds = Record<string, string[]>;

/** Whatever is run, wherever. */
export const nothingLost: Thresholds = {
  tasks_lost: ['count==0'],
  tasks_twice: ['count==0'],
  tasks_unfinished: ['count==0'],
};

export const noErrors: Thresholds = { errors: ['count==0'], checks: ['rate==1'] };

/** Promised on one machine alone: elsewhere they depend on the network, and on how often a Lambda is cold. */
export const latencies: Thresholds =
  ENGINE === 'one-machine' ? { accept_ms: ['p(99)<250'], end_to_end_ms: ['p(99)<1000'] } : {};
