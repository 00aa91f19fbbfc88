import { beforeEach, describe, expect, it } from 'vitest';
import type { KeyValue } from '../../core/ports.ts';
import { LedgerUnavailable } from '../../core/ports.ts';
import { MINUTE } from '../../core/rules.ts';
import { Call } from '../call.ts';
import type { Principal } from '../principal.ts';
import { LOCAL } from '../principal.ts';
import type { SimulatedHouse } from '../simulated-house.ts';
import { simulatedHouse } from '../simulated-house.ts';
import type { CallersOptions } from './callers.ts';
import { Callers } from './callers.ts';
import { createFailures } from './failures.ts';
import type { Issued } from './key-store.ts';
import { KeyStore } from './key-store.ts';
import { lastUseOf } from './key-uses.ts';

let simulated: SimulatedHouse;
let keys: KeyStore;
let issued: Issued;
/** What the key-value was asked, as `get <key>`. */
let asked: string[];
beforeEach(async () => {
  simulated = simulatedHouse();
  const { ports } = simulated.house.desk;
  keys = new KeyStore(ports);
  issued = await keys.create({ tenant: 'acme', name: 'first', scopes: ['tasks:read'], createdBy: 'local' });
  asked = [];
});

function callers(options: Partial<CallersOptions> = {}, keyValue: Partial<KeyValue> = {}): Callers {
  const { ports } = simulated.house.desk;
  const counted: KeyValue = { ...ports.keyValue, ...keyValue };
  const get: KeyValue['get'] = (key) => {
    asked.push(`get ${key}`);
    return counted.get(key);
  };
  const noted = { ...ports, keyValue: { ...counted, get } };
  keys = new KeyStore(noted);
  return new Callers({ ports: noted, keys, allowsLocal: false, ...options });
}

function callWith(authorization?: string, more: Record<string, string> = {}): Call {
  const headers = { ...(authorization !== undefined && { authorization }), ...more };
  return new Call(new Request('http://localhost/', { headers }), undefined, () => 'id');
}

/** The principal, or `<code> <reason of the log>`. */
async function judged(identity: Callers, ...sent: Parameters<typeof callWith>): Promise<Principal | string> {
  const call = callWith(...sent);
  try {
    return await identity.of(call);
  } catch (error) {
    return `${(error as { code?: string }).code} ${call.reason}`;
  }
}

const subjectOf = async (identity: Callers, text: string) => {
  const who = await judged(identity, `Bearer ${text}`);
  return typeof who === 'string' ? who : who.subject;
};
const pass = (ms: number) => simulated.time.play(() => false, simulated.time.nowMs + ms);
const own = () => `key:${issued.key.keyId}`;
const lookUps = () => asked.filter((each) => each.startsWith('get tenant/') && each.includes('/api-key/'));

describe('a caller', () => {
  it('with a key is its tenant, subject and scopes', async () => {
    expect(await judged(callers(), `Bearer ${issued.text}`)).toMatchObject({
      tenant: 'acme',
      subject: own(),
      kind: 'key',
      name: 'first',
      scopes: new Set(['tasks:read']),
    });
  });

  it('without a key is the owner where that is allowed, and only without one', async () => {
    const local = callers({ allowsLocal: true });
    expect(await judged(local)).toBe(LOCAL);
    expect(await judged(local, 'Bearer nope')).toBe('unauthenticated unknown-token');
    expect(await judged(local, '')).toBe('unauthenticated malformed');
    expect(await judged(callers())).toBe('unauthenticated missing');
  });

  it.each([
    [{ 'x-forwarded-for': '203.0.113.7' }, 'forwarded'],
    [{ 'x-forwarded-for': '127.0.0.1, 203.0.113.7' }, 'forwarded'],
    [{ 'x-forwarded-for': '2001:db8::7' }, 'forwarded'],
    [{ 'x-forwarded-for': '' }, 'forwarded'],
    [{ forwarded: 'for=203.0.113.7' }, 'forwarded'],
    [{ 'x-forwarded-for': '127.0.0.1' }, undefined],
    [{ 'x-forwarded-for': '[::1]:5123, 127.0.0.1' }, undefined],
  ])('who comes through a proxy of this machine is not its owner: %j', async (headers, reason) => {
    const who = await judged(callers({ allowsLocal: true }), undefined, headers);
    expect(who).toEqual(reason === undefined ? LOCAL : `unauthenticated ${reason}`);
  });

  it.each(['Bearer KEY', 'bearer KEY', 'BEARER   KEY'])('may write %s', async (header) => {
    expect(await judged(callers(), header.replace('KEY', issued.text))).toMatchObject({ subject: own() });
  });

  it.each([
    'KEY',
    'Basic KEY',
    'BearerKEY',
    'Bearer',
    'Bearer KEY KEY',
    'Bearer KEY, Bearer KEY',
    'Bearer "KEY"',
    'Bearer\tKEY',
  ])('is nobody with %j', async (header) => {
    expect(await judged(callers(), header.replaceAll('KEY', issued.text))).toBe('unauthenticated malformed');
    expect(asked).toEqual([]);
  });

  it('is nobody with a token of more than 8 KB', async () => {
    expect(await judged(callers(), `Bearer ${'a'.repeat(8_185)}`)).toBe('unauthenticated unknown-token');
    expect(await judged(callers(), `Bearer ${'a'.repeat(8_186)}`)).toBe('unauthenticated malformed');
  });

  it('costs the store the same, whether its key is there or not', async () => {
    const unknown = issued.text.replace(issued.key.keyId, 'unknown00key');
    const wrong = `${issued.text.slice(0, -4)}0000`;
    const foreign = issued.text.replace('_acme_', '_other_');
    for (const [text, reason] of Object.entries({
      [unknown]: 'unknown-key',
      [wrong]: 'wrong-secret',
      [foreign]: 'unknown-key',
    })) {
      asked = [];
      expect(await subjectOf(callers(), text)).toBe(`unauthenticated ${reason}`);
      expect([asked.length, lookUps().length]).toEqual([1, 1]);
    }
  });

  it('is told that the ledger gives no answer, not that nobody knows him', async () => {
    const mute = callers({}, { get: () => Promise.reject(new LedgerUnavailable()) });
    await expect(Promise.resolve(mute.of(callWith(`Bearer ${issued.text}`)))).rejects.toThrow(LedgerUnavailable);
  });
});

