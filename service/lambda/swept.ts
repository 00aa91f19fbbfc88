/** What the sweep function leaves after each round, and readiness reads: proof that it ran, and that the table takes writes. */
import { installationKey } from '../core/entry-keys.ts';
import type { KeyValue } from '../core/ports.ts';
import { LedgerUnavailable } from '../core/ports.ts';

const KEY = installationKey('sweeps');

interface Swept {
  readonly atMs: number;
}

/** Throws LedgerUnavailable. Who loses a race has lost it to a round as late as this one. */
export async function noteSwept(keyValue: KeyValue, atMs: number): Promise<void> {
  const value: Swept = { atMs };
  const { kind } = await keyValue.swap(KEY, (await keyValue.get(KEY))?.version ?? 0, { value });
  if (kind === 'failed') throw new LedgerUnavailable('The table takes no writes.');
}

/** Epoch milliseconds; undefined when there was none, or nobody can say. */
export async function lastSweptAtMs(keyValue: KeyValue): Promise<number | undefined> {
  try {
    return ((await keyValue.get(KEY))?.value as Swept | undefined)?.atMs;
  } catch (error) {
    if (error instanceof LedgerUnavailable) return undefined;
    throw error;
  }
}
