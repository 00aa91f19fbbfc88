/** Brings bells back that memory does not hold: after a start, and when a doorbell that was full has room again. */
import { setImmediate } from 'node:timers/promises';
import type { Position } from '../core/ports.ts';
import type { MemoryDoorbell } from './memory-doorbell.ts';
import type { Storage } from './storage.ts';

const PAGE = 1_000;

/**
 * Rings for ready rows, oldest due first, until each of these tenants has as many bells as it may; so it reads past all rows
 * of one that has, in slices of a page. It is called again when they have drained. Throws LedgerUnavailable.
 */
export async function refill(
  ledger: Pick<Storage['ledger'], 'ready'>,
  doorbell: MemoryDoorbell,
  tenants: ReadonlySet<string>,
): Promise<void> {
  const lacking = new Set(tenants);
  for (let after: Position | undefined; lacking.size > 0;) {
    const { bells, next } = await ledger.ready(PAGE, after);
    const answers = await doorbell.ring(bells);
    for (const [i, { tenant }] of bells.entries()) if (answers[i] === 'failed') lacking.delete(tenant);
    if (next === undefined) return;
    after = next;
    await setImmediate();
  }
}
