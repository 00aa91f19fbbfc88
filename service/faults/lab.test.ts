import type { FaultSettings } from '@holdfast/api/types';
import { describe, expect, it } from 'vitest';
import type { Ports } from '../core/ports.ts';
import { LedgerUnavailable } from '../core/ports.ts';
import { simulatedHouse } from '../http/simulated-house.ts';
import { labOn } from '../testing/given-lab.ts';
import type { Lab } from './lab.ts';

const LOSING: FaultSettings = { doorbell: { loseRate: 1 } };

function open(replaced: Partial<Ports> = {}) {
  const { house, time } = simulatedHouse();
  const ports = { ...house.desk.ports, ...replaced };
  return { lab: labOn(ports), ports, pass: (ms: number) => time.play(() => false, time.nowMs + ms) };
}

const loseRate = (lab: Lab) => lab.on('acme')?.doorbell.loseRate;

describe('faults', () => {
  it('are obeyed at once where they are set, and by another process within a second', async () => {
    const { lab, ports, pass } = open();
    const other = labOn(ports);
    await other.look(['acme']);
    await lab.replace('acme', LOSING);
    await other.look(['acme']);
    expect([loseRate(lab), loseRate(other)]).toEqual([1, undefined]);
    await pass(1_000);
    await other.look(['acme']);
    expect(loseRate(other)).toBe(1);
  });

  it('end by themselves, also where nobody reads them again', async () => {
    const { lab, pass } = open();
    await lab.replace('acme', { ...LOSING, endsAfterSeconds: 5 });
    await pass(4_999);
    expect(loseRate(lab)).toBe(1);
    await pass(1);
    expect(loseRate(lab)).toBeUndefined();
    expect((await lab.read('acme')).endsAt).toBeNull();
  });

  it('outlive the process that was told of them', async () => {
    const { lab, ports } = open();
    await lab.replace('acme', LOSING);
    const next = labOn(ports);
    await next.look(['acme']);
    expect(loseRate(next)).toBe(1);
  });

  it('go on while the ledger cannot say which are on', async () => {
    const { ports, pass } = open();
    let isDown = false;
    const get: Ports['keyValue']['get'] = (key) =>
      isDown ? Promise.reject(new LedgerUnavailable()) : ports.keyValue.get(key);
    const lab = labOn({ ...ports, keyValue: { ...ports.keyValue, get } });
    await lab.replace('acme', LOSING);
    isDown = true;
    await pass(2_000);
    await lab.look(['acme']);
    expect(loseRate(lab)).toBe(1);
  });

  it('are read once by all who look at the same time, and not again within a second', async () => {
    const { ports } = open();
    let reads = 0;
    const get: Ports['keyValue']['get'] = (key) => ((reads += 1), ports.keyValue.get(key));
    const lab = labOn({ ...ports, keyValue: { ...ports.keyValue, get } });
    await Promise.all([lab.look(['acme', 'acme']), lab.look(['acme'])]);
    await lab.look(['acme']);
    expect(reads).toBe(1);
  });

  it('of several tenants are read at the same time', async () => {
    const { ports } = open();
    const both = Promise.withResolvers<undefined>();
    const asked = new Set<string>();
    const get: Ports['keyValue']['get'] = (key) => {
      if (asked.add(key).size === 2) both.resolve(undefined);
      return both.promise;
    };
    await labOn({ ...ports, keyValue: { ...ports.keyValue, get } }).look(['acme', 'other']);
    expect(asked.size).toBe(2);
  });

  it('of two who replace them at once are those of one of them', async () => {
    const { lab, ports } = open();
    const other = labOn(ports);
    await lab.replace('acme', {});
    await Promise.all([lab.replace('acme', LOSING), other.replace('acme', { doorbell: { loseRate: 0.5 } })]);
    expect([1, 0.5]).toContain((await lab.read('acme')).faults.doorbell?.loseRate);
  });

  it('that could not be kept are refused as the ledger is', async () => {
    const { ports } = open();
    const swap = () => Promise.resolve({ kind: 'failed', retryable: true } as const);
    const lab = labOn({ ...ports, keyValue: { ...ports.keyValue, swap } });
    await expect(lab.replace('acme', LOSING)).rejects.toThrow(LedgerUnavailable);
    expect(loseRate(lab)).toBeUndefined();
  });
});

describe('what was counted', () => {
  it('of all processes is added within a second, and at once when this one is asked', async () => {
    const { lab, ports, pass } = open();
    const other = labOn(ports);
    lab.count('acme', 'crashes');
    other.count('acme', 'crashes', 2);
    expect((await lab.read('acme')).injected.crashes).toBe(1);
    await pass(1_000);
    expect((await lab.read('acme')).injected.crashes).toBe(3);
    expect((await lab.read('other')).injected.crashes).toBe(0);
  });

  it('and could not be added is held until it can be', async () => {
    const { ports } = open();
    let isDown = true;
    const add: Ports['keyValue']['add'] = (key, counters) =>
      isDown ? Promise.resolve('failed') : ports.keyValue.add(key, counters);
    const lab = labOn({ ...ports, keyValue: { ...ports.keyValue, add } });
    lab.count('acme', 'retried');
    await lab.flush();
    isDown = false;
    lab.count('acme', 'retried');
    expect((await lab.read('acme')).recovered.retried).toBe(2);
  });
});
