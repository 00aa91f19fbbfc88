/** The ledger on DynamoDB does what every ledger must, on two emulators that differ in what they can. */
import { describe } from 'vitest';
import type { KeyValue, Statistics } from '../core/ports.ts';
import type { EngineUnderTest } from '../testing/conformance/engine-under-test.ts';
import { ledgerSuite } from '../testing/conformance/ledger-suite.ts';
import { modelSuite } from '../testing/conformance/model-suite.ts';
import type { EmulatorName } from '../testing/given-dynamo.ts';
import { EMULATORS, givenDynamo } from '../testing/given-dynamo.ts';
import { openLedger } from './dynamo-ledger.ts';

const RUNS: Readonly<Record<EmulatorName, number>> = { dynoxide: 150, dynalite: 30 };

describe.each(Object.keys(EMULATORS) as EmulatorName[])('%s', (name) => {
  const newGiven = givenDynamo(name);
  const open = async (): Promise<EngineUnderTest> => {
    const { table, clock, time } = await newGiven();
    return {
      ledger: openLedger({ table, clock }),
      keyValue: {} as KeyValue,
      statistics: {} as Statistics,
      nowMs: () => time.nowMs,
      pass: (ms) => time.play(() => false, time.nowMs + ms),
      close: () => {
        table.client.destroy();
        return Promise.resolve();
      },
    };
  };

  ledgerSuite(`AWS engine on ${name}`, open);
  modelSuite(`AWS engine on ${name}`, open, RUNS[name]);
});
