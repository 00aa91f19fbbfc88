import { beforeEach, describe, expect, it } from 'vitest';
import type { KeyValue } from '../../core/ports.ts';
import { DAY } from '../../core/rules.ts';
import type { SimulatedHouse } from '../simulated-house.ts';
import { simulatedHouse } from '../simulated-house.ts';
import { claimIn, verdictOn } from './api-key.ts';
import type { Issued, KeyChange } from './key-store.ts';
import { KeyStore } from './key-store.ts';

let simulated: SimulatedHouse;
let keys: KeyStore;
beforeEach(() => {
  simulated = simulatedHouse();
  keys = new KeyStore(simulated.house.desk.ports);
});

const refused = (code: string) => expect.objectContaining({ name: 'Refusal', code }) as unknown;
const wanted = (tenant = 'acme') => ({ tenant, name: 'first', scopes: ['admin' as const], createdBy: 'local' });

/** What a text opens now. */
async function opened(text: string): Promise<string> {
  const claim = claimIn(text)!;
  const verdict = verdictOn(await keys.find(claim), claim.secret, simulated.time.nowMs);
  return 'refused' in verdict ? verdict.refused : 'open';
}

const pass = (ms: number) => simulated.time.play(() => false, simulated.time.nowMs + ms);

/** The same store, whose swaps answer in another way. */
const withSwap = (swap: KeyValue['swap']): KeyStore => {
  const { ports } = simulated.house.desk;
  return new KeyStore({ ...ports, keyValue: { ...ports.keyValue, swap } });
};

describe('a key', () => {
  it('is found under its tenant alone, and its secret is kept nowhere', async () => {
    const { key, text } = await keys.create(wanted());
    const { tenant, keyId, secret } = claimIn(text)!;
    expect(await keys.find({ tenant, keyId })).toEqual(key);
    expect(await keys.find({ tenant: 'other', keyId })).toBeUndefined();
    const all = simulated.store.listEntries('', 100);
    expect(JSON.stringify(all)).toContain(keyId);
    expect(JSON.stringify(all)).not.toContain(secret);
  });

  it('with a new secret works on with the one before for its grace, and no longer', async () => {
    const first = await keys.create(wanted());
    const second = await keys.rotate(first.key, 60);
    expect(second.key.keyId).toBe(first.key.keyId);
    expect([await opened(first.text), await opened(second.text)]).toEqual(['open', 'open']);
    const third = await keys.rotate(first.key, 60);
    const texts = [first.text, second.text, third.text];
    expect(await Promise.all(texts.map(opened))).toEqual(['wrong-secret', 'open', 'open']);
    await pass(60_000);
    expect(await Promise.all(texts.map(opened))).toEqual(['wrong-secret', 'rotated', 'open']);
    const fourth = await keys.rotate(first.key, 0);
    expect(await Promise.all([third.text, fourth.text].map(opened))).toEqual(['wrong-secret', 'open']);
  });

  it('that has ended gets no new secret, and is gone 30 days later', async () => {
    const { key, text } = await keys.create(wanted());
    const revoked = await keys.revoke(key);
    await pass(5_000);
    expect(await keys.revoke(key)).toEqual(revoked);
    expect(await opened(text)).toBe('revoked');
    await expect(keys.rotate(key, 0)).rejects.toEqual(refused('key-ended'));
    await pass(30 * DAY - 5_001);
    expect(await keys.list('acme')).toHaveLength(1);
    await pass(2);
    expect(await keys.list('acme')).toEqual([]);
    await expect(keys.revoke(key)).rejects.toEqual(refused('not-found'));
  });

  it('that expires is gone 30 days after that', async () => {
    const expiresAtMs = simulated.time.nowMs + DAY;
    const { key, text } = await keys.create({ ...wanted(), expiresAtMs });
    await pass(DAY);
    expect(await opened(text)).toBe('expired');
    await expect(keys.rotate(key, 0)).rejects.toEqual(refused('key-ended'));
    await pass(30 * DAY);
    expect(await keys.list('acme')).toEqual([]);
  });

  it('of another tenant cannot be changed', async () => {
    const { keyId } = (await keys.create(wanted())).key;
    await expect(keys.revoke({ tenant: 'other', keyId })).rejects.toEqual(refused('not-found'));
    await expect(keys.rotate({ tenant: 'other', keyId }, 0)).rejects.toEqual(refused('not-found'));
    expect(await keys.list('other')).toEqual([]);
  });
});

