import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { LedgerUnavailable } from '../core/ports.ts';
import { Refusal } from '../core/refusal.ts';
import { bearer, GivenIdentity, keyOf } from '../testing/given-identity.ts';
import { GivenHub } from '../testing/given-hub.ts';
import type { GivenLive } from '../testing/given-live.ts';
import { answerToHandshake, givenLive, handshakeBytes } from '../testing/given-live.ts';
import { until } from '../testing/given-pool.ts';
import { LiveClient, ticketOf } from '../testing/live-client.ts';
import { connected, outcomeIn } from '../testing/raw-client.ts';
import { Attendance, ATTENDANCE_LIMITS } from './attendance.ts';

const START_MS = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;

let given: GivenLive | undefined;
afterEach(async () => {
  await given?.close(0);
  given = undefined;
});

async function open(options: Parameters<typeof givenLive>[0] = {}) {
  const identity: GivenIdentity = new GivenIdentity(
    [
      keyOf('alpha', 'ann'),
      keyOf('alpha', 'bob'),
      keyOf('alpha', 'short', { expiresAtMs: START_MS + 25_000 }),
      keyOf('beta', 'cleo'),
    ],
    () => given?.time.nowMs ?? START_MS,
  );
  given = await givenLive({ house: { identity }, ...options });
  const { url } = given;
  const join = async (token: string, ...topics: string[]): Promise<LiveClient> => {
    const client = await LiveClient.open(url, { asking: bearer(token) });
    if (topics.length > 0) expect((await client.subscribe(...topics)).kind).toBe('subscriptions');
    return client;
  };
  const knock = async (token: string): Promise<string> =>
    outcomeIn(await answerToHandshake(url, { ticket: (await ticketOf(url, bearer(token))).ticket }));
  return { ...given, identity, join, knock };
}

async function isOpen(client: LiveClient): Promise<boolean> {
  if (client.socket.readyState !== WebSocket.OPEN) return false;
  return (await client.ask('ping')).kind === 'pong';
}

describe('a connection ends with its identity', () => {
  it('at once when an operation here ends it, all of them and nobody else’s', async () => {
    const { identity, join } = await open();
    const [first, second] = [await join('ann', 'tasks'), await join('ann')];
    const [bob, cleo] = [await join('bob'), await join('cleo')];
    identity.revoke('ann');
    expect([await first.closed, await second.closed]).toEqual([1008, 1008]);
    expect([first.closedBecause, await isOpen(bob), await isOpen(cleo)]).toEqual(['identity ended', true, true]);
  });

  it('on the millisecond it expires, and not before', async () => {
    const { join, pass } = await open();
    const client = await join('short');
    await pass(24_999);
    expect(await isOpen(client)).toBe(true);
    await pass(1);
    expect([await client.closed, client.closedBecause]).toEqual([1008, 'identity ended']);
  });

  it('within 10 s of its end in another process, at the price of one look for all its connections', async () => {
    const { identity, join, pass } = await open();
    const clients = [await join('ann'), await join('ann'), await join('bob')];
    const before = identity.looks;
    identity.revokeElsewhere('ann');
    await pass(10_000);
    expect([await clients[0]!.closed, await clients[1]!.closed, await isOpen(clients[2]!)]).toEqual([1008, 1008, true]);
    expect(identity.looks - before).toBe(2);
  });

  it('of a key only where the secret is that which has ended, not where a later one is used', async () => {
    const { identity, join, pass } = await open();
    const of = identity.of.bind(identity);
    let credential = 'before';
    identity.of = (call) => ({ ...of(call), credential });
    const before = await join('ann');
    credential = 'since its rotation';
    const after = await join('ann');
    identity.stands = (principal) => principal.credential !== 'before';
    await pass(10_000);
    expect([await before.closed, await isOpen(after)]).toEqual([1008, true]);
  });

  it('and is sent nothing after it, also of what waited for its window', async () => {
    const { identity, join, pass, tell } = await open();
    const [ended, stays] = [await join('ann', 'tasks'), await join('bob', 'tasks')];
    const ledger = new GivenHub();
    tell([ledger.write('before', { tenant: 'alpha' })]);
    await pass(100);
    await ended.untilTask('before', 'queued');
    tell([ledger.write('after', { tenant: 'alpha' })]);
    identity.revoke('ann');
    await pass(1_000);
    await stays.untilTask('after', 'queued');
    await ended.closed;
    expect(ended.versionsOf('after')).toEqual([]);
  });

  it('also when that comes between its ticket and its handshake: 401', async () => {
    const { identity, url } = await open();
    const { ticket } = await ticketOf(url, bearer('ann'));
    identity.revokeElsewhere('ann');
    expect(outcomeIn(await answerToHandshake(url, { ticket }))).toBe('401 unauthenticated');
  });

  it('also when that comes while the handshake is judged: 401', async () => {
    const { identity, url } = await open();
    const { ticket } = await ticketOf(url, bearer('ann'));
    const { promise: asked, resolve: ask } = Promise.withResolvers<undefined>();
    const { promise: answer, resolve } = Promise.withResolvers<boolean>();
    identity.stands = () => (ask(undefined), answer);
    const outcome = answerToHandshake(url, { ticket });
    await asked;
    identity.revoke('ann');
    resolve(true);
    expect(outcomeIn(await outcome)).toBe('401 unauthenticated');
  });
});

