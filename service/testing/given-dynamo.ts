/** For tests: both emulators of DynamoDB, a new table for each test, and virtual time. */
import { afterAll, beforeAll } from 'vitest';
import type { Clock } from '../core/ports.ts';
import type { Table } from '../aws/table.ts';
import type { DynamoEmulator } from './emulators/dynamo.ts';
import { newTable, startDynalite, startDynamo } from './emulators/dynamo.ts';
import { VirtualTime } from './virtual-time.ts';

export const EMULATORS = { dynoxide: startDynamo, dynalite: startDynalite } as const;

export type EmulatorName = keyof typeof EMULATORS;

export interface GivenDynamo {
  /** Who stands for DynamoDB: where dynoxide has no program, dynalite does. */
  readonly emulator: EmulatorName;
  readonly table: Table;
  readonly clock: Clock;
  readonly time: VirtualTime;
}

let tables = 0;

/** To be called inside describe: the emulator runs as long as its tests. Returns the way to a new table. */
export function givenDynamo(name: EmulatorName): () => Promise<GivenDynamo> {
  let emulator: DynamoEmulator;
  beforeAll(async () => {
    emulator = await EMULATORS[name]();
  });
  afterAll(() => emulator.stop());
  return async () => {
    const time = new VirtualTime();
    const clock = {
      nowMs: () => time.nowMs,
      monotonicMs: () => time.nowMs,
      timer: (ms: number, callback: () => void) => time.after(ms, callback),
    };
    return { emulator: emulator.name, table: await newTable(emulator, `table-${(tables += 1)}`), clock, time };
  };
}

/** What a test does between a request's way out and its answer, at every try. */
export function between(table: Table, act: (tries: number) => unknown): void {
  let tries = 0;
  table.client.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args);
      await act((tries += 1));
      return answer;
    },
    { step: 'finalizeRequest', priority: 'low', name: 'between' },
  );
}
