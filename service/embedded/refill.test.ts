import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_POLICY, MINUTE, STANDARD } from '../core/rules.ts';
import { submitAll } from '../core/submit.ts';
import { Seeded } from '../testing/seeded.ts';
import type { StorageUnderTest } from '../testing/given-storage.ts';
import { storageUnderTest } from '../testing/given-storage.ts';
import { MemoryDoorbell } from './memory-doorbell.ts';
import { refill } from './refill.ts';

let storage: StorageUnderTest;
let doorbell: MemoryDoorbell;
const clock = { nowMs: () => storage.nowMs(), monotonicMs: () => storage.nowMs(), timer: () => () => undefined };
beforeEach(() => {
  storage = storageUnderTest();
  doorbell = new MemoryDoorbell({ clock, capacity: 100 });
});
afterEach(() => storage.close());

/** Accepted, and their bells lost. */
async function waiting(tenant: string, count: number): Promise<void> {
  const silent = { ring: () => Promise.resolve([]) };
  const beside = { publisher: { publish: () => Promise.resolve() }, random: new Seeded(count).random(), clock };
  const ports = { ...storage, doorbell: silent, ...beside } as never;
  const rules = { constants: STANDARD, policyOf: () => DEFAULT_POLICY };
  const tasks = Array.from({ length: count }, (_, i) => ({ tenant, taskId: `${tenant}-${i}` }));
  await submitAll(
    ports,
    rules,
    tasks.map((key) => ({ ...key, type: 'simulate', payloadVersion: 1, payload: {} })),
  );
}

async function refilled(): Promise<Record<string, number>> {
  await refill(storage.ledger, doorbell, new Set(await storage.ledger.tenantsWaiting()));
  const counts: Record<string, number> = {};
  for (let bell; (bell = doorbell.take('fresh'));) counts[bell.tenant] = (counts[bell.tenant] ?? 0) + 1;
  return counts;
}

test('a start finds the tasks of a quiet tenant behind thousands of another one', async () => {
  await waiting('flood', 3_000);
  await storage.pass(1_000);
  await waiting('quiet', 3);
  expect(await refilled()).toEqual({ flood: 97, quiet: 3 });
});

test('a start does not read on when everybody has as much as fits', async () => {
  await waiting('flood', 3_000);
  let pages = 0;
  const { ledger } = storage;
  const ready: typeof ledger.ready = (...place) => ((pages += 1), ledger.ready(...place));
  await refill({ ready }, doorbell, new Set(await ledger.tenantsWaiting()));
  expect([pages, await doorbell.depth('fresh', 'flood')]).toEqual([1, 100]);
});

test('the ledger knows of whom it keeps tasks, and of whom some wait', async () => {
  expect([await storage.ledger.tenants(), await storage.ledger.tenantsWaiting()]).toEqual([[], []]);
  await waiting('alpha', 1);
  expect([await storage.ledger.tenants(), await storage.ledger.tenantsWaiting()]).toEqual([['alpha'], ['alpha']]);
});

test('a tenant whose last task was purged is one no more, and takes no share of a later start', async () => {
  await waiting('alpha', 1);
  await waiting('gone', 1);
  const cancelled = { status: 'cancelled', purgeAtMs: storage.nowMs() + MINUTE } as const;
  const gone = { tenant: 'gone', taskId: 'gone-0' };
  await storage.ledger.apply([{ name: 'cancel', ...gone, when: [], set: cancelled, remove: [], add: [] }]);
  await storage.pass(5 * MINUTE);
  expect(storage.onDisk("SELECT * FROM task WHERE tenant = 'gone'")).toEqual([]);
  expect(await storage.ledger.tenants()).toEqual(['alpha']);
});