describe('of two secrets of one key', () => {
  it.each([
    ['old', 'new'],
    ['new', 'old'],
  ])('the one that ends closes its own connections and no others: %s, %s', async (...secrets) => {
    let usable = ['old', 'new'];
    const identity = new GivenIdentity([]);
    identity.stands = ({ credential }) => usable.includes(credential!);
    given = await givenLive();
    const { clock, log } = given.house.desk.ports;
    const attendance = new Attendance({ identity, clock, log, limits: ATTENDANCE_LIMITS });
    const seats = secrets.map((credential) => attendance.admit(keyOf('alpha', 'ann', { credential })));
    const [first, second] = await Promise.all(seats);
    usable = ['new'];
    const looked = attendance.look();
    await given.pass(0);
    await looked;
    expect([first!, second!].map(({ hasEnded }) => hasEnded)).toEqual(secrets.map((each) => each === 'old'));
  });
});

describe('a look that gets no answer', () => {
  it.each([new LedgerUnavailable(), new Refusal('identity-unavailable', 'The issuer is silent.')])(
    'closes nobody for five minutes, stands in the log, and begins anew after an answer: %s',
    async (fault) => {
      const { identity, join, pass, log } = await open();
      const client = await join('ann');
      const minutes = async (count: number): Promise<void> => {
        for (let i = 0; i < count; i += 1) {
          await pass(MINUTE);
          expect(await isOpen(client)).toBe(true);
        }
      };
      identity.fault = fault;
      await minutes(5);
      identity.fault = undefined;
      await minutes(1);
      identity.fault = fault;
      await minutes(5);
      await pass(MINUTE);
      expect([await client.closed, client.closedBecause]).toEqual([1011, 'identity unknown']);
      expect(log[0]).toMatchObject({ event: 'live-identities-unknown', fields: { looked: 1, faults: 1 } });
    },
  );

  it('leaves a handshake unanswered for no reason of the client: 503', async () => {
    const { identity, knock } = await open();
    identity.fault = new Refusal('identity-unavailable', 'The issuer is silent.');
    expect(await knock('ann')).toBe('503 identity-unavailable');
  });
});

describe('at the channel', () => {
  it('whoever has too many is told to wait as long as at a full one', async () => {
    const { join, url } = await open({ limits: { seatsOfIdentity: 1 } });
    await join('ann');
    const { ticket } = await ticketOf(url, bearer('ann'));
    expect(await answerToHandshake(url, { ticket })).toMatch(/^HTTP\/1\.1 429 [^]*\r\nRetry-After: 30\r\n/);
  });

  it('an identity has so many connections, and gets another when one is gone', async () => {
    const { join, knock } = await open({ limits: { seatsOfIdentity: 2 } });
    const [first] = [await join('ann'), await join('ann'), await join('bob')];
    expect(await knock('ann')).toBe('429 rate-limited');
    first.socket.close(1000);
    await first.closed;
    await until(async () => isOpen(await join('ann')).catch(() => false));
  });

  it('a tenant has so many, and never all of them', async () => {
    const { join, knock } = await open({ limits: { seatsOfTenant: 3, seats: 4 } });
    for (const token of ['ann', 'ann', 'bob']) await join(token);
    expect(await knock('bob')).toBe('429 rate-limited');
    expect(await isOpen(await join('cleo'))).toBe(true);
    expect(ATTENDANCE_LIMITS.seatsOfTenant).toBeLessThan(ATTENDANCE_LIMITS.seats / 2);
  });

  it('whoever needs no identity has as many as there are', async () => {
    const { url } = await (async () =>
      (given = await givenLive({ limits: { seatsOfIdentity: 1, seatsOfTenant: 1, topicsOfIdentity: 1 } })))();
    const clients = [await LiveClient.open(url), await LiveClient.open(url)];
    for (const client of clients) expect((await client.subscribe('tasks', 'stats')).kind).toBe('subscriptions');
  });

  it('refusals and clients that leave early cost no seat', async () => {
    const { identity, url, join } = await open({ limits: { seatsOfIdentity: 1 } });
    for (let i = 0; i < 3; i += 1) {
      const socket = await connected(url);
      socket.end(await handshakeBytes(url, { ticket: (await ticketOf(url, bearer('ann'))).ticket }));
      socket.resume();
      await once(socket, 'close');
      identity.fault = new LedgerUnavailable();
      const { ticket } = await ticketOf(url, bearer('ann'));
      expect(outcomeIn(await answerToHandshake(url, { ticket }))).toBe('503 ledger-unavailable');
      identity.fault = undefined;
    }
    expect(await isOpen(await join('ann'))).toBe(true);
  });

  it('an identity follows so many topics over all its connections, and may again what it has left', async () => {
    const { join } = await open({ limits: { topicsOfIdentity: 5 } });
    const [one, two, other] = [await join('ann', 'tasks', 'stats', 'groups'), await join('ann'), await join('bob')];
    const three = ['tasks', 'stats', 'type:simulate'] as const;
    expect(await two.subscribe(...three)).toMatchObject({ kind: 'error', code: 'too-many-topics', replyTo: '1' });
    expect(await other.subscribe(...three)).toMatchObject({ kind: 'subscriptions' });
    await one.ask('unsubscribe', { topics: ['stats'] });
    expect(await two.subscribe(...three)).toMatchObject({ topics: three });
    expect(await one.subscribe('stats')).toMatchObject({ code: 'too-many-topics' });
    two.socket.close(1000);
    await until(async () => (await one.ask('subscribe', { topics: ['stats'] })).kind === 'subscriptions');
  });
});
