/** Brings bells back that memory does not hold: after a start, and when a doorbell that was full has room again. */
import { setImmediate } from 'node:timers/promises';
import type { Position } from '../core/ports.ts';
import type { MemoryDoorbell } from './memory-doorbell.ts';
import type { Storage } from './storage.ts';

const PAGE = 1_000;

/**
 * Rings for ready rows of these tenants, oldest due first, until each has as many bells as it may. They take turns, page by
 * page: a long line of one costs no other its place. It is called again when they have drained. Throws LedgerUnavailable.
 */
export async function refill(
  ledger: Pick<Storage['ledger'], 'ready'>,
  doorbell: MemoryDoorbell,
  tenants: Iterable<string>,
): Promise<void> {
  const places = new Map<string, Position | undefined>();
  for (const tenant of tenants) places.set(tenant, undefined);
  while (places.size > 0) {
    for (const [tenant, after] of places) {
      const { bells, next } = await ledger.ready({ tenant, limit: PAGE, ...(after !== undefined && { after }) });
      const isFull = (await doorbell.ring(bells)).includes('failed');
      if (isFull || next === undefined) places.delete(tenant);
      else places.set(tenant, next);
      await setImmediate();
    }
  }
}
