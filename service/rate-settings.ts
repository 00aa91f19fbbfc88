/** The settings of how much a tenant may ask: RATE_LIMIT_PER_SECOND and RATE_LIMIT_BURST. */
import type { Rate } from './http/bucket.ts';
import { MOST_TASKS_AT_ONCE } from './http/limits.ts';

interface Reader {
  readonly whole: (name: string, range: { standard: number; from: number; to: number }) => number;
}

/** Whoever is alone with the server needs no bound against others. */
export const defaultPerSecond = (isIdentityRequired: boolean): number => (isIdentityRequired ? 500 : 0);

/** Undefined: no tenant has a rate. A burst holds the largest batch, or that could never be sent. */
export function readRate(read: Reader, isIdentityRequired: boolean): Rate | undefined {
  const standard = defaultPerSecond(isIdentityRequired);
  const perSecond = read.whole('RATE_LIMIT_PER_SECOND', { standard, from: 0, to: 1_000_000 });
  const twoSeconds = Math.max(MOST_TASKS_AT_ONCE, 2 * perSecond);
  const burst = read.whole('RATE_LIMIT_BURST', { standard: twoSeconds, from: MOST_TASKS_AT_ONCE, to: 10_000_000 });
  return perSecond === 0 ? undefined : { perSecond, burst };
}

/** By the names of the environment. */
export const shownRate = (rate: Rate | undefined): Readonly<Record<string, string | number>> =>
  rate === undefined
    ? { RATE_LIMIT_PER_SECOND: '0 (none: a tenant may ask as much as it likes)' }
    : { RATE_LIMIT_PER_SECOND: rate.perSecond, RATE_LIMIT_BURST: rate.burst };
