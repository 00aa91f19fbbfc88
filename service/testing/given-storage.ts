/** For tests: a storage in a folder of its own, under virtual time, and a second look at what is on the disk. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SQLInputValue } from 'node:sqlite';
import { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../core/ports.ts';
import { VirtualTime } from './virtual-time.ts';
import type { Storage } from '../embedded/storage.ts';
import { openStorage } from '../embedded/storage.ts';

export const newDataDir = (): string => mkdtempSync(join(tmpdir(), 'holdfast-'));

export const clockOf = (time: VirtualTime): Clock => ({
  nowMs: () => time.nowMs,
  monotonicMs: () => time.nowMs,
  timer: (ms, callback) => time.after(ms, callback),
});

export interface StorageUnderTest extends Storage {
  readonly nowMs: () => number;
  pass(ms: number): Promise<void>;
  /** By another connection: sees what is committed, whatever the storage says of it. */
  onDisk(sql: string, ...values: SQLInputValue[]): Record<string, unknown>[];
}

export function storageUnderTest(): StorageUnderTest {
  const dataDir = newDataDir();
  const time = new VirtualTime();
  const onBroken = (error: unknown) => {
    throw error;
  };
  const storage = openStorage({ dataDir, clock: clockOf(time), onBroken });
  const other = new DatabaseSync(join(dataDir, 'ledger.sqlite'));
  const close = () => {
    other.close();
    storage.close();
    rmSync(dataDir, { recursive: true });
  };
  return {
    ...storage,
    nowMs: () => time.nowMs,
    pass: (ms) => time.play(() => false, time.nowMs + ms),
    onDisk: (sql, ...values) => other.prepare(sql).all(...values),
    close,
  };
}
