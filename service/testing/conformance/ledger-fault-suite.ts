/**
 * Faults of the ledger on AWS, as the rows of the fault matrix say: the real core on its adapter and on those of SQS, each
 * behind a fault proxy. Retries of the SDK take real time, and hide from the core what it must survive: most rows have none.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Table } from '../../aws/table.ts';
import type { Clock, Ledger } from '../../core/ports.ts';
import { contradictions } from '../audit.ts';
import type { DynamoEmulator } from '../emulators/dynamo.ts';
import { CREDENTIALS, newTable, REGION, startDynamo } from '../emulators/dynamo.ts';
import { FaultProxy } from '../fault-proxy/proxy.ts';
import type { Rule } from '../fault-proxy/rules.ts';
import { FaultyAws, submission } from '../faulty-aws.ts';
import { Witness } from '../twin/witness.ts';

const TASKS = 60;
/** Of submission(): one in twenty fails for good. */
const DEATHS = 3;
const ENDS = ['succeeded', 'dead'];
const HEALED_WITHIN_S = 60;
const WRITES = ['PutItem', 'UpdateItem', 'TransactWriteItems'];
let emulator: DynamoEmulator;
let proxy: FaultProxy;
/** Of what was applied, whatever the core was told of it. */
let witness: Witness;
let world: FaultyAws;
let tables = 0;

export type OpenTableLedger = (parts: { readonly table: Table; readonly clock: Clock }) => Ledger;

async function start(openLedger: OpenTableLedger, maxAttempts = 1): Promise<void> {
  witness = new Witness();
  proxy = await FaultProxy.start({ upstream: emulator.endpoint, seed: 3, onApplied: witness.hear });
  const { name } = await newTable(emulator, `faults-${(tables += 1)}`);
  const settings = { endpoint: proxy.endpoint, region: REGION, credentials: CREDENTIALS, maxAttempts };
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(settings));
  const open = (clock: Clock) =>
    Promise.resolve({ ledger: openLedger({ table: { client, name }, clock }), close: () => proxy.stop() });
  world = await FaultyAws.open(open, maxAttempts);
}

const rule = (name: string, fault: Rule['fault'], more: Partial<Rule> = {}): Rule => ({ name, fault, ...more });

/** Every accepted task is settled as it should be, none succeeded twice, and none was taken for another. */
async function isWell(): Promise<void> {
  await world.secondsToSettle(HEALED_WITHIN_S);
  expect(world.accepted).toHaveLength(TASKS);
  expect(ENDS.map((status) => witness.ids('').filter((id) => witness.task(id)?.status === status).length)).toEqual([
    TASKS - DEATHS,
    DEATHS,
  ]);
  expect(witness.ids('').flatMap((id) => contradictions(witness.historyOf(id)))).toEqual([]);
  expect(world.counts.conflicts).toBe(0);
}

export function ledgerFaultSuite(name: string, openLedger: OpenTableLedger): void {
  describe(`${name}: faults of the ledger`, () => {
    beforeAll(async () => {
      emulator = await startDynamo();
    });
    afterAll(() => emulator.stop());
    afterEach(() => world.close());

    test('without faults every task takes one claim for each attempt', async () => {
      await start(openLedger);
      await world.submit(0, TASKS);
      await isWell();
      const attempts = TASKS + world.movesOf('fail');
      expect([world.counts.starts, world.movesOf('claim'), world.movesOf('ringAgain')]).toEqual([
        attempts,
        attempts,
        0,
      ]);
      expect(world.movesOf('die')).toBe(DEATHS);
    });

    test('F2: dropped requests are sent again, and every submit gets in', async () => {
      await start(openLedger);
      proxy.set([rule('drop', { kind: 'drop' }, { share: 0.15 })]);
      await world.submit(0, TASKS);
      await world.play(20);
      proxy.heal();
      await isWell();
      expect(proxy.count('drop').struck).toBeGreaterThan(5);
    });

    test('F3: a write whose reply was lost is known for one’s own: no false conflict, no wasted attempt', async () => {
      await start(openLedger, 3);
      proxy.set([rule('reply', { kind: 'drop-reply' }, { share: 0.15, actions: WRITES })]);
      await world.submit(0, TASKS);
      await world.play(20);
      proxy.heal();
      await isWell();
      expect(proxy.count('reply').struck).toBeGreaterThan(TASKS / 4);
      expect(await world.wasted()).toBeLessThanOrEqual(TASKS * 0.02);
    });

    test('F3 without the SDK’s retry: the core itself knows its own writes', async () => {
      await start(openLedger, 1);
      proxy.set([rule('reply', { kind: 'drop-reply' }, { share: 0.15, actions: WRITES })]);
      await world.submit(0, TASKS);
      await world.play(20);
      proxy.heal();
      await isWell();
      expect(world.counts.failedWrites + world.counts.failedReceipts).toBeGreaterThan(5);
      expect(await world.wasted()).toBeLessThanOrEqual(TASKS * 0.02);
    });

    test('F5 of the ledger: a write that comes twice, and late, may cost an attempt and nothing else', async () => {
      await start(openLedger);
      proxy.set([rule('twice', { kind: 'duplicate', withinMs: 100 }, { share: 0.3, actions: WRITES })]);
      await world.submit(0, TASKS);
      await world.play(20);
      await proxy.settled();
      await isWell();
      // A claim that comes late lends a lease to nobody, which is taken back once.
      expect(await world.wasted()).toBe(world.movesOf('reap'));
    });

    test('F6: while the ledger is throttled nothing that was accepted is lost', async () => {
      await start(openLedger);
      proxy.set([rule('throttled', { kind: 'error', error: 'throttling' }, { share: 0.3 })]);
      await world.submit(0, TASKS);
      await world.play(30);
      proxy.heal();
      await isWell();
      expect(proxy.count('throttled').struck).toBeGreaterThan(5);
    });

    test('F10: while the ledger is down nothing is accepted, and what was before is done after', async () => {
      await start(openLedger);
      await world.submit(0, TASKS / 2);
      proxy.set([rule('down', { kind: 'drop' })]);
      await world.submit(TASKS / 2, TASKS / 2 + 10);
      await world.play(20);
      expect(world.accepted).toHaveLength(TASKS / 2);
      proxy.heal();
      await world.submit(TASKS / 2, TASKS);
      await isWell();
    });

    test('F25: of five bells one whose write fails rings again, and the four others are done meanwhile', async () => {
      await start(openLedger);
      await world.submit(0, 5);
      const error: Rule['fault'] = { kind: 'error', error: 'internal' };
      proxy.set([rule('one', error, { holds: 'task-3"', actions: ['UpdateItem'] })]);
      await world.play(10);
      expect(await world.unsettled()).toEqual(['task-3']);
      expect(world.counts.bells).toBeGreaterThan(5);
      proxy.heal();
      await world.submit(5, TASKS);
      await isWell();
    });

    test('F25: one of five submits of a batch fails, and costs the four others nothing', async () => {
      await start(openLedger);
      proxy.set([
        rule('one', { kind: 'error', error: 'internal' }, { holds: 'task-3"', most: 1, actions: ['PutItem'] }),
      ]);
      const receipts = await world.receiptsOf([0, 1, 2, 3, 4].map(submission));
      expect(receipts.map(({ kind }) => kind)).toEqual(['accepted', 'accepted', 'accepted', 'failed', 'accepted']);
      await world.submit(0, TASKS);
      await isWell();
    });
  });
}
