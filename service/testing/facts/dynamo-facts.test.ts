import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { openKeyValue } from '../../aws/dynamo-key-value.ts';
import type { Ledger } from '../../core/ports.ts';
import { givenDynamo } from '../given-dynamo.ts';
import { clockOf } from '../given-storage.ts';
import { SimulatedStore } from '../simulated-store.ts';
import { VirtualTime } from '../virtual-time.ts';
import { DYNAMO_FACTS, HEADER } from './dynamo-facts.ts';
import { Db } from './dynamo-subject.ts';
import type { Fact, Modelled, Subject } from './fact.ts';
import { isAsked, rowOf, targetOf } from './fact.ts';

/** The store of the simulated engine, whose index is late. */
function simulated(): Modelled {
  const time = new VirtualTime();
  const store = new SimulatedStore({
    nowMs: () => time.nowMs,
    indexLagMs: () => 20,
    schedule: (ms, run) => void time.after(ms, run),
  });
  const later = <T>(take: () => T) => Promise.resolve().then(take);
  return {
    clock: clockOf(time),
    pass: (ms) => time.play(() => false, time.nowMs + ms),
    keyValue: {
      get: (key) => later(() => store.getEntry(key)),
      swap: (key, expected, entry) => later(() => store.swap(key, expected, entry)),
      add: (key, counters, purgeAtMs) => later(() => (store.add(key, counters, purgeAtMs), 'added')),
      list: (prefix, limit, after) => later(() => store.listEntries(prefix, limit, after)),
    },
    ledger: {
      submit: (tasks: Parameters<Ledger['submit']>[0]) => later(() => tasks.map((task) => store.submit(task).result)),
      overdue: (nowMs: number, limit: number) => later(() => store.overdue(nowMs, limit)),
    } as Ledger,
  };
}

interface Asked {
  readonly by: Subject;
  readonly holds: () => Promise<boolean>;
}

function tryAll(subject: Subject, ask: (fact: Fact) => Promise<Asked>): void {
  const facts = DYNAMO_FACTS.filter((fact) => isAsked(fact, subject));
  test.each(facts.map((fact) => [fact.name, fact] as const))('%s', async (_, fact) => {
    const { by, holds } = await ask(fact);
    const why = fact.differs?.[by];
    // Whoever is known to differ may answer otherwise, or not at all.
    if (why === undefined) expect(await holds()).toBe(true);
    else expect(await holds().catch(() => false), `no longer: ${why}`).toBe(false);
  });
}

describe('the simulated engine', () => {
  const by = 'simulated';
  tryAll(by, (fact) => Promise.resolve({ by, holds: () => fact.model!(simulated()) }));
});

describe.each(['dynoxide', 'dynalite'] as const)('%s', (name) => {
  const open = givenDynamo(name);
  tryAll(name, async (fact) => {
    const { table, emulator } = await open();
    return { by: emulator, holds: () => fact.check(new Db(table)) };
  });
});

describe('the adapter', () => {
  const open = givenDynamo('dynoxide');
  tryAll('adapter', async (fact) => {
    const { table, clock, time } = await open();
    const pass = (ms: number) => time.play(() => false, time.nowMs + ms);
    const engine = { keyValue: openKeyValue({ table, clock }), clock, pass, ledger: {} as Ledger };
    return { by: 'adapter', holds: () => fact.model!(engine) };
  });
});

test('CONTRIBUTING.md tells of each fact who keeps it', () => {
  const text = readFileSync(new URL('../../../CONTRIBUTING.md', import.meta.url), 'utf8');
  const cells = text.split('\n').map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  const from = cells.findIndex(([first]) => first === HEADER[0]);
  expect(cells.slice(from + 2, from + 2 + DYNAMO_FACTS.length)).toEqual(DYNAMO_FACTS.map(rowOf));
  expect(cells[from + 2 + DYNAMO_FACTS.length]).toEqual([]);
  expect(text.split('\n')).toEqual(expect.arrayContaining(DYNAMO_FACTS.map(targetOf)));
});