describe('a tenant', () => {
  it('has at most 100 usable keys', async () => {
    const made = await Promise.all(Array.from({ length: 100 }, () => keys.create(wanted())));
    await expect(keys.create(wanted())).rejects.toEqual(refused('too-many-keys'));
    expect(await keys.list('acme')).toHaveLength(100);
    await keys.create(wanted('other'));
    await keys.revoke(made[0]!.key);
    await keys.create(wanted());
  });

  it('keeps 1 000 with those that have ended, and drops what ended first for a new one', async () => {
    const first = await keys.create({ ...wanted(), expiresAtMs: simulated.time.nowMs + 1 });
    await pass(1);
    for (let i = 0; i < 27; i += 1) {
      const expiresAtMs = simulated.time.nowMs + 1;
      await Promise.all(Array.from({ length: 37 }, () => keys.create({ ...wanted(), expiresAtMs })));
      await pass(1);
    }
    expect(await keys.find(first.key)).toBeDefined();
    const { key } = await keys.create(wanted());
    expect([await keys.find(first.key), await keys.find(key)]).toEqual([undefined, key]);
    expect(await keys.list('acme')).toHaveLength(1_000);
  });

  it('gets none above the bound when several are asked for at once', async () => {
    await Promise.all(Array.from({ length: 99 }, () => keys.create(wanted())));
    await Promise.allSettled([keys.create(wanted()), keys.create(wanted())]);
    expect((await keys.list('acme')).length).toBeLessThanOrEqual(100);
  });

  it('lists its keys newest first', async () => {
    const made: Issued[] = [];
    for (let i = 0; i < 3; i += 1) {
      made.unshift(await keys.create(wanted()));
      await pass(1);
    }
    expect(await keys.list('acme')).toEqual(made.map(({ key }) => key));
  });
});

describe('a write', () => {
  it('whose reply is lost is ledger-unavailable, and whoever listens is told', async () => {
    const { key } = await keys.create(wanted());
    const lossy = withSwap(async (...args) => {
      await simulated.house.desk.ports.keyValue.swap(...args);
      return { kind: 'failed', retryable: true };
    });
    const heard: KeyChange[] = [];
    lossy.onChange((change) => heard.push(change));
    await expect(lossy.create(wanted())).rejects.toEqual(refused('ledger-unavailable'));
    await expect(lossy.rotate(key, 0)).rejects.toEqual(refused('ledger-unavailable'));
    await expect(lossy.revoke(key)).rejects.toEqual(refused('ledger-unavailable'));
    const { tenant, keyId } = key;
    expect(heard).toEqual([1, 2].map(() => ({ tenant, keyId, hasEnded: true })));
    expect((await lossy.revoke(key)).revokedAtMs).toBeDefined();
  });

  it('that loses a race is made again on what won', async () => {
    const { key } = await keys.create(wanted());
    let races = 0;
    const raced = withSwap(async (...args) => {
      if ((races += 1) <= 3) await keys.rotate(key, 60);
      return simulated.house.desk.ports.keyValue.swap(...args);
    });
    expect((await raced.revoke(key)).revokedAtMs).toBeDefined();
    expect([races, await keys.find(key)]).toMatchObject([4, { revokedAtMs: simulated.time.nowMs }]);
  });

  it('that always loses is ledger-unavailable', async () => {
    const { key } = await keys.create(wanted());
    const beaten = withSwap(() => Promise.resolve({ kind: 'conflict' }));
    await expect(beaten.revoke(key)).rejects.toEqual(refused('ledger-unavailable'));
  });
});

it('whether anybody could sign in is known over all tenants', async () => {
  expect(await keys.standing()).toBe('never-made');
  const expiresAtMs = simulated.time.nowMs + DAY;
  const made = await Promise.all([keys.create(wanted()), keys.create({ ...wanted('other'), expiresAtMs })]);
  expect(await keys.standing()).toBe('usable');
  await keys.revoke(made[0].key);
  expect(await keys.standing()).toBe('usable');
  await pass(DAY);
  expect(await keys.standing()).toBe('all-ended');
});
