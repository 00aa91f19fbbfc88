import type { EngineUnderTest } from '../testing/conformance/engine-under-test.ts';
import { keyValueSuite } from '../testing/conformance/key-value-suite.ts';
import { ledgerSuite } from '../testing/conformance/ledger-suite.ts';
import { modelSuite } from '../testing/conformance/model-suite.ts';
import { statisticsSuite } from '../testing/conformance/statistics-suite.ts';
import { storageUnderTest } from '../testing/given-storage.ts';

function open(): Promise<EngineUnderTest> {
  const storage = storageUnderTest();
  const close = () => {
    storage.close();
    return Promise.resolve();
  };
  return Promise.resolve({ ...storage, close });
}

ledgerSuite('embedded engine', open);
modelSuite('embedded engine', open);
keyValueSuite('embedded engine', open);
statisticsSuite('embedded engine', open);