describe('a key that was judged well', () => {
  it('is believed for 5 s', async () => {
    const identity = callers();
    for (let i = 0; i < 3; i += 1) await subjectOf(identity, issued.text);
    await pass(4_999);
    await subjectOf(identity, issued.text);
    expect(lookUps()).toHaveLength(1);
    await pass(1);
    expect(await subjectOf(identity, issued.text)).toBe(own());
    expect(lookUps()).toHaveLength(2);
  });

  it('is believed no longer when the process was frozen, and its own clock with it', async () => {
    const { ports } = simulated.house.desk;
    const frozen = { ...ports, clock: { ...ports.clock, monotonicMs: () => 0 } };
    const identity = new Callers({ ports: frozen, keys, allowsLocal: false });
    await subjectOf(identity, issued.text);
    await new KeyStore(ports).revoke(issued.key);
    await pass(5_000);
    expect(await subjectOf(identity, issued.text)).toBe('unauthenticated revoked');
  });

  it('is forgotten at once when it is revoked or gets a new secret', async () => {
    const identity = callers();
    await subjectOf(identity, issued.text);
    const next = await keys.rotate(issued.key, 0);
    expect(await subjectOf(identity, issued.text)).toBe('unauthenticated wrong-secret');
    expect(await subjectOf(identity, next.text)).toBe(own());
    await keys.revoke(issued.key);
    expect(await subjectOf(identity, next.text)).toBe('unauthenticated revoked');
  });

  it('is not believed as it was when it is revoked while it is looked at', async () => {
    const identity = callers(
      {},
      {
        get: async (key) => {
          const stored = await simulated.house.desk.ports.keyValue.get(key);
          if (lookUps().length === 1 && key.includes('/api-key/')) await keys.revoke(issued.key);
          return stored;
        },
      },
    );
    expect(await subjectOf(identity, issued.text)).toBe(own());
    expect(await subjectOf(identity, issued.text)).toBe('unauthenticated revoked');
  });

  it('ends to the millisecond', async () => {
    const expiresAtMs = simulated.time.nowMs + 1_000;
    issued = await keys.create({ tenant: 'acme', name: 'short', scopes: ['admin'], createdBy: 'local', expiresAtMs });
    const identity = callers();
    await pass(999);
    expect(await subjectOf(identity, issued.text)).toBe(own());
    await pass(1);
    expect(await subjectOf(identity, issued.text)).toBe('unauthenticated expired');
  });

  it('before its rotation tells when its secret ends', async () => {
    const identity = callers();
    await keys.rotate(issued.key, 60);
    const expiresAtMs = simulated.time.nowMs + MINUTE;
    expect(await judged(identity, `Bearer ${issued.text}`)).toMatchObject({ expiresAtMs });
    await pass(MINUTE);
    expect(await subjectOf(identity, issued.text)).toBe('unauthenticated rotated');
  });
});

describe('the use of a key', () => {
  it('is noted once a minute, in an entry of its own', async () => {
    const identity = callers();
    const used = async () => {
      await subjectOf(identity, issued.text);
      await pass(0);
      return lastUseOf(simulated.house.desk.ports, issued.key);
    };
    const firstMs = simulated.time.nowMs;
    expect(await used()).toBe(firstMs);
    await pass(MINUTE - 1);
    expect(await used()).toBe(firstMs);
    await pass(6_000);
    expect(await used()).toBe(firstMs + MINUTE - 1 + 6_000);
    expect(asked.filter((each) => each.includes('/api-key-use/'))).toHaveLength(2);
  });

  it('that cannot be noted fails nobody', async () => {
    for (const error of [new LedgerUnavailable(), new RangeError('ours')]) {
      const identity = callers(
        {},
        {
          get: (key) => (key.includes('-use/') ? Promise.reject(error) : simulated.house.desk.ports.keyValue.get(key)),
        },
      );
      expect(await subjectOf(identity, issued.text)).toBe(own());
      await pass(0);
    }
    expect(simulated.log).toMatchObject([{ event: 'key-use-failed', fields: { error: 'RangeError' } }]);
  });
});

