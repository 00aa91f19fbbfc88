/** The meter's model of a table in the place of DynamoDB: the adapters do on it what they do on an emulator, and it bills as AWS says. */
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openKeyValue } from '../../aws/dynamo-key-value.ts';
import { openLedger } from '../../aws/dynamo-ledger.ts';
import { openStatistics } from '../../aws/dynamo-statistics.ts';
import { itemBytes as adapterBytes } from '../../aws/item-size.ts';
import type { Table } from '../../aws/table.ts';
import type { KeyValue, Statistics } from '../../core/ports.ts';
import type { EngineUnderTest } from '../conformance/engine-under-test.ts';
import { ledgerSuite } from '../conformance/ledger-suite.ts';
import { modelSuite } from '../conformance/model-suite.ts';
import { countUnits } from '../counted-units.ts';
import { dynamoClient } from '../emulators/dynamo.ts';
import { COST_FACTS } from '../facts/dynamo-cost-facts.ts';
import { Db } from '../facts/dynamo-subject.ts';
import { givenDynamo } from '../given-dynamo.ts';
import { clockOf } from '../given-storage.ts';
import { Life, payloadOf } from '../given-tasks.ts';
import { VirtualTime } from '../virtual-time.ts';
import { meterDynamo } from './dynamo-meter.ts';
import { itemBytes } from './item-size.ts';
import { UsageBook } from './usage.ts';

function standIn(time = new VirtualTime()) {
  const clock = clockOf(time);
  const client = DynamoDBDocumentClient.from(dynamoClient('http://127.0.0.1:9'));
  const book = new UsageBook(clock);
  meterDynamo(client, { book, answers: 'model' });
  return { table: { client, name: 'stand-in' } satisfies Table, clock, time, book };
}

const engine = (): Promise<EngineUnderTest> => {
  const { table, clock, time } = standIn();
  return Promise.resolve({
    ledger: openLedger({ table, clock }),
    keyValue: {} as KeyValue,
    statistics: {} as Statistics,
    nowMs: () => time.nowMs,
    pass: (ms) => time.play(() => false, time.nowMs + ms),
    close: () => Promise.resolve(),
  });
};

ledgerSuite('AWS engine on the meter’s own table', engine);
modelSuite('AWS engine on the meter’s own table', engine, 100);

test.each(COST_FACTS.map((fact) => [fact.name, fact] as const))('fact: %s', async (_, fact) => {
  expect(await fact.check(new Db(standIn().table))).toBe(true);
});

const attribute = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.integer(),
  fc.double({ noNaN: true }),
  fc.boolean(),
  fc.uint8Array(),
);

test('the adapter counts the bytes of an item as the meter does', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), attribute), (item) => {
      expect(adapterBytes(item)).toBe(itemBytes(item));
    }),
  );
});

describe('beside an emulator that bills by itself', () => {
  const newGiven = givenDynamo('dynoxide');

  test('the lives of tasks, entries and counters cost what it says', async () => {
    const { table, clock, time, emulator } = await newGiven();
    if (emulator !== 'dynoxide') return; // no other charges for indexes
    const units = countUnits(table);
    const book = new UsageBook(clock);
    meterDynamo(table.client, { book, answers: 'service' });
    const [ledger, keyValue] = [openLedger({ table, clock }), openKeyValue({ table, clock })];
    const life = new Life({ ledger, clock });
    const statistics = openStatistics({ keyValue, clock, acceptedBy: 'first-claim' });
    for (const [place, bytes] of [300, 450, 5_000].entries()) {
      let task = await life.submitted({ taskId: `task-${place}`, payload: payloadOf(bytes) });
      for (let failures = 0; failures < place; failures += 1) task = await life.failed(await life.claimed(task));
      task = await life.claimed(task);
      await statistics.count([{ move: 'claim', task }]);
      await statistics.flush();
      await (place === 1 ? life.buried(task) : life.succeeded(task, payloadOf(10 * bytes)));
      await time.play(() => false, time.nowMs + 60_000);
    }
    for (const list of ['all', 'dead'] as const) await ledger.list({ tenant: 'alpha', list, limit: 10 });
    await ledger.counts('alpha');
    expect([book.usage.ownWriteUnits + book.usage.sharedWriteUnits, book.usage.readUnits]).toEqual([
      units.written,
      units.read,
    ]);
  });
});
