import { expect, it } from 'vitest';
import type { Ledger } from '../core/ports.ts';
import { LedgerUnavailable } from '../core/ports.ts';
import { MINUTE, SECOND } from '../core/rules.ts';
import { MEMORY_MB } from '../testing/cost/functions.ts';
import { GivenFunctions } from '../testing/given-functions.ts';
import { createSweep } from './sweep.ts';
import { lastSweptAtMs } from './swept.ts';

const fine = () => ({ ok: true });

interface Run {
  readonly leftMs?: number;
  readonly everyMs?: number;
}

/** One invocation, played to its end; answers how often it cared for connections. */
async function swept(
  given: GivenFunctions,
  { leftMs = 90 * SECOND, everyMs = 15 * SECOND }: Run = {},
): Promise<number> {
  let cared = 0;
  const endsAtMs = given.nowMs + leftMs;
  const care = () => Promise.resolve(void (cared += 1));
  const sweep = createSweep({ ports: given.held, rules: given.rules, everyMs, care });
  await given.until(sweep({}, { getRemainingTimeInMillis: () => endsAtMs - given.nowMs }));
  return cared;
}

it('a bell that was lost is rung again, and the task runs', async () => {
  const given = new GivenFunctions({ quick: fine });
  await given.submit();
  given.bells.length = 0;
  await swept(given);
  expect(given.bells).toMatchObject([{ taskId: 'one', lane: 'recovery' }]);
  await given.deliver(await given.rung());
  expect(given.task().status).toBe('succeeded');
});

it('it sweeps until the next one is due, and sends what was held after each round', async () => {
  const given = new GivenFunctions({ quick: fine });
  const beganAtMs = given.nowMs;
  expect(await swept(given)).toBe(4);
  expect(given.flushes).toBe(4);
  expect(given.nowMs - beganAtMs).toBeLessThan(MINUTE);
});

it('it ends before Lambda ends it', async () => {
  const given = new GivenFunctions({ quick: fine });
  const beganAtMs = given.nowMs;
  await swept(given, { leftMs: 30 * SECOND, everyMs: SECOND });
  expect(given.nowMs - beganAtMs).toBeLessThan(15 * SECOND);
});

it('a backlog of several pages is swept in one round', async () => {
  const given = new GivenFunctions({ quick: fine });
  for (let i = 0; i < 250; i += 1) await given.submit({ taskId: `t${i}` });
  given.bells.length = 0;
  await given.pass(MINUTE);
  await swept(given, { leftMs: 16 * SECOND });
  expect(new Set(given.bells.map(({ taskId }) => taskId)).size).toBe(250);
});

/** Measured: what a page holds of each byte of a payload, with answers, texts and moves; and the runtime with the SDK. */
const [TIMES_HELD, RUNTIME_MB] = [7, 120];

it('a page of the largest tasks leaves the function enough of its memory', async () => {
  const given = new GivenFunctions({ quick: fine });
  for (let i = 0; i < 250; i += 1) await given.submit({ taskId: `t${i}` });
  await given.pass(MINUTE);
  const pages: number[] = [];
  const { ledger } = given.ports;
  const get: Ledger['get'] = (keys) => (pages.push(keys.length), ledger.get(keys));
  given.ports = { ...given.ports, ledger: { ...ledger, get } };
  await swept(given, { leftMs: 16 * SECOND });
  const largestMb = (Math.max(...pages) * 256) / 1_024;
  expect(largestMb * TIMES_HELD).toBeLessThan(MEMORY_MB.sweep - RUNTIME_MB);
});

it('each round leaves a proof that it wrote', async () => {
  const given = new GivenFunctions({ quick: fine });
  await swept(given);
  expect(given.nowMs - (await given.until(lastSweptAtMs(given.ports.keyValue)))!).toBeLessThan(MINUTE);
});

it('a round that fails is told and the next one tries again; one that fails at last fails the invocation', async () => {
  const given = new GivenFunctions({ quick: fine });
  const { ledger } = given.ports;
  let failures = 2;
  const overdue: typeof ledger.overdue = (nowMs, limit) =>
    (failures -= 1) >= 0 ? Promise.reject(new LedgerUnavailable('secret')) : ledger.overdue(nowMs, limit);
  given.ports = { ...given.ports, ledger: { ...ledger, overdue } };
  expect(await swept(given)).toBe(4);
  expect(given.lines.map(({ event }) => event)).toEqual(['sweep-failed', 'sweep-failed']);
  failures = Infinity;
  await expect(swept(given)).rejects.toThrow(/^$/);
});

it('connections are cared for also while the ledger cannot be asked', async () => {
  const given = new GivenFunctions({ quick: fine });
  const down = () => Promise.reject(new LedgerUnavailable('down'));
  given.ports = { ...given.ports, ledger: { ...given.ports.ledger, overdue: down } };
  let cared = 0;
  const care = () => Promise.resolve(void (cared += 1));
  const sweep = createSweep({ ports: given.held, rules: given.rules, everyMs: 15 * SECOND, care });
  await expect(given.until(sweep({}, { getRemainingTimeInMillis: () => MINUTE }))).rejects.toThrow();
  expect(cared).toBe(3);
});