describe('who failed too often', () => {
  const limited = () => callers({ failures: createFailures(simulated.house.desk.ports), addressOf: () => 'here' });

  const wrong = () => `${issued.text.slice(0, -4)}0000`;

  it('is told no more than that', async () => {
    const identity = limited();
    for (let i = 0; i < 20; i += 1) expect(await subjectOf(identity, wrong())).toBe('unauthenticated wrong-secret');
    expect(await subjectOf(identity, wrong())).toBe('rate-limited wrong-secret');
    expect(await judged(identity, 'Bearer nope')).toBe('rate-limited unknown-token');
    expect(await judged(identity, 'nonsense')).toBe('rate-limited malformed');
    expect(await judged(identity)).toBe('unauthenticated missing');
  });

  it('is so at once, however many are judged side by side', async () => {
    const identity = limited();
    const all = await Promise.all(Array.from({ length: 30 }, () => subjectOf(identity, wrong())));
    expect(all.filter((each) => each.startsWith('rate-limited'))).toHaveLength(10);
  });

  it('locks out nobody who has a key, also one that was never seen here', async () => {
    const identity = limited();
    for (let i = 0; i < 30; i += 1) await subjectOf(identity, wrong());
    expect(await subjectOf(identity, issued.text)).toBe(own());
    const next = await keys.rotate(issued.key, 0);
    expect(await subjectOf(identity, next.text)).toBe(own());
    expect(await subjectOf(identity, issued.text)).toBe('rate-limited wrong-secret');
  });

  it('locks out nobody who has a good token, while a hundred others a second are judged in vain', async () => {
    let judgements = 0;
    const judge = (token: string) => Promise.resolve((judgements += 1) && token === 'good' ? LOCAL : undefined);
    const { ports } = simulated.house.desk;
    const tokens = { known: () => undefined, wasGood: (token: string) => token === 'known', judge };
    const identity = callers({ tokens, failures: createFailures(ports), addressOf: () => 'here' });
    for (let i = 0; i < 99; i += 1) await judged(identity, 'Bearer bad');
    expect(await judged(identity, 'Bearer good')).toBe(LOCAL);
    expect([await judged(identity, 'Bearer bad'), judgements]).toEqual(['rate-limited undefined', 100]);
    expect([await judged(identity, 'Bearer known'), judgements]).toEqual(['rate-limited invalid-token', 101]);
    await pass(10);
    expect(await judged(identity, 'Bearer good')).toBe(LOCAL);
  });
});

describe('who was let in', () => {
  it('stands until the secret that was sent has ended', async () => {
    const identity = callers();
    const before = (await judged(identity, `Bearer ${issued.text}`)) as Principal;
    expect(await identity.stands(before)).toBe(true);
    const next = await keys.rotate(issued.key, 60);
    const after = (await judged(identity, `Bearer ${next.text}`)) as Principal;
    expect([await identity.stands(before), await identity.stands(after)]).toEqual([true, true]);
    await pass(MINUTE);
    expect([await identity.stands(before), await identity.stands(after)]).toEqual([false, true]);
    await keys.revoke(issued.key);
    expect(await identity.stands(after)).toBe(false);
  });

  it('by a token stands until that expires, and the owner while he is asked nothing', async () => {
    const tokens = { known: () => undefined, wasGood: () => false, judge: () => Promise.resolve(undefined) };
    const user: Principal = { ...LOCAL, kind: 'token', subject: 'user:ann', expiresAtMs: simulated.time.nowMs + 1 };
    const identity = callers({ tokens });
    expect([await identity.stands(user), await identity.stands(LOCAL)]).toEqual([true, false]);
    expect(await callers({ allowsLocal: true }).stands(LOCAL)).toBe(true);
    expect(await callers().stands(user)).toBe(false);
    await pass(1);
    expect(await identity.stands(user)).toBe(false);
  });

  it('is named when a secret ends by an operation of this server, and only then', async () => {
    const ended: unknown[] = [];
    callers().onEnded((each) => ended.push(each));
    const { tenant } = issued.key;
    await keys.rotate(issued.key, 60);
    expect(ended).toEqual([]);
    await keys.rotate(issued.key, 60);
    await keys.revoke(issued.key);
    await keys.revoke(issued.key);
    expect(ended).toEqual([
      { tenant, subject: own() },
      { tenant, subject: own() },
    ]);
  });
});
