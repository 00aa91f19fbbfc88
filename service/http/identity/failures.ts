/**
 * Failed authentications by address: twenty at once, then one every three seconds. Many may share an address, so it bounds
 * whoever fails there and nobody else.
 */
import type { Clock } from '../../core/ports.ts';
import { Refusal } from '../../core/refusal.ts';
import { SECOND } from '../../core/rules.ts';

const AT_ONCE = 20;
const BACK_EVERY_MS = 3 * SECOND;
/** About 2 MB. Whoever commands more addresses than that gains nothing by being forgotten: each has its own twenty anyway. */
const MOST_ADDRESSES = 10_000;

export interface Failures {
  /** Throws rate-limited, with the seconds until one more may fail. */
  readonly refuseWhenTooMany: (address: string) => void;
  /** One more has failed. */
  readonly note: (address: string) => void;
}

export interface FailuresOptions {
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly mostAddresses?: number;
}

export function createFailures({ clock, mostAddresses = MOST_ADDRESSES }: FailuresOptions): Failures {
  /** When all that failed is forgiven, in milliseconds: the level of the bucket and its time in one number. Oldest failure first. */
  const forgivenAtMs = new Map<string, number>();
  const owedMs = (address: string): number => Math.max(0, (forgivenAtMs.get(address) ?? 0) - clock.monotonicMs());
  return {
    refuseWhenTooMany: (address) => {
      const tooMuchMs = owedMs(address) - (AT_ONCE - 1) * BACK_EVERY_MS;
      if (tooMuchMs <= 0) return;
      const detail = 'Too many requests of this address were not authenticated; a valid key passes.';
      throw Refusal.until('rate-limited', detail, tooMuchMs / SECOND);
    },
    note: (address) => {
      const owed = Math.min(owedMs(address) + BACK_EVERY_MS, AT_ONCE * BACK_EVERY_MS);
      forgivenAtMs.delete(address);
      forgivenAtMs.set(address, clock.monotonicMs() + owed);
      if (forgivenAtMs.size > mostAddresses) forgivenAtMs.delete(forgivenAtMs.keys().next().value!);
    },
  };
}
