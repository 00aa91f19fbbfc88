import type { EngineUnderTest } from './conformance/engine-under-test.ts';
import { keyValueSuite } from './conformance/key-value-suite.ts';
import { ledgerSuite } from './conformance/ledger-suite.ts';
import { modelSuite } from './conformance/model-suite.ts';
import { statisticsSuite } from './conformance/statistics-suite.ts';
import { crashSuite } from './crashes/crash-suite.ts';
import { SimulatedHouse } from './crashes/simulated-house.ts';
import { portsOf } from './simulated-ports.ts';
import { SimulatedProcess } from './simulated-process.ts';
import { World } from './world.ts';

/** The simulated engine without faults: each call plays virtual time until it is answered. */
function open(): Promise<EngineUnderTest> {
  const world = new World(0, 'cloud', []);
  const { time } = world;
  const process = new SimulatedProcess('client', world);
  const queue = { ring: () => Promise.resolve('rung' as const), depth: () => Promise.resolve(0) };
  const { ledger, keyValue, statistics } = portsOf(process, queue);
  return Promise.resolve({
    ledger: played(ledger, time),
    keyValue: played(keyValue, time),
    statistics: played(statistics, time),
    nowMs: () => time.nowMs,
    pass: (ms) => time.play(() => false, time.nowMs + ms),
    close: () => Promise.resolve(),
  });
}

function played<P extends object>(port: P, time: World['time']): P {
  return new Proxy(port, {
    get:
      (target, name) =>
      async (...args: unknown[]) => {
        const call = (target as Record<PropertyKey, (...args: unknown[]) => Promise<unknown>>)[name]!(...args);
        let isAnswered = false;
        const answered = () => (isAnswered = true);
        void call.then(answered, answered);
        await time.play(() => isAnswered, Infinity);
        await time.play(() => false, time.nowMs + 30); // the index follows
        return call;
      },
  });
}

ledgerSuite('simulated engine', open);
modelSuite('simulated engine', open);
keyValueSuite('simulated engine', open);
statisticsSuite('simulated engine', open);
crashSuite({ name: 'simulated engine', isCloud: true, open: (fate) => Promise.resolve(new SimulatedHouse(fate)) });
